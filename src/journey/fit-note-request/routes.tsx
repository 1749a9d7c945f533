import { type Actor, careRoles, type Role } from '#platform/access/rules.ts'
import { addWorkingDays } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import {
  choice,
  day,
  id,
  optionalChoice,
  optionalDay,
  optionalText,
  optionalWholeNumber,
  text,
} from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { lastNoteOf } from '#journey/fit-note/rules.ts'
import { listFitNotes } from '#journey/fit-note/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { findTrailblazer } from '#registers/trailblazer/store.ts'
import { RequestForm } from './pages/form.tsx'
import { AllRequests, listedStates } from './pages/all.tsx'
import { RequestsOf } from './pages/list.tsx'
import { closedFor, isOpen, openAtOnce, requestProblems, toldComings } from './rules.ts'
import { listRequests, listRequestsFor, saveRequest, withdrawRequest } from './store.ts'

const who = careRoles
/** Who sees the requests of a month in numbers, besides the area lead. */
const readers: readonly Role[] = ['senior-coach', 'service-manager', 'administrator']
const address = '/people/:person/fit-note-requests'
const one = `${address}/:asked`
const editing = { who, verb: 'edit' } as const

/** Requests for a fit note: each becomes a work-and-health conversation with a coach. */
export async function fitNoteRequestRoutes(app: App): Promise<void> {
  const query = { state: optionalChoice(listedStates), page: optionalWholeNumber(1, 10_000) }
  app.get('/fit-note-requests', { who, verb: 'list', reads: 'list', query }, async (request, reply) => {
    const { db, area, actor, today } = request
    const [state, page] = [request.query.state ?? 'open', request.query.page ?? 1]
    const { trailblazer } = await findTrailblazer(db, area, today)
    const { rows, count } = await listRequests(db, actor, { state, page })
    await request.read('fit-note-request.list', { codes: { shown: rows.map(({ person }) => person) } })
    const counts = readers.includes(actor.role)
    return reply.page(<AllRequests {...{ rows, count, state, page, today, trailblazer, counts }} />)
  })
  app.get(address, { who, verb: 'open', reads: 'record' }, async (request, reply) => {
    const around = await aroundPerson(request, 'open')
    await request.read('fit-note-request.list', { person: around.person.id })
    return reply.page(<RequestsOf {...around} {...blank} now={request.now} />)
  })
  requestRoutes(app)
  withdrawalRoute(app)
  keepingRoute(app)
}

/** Two records that were found to be of one person may each have an open request: one is kept, and closes the others. */
function keepingRoute(app: App): void {
  app.post(`${one}/keeping`, editing, async (request, reply) => {
    const { db, area, actor, now: at } = request
    const { found, person, requests } = await aroundOne(request)
    const open = openAtOnce(requests)
    const others = open.includes(found) ? open.filter((other) => other !== found) : []
    const reason = closedFor(found)
    for (const { id: other } of others) {
      await withdrawRequest(db, { area, id: other, reason, by: actor.membership, at })
      await request.act('fit-note-request.taken-back', { person: person.id, subject: other, vouchesFor: reason })
    }
    await request.act('fit-note-request.kept', { person: person.id, subject: found.id })
    request.flash(others.length > 0 ? 'This one is kept. The other stays below as taken back.' : 'Only one was open.')
    return reply.redirect(`/people/${person.id}/fit-note-requests`, 303)
  })
}

const asked = {
  id: id('Open this page again from the record'),
  came: choice(toldComings, 'Select how the request came'),
  practice: text('Enter the name of the practice', 120),
  email: optionalText(),
  asked: day('Enter the day on which they asked'),
  says: optionalText(1000),
  ends: optionalDay(),
}

