import { careRoles } from '#platform/access/rules.ts'
import { optionalChoice, optionalWholeNumber } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { concernKinds } from '#journey/safety/rules.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { findDuty } from '#registers/safety-arrangement/store.ts'
import { ConcernList } from './pages.tsx'
import { type ConcernFilter, concernOwners, concernStates, pageLength } from './rules.ts'
import { countOpenConcerns, listConcernsWhere } from './store.ts'

const query = {
  state: optionalChoice(concernStates),
  owner: optionalChoice(concernOwners),
  kind: optionalChoice(concernKinds),
  page: optionalWholeNumber(1, 1000),
}

/** The list of concerns, for whoever leads on duty or runs the service. */
export async function concernListRoutes(app: App): Promise<void> {
  app.get('/concerns', { who: careRoles, verb: 'list', reads: 'list', query }, async (request, reply) => {
    const { db, area, actor, now, today } = request
    const { state, owner, kind, page: asked } = request.query
    const filter = { state: state ?? 'open', owner, kind }
    const page = asked ?? 1
    const [found, members, duty, counted] = await Promise.all([
      listConcernsWhere(db, actor, { filter, page, today }),
      listMembers(db, area, today, actor.organisations),
      findDuty(db, area, actor.organisation, today),
      countOpenConcerns(db, actor, today),
    ])
    const concerns = found.slice(0, pageLength)
    await request.read('concern.open-list', { codes: { shown: concerns.map((one) => one.id) } })
    const names = new Map(members.map((one) => [one.id, one.name]))
    const newer = page > 1 ? addressOf(filter, page - 1) : undefined
    const older = found.length > pageLength ? addressOf(filter, page + 1) : undefined
    const around = { led: Boolean(duty), without: counted.without }
    return reply.page(<ConcernList {...{ concerns, filter, names, newer, older, now, today }} {...around} />)
  })
}

function addressOf({ state, owner, kind }: ConcernFilter, page: number): string {
  const asked = new URLSearchParams({ state, page: `${page}`, ...(owner && { owner }), ...(kind && { kind }) })
  return `/concerns?${asked.toString()}`
}
