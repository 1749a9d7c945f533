import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { findHolidays } from '#registers/places/store.ts'
import {
  type Arrangement,
  arrangementOn,
  type Duty,
  dutyOn,
  type Point,
  type Reading,
  readingOf,
  type Version,
} from './rules.ts'

/** Every version of what an area arranged, the newest first. */
export async function listVersions(db: Db, area: string) {
  return (
    db
      .selectFrom('safety_arrangement.version as version')
      .leftJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'version.area').onRef('member.id', '=', 'version.said_by'),
      )
      .select(['version.id', 'version.from_on as fromOn', 'version.said_at as saidAt', 'version.why', 'version.cover'])
      .select([
        'version.read_from as readFrom',
        'version.read_until as readUntil',
        'version.out_of_hours as outOfHours',
      ])
      .select(['version.minutes_now as minutesNow', 'version.minutes_otherwise as minutesOtherwise'])
      // Checked: saveVersion alone writes the points.
      .select([sql<Point[]>`version.points`.as('points'), 'member.name as byName'])
      .where('version.area', '=', area)
      .orderBy('version.id', 'desc')
      .execute()
  )
}

/** What an area arranged that holds on a day. */
export async function findArrangement(db: Db, area: string, on: Temporal.PlainDate): Promise<Arrangement> {
  return arrangementOn(await listVersions(db, area), on)
}

export type NewVersion = Omit<Version, 'saidAt'> &
  Readonly<{ area: string; why: string | null; by: string; at: Temporal.Instant }>

/** Keeps what an area arranged from a day on; sending it twice keeps one. */
export async function saveVersion(db: Db, version: NewVersion): Promise<void> {
  const { area, id, cover, why, by, at } = version
  await db
    .insertInto('safety_arrangement.version')
    .values({
      ...{ area, id, cover, why, from_on: version.fromOn, points: JSON.stringify(version.points) },
      ...{ read_from: version.readFrom, read_until: version.readUntil, out_of_hours: version.outOfHours },
      ...{ minutes_now: version.minutesNow, minutes_otherwise: version.minutesOtherwise, said_by: by, said_at: at },
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Who leads on duty in these organisations from this day on, those named last on top. */
export async function listDuties(
  db: Db,
  area: string,
  { organisations, since }: Readonly<{ organisations: readonly string[]; since: Temporal.PlainDate }>,
): Promise<(Duty & Readonly<{ organisation: string }>)[]> {
  return db
    .selectFrom('safety_arrangement.duty as duty')
    .innerJoin('organisations.member as lead', (join) =>
      join.onRef('lead.area', '=', 'duty.area').onRef('lead.id', '=', 'duty.lead'),
    )
    .leftJoin('organisations.member as deputy', (join) =>
      join.onRef('deputy.area', '=', 'duty.area').onRef('deputy.id', '=', 'duty.deputy'),
    )
    .select(['duty.id', 'duty.organisation', 'duty.lead', 'duty.deputy', 'duty.from_on as fromOn'])
    .select(['duty.until_on as untilOn', 'lead.name as leadName', 'deputy.name as deputyName'])
    .where('duty.area', '=', area)
    .where(sql<boolean>`duty.organisation = any(${[...organisations]}::uuid[])`)
    .where('duty.until_on', '>', since)
    .where('duty.taken_back_at', 'is', null)
    .orderBy('duty.id', 'desc')
    .execute()
}

/** Who leads on duty in an organisation on a day; nobody where nobody was named. */
export async function findDuty(db: Db, area: string, organisation: string, on: Temporal.PlainDate) {
  return dutyOn(await listDuties(db, area, { organisations: [organisation], since: on }), on)
}

export type NewDuty = Omit<Duty, 'leadName' | 'deputyName'> &
  Readonly<{ area: string; organisation: string; by: string; at: Temporal.Instant }>

/** Names who leads on duty; sending it twice names them once. */
export async function saveDuty(db: Db, duty: NewDuty): Promise<void> {
  const { area, id, organisation, lead, deputy, by, at } = duty
  await db
    .insertInto('safety_arrangement.duty')
    .values({
      ...{ area, id, organisation, lead, deputy, from_on: duty.fromOn, until_on: duty.untilOn },
      ...{ said_by: by, said_at: at, taken_back_by: null, taken_back_at: null },
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

type TakingBack = Readonly<{
  area: string
  id: string
  organisations: readonly string[]
  by: string
  at: Temporal.Instant
}>

/** Takes back that somebody leads on duty; false when it was taken back before or is not theirs to take back. */
export async function takeDutyBack(db: Db, { area, id, organisations, by, at }: TakingBack): Promise<boolean> {
  const taken = await db
    .updateTable('safety_arrangement.duty')
    .set({ taken_back_by: by, taken_back_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('taken_back_at', 'is', null)
    .where(sql<boolean>`organisation = any(${[...organisations]}::uuid[])`)
    .returning('id')
    .executeTakeFirst()
  return taken !== undefined
}

/** Whether a member is away on a day; whoever keeps absences answers it. */
export type IsAway = (db: Db, area: string, member: string, on: Temporal.PlainDate) => Promise<boolean>

type Moment = Readonly<{ on: Temporal.PlainDate; at: Temporal.Instant }>

/** When what people answer by themselves is read next. */
export async function findReadingTime(db: Db, area: string, { on, at }: Moment): Promise<Reading> {
  const [arrangement, holidays] = await Promise.all([findArrangement(db, area, on), findHolidays(db)])
  return readingOf(arrangement, at, holidays)
}

/**
 * When what people answer by themselves is read next, and whether whoever was named to read it is there on that day: nobody
 * is promised a reader who has left or is away. `awayOn` is that day where they are away.
 */
export async function findReading(db: Db, area: string, { isAway, ...moment }: Moment & Readonly<{ isAway: IsAway }>) {
  const [{ cover }, read] = await Promise.all([findArrangement(db, area, moment.on), findReadingTime(db, area, moment)])
  const there = cover !== null && (await findPresent(db, area, cover, read.day)) !== undefined
  const away = there && (await isAway(db, area, cover, read.day))
  return { covered: there && !away, awayOn: away ? read.day : undefined, read }
}

/** Somebody who was named, where they still work in the area on that day. */
async function findPresent(db: Db, area: string, member: string, on: Temporal.PlainDate) {
  return db
    .selectFrom('organisations.member')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', member)
    .where('from_on', '<=', on)
    .where((where) => where.or([where('until_on', 'is', null), where('until_on', '>', on)]))
    .executeTakeFirst()
}
