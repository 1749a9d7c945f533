import { sql } from 'kysely'
import { type Actor, careRoles, isFor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { findArea, findSettings } from '#registers/areas/store.ts'
import type { Meeting } from '#registers/meeting/rules.ts'
import { findMeeting } from '#registers/meeting/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { isAway } from '#journey/absence/rules.ts'
import { listAbsences } from '#journey/absence/store.ts'
import {
  interpreterWanted,
  type Purpose,
  type Reason,
  type ResultKind,
  type WhoDid,
} from '#journey/appointment/rules.ts'
import { freeSlot, listAppointments, saveResult } from '#journey/appointment/store.ts'
import { findCoachSettings, listVenues } from '#journey/availability/store.ts'
import { findEpisode, findStandingHeldStill } from '#journey/episode/store.ts'
import { addressFor, allModes, type Mode } from '#journey/invitation/rules.ts'
import { needsInWords } from '#journey/reaching/rules.ts'
import { findReaching } from '#journey/reaching/store.ts'
import { minutesFor } from '#journey/slots/rules.ts'
import { listChoices } from '#journey/slots/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { isDoubted, wayInWords } from './rules.ts'

/** What was booked over the spells of support of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listBookingsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('appointment.appointment as booked')
    .leftJoin('appointment.result as before', (join) =>
      join
        .onRef('before.area', '=', 'booked.area')
        .onRef('before.appointment', '=', 'booked.moved_from')
        .on(sql<boolean>`before.kind = 'moved'`),
    )
    .select(['booked.id', 'booked.booked_at as at', 'booked.starts_at as startsAt', 'booked.ends_at as endsAt'])
    .select(['booked.place', 'booked.note', 'booked.moved_from', findNameOf(asked.area, 'booked.member').as('with')])
    // Checked: the codes are written by the appointments alone, from the lists in their rules.
    .select([sql<Purpose>`booked.purpose`.as('purpose'), sql<Mode>`booked.mode`.as('mode')])
    .select([sql<WhoDid | null>`before.who`.as('movedBy'), sql<Reason | null>`before.reason`.as('movedFor')])
    .select(findNameOf(asked.area, 'booked.booked_by').as('by'))
    .where('booked.area', '=', asked.area)
    .where(isAnyOf('booked.episode', asked.episodes))
  return readNewest(query, { at: 'booked.booked_at', id: 'booked.id' }, asked).execute()
}

/**
 * What became of those appointments, results that were taken back included. Who came did so when it began; that one was
 * moved is told where the other time is.
 */
export async function listOutcomesOnTimeline(db: Db, asked: Asked) {
  const at = sql<Temporal.Instant>`case when result.kind in ('attended', 'missed') then booked.starts_at else result.at end`
  const query = db
    .selectFrom('appointment.appointment as booked')
    .innerJoin('appointment.result as result', (join) =>
      join.onRef('result.area', '=', 'booked.area').onRef('result.appointment', '=', 'booked.id'),
    )
    .leftJoin('appointment.withdrawal as withdrawal', (join) =>
      join.onRef('withdrawal.area', '=', 'result.area').onRef('withdrawal.result', '=', 'result.id'),
    )
    .select(['result.id', 'booked.id as appointment', 'result.note', 'withdrawal.at as withdrawnAt', at.as('at')])
    // Checked: as above.
    .select([sql<Exclude<ResultKind, 'moved'>>`result.kind`.as('kind'), sql<WhoDid | null>`result.who`.as('who')])
    .select([sql<Reason | null>`result.reason`.as('reason'), 'booked.starts_at as startsAt'])
    .select(findNameOf(asked.area, 'result.by').as('by'))
    .where('booked.area', '=', asked.area)
    .where(isAnyOf('booked.episode', asked.episodes))
    .where('result.kind', '<>', 'moved')
  return readNewest(query, { at, id: 'result.id' }, asked).execute()
}

/** The appointments of a spell of support of which nobody has said how they went, those to come included. Ask as before. */
export async function listAwaited(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('appointment.appointment as booked')
      .select(['booked.id', 'booked.starts_at as startsAt', 'booked.ends_at as endsAt'])
      // Checked: as above.
      .select([sql<Purpose>`booked.purpose`.as('purpose'), sql<Mode>`booked.mode`.as('mode')])
      .select(findNameOf(area, 'booked.member').as('memberName'))
      .where('booked.area', '=', area)
      .where('booked.episode', '=', episode)
      .where(
        sql<boolean>`not exists (select from appointment.result where result.area = booked.area
          and result.appointment = booked.id and not exists (select from appointment.withdrawal
            where withdrawal.area = result.area and withdrawal.result = result.id))`,
      )
      .orderBy('booked.starts_at')
      .execute()
  )
}

