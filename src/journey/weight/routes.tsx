import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalId } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findSettings } from '#registers/areas/store.ts'
import { capOf, carries, fullTime } from '#registers/capacity/rules.ts'
import { findCapacities } from '#registers/capacity/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPoints } from '#registers/weighting/store.ts'
import { CaseloadWeight, WhyPoints } from './pages.tsx'
import { reasonsFor } from './rules.ts'
import { findWeighed, listWeighed } from './store.ts'

/** Why looking after somebody weighs what it does, and what a whole caseload weighs. */
export async function weightRoutes(app: App): Promise<void> {
  const rule = { who: careRoles, verb: 'open', reads: 'record' } as const
  app.get('/episodes/:episode/weight', rule, async (request, reply) => {
    const { db, area, actor, today, params } = request
    const points = await findPoints(db, area, today)
    const weighed = await findWeighed(db, actor, params.episode, points)
    if (!weighed) throw new NotFound()
    const { episode, person, every, weight } = weighed
    await request.read('weight.why', { person, subject: episode })
    const shown = { episode, person, every, weight, name: calledName(weighed), reasons: reasonsFor(weighed, points) }
    return reply.page(<WhyPoints {...shown} />)
  })
  app.get(
    '/weights',
    { who: careRoles, verb: 'list', reads: 'list', query: { coach: optionalId() } },
    async (request, reply) => {
      const { db, area, actor, today, query } = request
      const coach = await coachFor(request, query.coach ?? actor.membership)
      const points = await findPoints(db, area, today)
      const [rows, capacities, settings] = await Promise.all([
        listWeighed(db, actor, coach.id, points),
        findCapacities(db, area, today),
        findSettings(db, area, today),
      ])
      await request.read('weight.list', { codes: { shown: rows.map(({ person }) => person) } })
      const people = rows.map((row) => ({ ...row, name: calledName(row), reasons: reasonsFor(row, points) }))
      const cap = capOf(capacities.get(coach.id) ?? fullTime, {
        people: settings.caseloadCap,
        points: points.pointsCap,
      })
      return reply.page(<CaseloadWeight {...{ people, cap }} name={coach.name} own={coach.id === actor.membership} />)
    },
  )
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

/** Somebody who looks after people: oneself, or for those who run the service one of their coaches. */
async function coachFor({ db, area, actor, today }: Asking, wanted: string) {
  const members = await listMembers(db, area, today, actor.organisations)
  const found = members.find(({ id, role }) => id === wanted && carries(role))
  if (!found || (found.id !== actor.membership && !runs(actor))) throw new NotFound()
  return { id: found.id, name: found.name }
}

const runs = ({ role }: Actor) => role === 'senior-coach' || role === 'service-manager' || role === 'administrator'
