import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Hours, Venue } from './rules.ts'

/** Usual hours of a member that come with a batch. */
export type TakenHours = Readonly<{ id: string }> & Omit<Hours, 'untilOn'>

/** Where and when an area meets people, as it begins. */
export type TakenMeeting = Readonly<{
  area: string
  by: string
  at: Temporal.Instant
  venues: readonly Omit<Venue, 'until_on'>[]
  hours: readonly TakenHours[]
}>

const venueColumns = [
  'area',
  'id',
  'name',
  'address',
  'access_note',
  'step_free',
  'set_by',
  'set_at',
  'version',
] as const
const hoursColumns = [
  ...(['area', 'id', 'member', 'weekdays', 'starts', 'ends', 'modes', 'venue', 'from_on'] as const),
  ...(['set_by', 'set_at'] as const),
] as const

/** Takes the buildings of an area and the usual hours of many members at once. */
export async function takeMeeting(db: Db, { area, by, at, venues, hours }: TakenMeeting): Promise<void> {
  const same = { area, set_by: by, set_at: at }
  await db
    .insertInto('availability.venue')
    .columns(venueColumns)
    .expression(manyRows('availability.venue', venueColumns, venues, { ...same, version: 1 }))
    .execute()
  const rows = hours.map(({ fromOn, ...one }) => ({ ...one, from_on: fromOn }))
  await db
    .insertInto('availability.hours')
    .columns(hoursColumns)
    .expression(manyRows('availability.hours', hoursColumns, rows, same))
    .execute()
}
