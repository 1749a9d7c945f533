import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalChoice, optionalWholeNumber } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { findNewestAbout } from '#platform/notify/went.ts'
import { listWanted } from '#platform/link/wanted.ts'
import { spokenCode } from '#platform/link/proof.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { listAnswers } from '#registers/permissions/store.ts'
import { requestKind, requestStates, takenBackAt } from '#journey/request/rules.ts'
import { closeRequest, findRequest, listRequests, listRequestsOf, markAnswersRead } from '#journey/request/store.ts'
import { RequestList, RequestsOf } from './pages/list.tsx'
import { OneRequest } from './pages/one.tsx'
import { listAnswersTo } from './store.ts'

const open = { who: careRoles, verb: 'open', reads: 'record' } as const
const edit = { who: careRoles, verb: 'edit' } as const
const query = { state: optionalChoice(requestStates), page: optionalWholeNumber(1, 10_000) }

/** What was asked of others, what they answered, and that somebody has read it. */
export async function answeredRoutes(app: App): Promise<void> {
  app.get('/requests', { who: careRoles, verb: 'list', reads: 'list', query }, async (request, reply) => {
    const { db, actor, now } = request
    const [state, page] = [request.query.state, request.query.page ?? 1]
    const { rows, count } = await listRequests(db, actor, { state, page })
    await request.read('request.list', { codes: { shown: rows.map((row) => row.id) } })
    return reply.page(<RequestList {...{ rows, count, state, page, now }} />)
  })

  app.get('/people/:person/requests', open, async (request, reply) => {
    const { db, area, now } = request
    const person = await personFor(request, request.params.person)
    await request.read('request.list', { person: person.id })
    const rows = await listRequestsOf(db, area, await listIdsOf(db, area, person.id))
    return reply.page(<RequestsOf {...{ person, rows, now }} />)
  })

  app.get('/requests/:outside', open, async (request, reply) => {
    const { db, actor, now } = request
    const asked = await findRequest(db, actor, request.params.outside)
    if (!asked) throw new NotFound()
    const person = await personFor(request, asked.person)
    await request.read('request.opened', { person: person.id, subject: asked.id })
    const code = asked.kind === 'referrer' ? undefined : spokenCode(app.settings.secret, asked.id)
    const takenBack = takenBackAt(await listAnswers(db, request.area, person.id), asked)
    const [wanted] = await listWanted(db, { area: request.area, purpose: 'request', subjects: [asked.id] })
    const earlier = (await listAnswersTo(db, request.area, asked.id)).slice(0, -1)
    const sent = await findNewestAbout(db, { area: request.area, about: asked.id, kinds: [requestKind] })
    return reply.page(<OneRequest {...{ person, code, now, takenBack, wanted, earlier, sent }} request={asked} />)
  })

  app.post('/requests/:outside/reading', edit, async (request, reply) => {
    const { db, area, actor, now } = request
    const asked = await askedFor(request)
    await markAnswersRead(db, { area, request: asked.id, by: actor.membership, at: now })
    await request.act('request.answer-read', { person: asked.person, subject: asked.id })
    request.flash('Marked as read')
    return reply.redirect(`/requests/${asked.id}`)
  })

  app.post('/requests/:outside/closing', edit, async (request, reply) => {
    const { db, area, actor, now } = request
    const asked = await askedFor(request)
    await closeRequest(db, { area, request: asked.id, by: actor.membership, at: now })
    if (asked.kind !== 'referrer') await withdrawLinks(db, { area, subject: asked.id, purpose: 'request', now })
    await request.act('request.closed', { person: asked.person, subject: asked.id })
    request.flash('Closed. It cannot be answered any more')
    return reply.redirect(`/requests/${asked.id}`)
  })
}

type Asking = Readonly<{ db: Db; actor: Actor; params: Readonly<{ outside: string }> }>

async function askedFor({ db, actor, params }: Asking) {
  const asked = await findRequest(db, actor, params.outside, 'edit')
  if (!asked) throw new NotFound()
  return asked
}

async function personFor({ db, actor }: Pick<Asking, 'db' | 'actor'>, id: string) {
  const person = await findPerson(db, actor, id)
  if (!person) throw new NotFound()
  return { id: person.id, name: calledName(person), mayEdit: person.mayEdit }
}
