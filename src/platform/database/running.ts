import type { Settings } from '#platform/settings.ts'
import { startEmbedded } from './embedded.ts'
import { type Databases, openDatabases } from './router.ts'

/** The databases of this copy, migrated and open. */
export type Running = Readonly<{ databases: Databases; ownerUrl: string; stop(): Promise<void> }>

/** How a database is brought to this version, and who is told when a connection is lost. */
export type Opening = Readonly<{ prepare: (ownerUrl: string) => Promise<void>; onLost?: (cause: Error) => void }>

/** Opens what the settings name, or the embedded server where they name nothing, and brings it to this version. */
export async function openRunning(settings: Settings, { prepare, onLost }: Opening): Promise<Running> {
  const embedded = settings.databaseUrl === undefined ? await startEmbedded(settings.home) : undefined
  const url = settings.databaseUrl ?? embedded?.url ?? ''
  const ownerUrl = settings.databaseDirectUrl ?? embedded?.ownerUrl ?? url
  for (const owner of new Set([ownerUrl, ...Object.values(settings.areaDatabases)])) await prepare(owner)
  const { areaDatabases: areas, databasePrepared: prepared } = settings
  const databases = openDatabases({ url, areas, prepared, ...(onLost ? { onLost } : {}) })
  return {
    databases,
    ownerUrl,
    stop: async () => {
      await databases.close()
      await embedded?.stop()
    },
  }
}
