import type { Db } from '#platform/database/transaction.ts'
import { manyRows } from '#platform/database/bulk.ts'
import { newId } from '#platform/ids.ts'
import { holdsOn } from '#platform/dates.ts'
import type { Office } from './rules.ts'

const offices = (db: Db) =>
  db
    .selectFrom('jobcentres.office')
    .distinctOn(['area', 'code'])
    .select(['area', 'id', 'code', 'name', 'district', 'postcode', 'from_on as fromOn', 'until_on as untilOn'])
    .select(['by', 'at'])
    .orderBy('area')
    .orderBy('code')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')

/** Every Jobcentre office an area knows, as it was last said, by name. */
export async function listOffices(db: Db, area: string) {
  const found = await offices(db).where('area', '=', area).execute()
  return found.toSorted((one, other) => one.name.localeCompare(other.name, 'en-GB'))
}

/** The offices of an area that are open on this day. */
export async function listOpenOffices(db: Db, area: string, on: Temporal.PlainDate) {
  return (await listOffices(db, area)).filter((office) => holdsOn(office, on))
}

/** The offices that any area of one database knows and that are open on this day, by name. */
export async function listOfficesOfAll(db: Db, on: Temporal.PlainDate) {
  const open = (await offices(db).execute()).filter((office) => holdsOn(office, on))
  return open.toSorted((one, other) => one.name.localeCompare(other.name, 'en-GB'))
}

/** One office as it was last said. */
export async function findOffice(db: Db, area: string, code: string) {
  return offices(db).where('area', '=', area).where('code', '=', code).executeTakeFirst()
}

/** Everything that was said about one office, the newest first. */
export async function listOfficeHistory(db: Db, area: string, code: string) {
  return db
    .selectFrom('jobcentres.office')
    .select(['id', 'name', 'district', 'postcode', 'from_on as fromOn', 'until_on as untilOn', 'by', 'at'])
    .where('area', '=', area)
    .where('code', '=', code)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

type Said = Readonly<{ area: string; by: string; at: Temporal.Instant }>

/** Keeps what was said about offices; what was said before stays as history. */
export async function saveOffices(db: Db, said: readonly Office[], { area, by, at }: Said): Promise<void> {
  if (said.length === 0) return
  const columns = ['area', 'id', 'code', 'name', 'district', 'postcode', 'from_on', 'until_on', 'by', 'at'] as const
  const rows = said.map(({ fromOn, untilOn, ...office }) => ({
    ...{ ...office, id: newId(), from_on: fromOn, until_on: untilOn },
  }))
  await db
    .insertInto('jobcentres.office')
    .columns(columns)
    .expression(manyRows('jobcentres.office', columns, rows, { area, by, at }))
    .execute()
}
