import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { day } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findPerson, recordDeath } from '#registers/people/store.ts'
import { DeathPage } from './pages.tsx'
import { deathProblems } from './rules.ts'

const rule = { who: careRoles, verb: 'edit' } as const
const form = { diedOn: day('Enter the day on which they died') }

/** That somebody has died: from then on nothing is sent to them. */
export async function deathRoutes(app: App): Promise<void> {
  const address = '/people/:person/details/death'
  app.get(address, { ...rule, reads: 'record' }, async (request, reply) => {
    const person = await personFor(request)
    await request.read('death.form', { person: person.id })
    return reply.page(<DeathPage {...blank} person={person} />)
  })
  app.post(address, { ...rule, form }, async (request, reply) => {
    const { db, area, today } = request
    const person = await personFor(request)
    const problems = request.form.ok
      ? deathProblems(request.form.value.diedOn, person.born_on, today)
      : request.form.problems
    if (!request.form.ok || problems.length > 0)
      return reply.code(422).page(<DeathPage problems={problems} typed={request.form.typed} person={person} />)
    await recordDeath(db, area, person.id, { on: request.form.value.diedOn, dayKnown: true })
    await request.act('death.recorded', { person: person.id })
    request.flash('Saved. Nothing is sent to them any more', `${address.replace(':person', person.id)}/withdrawal`)
    return reply.redirect(`/people/${person.id}/details`)
  })
  app.post(`${address}/withdrawal`, rule, async (request, reply) => {
    const person = await personFor(request)
    await recordDeath(request.db, request.area, person.id, null)
    await request.act('death.withdrawn', { person: person.id })
    request.flash('Taken back')
    return reply.redirect(`/people/${person.id}/details`)
  })
}

type Asked = Readonly<{ db: Db; actor: Actor; params: Readonly<{ person: string }> }>

async function personFor({ db, actor, params }: Asked) {
  const person = await findPerson(db, actor, params.person, 'edit')
  if (!person) throw new NotFound()
  return person
}
