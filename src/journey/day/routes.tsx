import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, isBefore } from '#platform/dates.ts'
import { optionalChoice } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { listCovered } from '#journey/absence/store.ts'
import { listDayAppointments, listWithoutResult } from '#journey/appointment/store.ts'
import { listEpisodes, listForDay } from '#journey/caseload/store.ts'
import { modes } from '#journey/invitation/rules.ts'
import { listOpenConcerns } from '#journey/safety/store.ts'
import { listCarryingOn } from '#journey/support/week-limit/store.ts'
import { findSettings } from '#registers/areas/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { type DayRow, MyDay } from './pages.tsx'
import {
  byPressure,
  countsByReason,
  type DayLine,
  type DayReason,
  dayReasons,
  dueClears,
  reasonsToday,
} from './rules.ts'

/** A coach's day: whom they look after or cover for has something to be done today, and what. */
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
