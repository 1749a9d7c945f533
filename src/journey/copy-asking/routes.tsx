import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { longDay } from '#platform/dates.ts'
import { choice, day, id, optionalText, text, tick } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { guardians } from '#registers/restriction/rules.ts'
import * as rules from '#journey/copy/rules.ts'
import {
  findRequest,
  listOwnRequests,
  listRequests,
  saveExtension,
  saveRequest,
  tellPerson,
} from '#journey/copy/store.ts'
import { AskedForCopy, Requests, TakesLonger } from './pages.tsx'

/** Who asked for a copy of their record: the list of them, and writing down that somebody asked. */
export async function copyAskingRoutes(app: App): Promise<void> {
  const listing = { who: guardians, verb: 'list', reads: 'list', query: { answered: tick() } } as const
  app.get('/copies', listing, async (request, reply) => {
    const { answered } = request.query
    const found = await listRequests(request.db, request.actor, answered)
    await request.read('copy.list', { codes: { shown: found.map(({ person }) => person) } })
    const requests = found.map((one) => ({ ...one, name: calledName(one) }))
    return reply.page(<Requests requests={requests} answered={answered} today={request.today} />)
  })
  askingRoutes(app)
  longerRoutes(app)
}

const longer = {
  why: text('Say why it takes longer, in words for them', 1000),
  how: choice(rules.waysOfTelling, 'Select how they are told'),
  told: day('Enter the day on which they were told'),
}

function longerRoutes(app: App): void {
  const writing = { who: guardians, verb: 'edit' } as const
  app.get('/copies/:copy/extension', { ...writing, reads: 'record' }, async (request, reply) => {
    const shown = await extendable(request, request.params.copy)
    await request.read('copy.form', { person: shown.request.person, subject: shown.request.id })
    return reply.page(<TakesLonger {...shown} {...blank} />)
  })
  app.post('/copies/:copy/extension', { ...writing, form: longer }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const shown = await extendable(request, request.params.copy)
    const { id: copy, person, askedOn } = shown.request
    const again = (problems: Problem[]) =>
      reply.code(422).page(<TakesLonger {...shown} problems={problems} typed={form.typed} />)
    if (!form.ok) return again([...form.problems])
    const { why, how, told } = form.value
    const inSpace = how === 'space'
    const unreachable = inSpace && (await isClosed(db, area, person)) ? [noSpace] : []
    const problems = inSpace ? unreachable : rules.problemsWithTelling({ told, askedOn }, today)
    if (problems.length > 0) return again(problems)
    const told_on = inSpace ? today : told
    const own = { area, request: copy, due_on: shown.longerDueOn, by: actor.membership, at: now }
    await saveExtension(db, { ...own, why, told_on, told_how: how })
    await request.act('copy.extended', { person, subject: copy, codes: { how }, vouchesFor: why })
    if (inSpace) await tellPerson(db, { actor, person, news: 'longer', origin: app.settings.origin, now })
    request.flash(`Saved. The copy is due on ${longDay(shown.longerDueOn)}.`)
    return reply.redirect(`/copies/${copy}`, 303)
  })
}

const noSpace = { field: 'how', message: 'They have no access online at the moment: tell them another way' }

/** A request that may still be given more time; as if there were none where it may not. */
async function extendable({ db, actor, today }: Asking, copy: string) {
  const found = await findRequest(db, actor, copy, 'edit')
  if (!found || !rules.mayTakeLonger(found, today)) throw new NotFound()
  const longerDueOn = rules.longerDueOn(found.askedOn, await findHolidays(db))
  return { request: { ...found, name: calledName(found) }, longerDueOn, today }
}

const asking = {
  id: id('Open this page again from the record'),
  asked: day('Enter the day on which they asked'),
  how: choice(rules.waysToldUs, 'Select how they asked'),
  note: optionalText(1000),
}

function askingRoutes(app: App): void {
  const editing = { who: careRoles, verb: 'edit' } as const
  app.get('/people/:person/copies/new', { ...editing, reads: 'record' }, async (request, reply) => {
    const shown = await askedBy(request, request.params.person)
    await request.read('copy.form', { person: shown.person.id })
    return reply.page(<AskedForCopy {...shown} {...blank} id={newId()} />)
  })
  app.post('/people/:person/copies', { ...editing, form: asking }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const shown = await askedBy(request, request.params.person)
    const problems = form.ok ? rules.problemsWithAsking(form.value.asked, today) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<AskedForCopy {...shown} problems={problems} typed={form.typed} id={newId()} />)
    const { id: copy, asked: asked_on, how, note } = form.value
    const due_on = rules.dueOn(asked_on, await findHolidays(db))
    const own = { area, id: copy, person: shown.person.id, by: actor.membership, at: now }
    await saveRequest(db, { ...own, asked_on, due_on, how, note })
    await request.act('copy.asked', { person: shown.person.id, subject: copy, codes: { how } })
    request.flash(`Saved. The copy is due on ${longDay(due_on)}, and stands on the list of copies.`)
    return reply.redirect(`/people/${shown.person.id}`, 303)
  })
}

async function askedBy({ db, actor, today }: Asking, wanted: string) {
  const person = await findPerson(db, actor, wanted, 'edit')
  if (!person) throw new NotFound()
  const asked = await listOwnRequests(db, { area: actor.area, person: person.id })
  const open = asked.find(rules.isOpen)
  return { person: { id: person.id, name: calledName(person) }, open, today }
}

type Asking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate }>
