import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id, text } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { HoldPage } from './pages.tsx'
import { liftHold, listHolds, saveHold } from './store.ts'

const rule = { who: ['service-manager', 'administrator'], verb: 'edit' } as const
const holding = { id: id('Open this page again'), reason: text('Say why the record is held back', 400) }
const lifting = { id: id('Open this page again'), because: text('Say why the hold may be lifted') }

/** Holding a record back from every erasure, and lifting that. */
export async function holdRoutes(app: App): Promise<void> {
  app.get('/people/:person/hold', { ...rule, reads: 'record' }, async (request, reply) => {
    const shown = await around(request, request.params.person)
    await request.read('hold.page', { person: shown.person.id })
    return reply.page(<HoldPage {...{ ...blank, ...shown }} id={newId()} />)
  })
  app.post('/people/:person/hold', { ...rule, form: holding }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const shown = await around(request, request.params.person)
    const { person } = shown
    const { typed, problems } = form
    if (!form.ok) return reply.code(422).page(<HoldPage {...{ ...shown, typed, problems }} id={newId()} />)
    await saveHold(db, { ...form.value, area, person: person.id, by: actor.membership, at: now })
    const { id: hold, reason } = form.value
    await request.act('hold.begun', { person: person.id, subject: hold, vouchesFor: reason })
    request.flash('The record is held back.')
    return reply.redirect(`/people/${person.id}/keeping`, 303)
  })
  app.post('/people/:person/hold/lifting', { ...rule, form: lifting }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const shown = await around(request, request.params.person)
    const { person } = shown
    const { typed, problems } = form
    if (!form.ok) return reply.code(422).page(<HoldPage {...{ ...shown, typed, problems }} id={newId()} />)
    const { id: hold, because } = form.value
    const lifted = await liftHold(db, { area, person: person.id, id: hold, by: actor.membership, at: now, because })
    const act = { person: person.id, subject: hold }
    await (lifted ? request.act('hold.lifted', { ...act, vouchesFor: because }) : request.act('hold.lifted-again', act))
    request.flash(lifted ? 'The hold is lifted.' : 'This hold was lifted before.')
    return reply.redirect(`/people/${person.id}/hold`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor }>

async function around({ db, area, actor }: Asking, wanted: string) {
  const person = await findPerson(db, actor, wanted, 'edit')
  if (!person || person.merged_into) throw new NotFound()
  return { person: { id: person.id, name: calledName(person) }, holds: await listHolds(db, area, person.id) }
}