/** The day of the appointment that comes next in an episode, where one is booked. Ask findEpisode before. */
export async function findBookedOn(
  db: Db,
  { area, episode, now }: Readonly<{ area: string; episode: string; now: Temporal.Instant }>,
): Promise<Temporal.PlainDate | undefined> {
  const next = await db
    .selectFrom('appointment.appointment as appointment')
    .innerJoin('appointment.slot as slot', (join) =>
      join.onRef('slot.area', '=', 'appointment.area').onRef('slot.appointment', '=', 'appointment.id'),
    )
    .select('appointment.starts_at as at')
    .where('appointment.area', '=', area)
    .where('appointment.episode', '=', episode)
    .where('appointment.starts_at', '>', now)
    .orderBy('appointment.starts_at')
    .limit(1)
    .executeTakeFirst()
  return next && dayOf(next.at)
}

type About = Readonly<{ area: string; about: string | null; kind: string }>

/** Whether a message about an appointment still says what is so: asked again at the moment of sending. */
export async function isStillSo(db: Db, { area, about, kind }: About, now: Temporal.Instant): Promise<boolean> {
  if (about === null) return false
  const found = await db
    .selectFrom('appointment.appointment as appointment')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'appointment.area').onRef('standing.episode', '=', 'appointment.episode'),
    )
    .leftJoin('appointment.slot as slot', (join) =>
      join.onRef('slot.area', '=', 'appointment.area').onRef('slot.appointment', '=', 'appointment.id'),
    )
    .select(['appointment.starts_at', 'slot.appointment as held', 'standing.ended_at'])
    .where('appointment.area', '=', area)
    .where('appointment.id', '=', about)
    .executeTakeFirst()
  if (!found || Temporal.Instant.compare(found.starts_at, now) <= 0) return false
  return kind === 'appointment.cancelled' ? found.held === null : found.held !== null && found.ended_at === null
}

/** The appointments of an episode that are still to come, the soonest first. */
export async function listToCome(
  db: Db,
  actor: Actor,
  { episode, now }: Readonly<{ episode: string; now: Temporal.Instant }>,
) {
  const all = await listAppointments(db, actor, { episode })
  return all.filter((one) => one.result === null && Temporal.Instant.compare(one.startsAt, now) > 0).toReversed()
}

/** Calls off what is still booked because support ends, and gives how many there were. */
export async function callOffToCome(db: Db, of: Readonly<{ actor: Actor; episode: string; now: Temporal.Instant }>) {
  const by = { area: of.actor.area, at: of.now, by: of.actor.membership, note: 'Support has ended' }
  const off = { ...by, kind: 'cancelled', who: 'service', reason: 'other' } as const
  const toCome = await listToCome(db, of.actor, of)
  for (const { id: appointment } of toCome) {
    await saveResult(db, { ...off, late_minutes: null, interpreter_came: null, id: newId(), appointment })
    await freeSlot(db, of.actor.area, appointment)
  }
  return toCome.length
}

/** Calls off what is still booked because the person stops by themselves: nobody of the team did. */
export async function callOffOwn(db: Db, of: Readonly<{ area: string; episode: string; now: Temporal.Instant }>) {
  const { area, episode, now: at } = of
  const { rows } = await sql<{ id: string }>`select made.id from appointment.appointment made
    join appointment.slot on slot.area = made.area and slot.appointment = made.id
    where made.area = ${area} and made.episode = ${episode} and made.starts_at > ${at}::timestamptz`.execute(db)
  const off = { area, at, by: null, kind: 'cancelled', who: 'person', reason: 'unwanted', note: null } as const
  for (const { id: appointment } of rows) {
    await saveResult(db, { ...off, late_minutes: null, interpreter_came: null, id: newId(), appointment })
    await freeSlot(db, area, appointment)
  }
}

