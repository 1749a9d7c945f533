import type { Actor, Participant } from '#platform/access/rules.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalText } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { isClosed } from '#registers/online/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { guardians } from '#registers/restriction/rules.ts'
import { type Part, partCodes } from '#journey/copy/drafting/rules.ts'
import { type ListSent, listDraft } from '#journey/copy/drafting/store.ts'
import { listClosedTo } from '#journey/watch/store.ts'
import { CopyDocument } from './pages/document.tsx'
import { Looking } from './pages/looking.tsx'
import { OwnCopy } from './pages/own.tsx'
import { LookThrough } from './pages/part.tsx'
import * as rules from './rules.ts'
import * as store from './store.ts'

const reading = { who: guardians, verb: 'open', reads: 'record' } as const
const writing = { who: guardians, verb: 'edit' } as const

/** Copies of records that people asked for: written down, looked through by somebody, and given. */
export const copyRoutes =
  (listSent: ListSent) =>
  async (app: App): Promise<void> => {
    lookingRoutes(app, listSent)
    partRoutes(app, listSent)
    endRoutes(app, listSent)
    ownRoutes(app)
  }

function lookingRoutes(app: App, listSent: ListSent): void {
  app.get('/copies/:copy', reading, async (request, reply) => {
    const shown = await lookingAt(request, listSent, request.params.copy, 'open')
    await request.read('copy.draft', { person: shown.person.id, subject: shown.request.id })
    return reply.page(<Looking {...shown} {...blank} />)
  })
  app.post(
    '/copies/:copy/looker',
    { ...writing, form: { member: id('Choose who looks it through') } },
    async (request, reply) => {
      const { db, area, actor, form, now } = request
      const shown = await lookingAt(request, listSent, request.params.copy, 'edit')
      const known = form.ok && form.value.member in shown.lookers ? form.value.member : undefined
      if (known === undefined) {
        const problems = [{ field: 'member', message: 'Choose who looks it through' }]
        return reply.code(422).page(<Looking {...shown} problems={problems} typed={form.typed} />)
      }
      const copy = shown.request.id
      const given = { area, id: newId(), request: copy, member: known, by: actor.membership, at: now }
      if (shown.request.looker !== known) await store.saveLooker(db, given)
      await request.act('copy.looker', { person: shown.person.id, subject: copy, codes: { member: known } })
      request.flash('Saved.')
      return reply.redirect(`/copies/${copy}`, 303)
    },
  )
}

