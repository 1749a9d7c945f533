import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Capacity } from './rules.ts'

const said = (db: Db, area: string) =>
  db
    .selectFrom('capacity.capacity as capacity')
    .select(['capacity.member', 'capacity.share', 'capacity.people', 'capacity.points'])
    .where('capacity.area', '=', area)
    .where('capacity.withdrawn_at', 'is', null)

/** What each coach of an area can carry on a day, by their membership; who is left out has said nothing of their own. */
export async function findCapacities(db: Db, area: string, on: Temporal.PlainDate): Promise<Map<string, Capacity>> {
  const rows = await said(db, area)
    .distinctOn('capacity.member')
    .where('capacity.from_on', '<=', on)
    .orderBy('capacity.member')
    .orderBy('capacity.from_on', 'desc')
    .orderBy('capacity.at', 'desc')
    .execute()
  return new Map(rows.map(({ member, ...capacity }) => [member, capacity]))
}

/** Everything that was said of one coach and not taken back, the latest day first. */
export async function listCapacities(db: Db, area: string, member: string) {
  return said(db, area)
    .leftJoin('organisations.member as by', (join) =>
      join.onRef('by.area', '=', 'capacity.area').onRef('by.id', '=', 'capacity.by'),
    )
    .select(['capacity.id', 'capacity.from_on as fromOn', 'capacity.why', 'capacity.at', 'by.name as byName'])
    .where('capacity.member', '=', member)
    .orderBy('capacity.from_on', 'desc')
    .orderBy('capacity.at', 'desc')
    .execute()
}

export type NewCapacity = Capacity &
  Readonly<{
    area: string
    id: string
    member: string
    from_on: Temporal.PlainDate
    why: string | null
    by: string
    at: Temporal.Instant
  }>

/** Keeps what a coach can carry from a day on; its form sent twice leaves one. */
export async function saveCapacity(db: Db, capacity: NewCapacity): Promise<void> {
  await db
    .insertInto('capacity.capacity')
    .values(capacity)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

type Withdrawing = Readonly<{ area: string; id: string; member: string; by: string; at: Temporal.Instant }>

/** Takes back what was said of a coach; false where there is no such row. */
export async function withdrawCapacity(db: Db, { area, id, member, by, at }: Withdrawing): Promise<boolean> {
  const taken = await db
    .updateTable('capacity.capacity')
    .set((row) => ({
      withdrawn_at: sql`coalesce(${row.ref('withdrawn_at')}, ${at})`,
      withdrawn_by: sql`coalesce(${row.ref('withdrawn_by')}, ${by})`,
    }))
    .where('area', '=', area)
    .where('id', '=', id)
    .where('member', '=', member)
    .returning('id')
    .executeTakeFirst()
  return taken !== undefined
}
