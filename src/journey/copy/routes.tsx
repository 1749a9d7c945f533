import { type Actor, careRoles } from '#platform/access/rules.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, day, id, optionalText, tick } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { guardians } from '#registers/restriction/rules.ts'
import { type Part, partCodes } from '#journey/copy/drafting/rules.ts'
import { AskedForCopy, Requests } from './pages/asking.tsx'
import { CopyDocument } from './pages/document.tsx'
import { Looking } from './pages/looking.tsx'
import { LookThrough } from './pages/part.tsx'
import * as rules from './rules.ts'
import * as store from './store.ts'

const reading = { who: guardians, verb: 'open', reads: 'record' } as const
const writing = { who: guardians, verb: 'edit' } as const

/** Copies of records that people asked for: written down, looked through by somebody, and given. */
export async function copyRoutes(app: App): Promise<void> {
  const listing = { who: guardians, verb: 'list', reads: 'list', query: { answered: tick() } } as const
  app.get('/copies', listing, async (request, reply) => {
    const { answered } = request.query
    const found = await store.listRequests(request.db, request.actor, answered)
    await request.read('copy.list', { codes: { shown: found.map(({ person }) => person) } })
    const requests = found.map((one) => ({ ...one, name: calledName(one) }))
    return reply.page(<Requests requests={requests} answered={answered} today={request.today} />)
  })
  askingRoutes(app)
  lookingRoutes(app)
  partRoutes(app)
  endRoutes(app)
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
    await store.saveRequest(db, { ...own, asked_on, due_on, how, note })
    await request.act('copy.asked', { person: shown.person.id, subject: copy, codes: { how } })
    request.flash(`Saved. The copy is due on ${longDay(due_on)}, and stands on the list of copies.`)
    return reply.redirect(`/people/${shown.person.id}`, 303)
  })
}

async function askedBy({ db, actor, today }: Asking, wanted: string) {
  const person = await findPerson(db, actor, wanted, 'edit')
  if (!person) throw new NotFound()
  const asked = await store.listOwnRequests(db, { area: actor.area, person: person.id })
  const open = asked.find(({ releasedAt, closedAt }) => releasedAt === null && closedAt === null)
  return { person: { id: person.id, name: calledName(person) }, open, today }
}

function lookingRoutes(app: App): void {
  app.get('/copies/:copy', reading, async (request, reply) => {
    const shown = await lookingAt(request, request.params.copy, 'open')
    await request.read('copy.draft', { person: shown.person.id, subject: shown.request.id })
    return reply.page(<Looking {...shown} {...blank} />)
  })
  app.post(
    '/copies/:copy/looker',
    { ...writing, form: { member: id('Choose who looks it through') } },
    async (request, reply) => {
      const { db, area, actor, form, now } = request
      const shown = await lookingAt(request, request.params.copy, 'edit')
      const known = form.ok && form.value.member in shown.lookers ? form.value.member : undefined
      if (known === undefined) {
        const problems = [{ field: 'member', message: 'Choose who looks it through' }]
        return reply.code(422).page(<Looking {...shown} problems={problems} typed={form.typed} />)
      }
      const copy = shown.request.id
      await store.saveLooker(db, { area, id: newId(), request: copy, member: known, by: actor.membership, at: now })
      await request.act('copy.looker', { person: shown.person.id, subject: copy, codes: { member: known } })
      request.flash('Saved.')
      return reply.redirect(`/copies/${copy}`, 303)
    },
  )
}

function partRoutes(app: App): void {
  app.get('/copies/:copy/parts/:part', { ...writing, reads: 'record' }, async (request, reply) => {
    const { request: copy, person, draft, looks, part } = await partOf(request, request.params)
    await request.read('copy.draft', { person: person.id, subject: copy.id, codes: { part } })
    const shown = { request: copy, part, entries: draft[part], look: looks.get(part), changed: false }
    return reply.page(<LookThrough {...shown} {...blank} />)
  })
  app.post('/copies/:copy/parts/:part', { ...writing, form: { seen: optionalText(80) } }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const { request: copy, person, draft, looks, part } = await partOf(request, request.params)
    const entries = draft[part]
    const fingerprint = rules.fingerprint(entries)
    if (!form.ok || form.value.seen !== fingerprint) {
      const shown = { request: copy, part, entries, look: looks.get(part), changed: true }
      return reply.code(409).page(<LookThrough {...shown} problems={[]} typed={form.typed} />)
    }
    const withheld = rules.marksIn(form.typed, entries)
    const own = { area, id: newId(), request: copy.id, by: actor.membership, at: now }
    await store.saveLookThrough(db, { ...own, part, fingerprint, withheld })
    const left = Object.values(withheld).length
    await request.act('copy.looked-through', { person: person.id, subject: copy.id, codes: { part, left } })
    request.flash('Saved: this part is looked through.')
    return reply.redirect(`/copies/${copy.id}`, 303)
  })
}

