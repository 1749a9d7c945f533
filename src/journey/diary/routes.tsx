import { type Actor, careRoles, isFor, reach } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, type Holidays, inWords, startOfDay } from '#platform/dates.ts'
import * as field from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { linkParts } from '#platform/link/rules.ts'
import { isAway } from '#journey/absence/rules.ts'
import { listAbsences } from '#journey/absence/store.ts'
import { purposes } from '#journey/appointment/rules.ts'
import { listDayAppointments } from '#journey/appointment/store.ts'
import { endOfWorkingDays, type FreeTime, modesInWords } from '#journey/availability/rules.ts'
import { findCalendar, listExceptions, listHours } from '#journey/availability/store.ts'
import { listOpen } from '#journey/caseload/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { modes, subscribedCalendar } from '#journey/invitation/rules.ts'
import { areTooFew, chosenTime, minutesFor } from '#journey/slots/rules.ts'
import { listFreeTimesOf, listTakenOf } from '#journey/slots/store.ts'
import { findMeeting } from '#registers/meeting/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findHolidays } from '#registers/places/store.ts'
import { CoachesPage, WeekPage } from './pages.tsx'
import * as rules from './rules.ts'
import { countWaiting, listForCalendar } from './store.ts'

/** The weeks of colleagues, what is free in them, and the calendar that each may subscribe to. */
export async function diaryRoutes(app: App): Promise<void> {
  coachesRoute(app)
  weekRoute(app)
  calendarRoute(app)
}

const arrangers = ['senior-coach', 'administrator', 'service-manager'] as const
const maySet = (actor: Actor, member: string) => member === actor.membership || isFor(arrangers, actor.role)

function coachesRoute(app: App): void {
  app.get('/coaches', { who: careRoles, verb: 'list' }, async (request, reply) => {
    const { db, area, actor, now, today } = request
    const [members, meeting, holidays, absences, waiting] = await Promise.all([
      listCoaches(request),
      findMeeting(db, area, today),
      findHolidays(db),
      listAbsences(db, area, today),
      countWaiting(db, actor),
    ])
    const minutes = minutesFor({ purpose: 'first', accessNeeds: [] }, meeting)
    const of = { members: members.map(({ id }) => id), from: earliestOf(now, meeting), minutes, ...meeting }
    const [free, hours] = await Promise.all([
      listFreeTimesOf(db, area, { ...of, until: startOfDay(today.add({ days: meeting.aheadDays + 1 })) }),
      listHours(db, area, { members: of.members, from: today }),
    ])
    const end = endOfWorkingDays(today, meeting.fewestFreeWithinDays, holidays)
    const rows = members.map(({ id, name }) => {
      const times = (free.get(id) ?? []).toSorted((one, other) =>
        Temporal.Instant.compare(one.startsAt, other.startsAt),
      )
      return {
        ...{ id, name, maySet: maySet(actor, id), hasHours: hours.some(({ member }) => member === id) },
        isAway: absences.some((one) => one.member === id && isAway(one, today)),
        free: times.filter(({ startsAt }) => Temporal.Instant.compare(startsAt, end) < 0).length,
        next: times[0] ? inWords(times[0].startsAt, now) : null,
      }
    })
    const all = rows.reduce((sum, one) => sum + one.free, 0)
    const tooFew = areTooFew({ free: all, waiting }, meeting)
    const told = {
      waiting,
      opens: reach[actor.role].list !== 'caseload',
      tooFew,
      fewest: meeting.fewestFree,
      within: meeting.fewestFreeWithinDays,
    }
    return reply.page(<CoachesPage {...{ rows, free: all, ...told }} />)
  })
}

const earliestOf = (now: Temporal.Instant, { soonestHours }: Readonly<{ soonestHours: number }>) =>
  now.add({ hours: soonestHours })

