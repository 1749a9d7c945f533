import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { OwnAnswers } from './pages.tsx'
import { isHeard, listUnheardOf, saveHeard } from './store.ts'

const path = '/people/:person/own-answers'

/** What somebody answered by themselves that nobody has seen, until a member says that they have. */
export async function heardRoutes(app: App): Promise<void> {
  app.get(path, { who: careRoles, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, area, now } = request
    const { mayEdit, ...person } = await personFor(request, 'open')
    await request.read('own-answer.list', { person: person.id })
    const answers = await listUnheardOf(db, { area, person: person.id })
    return reply.page(<OwnAnswers {...{ person, answers, mayEdit, now }} />)
  })
  const form = { said: id('Open this page again') }
  app.post(path, { who: careRoles, verb: 'edit', form }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { id: person } = await personFor(request, 'edit')
    if (!form.ok) throw new NotFound()
    const { said } = form.value
    const waits = (await listUnheardOf(db, { area, person })).some((one) => one.id === said)
    if (!waits && !(await isHeard(db, { area, said, person }))) throw new NotFound()
    if (waits) await saveHeard(db, { area, said, person, by: actor.membership, at })
    await request.act(waits ? 'own-answer.heard' : 'own-answer.heard-before', { person, subject: said })
    request.flash(waits ? 'It is off your day. The answer stays on the record.' : 'Already saved.')
    return reply.redirect(`/people/${person}/own-answers`, 303)
  })
}

type Visit = Readonly<{ db: Db; actor: Actor; params: Readonly<{ person: string }> }>

async function personFor({ db, actor, params }: Visit, verb: 'open' | 'edit') {
  const found = await findPerson(db, actor, params.person, verb)
  if (!found) throw new NotFound()
  return { id: found.id, name: calledName(found), mayEdit: found.mayEdit }
}
