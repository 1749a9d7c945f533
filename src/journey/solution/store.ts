import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/database/transaction.ts'
import { type Owner, owners } from '#journey/action/rules.ts'
import { type BarrierCode, barrierCodes } from '#journey/assessment/rules.ts'
import { libraryOf, type Solution, type Supplied, type Version, type Words } from './rules.ts'

const file = fileURLToPath(new URL('../../../data/solutions.csv', import.meta.url))

// Checked: the keys of the code list are its codes.
const ownerCodes = Object.keys(owners) as (keyof typeof owners)[]

const line = z.strictObject({
  code: z.string().regex(/^[a-z-]+$/),
  barrier: z.enum(barrierCodes),
  owner: z.enum(ownerCodes),
  days: z.coerce.number().int().min(1).max(365),
  service: z.string().transform((name) => (name === '' ? null : name)),
  what: z.string().min(1).max(300),
})

let read: readonly Supplied[] | undefined

/** The suggestions that come with the product, as they stand in data/. Read once. */
export function suppliedSolutions(): readonly Supplied[] {
  read ??= z.array(line).parse(parse(readFileSync(file, 'utf8'), { columns: true }))
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
