import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { choice, day, id, ids, mustTick, optionalChoice, optionalText, text } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findArea } from '#registers/areas/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { waysOfAsking } from '#journey/rectification/rules.ts'
import { DecidedErasure, DecideErasure, NewErasureRequest } from './pages/asked.tsx'
import { ConfirmErasing, Erasing } from './pages/old.tsx'
import {
  askedProblems,
  decisions,
  groundOf,
  groundsToErase,
  groundsToKeep,
  mostAtOnce,
  reasonsNotToErase,
} from './rules.ts'
import {
  beginErasing,
  findErasureRequest,
  findInTheWay,
  findRun,
  saveErasureDecision,
  saveErasureRequest,
} from './store.ts'

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

/** Of these people, who may be erased because of their age, each with the reason; the others are left out. */
export type ListDue = (
  asking: Asking,
  people: readonly string[],
) => Promise<readonly Readonly<{ person: string; name: string; why: string }>[]>

const deciders = ['service-manager'] as const
const rule = { who: careRoles, verb: 'edit' } as const

/** Somebody asks to be erased, a named person decides, the answer goes out; and the erasing of whoever is old enough. */
export function erasureRoutes(listDue: ListDue) {
  return async (app: App): Promise<void> => {
    askRoutes(app)
    decisionRoutes(app)
    eraseRoute(app)
    agedRoutes(app, listDue)
  }
}

const asking = {
  id: id('Open this page again from the record'),
  said: optionalText(2000),
  how: choice(waysOfAsking, 'Select how they asked'),
  askedOn: day('Enter the day on which they asked'),
}

function askRoutes(app: App): void {
  const draft = 'erasure-request'
  app.get('/people/:person/erasure-requests/new', { ...rule, draft, reads: 'record' }, async (request, reply) => {
    const person = await findWhose(request, request.params.person)
    await request.read('erasure.form', { person: person.id })
    const { typed } = request.form
    return reply.page(<NewErasureRequest {...{ ...blank, typed, person }} id={idIn(typed)} today={request.today} />)
  })
  app.post('/people/:person/erasure-requests', { ...rule, draft, form: asking }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const person = await findWhose(request, request.params.person)
    const wrong = ({ typed, problems }: FormState) =>
      reply.code(422).page(<NewErasureRequest {...{ typed, problems, person, today }} id={idIn(typed)} />)
    if (!form.ok) return wrong(form)
    const { askedOn, id: requested, said, how } = form.value
    const problems = askedProblems(askedOn, today)
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    const by = { recorded_by: actor.membership, recorded_at: now }
    await saveErasureRequest(db, { ...by, area, id: requested, said, how, person: person.id, asked_on: askedOn })
    const text = said === null ? {} : { vouchesFor: said }
    await request.act('erasure.asked', { person: person.id, subject: requested, ...text })
    request.flash('Saved. A service manager decides, and they have an answer within a month.')
    return reply.redirect(`/people/${person.id}/keeping`, 303)
  })
}

const deciding = {
  decision: choice(decisions, 'Select what you decide'),
  erases: optionalChoice(groundsToErase),
  keeps: optionalChoice(groundsToKeep),
  why: text('Enter your reasons, as they stand in the answer', 2000),
}

function decisionRoutes(app: App): void {
  const draft = 'erasure-decision'
  const path = '/erasure-requests/:request'
  app.get(path, { ...rule, draft, reads: 'record' }, async (request, reply) => {
    const { db, area, actor, today, form } = request
    const shown = await findAsked(request, request.params.request)
    const { person, request: asked } = shown
    await request.read('erasure.request', { person: person.id, subject: asked.id })
    const mayDecide = deciders.some((role) => role === actor.role)
    if (asked.erases === null)
      return reply.page(<DecideErasure {...{ ...shown, ...blank, mayDecide }} typed={form.typed} />)
    const found = await findArea(db, area)
    const from = { name: found?.name ?? '', phone: found?.phone ?? null, email: found?.email ?? null }
    const inTheWay = asked.erases ? reasonsNotToErase(await findInTheWay(db, area, person.id)) : []
    return reply.page(
      <DecidedErasure {...{ ...shown, today, inTheWay }} area={from} run={mayDecide ? newId() : undefined} />,
    )
  })
  app.post(path, { ...rule, who: deciders, draft, form: deciding }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const shown = await findAsked(request, request.params.request)
    const { person, request: asked } = shown
    const wrong = ({ typed, problems }: FormState) =>
      reply.code(422).page(<DecideErasure {...{ ...shown, typed, problems }} mayDecide />)
    if (!form.ok) return wrong(form)
    const { decision, why } = form.value
    const on = groundOf(form.value)
    if ('problem' in on) return wrong({ typed: form.typed, problems: [on.problem] })
    const given = { area, request: asked.id, erases: decision === 'erase', ground: on.ground, why }
    const kept = await saveErasureDecision(db, { ...given, by: actor.membership, at: now })
    await request.act(kept ? 'erasure.decided' : 'erasure.decided-again', {
      ...{ person: person.id, subject: asked.id, codes: { decision, ground: on.ground } },
      ...(kept ? { vouchesFor: why } : {}),
    })
    request.flash(kept ? 'The decision is saved. The answer stands below.' : 'Somebody else decided before.')
    return reply.redirect(`/erasure-requests/${asked.id}`, 303)
  })
}