const giving = { way: choice(rules.waysOfGiving, 'Select how they get it') }
const closing = { reason: choice(rules.closings, 'Select why there is no copy'), note: optionalText(1000) }

function endRoutes(app: App): void {
  app.post('/copies/:copy/release', { ...writing, form: giving }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const shown = await lookingAt(request, request.params.copy, 'edit')
    const { request: copy, person, draft, looks } = shown
    if (!shown.mine || !isOpen(copy)) throw new NotFound()
    const again = (state: FormState) => reply.code(422).page(<Looking {...shown} {...state} />)
    if (!form.ok) return again(form)
    if (rules.unseenParts(draft, looks).length > 0) return again({ problems: [notLookedThrough], typed: form.typed })
    const { way } = form.value
    const head = { person: calledName(person), area: actor.areaName, madeOn: longDay(today) }
    const until_on = way === 'space' ? today.add({ days: rules.fetchableDays }) : null
    const document = rules.copyOf({ ...head, draft, looks })
    await store.saveRelease(db, { area, request: copy.id, document, way, until_on, by: actor.membership, at: now })
    await request.act('copy.given', {
      ...{ person: person.id, subject: copy.id, codes: { way }, vouchesFor: JSON.stringify(document) },
    })
    request.flash('The copy is given.')
    return reply.redirect(`/copies/${copy.id}`, 303)
  })
  app.post('/copies/:copy/closing', { ...writing, form: closing }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const shown = await lookingAt(request, request.params.copy, 'edit')
    if (!isOpen(shown.request)) throw new NotFound()
    if (!form.ok) return reply.code(422).page(<Looking {...shown} {...form} />)
    const own = { area, request: shown.request.id, by: actor.membership, at: now }
    await store.saveClosing(db, { ...own, ...form.value })
    await request.act('copy.closed', {
      person: shown.person.id,
      subject: own.request,
      codes: { as: form.value.reason },
    })
    request.flash('The request is closed.')
    return reply.redirect('/copies', 303)
  })
  app.get('/copies/:copy/document', reading, async (request, reply) => {
    const { db, actor } = request
    const found = await requestFor(request, request.params.copy, 'open')
    const copy = await store.findCopy(db, actor.area, found.request.id)
    if (!copy) throw new NotFound()
    await request.read('copy.document', { person: found.person.id, subject: found.request.id })
    return reply.page(<CopyDocument copy={copy} back={`/copies/${found.request.id}`} backLabel="Back" />)
  })
}

const notLookedThrough = { field: 'way', message: 'Look every part through first' }

type Asking = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Verb = 'open' | 'edit'

const isOpen = ({ releasedAt, closedAt }: Readonly<Record<'releasedAt' | 'closedAt', unknown>>) =>
  releasedAt === null && closedAt === null

/** A request with its person, under the record that is kept of them; as if there were none for who may not open it. */
async function requestFor({ db, actor }: Asking, copy: string, verb: Verb) {
  const found = await store.findRequest(db, actor, copy, verb)
  const first = found && (await findPerson(db, actor, found.person, verb))
  const person = first?.merged_into ? await findPerson(db, actor, first.merged_into, verb) : first
  if (!found || !person) throw new NotFound()
  return { request: { ...found, person: person.id, name: calledName(person) }, person }
}

async function lookingAt(asking: Asking, copy: string, verb: Verb) {
  const { db, actor, now, today } = asking
  const { request, person } = await requestFor(asking, copy, verb)
  const [draft, looks, members] = await Promise.all([
    store.listDraft(asking, person),
    store.listLooksThrough(db, actor.area, request.id),
    listMembers(db, actor.area, dayOf(now), actor.organisations),
  ])
  const may = members.filter(({ role }) => guardians.some((one) => one === role))
  const lookers = Object.fromEntries<{ label: string }>(may.map(({ id: member, name }) => [member, { label: name }]))
  return { request, person, draft, looks, lookers, mine: request.looker === actor.membership, now, today }
}

/** One part of a draft, for whoever looks it through and nobody else. */
async function partOf(asking: Asking, { copy, part: code }: Readonly<{ copy: string; part: string }>) {
  const shown = await lookingAt(asking, copy, 'edit')
  const part = partCodes.find((one): one is Part => one === code)
  if (!part || !shown.mine || !isOpen(shown.request)) throw new NotFound()
  return { ...shown, part }
}