function partRoutes(app: App, listSent: ListSent): void {
  app.get('/copies/:copy/parts/:part', { ...writing, reads: 'record' }, async (request, reply) => {
    const { request: copy, person, draft, looks, part } = await partOf(request, listSent, request.params)
    await request.read('copy.draft', { person: person.id, subject: copy.id, codes: { part } })
    const shown = { request: copy, part, entries: draft[part], look: looks.get(part), changed: false }
    return reply.page(<LookThrough {...shown} {...blank} />)
  })
  app.post('/copies/:copy/parts/:part', { ...writing, form: { seen: optionalText(80) } }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const { request: copy, person, draft, looks, part } = await partOf(request, listSent, request.params)
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

function endRoutes(app: App, listSent: ListSent): void {
  app.post('/copies/:copy/release', { ...writing, form: giving }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const shown = await lookingAt(request, listSent, request.params.copy, 'edit')
    const { request: copy, person, draft, looks } = shown
    if (!shown.mine || !rules.isOpen(copy)) throw new NotFound()
    const again = (state: FormState) => reply.code(422).page(<Looking {...shown} {...state} />)
    if (!form.ok) return again(form)
    const { way } = form.value
    const unreachable = way === 'space' && (await isClosed(db, area, person.id)) ? [noSpace] : []
    const problems = rules.unseenParts(draft, looks).length > 0 ? [notLookedThrough] : unreachable
    if (problems.length > 0) return again({ problems, typed: form.typed })
    const head = { person: calledName(person), area: actor.areaName, madeOn: longDay(today) }
    const until_on = way === 'space' ? today.add({ days: rules.fetchableDays }) : null
    const document = rules.copyOf({ ...head, draft, looks })
    await store.saveRelease(db, { area, request: copy.id, document, way, until_on, by: actor.membership, at: now })
    await request.act('copy.given', {
      ...{ person: person.id, subject: copy.id, codes: { way }, vouchesFor: JSON.stringify(document) },
    })
    const telling = { actor, person: person.id, origin: app.settings.origin, now }
    if (way === 'space') await store.tellPerson(db, { ...telling, news: 'ready' })
    request.flash('The copy is given.')
    return reply.redirect(`/copies/${copy.id}`, 303)
  })
  app.post('/copies/:copy/closing', { ...writing, form: closing }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const shown = await lookingAt(request, listSent, request.params.copy, 'edit')
    if (!rules.isOpen(shown.request)) throw new NotFound()
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

const noSpace = { field: 'way', message: 'They have no access online at the moment: give it on paper' }
const notLookedThrough = { field: 'way', message: 'Look every part through first' }

const own = { who: 'participant' } as const

/** A person who asks for a copy of their record in their space, and fetches it there. */
function ownRoutes(app: App): void {
  app.get('/my/copy', { ...own, reads: 'record' }, async (request, reply) => {
    await request.read('copy.own', { person: request.me.person })
    return reply.page(<OwnCopy {...await ownCopy(request)} {...blank} id={newId()} />)
  })
  const form = { id: id('Open this page again'), note: optionalText(1000) }
  app.post('/my/copy', { ...own, form }, async (request, reply) => {
    const { db, area, me, now, today } = request
    const shown = await ownCopy(request)
    if (!request.form.ok) return reply.code(422).page(<OwnCopy {...shown} {...request.form} id={newId()} />)
    const { id: copy, note } = request.form.value
    const waits = shown.newest && rules.isOpen(shown.newest) ? shown.newest.id : undefined
    if (waits === undefined) {
      const due_on = rules.dueOn(today, await findHolidays(db))
      const asked = { area, id: copy, person: me.person, asked_on: today, due_on, how: 'space', note, at: now } as const
      await store.saveRequest(db, { ...asked, by: null })
    }
    await request.act('copy.asked', { person: me.person, subject: waits ?? copy, codes: { how: 'space' } })
    request.flash('You have asked for a copy.')
    return reply.redirect('/my/copy', 303)
  })
  app.post('/my/copy/withdrawal', own, async (request, reply) => {
    const { db, area, me, now } = request
    const { newest } = await ownCopy(request)
    if (!newest || (!rules.isOpen(newest) && newest.closedAs !== 'withdrawn')) throw new NotFound()
    if (rules.isOpen(newest)) {
      await store.saveClosing(db, { area, request: newest.id, reason: 'withdrawn', note: null, by: null, at: now })
      await request.act('copy.closed', { person: me.person, subject: newest.id, codes: { as: 'withdrawn' } })
    } else await request.act('copy.closed-before', { person: me.person, subject: newest.id })
    request.flash('We stop making a copy. You can ask again whenever you like.')
    return reply.redirect('/my/copy', 303)
  })
  app.get('/my/copy/:copy', { ...own, reads: 'record' }, async (request, reply) => {
    const copy = await fetched(request, request.params.copy)
    await request.read('copy.fetched', { person: request.me.person, subject: request.params.copy })
    return reply.page(<CopyDocument copy={copy} back="/my/copy" backLabel="Back" />)
  })
  app.get('/my/copy/:copy/file', { ...own, reads: 'record' }, async (request, reply) => {
    const copy = await fetched(request, request.params.copy)
    await request.read('copy.fetched', {
      person: request.me.person,
      subject: request.params.copy,
      codes: { as: 'file' },
    })
    return reply.file('my-record.json', JSON.stringify(copy, null, 2), 'application/json')
  })
}

type Own = Readonly<{ db: Db; area: string; me: Participant; today: Temporal.PlainDate }>

async function ownCopy({ db, me, today }: Own) {
  const [newest] = await store.listOwnRequests(db, me)
  return { newest, today }
}

/** A copy that was given to this person and can still be fetched; as if there were none in every other case. */
async function fetched({ db, area, me, today }: Own, wanted: string) {
  const requests = await store.listOwnRequests(db, me)
  const found = requests.find(({ id: request }) => request === wanted)
  const given = found?.way && rules.isFetchable({ way: found.way, untilOn: found.untilOn }, today) ? found : undefined
  const copy = given && (await store.findCopy(db, area, given.id))
  if (!copy) throw new NotFound()
  return copy
}

type Asking = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Verb = 'open' | 'edit'

/** A request with its person, under the record that is kept of them; as if there were none for who may not open it. */
async function requestFor({ db, actor }: Asking, copy: string, verb: Verb) {
  const found = await store.findRequest(db, actor, copy, verb)
  const first = found && (await findPerson(db, actor, found.person, verb))
  const person = first?.merged_into ? await findPerson(db, actor, first.merged_into, verb) : first
  if (!found || !person) throw new NotFound()
  return { request: { ...found, person: person.id, name: calledName(person) }, person }
}

async function lookingAt(asking: Asking, listSent: ListSent, copy: string, verb: Verb) {
  const { db, actor, now, today } = asking
  const { request, person } = await requestFor(asking, copy, verb)
  const [draft, looks, members, closedTo] = await Promise.all([
    listDraft(asking, person, listSent),
    store.listLooksThrough(db, actor.area, request.id),
    listMembers(db, actor.area, dayOf(now), actor.organisations),
    listClosedTo(db, { area: actor.area, person: person.id, at: now }),
  ])
  const may = members.filter(({ id, role }) => !closedTo.has(id) && guardians.some((one) => one === role))
  const lookers = Object.fromEntries<{ label: string }>(may.map(({ id: member, name }) => [member, { label: name }]))
  return { request, person, draft, looks, lookers, mine: request.looker === actor.membership, now, today }
}

/** One part of a draft, for whoever looks it through and nobody else. */
type Place = Readonly<{ copy: string; part: string }>
async function partOf(asking: Asking, listSent: ListSent, { copy, part: code }: Place) {
  const shown = await lookingAt(asking, listSent, copy, 'edit')
  const part = partCodes.find((one): one is Part => one === code)
  if (!part || !shown.mine || !rules.isOpen(shown.request)) throw new NotFound()
  return { ...shown, part }
}