function requestRoutes(app: App): void {
  const rule = { ...editing, draft: 'fit-note-request' } as const
  app.get(`${address}/new`, { ...rule, reads: 'record' }, async (request, reply) => {
    const around = await aroundPerson(request, 'edit')
    await request.read('fit-note-request.form', { person: around.person.id })
    const endsOn = lastNoteOf(await listFitNotes(request.db, request.area, around.person.id))?.untilOn ?? undefined
    return reply.page(<RequestForm {...around} {...{ endsOn, today: request.today }} {...again(request.form)} />)
  })
  app.post(address, { ...rule, form: asked }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const around = await aroundPerson(request, 'edit')
    const { person, requests, trailblazer } = around
    const wrong = (state: FormState) =>
      reply.code(422).page(<RequestForm {...around} {...{ today, endsOn: undefined }} {...again(state)} />)
    if (!form.ok) return wrong(form)
    const { id: saved, asked: askedOn, ends, ...given } = form.value
    const twice = requests.some((earlier) => earlier.id === saved)
    const problems = twice ? [] : [...requestProblems(form.value, today), ...notNow(trailblazer, requests.some(isOpen))]
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    const [{ conversationWorkingDays: days }, holidays] = await Promise.all([
      findTrailblazer(db, area, today),
      findHolidays(db),
    ])
    await saveRequest(db, {
      ...{ area, id: saved, person: person.id, by: actor.membership, at: now, ...given },
      ...{ asked_on: askedOn, note_ends_on: ends, hold_by: addWorkingDays(askedOn, days, holidays) },
    })
    const vouched = given.says === null ? {} : { vouchesFor: given.says }
    await request.act('fit-note-request.written-down', { person: person.id, subject: saved, ...vouched })
    request.flash('The request is written down. The conversation stands on the day of their coach.')
    return reply.redirect(`/people/${person.id}/fit-note-requests`, 303)
  })
}

const notNow = (trailblazer: boolean, open: boolean) => [
  ...(trailblazer ? [] : [{ field: 'practice', message: 'Your area does not take part as a trailblazer today' }]),
  ...(open ? [{ field: 'practice', message: 'A request is still open. Say first what came of it' }] : []),
]

const gone = {
  field: 'reason',
  message: 'Somebody else has written a result or taken the request back meanwhile. Look at the requests first',
}

function withdrawalRoute(app: App): void {
  const form = { reason: text('Enter why the request should not stand here', 300) }
  app.post(`${one}/withdrawal`, { ...editing, form }, async (request, reply) => {
    const { db, area, actor, now } = request
    const { found, ...around } = await aroundOne(request)
    const show = (state: FormState, code: number) =>
      reply.code(code).page(<RequestsOf {...around} {...{ now, at: found.id }} {...state} />)
    if (!request.form.ok) return show(request.form, 422)
    const { reason } = request.form.value
    const withdrawn = await withdrawRequest(db, { area, id: found.id, reason, by: actor.membership, at: now })
    if (!withdrawn && found.takenBack === null) return show({ typed: request.form.typed, problems: [gone] }, 409)
    await request.act('fit-note-request.taken-back', {
      ...{ person: around.person.id, subject: found.id },
      vouchesFor: reason,
    })
    request.flash('The request is taken back.')
    return reply.redirect(`/people/${around.person.id}/fit-note-requests`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>
type Visit = Asking & Readonly<{ params: Readonly<{ person: string }> }>

/** The person with their requests, and whether the area takes part today. */
async function aroundPerson({ db, area, actor, today, params }: Visit, verb: 'open' | 'edit') {
  const found = await findPerson(db, actor, params.person, verb)
  if (!found) throw new NotFound()
  const [requests, { trailblazer }] = await Promise.all([
    listRequestsFor(db, area, found.id),
    findTrailblazer(db, area, today),
  ])
  const person = { id: found.id, name: calledName(found), practice: found.gp_practice }
  return { person, mayEdit: found.mayEdit, requests, trailblazer }
}

/** One request of the person, for whoever may change their record. */
async function aroundOne(request: Visit & Readonly<{ params: Readonly<{ asked: string }> }>) {
  const around = await aroundPerson(request, 'edit')
  const found = around.requests.find((earlier) => earlier.id === request.params.asked)
  if (!found) throw new NotFound()
  return { ...around, found }
}
