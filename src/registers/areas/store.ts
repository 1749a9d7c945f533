import type { Everywhere } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { type AreaSettings, settingsOn } from './rules.ts'

/** What an area is called and how it is reached. */
export async function findArea(db: Db, area: string) {
  return db
    .selectFrom('areas.area')
    .select([
      'area',
      'name',
      'run_by',
      'phone',
      'email',
      'opening_hours',
      'crisis_text',
      'from_on',
      'until_on',
      'synthetic',
      'version',
    ])
    .where('area', '=', area)
    .executeTakeFirst()
}

/** The areas that live in one database, by name. */
export async function listAreas(db: Db) {
  return db.selectFrom('areas.area').select(['area', 'name', 'phone', 'from_on', 'until_on']).orderBy('name').execute()
}

/** Every area, by name, in whichever database it lives. */
export async function listEveryArea(everywhere: Everywhere) {
  const found = (await everywhere(listAreas)).flat()
  const byCode = new Map(found.map((one) => [one.area, one]))
  return [...byCode.values()].toSorted((one, other) => one.name.localeCompare(other.name, 'en-GB'))
}

/** What the area decided that is in force on this day. */
export async function findSettings(db: Db, area: string, on: Temporal.PlainDate): Promise<AreaSettings> {
  const decided = await db
    .selectFrom('areas.setting')
    .select(['name', 'from_on', 'value'])
    .where('area', '=', area)
    .where('from_on', '<=', on)
    .execute()
  return settingsOn(decided, on)
}

/** Every decision of an area that differs from what usually holds, the newest first. */
export async function listDecisions(db: Db, area: string) {
  return db
    .selectFrom('areas.setting')
    .select(['name', 'from_on', 'value', 'reason', 'set_at'])
    .where('area', '=', area)
    .orderBy('from_on', 'desc')
    .orderBy('set_at', 'desc')
    .execute()
}

export type Decision = Readonly<{
  area: string
  name: string
  fromOn: Temporal.PlainDate
  value: unknown
  reason: string | null
  by: string
  at: Temporal.Instant
}>

/** Writes what an area decided; deciding the same thing for the same day again replaces it. */
export async function saveDecision(db: Db, { area, name, fromOn, value, reason, by, at }: Decision): Promise<void> {
  const decided = { value: JSON.stringify(value), reason, set_by: by, set_at: at }
  await db
    .insertInto('areas.setting')
    .values({ area, name, from_on: fromOn, ...decided })
    .onConflict((same) => same.columns(['area', 'name', 'from_on']).doUpdateSet(decided))
    .execute()
}

export type AreaDetails = Readonly<{
  name: string
  run_by: string | null
  phone: string | null
  email: string | null
  opening_hours: string | null
  crisis_text: string
}>

/** Lets one person at a time decide for an area, until the transaction ends. */
export async function holdArea(db: Db, area: string): Promise<void> {
  await db.selectFrom('areas.area').select('area').where('area', '=', area).forUpdate().execute()
}

/** Changes how an area is called and reached, unless somebody else did so meanwhile. */
export async function saveArea(db: Db, area: string, version: number, details: AreaDetails): Promise<boolean> {
  const saved = await db
    .updateTable('areas.area')
    .set((row) => ({ ...details, version: row('version', '+', 1) }))
    .where('area', '=', area)
    .where('version', '=', version)
    .executeTakeFirst()
  return saved.numUpdatedRows === 1n
}
