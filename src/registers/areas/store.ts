import type { Everywhere } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { clock, dayInWords, dayOf } from '#platform/dates.ts'
import type { Cover, Coverage } from '#registers/places/rules.ts'
import { type AreaSettings, quietTill, settingsOn, usualSettings } from './rules.ts'

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
      'postal_address',
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
    .select(['name', 'from_on', 'value', 'set_at'])
    .where('area', '=', area)
    .where('from_on', '<=', on)
    .execute()
  return settingsOn(decided, on)
}

/** When a message written now leaves, as its writer is told: at once, or once the quiet hours of the area are over. */
export async function findGoing(db: Db, area: string, now: Temporal.Instant): Promise<string> {
  const today = dayOf(now)
  const quiet = quietTill(await findSettings(db, area, today), now)
  if (!quiet) return 'is on its way'
  return `goes ${dayInWords(dayOf(quiet), today)} at ${clock(quiet)}, when the quiet hours of your area are over`
}

/** Every decision of an area on these settings that differs from what usually holds, the newest first. */
export async function listDecisions(db: Db, area: string, names: readonly string[] = Object.keys(usualSettings)) {
  return db
    .selectFrom('areas.setting')
    .select(['name', 'from_on', 'value', 'reason', 'set_by', 'set_at'])
    .where('area', '=', area)
    .where('name', 'in', [...names])
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

/** Writes what an area decided; what was decided for the same day before stays as history. */
export async function saveDecision(db: Db, { area, name, fromOn, value, reason, by, at }: Decision): Promise<void> {
  const decided = { value: JSON.stringify(value), reason, set_by: by }
  await db
    .insertInto('areas.setting')
    .values({ area, name, from_on: fromOn, set_at: at, ...decided })
    .onConflict((same) => same.columns(['area', 'name', 'from_on', 'set_at']).doUpdateSet(decided))
    .execute()
}

export type AreaDetails = Readonly<{
  name: string
  run_by: string | null
  phone: string | null
  email: string | null
  postal_address: string | null
  opening_hours: string | null
  crisis_text: string
  from_on: Temporal.PlainDate
  until_on: Temporal.PlainDate | null
}>

export type DetailChange = Readonly<{ name: string; before: string | null; after: string | null }>
type Changes = Readonly<{
  area: string
  id: string
  changes: readonly DetailChange[]
  by: string
  at: Temporal.Instant
}>

/** Keeps what stood there before somebody changed how the area is called and reached. */
export async function keepDetailChanges(db: Db, { changes, ...said }: Changes): Promise<void> {
  if (changes.length === 0) return
  await db
    .insertInto('areas.detail_change')
    .values(changes.map((change) => ({ ...said, ...change })))
    .execute()
}

/** What was changed about how the area is called and reached, the newest first. */
export async function listDetailChanges(db: Db, area: string) {
  return db
    .selectFrom('areas.detail_change')
    .select(['id', 'name', 'before', 'after', 'by', 'at'])
    .where('area', '=', area)
    .orderBy('at', 'desc')
    .orderBy('name')
    .limit(200)
    .execute()
}

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

const coverRows = (db: Db) =>
  db
    .selectFrom('areas.coverage')
    .select(['area', 'id', 'board', 'council', 'jobcentre', 'outward', 'version'])
    .select(['from_on as fromOn', 'until_on as untilOn'])
    .orderBy('from_on')
    .orderBy('id')

type CoverRow = Awaited<ReturnType<ReturnType<typeof coverRows>['executeTakeFirstOrThrow']>>

function coverFrom({ board, council, jobcentre, outward, ...row }: CoverRow) {
  const [kind, code] = Object.entries({ board, council, jobcentre, outward }).find(([, one]) => one !== null) ?? []
  // Checked: a constraint of the table holds each row to one of the four.
  return { ...row, kind: kind as Cover['kind'], code: code ?? '' }
}

/** Every place an area covers, did or will, the earliest first. */
export async function listCovers(db: Db, area: string) {
  return (await coverRows(db).where('area', '=', area).execute()).map(coverFrom)
}

/** What an area covers, with the days between which it does. */
export async function findCoverage(db: Db, area: string): Promise<Coverage> {
  return { area, name: area, covers: await listCovers(db, area) }
}

/** What every area of one database covers, by the names of the areas. */
export async function listCoverage(db: Db): Promise<Coverage[]> {
  const [areas, covers] = await Promise.all([listAreas(db), coverRows(db).execute()])
  const each = Map.groupBy(covers.map(coverFrom), ({ area }) => area)
  return areas.map(({ area, name }) => ({ area, name, covers: each.get(area) ?? [] }))
}

type Saying = Readonly<{ area: string; change: string; reason: string; by: string; at: Temporal.Instant }>
export type NewCover = Cover & Saying & Readonly<{ id: string }>

/** Adds a place that the area covers, with who said so and why; the form sent twice leaves one. */
export async function saveCover(db: Db, cover: NewCover): Promise<void> {
  const { area, id, kind, code, fromOn, untilOn } = cover
  const added = await db
    .insertInto('areas.coverage')
    .values({ area, id, [kind]: code, from_on: fromOn, until_on: untilOn })
    .onConflict((twice) => twice.doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows === 1n) await keepChange(db, id, cover, cover)
}

export type ChangedCover = Saying & Pick<Cover, 'fromOn' | 'untilOn'> & Readonly<{ id: string; version: number }>

/** Changes the days between which a place is covered, unless somebody else did so meanwhile. */
export async function changeCover(db: Db, changed: ChangedCover): Promise<boolean> {
  const { area, id, version, fromOn, untilOn } = changed
  const saved = await db
    .updateTable('areas.coverage')
    .set({ from_on: fromOn, until_on: untilOn, version: version + 1 })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (saved.numUpdatedRows !== 1n) return false
  await keepChange(db, id, changed, changed)
  return true
}

async function keepChange(db: Db, cover: string, days: Pick<Cover, 'fromOn' | 'untilOn'>, said: Saying): Promise<void> {
  const { area, change, reason, by, at } = said
  await db
    .insertInto('areas.coverage_change')
    .values({ area, id: change, cover, from_on: days.fromOn, until_on: days.untilOn, reason, by, at })
    .execute()
}
