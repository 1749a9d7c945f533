import { type Actor, isFor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, type Holidays, isWorkingDay, startOfDay } from '#platform/dates.ts'
import type { App } from '#platform/http/app.ts'
import { listWaitingFor } from '#journey/alert/store.ts'
import { spanOf } from '#journey/caseload/rules.ts'
import { countWaiting } from '#journey/diary/store.ts'
import { stages } from '#journey/episode/rules.ts'
import { countUnanswered } from '#journey/handing-over/store.ts'
import { areTooFew } from '#journey/slots/rules.ts'
import { countFreeSoon } from '#journey/slots/store.ts'
import { countPressing } from '#journey/record-request/rules.ts'
import { listOpenRequests } from '#journey/record-request/store.ts'
import { findMeeting } from '#registers/meeting/store.ts'
import { findPlannedStarts } from '#journey/profile/store.ts'
import { countOpenConcerns } from '#journey/concern-list/store.ts'
import type { AreaSettings } from '#registers/areas/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { deciders } from '#registers/capacity/rules.ts'
import type { Caseload } from '#journey/room/rules.ts'
import { listWeighedCaseloads } from '#journey/weight/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { Board } from './pages/board.tsx'
import { dueInWords } from '#journey/supervision/rules.ts'
import { listNext } from '#journey/supervision/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { forecastOf, type Load } from './rules.ts'
import { type CoachCount, countNoShows, countOpen, countStarts } from './store.ts'

const runners = ['senior-coach', 'service-manager', 'administrator'] as const

/** How many people other areas have offered to this one who wait for an answer; whoever keeps the offers answers it. */
type CountArrivals = (db: Db, area: string) => Promise<number>

/** How many forms by email wait to be compared, for this reader; whoever keeps them answers it. */
type CountForms = (db: Db, actor: Actor, today: Temporal.PlainDate) => Promise<number>

/** The board of those who run the service. */
export const boardRoutes =
  ({ countArrivals, countForms }: Readonly<{ countArrivals: CountArrivals; countForms: CountForms }>) =>
  async (app: App): Promise<void> => {
    app.get('/board', { who: runners, verb: 'list' }, async (request, reply) => {
      const { actor, today } = request
      const settings = await findSettings(request.db, actor.area, today)
      const [board, arrivals, forms] = await Promise.all([
        boardOf(request, settings),
        // Only who belongs to those who receive what comes to the area may open an arrival.
        settings.receivingOrganisation === actor.organisation ? countArrivals(request.db, actor.area) : 0,
        countForms(request.db, actor, today),
      ])
      const decidesCapacity = isFor(deciders, actor.role)
      return reply.page(
        <Board {...{ ...board, today, arrivals, forms, decidesCapacity }} organisation={actor.organisationName} />,
      )
    })
  }

type Asking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>

/** Every number of the board, as it stands now. */
async function boardOf({ db, actor, today, now }: Asking, settings: AreaSettings) {
  const [{ pressing, byStage, byCoach }, starts, noShows, concerns, caseloads, waiting, times] = await Promise.all([
    countOpen(db, actor, { now, today }),
    startsOf(db, actor, today),
    countNoShows(db, actor, spanOf(today.toPlainYearMonth())),
    countOpenConcerns(db, actor, today),
    listWeighedCaseloads(db, actor, today),
    listWaitingFor(db, actor),
    freeAgainstWaiting(db, actor, now),
  ])
  const requests = await requestsOf(db, actor, today)
  const supervisions = await supervisionsOf(db, actor, today)
  const handovers = await countUnanswered(db, actor, now.subtract({ hours: 24 * settings.answerDays }))
  const loads = loadsOf(caseloads, byCoach)
  const order = Object.keys(stages)
  const stageRows = byStage
    .map(({ stage, people, oldest, middle }) => ({ stage, people, middle, longest: dayOf(oldest).until(today).days }))
    .toSorted((one, other) => order.indexOf(one.stage) - order.indexOf(other.stage))
  return { pressing, starts, noShows, concerns, handovers, waiting, times, requests, supervisions, loads, stageRows }
}

/** The supervisions of the reader that come within days, or were due. */
async function supervisionsOf(db: Db, { area, membership: me }: Actor, today: Temporal.PlainDate) {
  const next = await listNext(db, area, me, today)
  return next.map((one) => ({ ...dueInWords(one, { me, today }), id: one.id }))
}

/** How many requests about records are late, due soon or later, for those who see to them. */
async function requestsOf(db: Db, actor: Actor, today: Temporal.PlainDate) {
  if (actor.role === 'senior-coach') return { late: 0, soon: 0, later: 0 }
  return countPressing(await listOpenRequests(db, actor), today)
}

/** How many times are free soon with the coaches here, against those who wait for a first appointment. */
async function freeAgainstWaiting(db: Db, actor: Actor, now: Temporal.Instant) {
  const today = dayOf(now)
  const [meeting, members, waiting] = await Promise.all([
    findMeeting(db, actor.area, today),
    listMembers(db, actor.area, today, actor.organisations),
    countWaiting(db, actor),
  ])
  const coaches = members.filter(({ role }) => role === 'coach' || role === 'senior-coach' || role === 'clinician')
  const free = await countFreeSoon(db, actor.area, { members: coaches.map(({ id }) => id), meeting, now })
  const { fewestFree: fewest, fewestFreeWithinDays: within } = meeting
  return { free, waiting, fewest, within, tooFew: areTooFew({ free, waiting }, meeting) }
}

const weeksLately = 12

/** How many began this month, beside how many were to and what the pace of the last weeks would make of it. */
async function startsOf(db: Db, actor: Actor, today: Temporal.PlainDate) {
  const month = today.with({ day: 1 })
  const next = month.add({ months: 1 })
  const since = today.subtract({ weeks: weeksLately })
  const moments = {
    ...{ lately: startOfDay(since), before: startOfDay(month.subtract({ months: 1 })), month: startOfDay(month) },
    ...{ today: startOfDay(today), until: startOfDay(next) },
  }
  const [counted, planned, holidays] = await Promise.all([
    countStarts(db, actor, moments),
    findPlannedStarts(db, actor, today.toPlainYearMonth()),
    findHolidays(db),
  ])
  const daysLately = workingDaysIn(since, today, holidays)
  const daysLeft = workingDaysIn(today.add({ days: 1 }), next, holidays)
  const forecast = forecastOf({ started: counted.since, lately: counted.lately, daysLately, daysLeft })
  return { started: counted.since, before: counted.before, planned, forecast }
}

/** How many days of a time are working days, from its first day and without the last. */
function workingDaysIn(from: Temporal.PlainDate, until: Temporal.PlainDate, holidays: Holidays): number {
  const days = Array.from({ length: from.until(until).days }, (_, after) => from.add({ days: after }))
  return days.filter((day) => isWorkingDay(day, holidays)).length
}

/** Every coach with what they carry, those with nobody included. */
function loadsOf(caseloads: readonly Caseload[], counted: readonly CoachCount[]): Load[] {
  const carried = new Map(counted.map((one) => [one.coach, one]))
  return caseloads.map(({ coach, name, cap, points, pointsCap }) => ({
    ...{ member: coach, name, cap, points, pointsCap },
    people: carried.get(coach)?.people ?? 0,
    overdue: carried.get(coach)?.overdue ?? 0,
  }))
}
