import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import * as field from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { interpreterWanted, saidOfInterpreting } from '#journey/appointment/rules.ts'
import { findAppointment, saveInterpreting } from '#journey/appointment/store.ts'
import { findReaching } from '#journey/reaching/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { InterpreterForm, InterpretersPage } from './pages.tsx'
import { problemsWithInterpreting } from './rules.ts'
import { listInterpreting, listToInterpret } from './store.ts'

/** Finding interpreters for appointments: until one is confirmed, it is shown to those who can do something about it. */
export async function interpretingRoutes(app: App): Promise<void> {
  app.get('/interpreters', { who: careRoles, verb: 'list', reads: 'list' }, async (request, reply) => {
    const { db, actor, now, today } = request
    const found = await listToInterpret(db, actor, now)
    await request.read('interpreting.list', { codes: { shown: [...new Set(found.map(({ person }) => person))] } })
    const rows = found.map(({ language, access_needs: accessNeeds, ...one }) => ({
      ...{ ...one, name: calledName(one), wanted: interpreterWanted({ interpreter: language, accessNeeds }) },
    }))
    return reply.page(<InterpretersPage {...{ rows, today }} />)
  })
  formRoutes(app)
}

const fields = {
  id: field.id('Open this page again from the appointment'),
  state: field.choice(saidOfInterpreting, 'Select how far it is'),
  language: field.optionalText(100),
  note: field.optionalText(400),
}

function formRoutes(app: App): void {
  const path = '/appointments/:appointment/interpreter'
  const editing = { who: careRoles, verb: 'edit' } as const
  app.get(path, { ...editing, reads: 'record' }, async (request, reply) => {
    const found = await around(request, request.params.appointment)
    await request.read('interpreting.form', { person: found.person.id, subject: found.appointment.id })
    return reply.page(<InterpreterForm {...found} {...blank} id={newId()} />)
  })
  app.post(path, { ...editing, form: fields }, async (request, reply) => {
    const { db, area, actor, now, form } = request
    const found = await around(request, request.params.appointment)
    const wrong = (state: FormState) => reply.code(422).page(<InterpreterForm {...found} {...state} id={newId()} />)
    if (!form.ok) return wrong(form)
    const problems = problemsWithInterpreting(form.value)
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    const { appointment, person } = found
    const { state, note } = form.value
    await saveInterpreting(db, { ...form.value, area, appointment: appointment.id, at: now, by: actor.membership })
    const vouched = note === null ? {} : { vouchesFor: note }
    await request.act('interpreting.said', { person: person.id, subject: appointment.id, codes: { state }, ...vouched })
    request.flash('Saved.')
    return reply.redirect(`/appointments/${appointment.id}`)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

async function around({ db, area, actor, now, today }: Asking, wanted: string) {
  const appointment = await findAppointment(db, actor, wanted, 'edit')
  const person = appointment && (await findReaching(db, actor, appointment.person))
  if (!appointment || !person) throw new NotFound()
  const { interpreter, reaching } = person
  const said = await listInterpreting(db, area, appointment.id)
  return {
    ...{ appointment, person, said, now, today },
    wanted: interpreterWanted({ interpreter, accessNeeds: reaching.accessNeeds }),
  }
}