/** Whether this appointment was booked before: the form was sent twice. */
export async function hasBooked(db: Db, area: string, id: string): Promise<boolean> {
  const found = await db
    .selectFrom('appointment.appointment')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', id)
    .executeTakeFirst()
  return found !== undefined
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

/** All that booking a time with somebody needs to know of them, of their colleagues here and of the area. */
export async function findSurroundings({ db, area, actor, now, today }: Asking, wanted: string, hold = false) {
  const episode = await findEpisode(db, actor, wanted, 'edit')
  const about = episode && (await findReaching(db, actor, episode.person))
  if (!episode || !about) return undefined
  const still = hold ? await findStandingHeldStill(db, area, wanted) : undefined
  const [here, colleagues, all, holidays, absences, hours, meeting, venues] = await Promise.all([
    findArea(db, area),
    listMembers(db, area, today, actor.organisations),
    listAppointments(db, actor, { episode: wanted }),
    findHolidays(db),
    listAbsences(db, area, today),
    findSettings(db, area, today),
    findMeeting(db, area, today),
    listVenues(db, area, today),
  ])
  const members = labelled(colleagues.filter(({ role }) => isFor(careRoles, role)))
  const standing = all.filter((one) => one.result === null && Temporal.Instant.compare(one.endsAt, now) > 0)
  const coach = episode.coach !== null && episode.coach in members ? episode.coach : actor.membership
  const address = addressFor(about.reaching)
  const { accessNeeds } = about.reaching
  const person = {
    ...{ id: about.id, name: about.name, language: about.language },
    interpreter: interpreterWanted({ interpreter: about.interpreter, accessNeeds }),
    needs: needsInWords(accessNeeds, about.accessNote),
    onlyLetters: accessNeeds.includes('letter-only'),
    ...{ toldBy: wayInWords(address, about.closed), isDoubted: isDoubted(about.reaching.means, address) },
  }
  const purpose = episode.assessed_at === null ? ('first' as const) : ('support' as const)
  const shown = {
    ...{ episode: wanted, person, members, member: coach, today, address, openingHours: here?.opening_hours ?? null },
    ...{ purpose, free: [], minutes: minutesFor({ purpose, accessNeeds }, meeting) },
    venues: labelled(venues.map((one) => ({ ...one, name: `${one.name}, ${one.address}` }))),
  }
  return {
    ...{ episode: { ...episode, ...still }, about, person, shown, standing, holidays, hours, meeting, venues },
    isAway: (member: string, day: Temporal.PlainDate) =>
      absences.some((one) => one.member === member && isAway(one, day)),
    phone: here?.phone ?? null,
  }
}

const labelled = (named: readonly Readonly<{ id: string; name: string }>[]) =>
  Object.fromEntries(named.map(({ id, name }) => [id, { label: name }]))

type Found = NonNullable<Awaited<ReturnType<typeof findSurroundings>>>

const nextFree = 6

/** The next times that are free with a colleague, long enough for this person; nobody's where they are no colleague here. */
export async function listNextFree({ db, area, now }: Asking, { shown, meeting, about }: Found, member: string) {
  if (!(member in shown.members)) return { free: [] }
  const wish = { purpose: shown.purpose, accessNeeds: about.reaching.accessNeeds, modes: allModes }
  const until = now.add({ hours: 24 * meeting.aheadDays })
  const { times } = await listChoices(db, area, { from: now, until, member, wish, meeting })
  return { member, free: times.slice(0, nextFree) }
}

/** Where the video calls of a colleague are. */
export async function findVideoLink(db: Db, area: string, member: string, meeting: Meeting): Promise<string | null> {
  return (await findCoachSettings(db, area, member)).videoLink ?? meeting.videoLink
}
