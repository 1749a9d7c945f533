import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, isBefore, startOfDay } from '#platform/dates.ts'
import { optionalChoice, optionalId, optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { listCovered } from '#journey/absence/store.ts'
import { listDayAppointments, listWithoutResult } from '#journey/appointment/store.ts'
import { stages } from '#journey/episode/rules.ts'
import { modes } from '#journey/invitation/rules.ts'
import { listOpenConcerns } from '#journey/safety/store.ts'
import { listCarryingOn } from '#journey/support/week-limit/store.ts'
import { findSettings } from '#registers/areas/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { type DayRow, MyDay } from './pages/day.tsx'
import { Caseload } from './pages/people.tsx'
import {
  byPressure,
  countsByReason,
  type DayLine,
  type DayReason,
  dayReasons,
  dueClears,
  reasonsToday,
} from './rules.ts'
import { countAftercare, listCaseload, listEpisodes, listForDay, listOpen, type PeopleFilter } from './store.ts'

/** A coach's day, and the lists of people behind every number of it and of the board. */
export async function dayRoutes(app: App): Promise<void> {
  app.get(
    '/day',
    { who: careRoles, verb: 'list', reads: 'list', query: { reason: optionalChoice(dayReasons) } },
    async (request, reply) => {
      const { db, actor, today, now, query } = request
      const { rows, caseload, booked } = await dayOfCoach(db, actor, now)
      const shown = rows.filter(({ reason }) => query.reason === null || reason === query.reason)
      const appointments = booked.map(({ id, startsAt: at, mode, ...person }) => ({
        ...{ id, at, name: calledName(person), mode: modes[mode].label, person: person.person },
      }))
      const people = new Set([...shown, ...appointments].map(({ person }) => person))
      await request.read('day.list', { codes: { shown: [...people] } })
      return reply.page(
        <MyDay
          {...{ today, now, caseload, appointments }}
          rows={shown}
          counts={countsByReason(rows)}
          reason={query.reason}
        />,
      )
    },
  )
  app.get(
    '/caseload',
    { who: careRoles, verb: 'list', reads: 'list', query: { stage: optionalChoice(stages) } },
    async (request, reply) => {
      const { db, actor, today, query } = request
      const aftercare = query.stage === 'aftercare'
      const [all, after] = await Promise.all([listCaseload(db, actor, { aftercare }), countAftercare(db, actor)])
      const people = all.filter(({ stage }) => query.stage === null || stage === query.stage)
      await request.read('caseload.list', { codes: { shown: people.map(({ person }) => person) } })
      return reply.page(
        <Caseload
          {...{ people, today }}
          title="All my people"
          filter={{ stage: query.stage, coach: null }}
          coaches={undefined}
          count={people.length === 1 ? '1 person' : `${people.length} people`}
          aftercare={aftercare ? 0 : after}
          older={undefined}
          action="/caseload"
        />,
      )
    },
  )
  peopleRoute(app)
}

async function dayOfCoach(db: Db, actor: Actor, now: Temporal.Instant) {
  const today = dayOf(now)
  const [coaches, settings, booked] = await Promise.all([
    listCovered(db, actor.area, actor.membership, today),
    findSettings(db, actor.area, today),
    listDayAppointments(db, actor, { members: [actor.membership], day: today }),
  ])
  const [due, concerns, without, carrying] = await Promise.all([
    listForDay(db, actor, { coaches, today }),
    listOpenConcerns(db, actor, coaches),
    listWithoutResult(db, actor, { coaches, now }),
    listCarryingOn(db, actor.area, coaches),
  ])
  const [worrying, past] = [byEpisode(concerns), byEpisode(without)]
  const people = [...due, ...(await others(db, actor, due, [...worrying.keys(), ...past.keys()]))]
  const rows: DayRow[] = people.flatMap((person) => {
    const limit_on = laterDay(person.limit_on, carrying.get(person.episode))
    const lines = [
      ...concernLines(worrying.get(person.episode)),
      ...withoutResultLines(past.get(person.episode)),
      ...reasonsToday({ ...person, limit_on }, { today, settings, day: dayOf }),
    ]
    return lines.map((line) => ({
      ...person,
      ...line,
      covered: person.coach !== actor.membership,
      ...clearedBy(line, person.episode, person.follow_up_13_on !== null),
    }))
  })
  const own = people.filter(({ stage, coach }) => stage !== 'aftercare' && coach === actor.membership)
  return { rows: byPressure(rows), caseload: own.length, booked }
}

/** The first of each episode: the most pressing, as they are listed. */
function byEpisode<Row extends Readonly<{ episode: string }>>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.toReversed().map((row) => [row.episode, row]))
}

/** Those with nothing due of whom something else has to be looked at: few, and mostly nobody. */
async function others(
  db: Db,
  actor: Actor,
  due: readonly Readonly<{ episode: string }>[],
  episodes: readonly string[],
) {
  const there = new Set(due.map(({ episode }) => episode))
  const missing = episodes.filter((episode) => !there.has(episode))
  return missing.length > 0 ? listEpisodes(db, actor, missing) : []
}

