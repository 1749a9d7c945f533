import { dayOf, startOfDay } from '#platform/dates.ts'
import type { App } from '#platform/http/app.ts'
import { spanOf } from '#journey/caseload/rules.ts'
import { stages } from '#journey/episode/rules.ts'
import { countOpenConcerns } from '#journey/safety/store.ts'
import type { AreaSettings } from '#registers/areas/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { Board } from './pages.tsx'
import type { Load } from './rules.ts'
import { type CoachCount, countNoShows, countOpen, countStarts } from './store.ts'

const runners = ['senior-coach', 'service-manager', 'administrator'] as const

/** The board of those who run the service. */
export async function boardRoutes(app: App): Promise<void> {
  app.get('/board', { who: runners, verb: 'list' }, async ({ db, actor, today, now }, reply) => {
    const month = today.with({ day: 1 })
    const months = {
      from: startOfDay(month.subtract({ months: 1 })),
      between: startOfDay(month),
      until: startOfDay(month.add({ months: 1 })),
    }
    const [{ pressing, byStage, byCoach }, starts, noShows, concerns, members, settings] = await Promise.all([
      countOpen(db, actor, { now, today }),
      countStarts(db, actor, months),
      countNoShows(db, actor, spanOf(today.toPlainYearMonth())),
      countOpenConcerns(db, actor),
      listMembers(db, actor.area, today, actor.organisations),
      findSettings(db, actor.area, today),
    ])
    const loads = loadsOf(members, byCoach, settings)
    const order = Object.keys(stages)
    const stageRows = byStage
      .map(({ stage, people, oldest, middle }) => ({ stage, people, middle, longest: dayOf(oldest).until(today).days }))
      .toSorted((one, other) => order.indexOf(one.stage) - order.indexOf(other.stage))
    return reply.page(
      <Board
        {...{ today, pressing, stageRows, loads, concerns, noShows }}
        startsThisMonth={starts.since}
        startsLastMonth={starts.before}
        organisation={actor.organisationName}
      />,
    )
  })
}

type Members = Awaited<ReturnType<typeof listMembers>>

/** Every coach of the organisation with what they carry, those with nobody included. */
function loadsOf(members: Members, counted: readonly CoachCount[], { caseloadCap }: AreaSettings): Load[] {
  const carried = new Map(counted.map((one) => [one.coach, one]))
  return members
    .filter(({ role }) => role === 'coach' || role === 'senior-coach')
    .map(({ id, name, caseload_cap: own }) => ({
      member: id,
      name,
      people: carried.get(id)?.people ?? 0,
      overdue: carried.get(id)?.overdue ?? 0,
      cap: own ?? caseloadCap,
    }))
}
