import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/database/transaction.ts'
import { type Owner, owners } from '#journey/action/rules.ts'
import { countTaken } from '#journey/action/store.ts'
import { type BarrierCode, barrierCodes } from '#journey/assessment/rules.ts'
import {
  libraryOf,
  type Offered,
  offeredFrom,
  type Solution,
  type Supplied,
  type Used,
  type Version,
  type Words,
} from './rules.ts'

const file = fileURLToPath(new URL('../../../data/solutions.csv', import.meta.url))

// Checked: the keys of the code list are its codes.
const ownerCodes = Object.keys(owners) as (keyof typeof owners)[]

const line = z.strictObject({
  code: z.string().regex(/^[a-z-]+$/),
  barrier: z.enum(barrierCodes),
  owner: z.enum(ownerCodes),
  days: z.coerce.number().int().min(1).max(365),
  service: z.string().transform((name) => (name === '' ? null : name)),
  /** Whether it can only be done where there is an employer, also where the employer is not who does it. */
  employer: z.enum(['', 'needed']),
  what: z.string().min(1).max(300),
})

let read: readonly Supplied[] | undefined

/** The suggestions that come with the product, as they stand in data/. Read once. */
export function suppliedSolutions(): readonly Supplied[] {
  read ??= z
    .array(line)
    .parse(parse(readFileSync(file, 'utf8'), { columns: true }))
    .map(({ employer, ...one }) => ({ ...one, needsEmployer: employer === 'needed' }))
  return read
}

/** The library of an area as it stands on a day, with everything that was said of each suggestion. */
export async function findLibrary(db: Db, area: string, on: Temporal.PlainDate): Promise<Solution[]> {
  return libraryOf(suppliedSolutions(), await listKept(db, area), on)
}

/** One suggestion of an area's library. */
export async function findSolution(db: Db, { area, today }: Asking, code: string): Promise<Solution | undefined> {
  return (await findLibrary(db, area, today)).find((one) => one.code === code)
}

type Asking = Readonly<{ area: string; today: Temporal.PlainDate }>

/** Every version that an area wrote. */
function listKept(db: Db, area: string): Promise<Version[]> {
  return (
    db
      .selectFrom('solution.version')
      .select(['solution as code', 'version', 'what', 'days', 'service', 'from_on', 'until_on', 'set_by', 'set_at'])
      // Checked: both are written from the lists in the rules alone.
      .select([sql<BarrierCode>`barrier`.as('barrier'), sql<Owner>`owner`.as('owner')])
      .where('area', '=', area)
      .orderBy('solution')
      .orderBy('version')
      .execute()
  )
}

type NewVersion = Words &
  Readonly<{
    area: string
    solution: string
    version: number
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    set_by: string
    set_at: Temporal.Instant
  }>

/** Adds a version of a suggestion; false when somebody else has added that version meanwhile. */
export async function saveVersion(db: Db, version: NewVersion): Promise<boolean> {
  const kept = await db
    .insertInto('solution.version')
    .values(version)
    .onConflict((there) => there.columns(['area', 'solution', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst()
  return kept !== undefined
}

type ForEpisode = Readonly<{ area: string; episode: string; today: Temporal.PlainDate }>

/** What is offered for the person of an episode, with what was set aside for them. Ask findEpisode before. */
export async function listOffered(db: Db, { area, episode, today }: ForEpisode): Promise<Offered[]> {
  const [library, ignored] = await Promise.all([
    findLibrary(db, area, today),
    db
      .selectFrom('solution.ignoring')
      .select('solution')
      .where('area', '=', area)
      .where('episode', '=', episode)
      .where('taken_back_at', 'is', null)
      .execute(),
  ])
  return offeredFrom(
    library,
    ignored.map(({ solution }) => solution),
  )
}

/** The same without what was set aside. */
export async function listSuggestions(db: Db, asked: ForEpisode): Promise<Offered[]> {
  return (await listOffered(db, asked)).filter(({ ignored }) => !ignored)
}

/** What is suggested against each barrier in an area, in words: to talk about while somebody says what is in their way. */
export async function listSuggestedByBarrier(db: Db, area: string, on: Temporal.PlainDate) {
  const offered = offeredFrom(await findLibrary(db, area, on), [])
  const by = Map.groupBy(offered, ({ barrier }) => barrier)
  return new Map([...by].map(([barrier, those]) => [barrier, those.map(({ what }) => what)]))
}

type Ignoring = Readonly<{ area: string; episode: string; solution: string; by: string; at: Temporal.Instant }>

/** Sets a suggestion aside for the person of an episode; twice it stands once. */
export async function ignoreSolution(db: Db, ignoring: Ignoring & Readonly<{ id: string }>): Promise<void> {
  await db
    .insertInto('solution.ignoring')
    .values(ignoring)
    .onConflict((twice) => twice.doNothing())
    .execute()
}

/** Offers a suggestion again that was set aside for the person of an episode. */
export async function offerAgain(db: Db, { area, episode, solution, by, at }: Ignoring): Promise<void> {
  await db
    .updateTable('solution.ignoring')
    .set({ taken_back_by: by, taken_back_at: at })
    .where('area', '=', area)
    .where('episode', '=', episode)
    .where('solution', '=', solution)
    .where('taken_back_at', 'is', null)
    .execute()
}

/** How often each suggestion was taken, changed and set aside in an area. */
export async function countUses(db: Db, area: string): Promise<(code: string) => Used> {
  const [made, ignored] = await Promise.all([
    countTaken(db, area),
    db
      .selectFrom('solution.ignoring')
      .select((row) => ['solution', row.fn.countAll<number>().as('number')])
      .where('area', '=', area)
      .where('taken_back_at', 'is', null)
      .groupBy('solution')
      .execute(),
  ])
  const times = (code: string, asIs: boolean) =>
    Number(made.find((one) => one.code === code && one.as_suggested === asIs)?.number ?? 0)
  return (code) => ({
    taken: times(code, true),
    changed: times(code, false),
    ignored: Number(ignored.find(({ solution }) => solution === code)?.number ?? 0),
  })
}