type Concern = Awaited<ReturnType<typeof listOpenConcerns>>[number]

function concernLines(concern: Concern | undefined): DayLine[] {
  return concern ? [{ reason: 'safety', because: 'A concern is open', on: concern.next_look_on }] : []
}

function withoutResultLines(past: Readonly<{ startsAt: Temporal.Instant }> | undefined): DayLine[] {
  return past ? [{ reason: 'result', because: 'How did it go?', on: dayOf(past.startsAt) }] : []
}

// A review that lets support carry on moves the day on which the limit asks again.
function laterDay(limit: Temporal.PlainDate | null, until: Temporal.PlainDate | undefined): Temporal.PlainDate | null {
  return limit && until && isBefore(limit, until) ? until : limit
}

/** The one thing that clears a line, and where. */
function clearedBy({ reason, due }: DayLine, episode: string, due13: boolean) {
  const other = due !== undefined && (reason === 'overdue' || reason === 'today') ? dueClears[due] : undefined
  const at: Readonly<Record<DayReason, string>> = {
    safety: 'concerns',
    overdue: 'contacts/new',
    today: 'contacts/new',
    result: 'appointments',
    'follow-up': due13 ? 'follow-ups/13' : 'follow-ups/26',
    limit: 'review',
    waiting: 'pause',
    quiet: 'contacts/new',
    reply: 'contacts/new',
  }
  return {
    href: `/episodes/${episode}/${other?.path ?? at[reason]}`,
    clears: other?.label ?? dayReasons[reason].clears,
  }
}

/** What a number may be opened to. */
const lists = {
  all: { label: 'Everybody with the service', filter: () => ({}) },
  unassigned: { label: 'Without a coach', filter: () => ({ unassigned: true }) },
  'first-contact': { label: 'Waiting for first contact', filter: () => ({ stages: ['received', 'accepted'] }) },
  overdue: { label: 'Overdue', filter: (today: Temporal.PlainDate) => ({ overdue: today }) },
  waiting: { label: 'Waiting on others', filter: () => ({ stages: ['waiting'] }) },
  started: { label: 'Started this month', filter: startedIn },
} as const satisfies Record<string, { label: string; filter: (today: Temporal.PlainDate) => PeopleFilter }>

function startedIn(today: Temporal.PlainDate): PeopleFilter {
  const month = today.with({ day: 1 })
  return { startedFrom: startOfDay(month), startedUntil: startOfDay(month.add({ months: 1 })) }
}

const pageLength = 50

const listQuery = {
  list: optionalChoice(lists),
  stage: optionalChoice(stages),
  coach: optionalId(),
  after: optionalText(80),
}

function peopleRoute(app: App): void {
  const who = ['senior-coach', 'service-manager', 'administrator', 'clinician'] as const
  app.get('/people', { who, verb: 'list', reads: 'list', query: listQuery }, async (request, reply) => {
    const { db, actor, today, query } = request
    const chosen = query.list ?? 'all'
    const filter = { ...lists[chosen].filter(today), stage: query.stage, coach: query.coach }
    const [people, members] = await Promise.all([
      listOpen(db, actor, { filter, after: placeFrom(query.after), most: pageLength + 1 }),
      listMembers(db, actor.area, today, actor.organisations),
    ])
    const shown = people.slice(0, pageLength)
    const last = people.length > pageLength ? shown.at(-1) : undefined
    await request.read('people.list', { codes: { list: chosen, shown: shown.map(({ person }) => person) } })
    const coaches = members
      .filter(({ role }) => role === 'coach' || role === 'senior-coach')
      .map(({ id, name }): [string, { label: string }] => [id, { label: name }])
    return reply.page(
      <Caseload
        people={shown}
        today={today}
        title={lists[chosen].label}
        filter={{ stage: query.stage, coach: query.coach }}
        coaches={Object.fromEntries(coaches)}
        count={last ? `${pageLength} people on this page` : shown.length === 1 ? '1 person' : `${shown.length} people`}
        older={last ? nextPage(chosen, query, last) : undefined}
        action="/people"
        hidden={{ list: chosen }}
      />,
    )
  })
}

function nextPage(
  list: string,
  { stage, coach }: { stage: string | null; coach: string | null },
  last: { received_at: Temporal.Instant; episode: string },
): string {
  const query = new URLSearchParams({ list, after: `${last.received_at.toString()}~${last.episode}` })
  if (stage) query.set('stage', stage)
  if (coach) query.set('coach', coach)
  return `/people?${query.toString()}`
}

function placeFrom(after: string | null) {
  const [at = '', episode = ''] = after?.split('~') ?? []
  return /^\d{4}-.+Z$/.test(at) && /^[0-9a-f-]{36}$/.test(episode)
    ? { receivedAt: Temporal.Instant.from(at), episode }
    : undefined
}
