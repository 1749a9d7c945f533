import { sql } from 'kysely'
import type { Settings } from '#platform/settings.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { databaseProblem } from './problems.ts'
import { type Databases, type Home, openDatabases } from './router.ts'

/** One database of this copy, and the owner's way to it, past any pooler: for migrations and the queue. */
export type OwnedHome = Home & Readonly<{ directUrl: string }>

/** The databases of this copy, migrated and open; the first home is the national one. */
export type Running = Readonly<{
  databases: Databases
  homes: readonly OwnedHome[]
  ownerUrl: string
  stop(): Promise<void>
}>

/** How a database is brought to this version, and who is told when a connection is lost. */
export type Opening = Readonly<{ prepare: (ownerUrl: string) => Promise<void>; onLost?: (cause: Error) => void }>

/** Opens what the settings name, or the embedded server where they name nothing, and brings it to this version. */
export async function openRunning(settings: Settings, opening: Opening): Promise<Running> {
  const embedded = settings.databaseUrl === undefined ? await startEmbedded(settings.home) : undefined
  try {
    return await openAt(settings, embedded, opening)
  } catch (cause) {
    await embedded?.stop()
    throw cause
  }
}

async function openAt(
  settings: Settings,
  embedded: Embedded | undefined,
  { prepare, onLost }: Opening,
): Promise<Running> {
  const url = settings.databaseUrl ?? embedded?.url ?? ''
  const ownerUrl = settings.databaseDirectUrl ?? embedded?.ownerUrl ?? url
  const own = Object.entries(settings.areaDatabases)
  // The first of two ways to one database counts, so that the main one keeps its own.
  const owners = new Map([...own.map(([, area]) => [area.url, area.directUrl] as const), [url, ownerUrl]])
  for (const owner of new Set(owners.values())) await sayingWhich(owner, () => prepare(owner))
  const areas = Object.fromEntries(own.map(([area, address]) => [area, address.url]))
  const databases = openDatabases({ url, areas, prepared: settings.databasePrepared, ...(onLost ? { onLost } : {}) })
  const stop = async () => {
    await databases.close()
    await embedded?.stop()
  }
  const homes = databases.homes.map((home) => ({ ...home, directUrl: owners.get(home.url) ?? home.url }))
  try {
    for (const home of homes) await sayingWhich(home.url, () => home.national((db) => sql`select 1`.execute(db)))
  } catch (cause) {
    await databases.close()
    throw cause
  }
  return { databases, homes, ownerUrl, stop }
}

async function sayingWhich<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw databaseProblem(url, cause)
  }
}
