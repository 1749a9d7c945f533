import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import type { Meeting } from '#registers/meeting/rules.ts'
import { findHolidays } from '#registers/places/store.ts'
import { isAway } from '#journey/absence/rules.ts'
import { listAbsences } from '#journey/absence/store.ts'
import { endOfWorkingDays, type FreeTime, freeTimesIn, stretchesOn } from '#journey/availability/rules.ts'
import { findCoachSettings, listExceptions, listHours, listVenues } from '#journey/availability/store.ts'
import type { Times } from '#journey/invitation/rules.ts'
import { fitting, minutesFor, type Wish } from './rules.ts'

type Span = Readonly<{
  from: Temporal.Instant
  until: Temporal.Instant
  /** An appointment that is to have another time: its own is free for it. */
  without?: string | undefined
}>
type Of = Span & Readonly<{ members: readonly string[] }>
type Taken = Times & Readonly<{ member: string }>

/** When these members are taken within a time, whoever it is for. */
export async function listTakenOf(db: Db, area: string, { members, from, until, without }: Of) {
  // Member by member: each is found in the index of the constraint that lets no two times of a member overlap.
  const { rows } =
    await sql<Taken>`select theirs.member, lower(slot.during) as "startsAt", upper(slot.during) as "endsAt"
    from unnest(${[...members]}::uuid[]) as theirs (member)
    cross join lateral (select during from appointment.slot where slot.area = ${area}
      and slot.member = theirs.member and slot.during && tstzrange(${from}, ${until})
        and slot.appointment is distinct from ${without ?? null}::uuid) as slot`.execute(db)
  return rows
}

type Wanted = Span & Readonly<{ members: readonly string[]; minutes: number; gapMinutes: number }>

/** The free times of one length of these members between two moments, by member. */
export async function listFreeTimesOf(db: Db, area: string, wanted: Wanted): Promise<Map<string, FreeTime[]>> {
  const { members, from, until, minutes, gapMinutes } = wanted
  const [first, last] = [dayOf(from), dayOf(until)]
  const of = { members, from: first, until: last }
  const [hours, exceptions, absences, holidays, taken] = await Promise.all([
    listHours(db, area, of),
    listExceptions(db, area, of),
    listAbsences(db, area, first),
    findHolidays(db),
    listTakenOf(db, area, { ...wanted, until: until.add({ hours: 24 }) }),
  ])
  const days = Array.from({ length: first.until(last).days + 1 }, (_, after) => first.add({ days: after }))
  const freeOf = (member: string) => {
    const isTheirs = (one: Readonly<{ member: string }>) => one.member === member
    const own = {
      hours: hours.filter(isTheirs),
      exceptions: exceptions.filter(isTheirs),
      taken: taken.filter(isTheirs),
    }
    const gone = absences.filter(isTheirs)
    return days.flatMap((day) => {
      const isAbsent = gone.some((one) => isAway(one, day))
      const { stretches, away } = stretchesOn(day, { ...own, isAbsent, holidays })
      return freeTimesIn(stretches, { minutes, gapMinutes, earliest: from, taken: own.taken, away })
    })
  }
  const isWithin = ({ startsAt }: Times) => Temporal.Instant.compare(startsAt, until) < 0
  return new Map(members.map((member) => [member, freeOf(member).filter(isWithin)]))
}

type Choosing = Span & Readonly<{ member: string; wish: Wish; meeting: Meeting }>

/** What one person may choose from with one member: long enough, in a way they may meet, in a building they can get into. */
export async function listChoices(db: Db, area: string, { member, wish, meeting, ...span }: Choosing) {
  const of = { ...span, members: [member], minutes: minutesFor(wish, meeting), gapMinutes: meeting.gapMinutes }
  const [free, venues, own] = await Promise.all([
    listFreeTimesOf(db, area, of),
    listVenues(db, area, dayOf(span.from)),
    findCoachSettings(db, area, member),
  ])
  const stepFree = new Set(venues.filter((one) => one.step_free).map(({ id }) => id))
  const known = new Set(venues.map(({ id }) => id))
  const videoLink = own.videoLink ?? meeting.videoLink
  const open = (free.get(member) ?? []).map((time) => {
    const isOpen = time.venue === null || known.has(time.venue)
    return isOpen ? time : { ...time, venue: null, modes: time.modes.filter((mode) => mode !== 'in-person') }
  })
  return { times: fitting(open, wish, { stepFree, videoLink }), venues, videoLink }
}

type Soon = Readonly<{ members: readonly string[]; meeting: Meeting; now: Temporal.Instant }>

/** How many times are free for a first conversation with any of these members within the days that the area looks ahead. */
export async function countFreeSoon(db: Db, area: string, { members, meeting, now }: Soon): Promise<number> {
  const until = endOfWorkingDays(dayOf(now), meeting.fewestFreeWithinDays, await findHolidays(db))
  const from = now.add({ hours: meeting.soonestHours })
  const minutes = minutesFor({ purpose: 'first', accessNeeds: [] }, meeting)
  const free = await listFreeTimesOf(db, area, { members, from, until, minutes, gapMinutes: meeting.gapMinutes })
  return [...free.values()].reduce((sum, times) => sum + times.length, 0)
}
