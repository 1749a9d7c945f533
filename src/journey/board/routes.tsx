import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, startOfDay } from '#platform/dates.ts'
import type { App } from '#platform/http/app.ts'
import { stages } from '#journey/episode/rules.ts'
import { countOpenConcerns } from '#journey/safety/store.ts'
import { findSettings } from '#registers/areas/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { Board } from './pages.tsx'
import type { Load } from './rules.ts'
import { countByCoach, countByStage, countPressing, countStarts } from './store.ts'

const runners = ['senior-coach', 'service-manager', 'administrator'] as const

/** The board of those who run the service. */
export async function boardRoutes(app: App): Promise<void> {
  app.get('/board', { who: runners, verb: 'list' }, async ({ db, actor, today, now }, reply) => {
    const month = today.with({ day: 1 })
    const [pressing, byStage, loads, startsThisMonth, startsLastMonth, concerns] = await Promise.all([
      countPressing(db, actor, today),
      countByStage(db, actor, now),
      loadsOf(db, actor, today),
      countStarts(db, actor, startOfDay(month), startOfDay(month.add({ months: 1 }))),
      countStarts(db, actor, startOfDay(month.subtract({ months: 1 })), startOfDay(month)),
      countOpenConcerns(db, actor),
    ])
    const order = Object.keys(stages)
    const stageRows = byStage
      .map(({ stage, people, oldest, middle }) => ({ stage, people, middle, longest: dayOf(oldest).until(today).days }))
      .toSorted((one, other) => order.indexOf(one.stage) - order.indexOf(other.stage))
    return reply.page(
      <Board
        {...{ today, pressing, stageRows, loads, startsThisMonth, startsLastMonth, concerns }}
        organisation={actor.organisationName}
      />,
    )
  })
}

/** Every coach of the organisation with what they carry, those with nobody included. */
async function loadsOf(db: Db, actor: Actor, today: Temporal.PlainDate): Promise<Load[]> {
  const [counted, members, settings] = await Promise.all([
    countByCoach(db, actor, today),
    listMembers(db, actor.area, today, actor.organisations),
    findSettings(db, actor.area, today),
  ])
  return members
    .filter(({ role }) => role === 'coach' || role === 'senior-coach')
    .map(({ id, name, caseload_cap }) => {
      const carried = counted.find(({ coach }) => coach === id)
      return {
        member: id,
        name,
        people: carried?.people ?? 0,
        overdue: carried?.overdue ?? 0,
        cap: caseload_cap ?? settings.caseloadCap,
      }
    })
}
