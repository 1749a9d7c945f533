import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { hashOf } from '#platform/identity/tokens.ts'
import type { Mode } from '#journey/invitation/rules.ts'
import type { CalendarShows, Exception, ExceptionKind, Venue } from './rules.ts'

/** The buildings in which an area meets people, by name; those not used any more only where they are asked for. */
export async function listVenues(
  db: Db,
  area: string,
  on?: Temporal.PlainDate,
): Promise<(Venue & { version: number })[]> {
  return db
    .selectFrom('availability.venue')
    .select(['id', 'name', 'address', 'access_note', 'step_free', 'until_on', 'version'])
    .where('area', '=', area)
    .$if(on !== undefined, (query) =>
      query.where((is) => is.or([is('until_on', 'is', null), is('until_on', '>', on ?? null)])),
    )
    .orderBy('name')
    .orderBy('id')
    .execute()
}

/** One building by its id. */
export async function findVenue(db: Db, area: string, id: string | null) {
  if (id === null) return undefined
  return (await listVenues(db, area)).find((one) => one.id === id)
}

type Set = Readonly<{ area: string; id: string; by: string; at: Temporal.Instant }>
export type NewVenue = Set & Omit<Venue, 'id'>

/** Adds a building; the form sent twice leaves one. */
export async function addVenue(db: Db, { by, at, ...venue }: NewVenue): Promise<void> {
  await db
    .insertInto('availability.venue')
    .values({ ...venue, set_by: by, set_at: at })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Changes a building, unless somebody else did so meanwhile. */
export async function changeVenue(db: Db, changed: NewVenue & Readonly<{ version: number }>): Promise<boolean> {
  const { area, id, by, at, version, ...venue } = changed
  const saved = await db
    .updateTable('availability.venue')
    .set({ ...venue, set_by: by, set_at: at, version: version + 1 })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return saved.numUpdatedRows === 1n
}

type Of = Readonly<{ members: readonly string[]; from: Temporal.PlainDate; until?: Temporal.PlainDate }>

/** The usual hours of these members that hold on some day from one on and, where it is given, until another. */
export async function listHours(db: Db, area: string, { members, from, until }: Of) {
  return (
    db
      .selectFrom('availability.hours')
      .select(['id', 'member', 'starts', 'ends', 'venue', 'from_on as fromOn', 'until_on as untilOn'])
      // Checked: constraints of the table hold each to its list.
      .select([sql<Mode[]>`modes`.as('modes'), sql<number[]>`weekdays`.as('weekdays')])
      .where('area', '=', area)
      .where(sql<boolean>`member = any(${[...members]}::uuid[])`)
      .where(sql<boolean>`(until_on is null or until_on > ${from} and until_on > from_on)`)
      .$if(until !== undefined, (query) => query.where('from_on', '<=', until ?? from))
      .orderBy('from_on')
      .orderBy('starts')
      .orderBy('id')
      .execute()
  )
}

/** The single days of these members that differ, the earliest first. */
export async function listExceptions(db: Db, area: string, { members, from, until }: Of) {
  return (
    db
      .selectFrom('availability.exception')
      .select(['id', 'member', 'on_day as onDay', 'starts', 'ends', 'venue'])
      // Checked: as above.
      .select([sql<Mode[]>`modes`.as('modes'), sql<ExceptionKind>`kind`.as('kind')])
      .where('area', '=', area)
      .where(sql<boolean>`member = any(${[...members]}::uuid[])`)
      .where('withdrawn_at', 'is', null)
      .where('on_day', '>=', from)
      .$if(until !== undefined, (query) => query.where('on_day', '<=', until ?? from))
      .orderBy('on_day')
      .orderBy('starts')
      .orderBy('id')
      .execute()
  )
}

type Between = Readonly<{ member: string; modes: readonly Mode[]; venue: string | null }>
export type NewHours = Set &
  Between &
  Readonly<{
    weekdays: readonly number[]
    starts: string
    ends: string
    fromOn: Temporal.PlainDate
    untilOn: Temporal.PlainDate | null
  }>

/** Adds usual hours of a member; the form sent twice leaves them once. */
export async function addHours(
  db: Db,
  { by, at, fromOn, untilOn, modes, weekdays, ...hours }: NewHours,
): Promise<void> {
  await db
    .insertInto('availability.hours')
    .values({
      ...{ ...hours, from_on: fromOn, until_on: untilOn, set_by: by, set_at: at, ended_by: null, ended_at: null },
      ...{ modes: [...modes], weekdays: [...weekdays] },
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Ends usual hours from today on, or lets them never have been where they were to come. False where they had ended. */
export async function endHours(db: Db, { area, id, by, at, on }: Set & Readonly<{ on: Temporal.PlainDate }>) {
  const ended = await db
    .updateTable('availability.hours')
    .set({ until_on: sql<Temporal.PlainDate>`greatest(from_on, ${on}::date)`, ended_by: by, ended_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .where((is) => is.or([is('until_on', 'is', null), is('until_on', '>', on)]))
    .executeTakeFirst()
  return ended.numUpdatedRows === 1n
}

export type NewException = Set & Omit<Exception, 'onDay'> & Readonly<{ onDay: Temporal.PlainDate }>

/** Adds a day that differs; the form sent twice leaves one. */
export async function addException(db: Db, { by, at, onDay, modes, ...exception }: NewException): Promise<void> {
  await db
    .insertInto('availability.exception')
    .values({
      ...{ ...exception, on_day: onDay, modes: [...modes], set_by: by, set_at: at },
      ...{ withdrawn_by: null, withdrawn_at: null },
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Takes back that a day differs. */
export async function withdrawException(db: Db, { area, id, by, at }: Set): Promise<void> {
  await db
    .updateTable('availability.exception')
    .set({ withdrawn_by: by, withdrawn_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute()
}

/** What a member has set for being met; nothing is set until they do. */
export async function findCoachSettings(db: Db, area: string, member: string) {
  const found = await db
    .selectFrom('availability.coach')
    .select(['video_link as videoLink', 'calendar_since as calendarSince'])
    // Checked: a constraint of the table holds it to the list.
    .select(sql<CalendarShows>`calendar_shows`.as('shows'))
    .where('area', '=', area)
    .where('member', '=', member)
    .executeTakeFirst()
  return found ?? { videoLink: null, calendarSince: null, shows: 'nothing' as const }
}

type OfMember = Readonly<{ area: string; member: string }>

/** Sets the room of a member's video calls; null takes it away. */
export async function setVideoLink(db: Db, { area, member }: OfMember, link: string | null): Promise<void> {
  await db
    .insertInto('availability.coach')
    .values({ area, member, video_link: link, calendar_hash: null, calendar_since: null })
    .onConflict((known) => known.columns(['area', 'member']).doUpdateSet({ video_link: link }))
    .execute()
}

type NewCalendar = Readonly<{ token: string; shows: CalendarShows; at: Temporal.Instant }>

/** Gives a member's calendar a new secret address; the one before stops working. Without one it has no address at all. */
export async function setCalendar(
  db: Db,
  { area, member }: OfMember,
  calendar: NewCalendar | undefined,
): Promise<void> {
  const set = {
    calendar_hash: calendar ? hashOf(calendar.token) : null,
    calendar_since: calendar?.at ?? null,
    calendar_shows: calendar?.shows ?? 'nothing',
  }
  await db
    .insertInto('availability.coach')
    .values({ area, member, video_link: null, ...set })
    .onConflict((known) => known.columns(['area', 'member']).doUpdateSet(set))
    .execute()
}

/** Whose calendar has this secret, while they are a member. */
export async function findCalendar(db: Db, of: Readonly<{ area: string; token: string; on: Temporal.PlainDate }>) {
  const { area, token, on } = of
  return (
    db
      .selectFrom('availability.coach as coach')
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'coach.area').onRef('member.id', '=', 'coach.member'),
      )
      .select('coach.member')
      // Checked: as above.
      .select(sql<CalendarShows>`coach.calendar_shows`.as('shows'))
      .where('coach.area', '=', area)
      .where('coach.calendar_hash', '=', hashOf(token))
      .where('member.from_on', '<=', on)
      .where((is) => is.or([is('member.until_on', 'is', null), is('member.until_on', '>', on)]))
      .executeTakeFirst()
  )
}
