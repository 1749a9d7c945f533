import { careRoles, reach } from '#platform/access/rules.ts'
import { optionalChoice, optionalId, optionalWholeNumber } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { listCovered } from '#journey/absence/store.ts'
import { states } from '#journey/onward/rules.ts'
import { OnwardList } from './pages.tsx'
import { mostCounted, pageLength } from './rules.ts'
import { countWaiting, listOnward } from './store.ts'

const query = { state: optionalChoice(states), service: optionalId(), page: optionalWholeNumber(1, 10_000) }

/** Everybody who was passed on to a service, for whoever lists them: where each stands, and who waits for which service. */
export async function onwardListRoutes(app: App): Promise<void> {
  app.get('/onward', { who: careRoles, verb: 'list', reads: 'list', query }, async (request, reply) => {
    const { db, actor, now, today } = request
    const { state, service } = request.query
    const page = Math.min(request.query.page ?? 1, mostCounted / pageLength)
    const own = reach[actor.role].list === 'caseload'
    const coaches = own ? await listCovered(db, actor.area, actor.membership, today) : undefined
    const listed = { actor, coaches }
    const [{ rows, count }, waiting] = await Promise.all([
      listOnward(db, listed, { state, service, page }),
      countWaiting(db, listed),
    ])
    await request.read('onward.list', { codes: { shown: rows.map(({ person }) => person) } })
    return reply.page(<OnwardList {...{ rows, count, page, state, service, waiting, now }} />)
  })
}