function eraseRoute(app: App): void {
  const form = { id: id('Open this page again') }
  app.post('/erasure-requests/:request/erasure', { ...rule, who: deciders, form }, async (request, reply) => {
    const { db, area, actor, now } = request
    const { person, request: asked } = await findAsked(request, request.params.request)
    const ready = reasonsNotToErase(await findInTheWay(db, area, person.id)).length === 0
    if (asked.erases !== true || !ready || !request.form.ok) {
      await request.act('erasure.not-begun', { person: person.id, subject: asked.id })
      return reply.redirect(`/erasure-requests/${asked.id}`, 303)
    }
    const run = request.form.value.id
    await beginErasing(db, { area, id: run, because: 'asked', by: actor.membership, at: now, people: [person.id] })
    await request.act('erasure.begun', { person: person.id, subject: run })
    return reply.redirect(`/erasures/${run}`, 303)
  })
}

function agedRoutes(app: App, listDue: ListDue): void {
  const lists = { who: deciders, verb: 'list' } as const
  const chosen = optionalText(40 * mostAtOnce)
  app.post('/erasures/proposal', { ...lists, reads: 'list', form: { chosen: ids() } }, async (request, reply) => {
    const people = request.form.ok ? request.form.value.chosen : []
    const due = await listDue(request, people.slice(0, mostAtOnce))
    await request.read('erasure.proposal', { codes: { shown: due.map(({ person }) => person) } })
    return reply.page(<ConfirmErasing {...blank} id={newId()} chosen={due} />)
  })
  const form = { id: id('Open this page again'), chosen, sure: mustTick('Say that you have looked at everybody') }
  app.post('/erasures', { ...lists, form }, async (request, reply) => {
    const { db, area, actor, now } = request
    const typed = request.form.typed
    const people = `${[typed['chosen']].flat()[0] ?? ''}`.split(' ').filter((one) => /^[0-9a-f-]{36}$/.test(one))
    const due = await listDue(request, people.slice(0, mostAtOnce))
    const problems = request.form.ok ? changed(due.length, people.length) : request.form.problems
    if (!request.form.ok || problems.length > 0)
      return reply.code(422).page(<ConfirmErasing {...{ problems, typed }} id={idIn(typed)} chosen={due} />)
    const run = request.form.value.id
    const list = due.map(({ person }) => person)
    await beginErasing(db, { area, id: run, because: 'age', by: actor.membership, at: now, people: list })
    await request.act('erasure.begun', { subject: run, codes: { chosen: list } })
    return reply.redirect(`/erasures/${run}`, 303)
  })
  app.get('/erasures/:run', { ...lists }, async (request, reply) => {
    const run = await findRun(request.db, request.actor, request.params.run)
    if (!run) throw new NotFound()
    return reply.page(<Erasing run={run} day={dayOf(run.at)} />)
  })
}

function changed(due: number, chosen: number) {
  if (chosen === 0) return [{ field: 'sure', message: 'Choose at least one person on the list before' }]
  return due === chosen
    ? []
    : [{ field: 'sure', message: 'Somebody on the list may not be erased any more. Look at it again as it is now' }]
}

async function findWhose({ db, actor }: Asking, wanted: string) {
  const person = await findPerson(db, actor, wanted, 'edit')
  if (!person) throw new NotFound()
  return { id: person.id, name: calledName(person) }
}

async function findAsked(visit: Asking, wanted: string) {
  const { db, area } = visit
  const request = await findErasureRequest(db, area, wanted)
  if (!request) throw new NotFound()
  // A record that was merged since is the one it was merged into.
  const [kept = request.person] = await listIdsOf(db, area, request.person)
  return { request, person: await findWhose(visit, kept) }
}

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