function weekRoute(app: App): void {
  const query = {
    from: field.optionalText(10),
    episode: field.optionalText(36),
    purpose: field.optionalChoice(purposes),
  }
  app.get('/coaches/:member/week', { who: careRoles, verb: 'list', reads: 'list', query }, async (request, reply) => {
    const { db, area, actor, today, params } = request
    const member = (await listCoaches(request)).find(({ id }) => id === params.member)
    const monday = rules.weekAsked(request.query.from, today)
    if (!member || !monday) throw new NotFound()
    const purpose = rules.purposeAsked(request.query.purpose)
    const [meeting, holidays, people] = await Promise.all([
      findMeeting(db, area, today),
      findHolidays(db),
      listBookable(request, member.id, request.query.episode),
    ])
    const episode = request.query.episode !== null && request.query.episode in people ? request.query.episode : null
    const minutes = minutesFor({ purpose, accessNeeds: [] }, meeting)
    const week = { ...(await weekOf(request, { member: member.id, monday, minutes, gapMinutes: meeting.gapMinutes })) }
    const href = (time: FreeTime) =>
      episode === null ? undefined : `/episodes/${episode}/appointments/new?${chosenTime(member.id, purpose, time)}`
    const days = linesOf({ ...week, monday, holidays, href })
    await request.read('diary.week', { codes: { member: member.id, shown: week.shown } })
    return reply.page(
      <WeekPage
        {...{ member, monday, today, days, purpose, minutes, people, episode, hasHours: week.hasHours }}
        maySet={maySet(actor, member.id)}
      />,
    )
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Looking = Readonly<{ member: string; monday: Temporal.PlainDate; minutes: number; gapMinutes: number }>

/** What is free, taken and seen of one week. */
async function weekOf({ db, area, actor, now }: Asking, { member, monday, ...length }: Looking) {
  const [starts, until] = [startOfDay(monday), startOfDay(monday.add({ days: 7 }))]
  const from = Temporal.Instant.compare(now, starts) > 0 ? now : starts
  const members = [member]
  const [free, taken, appointments, absences, hours, exceptions] = await Promise.all([
    rules.hasPassed(monday, dayOf(now))
      ? new Map<string, FreeTime[]>()
      : listFreeTimesOf(db, area, { members, from, until: until.subtract({ seconds: 1 }), ...length }),
    listTakenOf(db, area, { members, from: starts, until }),
    listDayAppointments(db, actor, { members, day: monday, until: monday.add({ days: 7 }) }),
    listAbsences(db, area, monday),
    listHours(db, area, { members, from: monday, until: monday.add({ days: 6 }) }),
    listExceptions(db, area, { members, from: monday, until: monday.add({ days: 6 }) }),
  ])
  return {
    ...{ free: free.get(member) ?? [], taken, appointments, hasHours: hours.length + exceptions.length > 0 },
    absences: absences.filter((one) => one.member === member),
    shown: [...new Set(appointments.map(({ person }) => person))],
  }
}

type Drawn = Awaited<ReturnType<typeof weekOf>> &
  Readonly<{
    monday: Temporal.PlainDate
    holidays: Holidays
    href: (time: FreeTime) => string | undefined
  }>

function linesOf({ free, taken, appointments, absences, monday, holidays, href }: Drawn) {
  const all: rules.DiaryLine[] = [
    ...free.map((time) => ({ ...time, kind: 'free' as const, how: modesInWords(time.modes), href: href(time) })),
    ...taken.map((time) => ({ ...time, kind: 'hidden' as const })),
    ...appointments.map(({ id, startsAt, endsAt, mode, ...one }) => ({
      ...{ kind: 'taken' as const, id, startsAt, endsAt, name: calledName(one), how: modes[mode].label },
      marks: rules.marksOf(one),
    })),
  ]
  const dayIn = (one: rules.DiaryLine) => dayOf(one.startsAt).toString()
  const shown = rules.daysShown(monday, new Set(all.map(dayIn)))
  return shown.map((day) => ({
    day,
    lines: rules.linesOfDay(all.filter((one) => dayIn(one) === day.toString())),
    why: absences.some((one) => isAway(one, day))
      ? 'Away by an arranged absence.'
      : holidays.has(day.toString())
        ? 'Bank holiday.'
        : undefined,
  }))
}

/** Those who can be booked with this colleague: the colleague's people as far as the reader lists them, and whom the address names. */
async function listBookable({ db, actor }: Asking, member: string, episode: string | null) {
  const found = await listOpen(db, actor, { filter: { coach: member }, after: undefined, most: 200 })
  type Entry = [string, { label: string }]
  const own = found.map((one): Entry => [one.episode, { label: calledName(one) }])
  const named = episode && isUuid(episode) ? await findEpisode(db, actor, episode, 'edit') : undefined
  const also: Entry[] = named ? [[named.id, { label: calledName(named) }]] : []
  return Object.fromEntries([...own, ...also].toSorted(([, one], [, other]) => one.label.localeCompare(other.label)))
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** Those of the reader's organisations who meet people. */
async function listCoaches({ db, area, actor, today }: Asking) {
  const members = await listMembers(db, area, today, actor.organisations)
  return members.filter(({ role }) => role === 'coach' || role === 'senior-coach' || role === 'clinician')
}

const daysBack = 30

/** The calendar of one member by its secret address: it says when, and nothing of anybody that could be understood. */
function calendarRoute(app: App): void {
  app.get('/calendars/:link', { who: 'anyone', area: 'link' }, async ({ db, params, now, today }, reply) => {
    const parts = linkParts(params.link)
    const calendar = parts && (await findCalendar(db, { ...parts, on: today }))
    if (!parts || !calendar) throw new NotFound()
    const since = startOfDay(today.subtract({ days: daysBack }))
    const found = await listForCalendar(db, { area: parts.area, member: calendar.member, since })
    const events = found.map(({ chain, place, before, restricted, ...one }) => {
      const isNamed = calendar.shows === 'initials' && !restricted
      return {
        ...{ ...one, id: chain, sequence: before, cancelled: false, madeAt: now },
        place: one.mode === 'in-person' ? place : null,
        summary: isNamed ? `Appointment ${rules.initialsOf(one)}` : 'Appointment',
      }
    })
    return reply
      .header('cache-control', 'private, max-age=300')
      .text(subscribedCalendar(events), 'text/calendar; charset=utf-8')
  })
}
