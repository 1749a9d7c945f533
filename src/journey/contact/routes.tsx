import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayInWords, dayOf } from '#platform/dates.ts'
import { choice, id, optionalChoice, optionalDay, optionalText, optionalTime } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findSettings } from '#registers/areas/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { type Due, dueBy } from '#journey/due/rules.ts'
import { isLeaving } from '#journey/episode/rules.ts'
import { findEpisode, findStandingHeldStill, recordStep, withdrawSteps } from '#journey/episode/store.ts'
import { isDoubtedAt, type Way, ways } from '#journey/reaching/rules.ts'
import { findReaching } from '#journey/reaching/store.ts'
import { CannotLog, ContactHistory, TakeContactBack } from './pages/history.tsx'
import { LogContact } from './pages/log.tsx'
import * as rules from './rules.ts'
import { findContact, listContacts, saveContact, saveWithdrawal } from './store.ts'

/** The day of the appointment that comes next in an episode, which a later stage knows: app.ts hands the answer in. */
export type BookedOn = (
  db: Db,
  of: Readonly<{ area: string; episode: string; now: Temporal.Instant }>,
) => Promise<Temporal.PlainDate | undefined>

/** Trying to reach somebody: what was tried, what came of it, what comes next. */
export function contactRoutes(bookedOn: BookedOn): (app: App) => Promise<void> {
  return async (app) => {
    historyRoute(app)
    newRoute(app, bookedOn)
    savingRoute(app, bookedOn)
    withdrawalRoutes(app)
  }
}

const logging = { who: careRoles, verb: 'edit' } as const

function historyRoute(app: App): void {
  const rule = { who: careRoles, verb: 'open', reads: 'record' } as const
  app.get('/episodes/:episode/contacts', rule, async (request, reply) => {
    const { now, today } = request
    const { episode, about, contacts, clock, unreachable } = await around(request, request.params.episode, 'open')
    const shown = contacts.map((contact) => contact.id)
    await request.read('contact.list', { person: about.id, subject: episode.id, codes: { shown } })
    const mayLog = episode.mayEdit && rules.mayLog(episode.stage)
    const props = { episode: episode.id, person: about, contacts, unreachable, mayLog, now, today }
    const { mayEdit } = episode
    return reply.page(<ContactHistory {...props} mayEdit={mayEdit} clock={clock?.words} />)
  })
}

function newRoute(app: App, bookedOn: BookedOn): void {
  const reading = { ...logging, draft: 'contact', reads: 'record' } as const
  app.get('/episodes/:episode/contacts/new', reading, async (request, reply) => {
    const found = await booked(request, bookedOn, await around(request, request.params.episode, 'edit'))
    await request.read('contact.form', { person: found.about.id, subject: found.episode.id })
    const why = rules.whyNotLogged(found.episode.stage)
    if (why !== undefined) return reply.code(422).page(<CannotLog person={found.about} why={why} />)
    return reply.page(<LogContact {...shownForm(found, request.today)} {...request.form} id={newId()} />)
  })
}

const fields = {
  id: id('Open this page again from the record'),
  way: choice(ways, 'Select how you tried'),
  why: optionalText(300),
  result: choice(rules.results, 'Select what came of it'),
  'why-message': optionalText(300),
  'call-back': optionalDay(),
  'call-back-time': optionalTime(),
  note: optionalText(2000),
  on: optionalDay(),
  time: optionalTime(),
  next: optionalDay(),
  'next-way': optionalChoice(ways),
}

function savingRoute(app: App, bookedOn: BookedOn): void {
  app.post('/episodes/:episode/contacts', { ...logging, draft: 'contact', form: fields }, async (request, reply) => {
    const { db, area, actor, form, now, today, params } = request
    const found = await booked(request, bookedOn, await around(request, params.episode, 'edit', true))
    const why = rules.whyNotLogged(found.episode.stage)
    if (why !== undefined) return reply.code(422).page(<CannotLog person={found.about} why={why} />)
    const wrong = (state: FormState) =>
      reply.code(422).page(<LogContact {...shownForm(found, today)} {...state} id={idIn(state.typed)} />)
    if (!form.ok) return wrong(form)
    const given = form.value
    const at = rules.happenedAt(given, now, today)
    const problems = rules.problemsWith(given, { at, now, today, receivedAt: found.episode.received_at, ...found })
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    const next = nextAfter(given, at, found, today)
    const by = actor.membership
    const contact = {
      ...asContact(given, next),
      area,
      episode: found.episode.id,
      happened_at: at,
      recorded_at: now,
      by,
    }
    const due = next && dueBy(next, found.bookedOn)
    if (await saveContact(db, contact)) await takeSteps(db, { ...contact, due, stage: found.episode.stage })
    const { way, result, note } = given
    const text = note === null ? {} : { vouchesFor: note }
    await request.act('contact.logged', { person: found.about.id, subject: given.id, codes: { way, result }, ...text })
    const words = due ? ` Next: ${rules.dueWhat[due.what].label.toLowerCase()} ${dayInWords(due.on, today)}.` : ''
    const asks = rules.results[result].spoken && isDoubtedAt(way, found.reaching)
    const whose = asks ? ' If they told you that the number is theirs, say so here.' : ''
    request.flash(`The contact is saved.${words}${whose}`, `/contacts/${given.id}/withdrawal`)
    return reply.redirect(`/people/${found.about.id}${asks ? '/details/means' : ''}`, 303)
  })
}

type Given = rules.GivenContact & Readonly<{ id: string; note: string | null; 'next-way': Way | null }>

function asContact(given: Given, next: rules.Next | undefined) {
  const { way, result, note } = given
  return {
    ...{ id: given.id, way, result, note },
    why_this_way: [given.why, given['why-message']].filter((why) => why !== null).join('. ') || null,
    ...{ next_what: next?.what ?? null, next_on: next?.on ?? null, next_way: next?.way ?? null },
    next_time: result === 'call-back' ? given['call-back-time'] : null,
  }
}

/** What the coach set, or what is proposed; nothing by itself once support is over. */
function nextAfter(given: Given, at: Temporal.Instant, found: Booked, today: Temporal.PlainDate) {
  const { result, way, next, 'next-way': nextWay, 'call-back': callBackOn } = given
  if (next && !isLeaving(found.episode)) return { what: 'contact', on: next, way: nextWay } as const
  if (found.episode.stage === 'aftercare' && result !== 'call-back') return undefined
  return proposal(found, today, { result, way, happenedOn: dayOf(at), callBackOn })
}

type Of = Pick<rules.Proposing, 'result' | 'way' | 'happenedOn' | 'callBackOn'>

function proposal(found: Booked, today: Temporal.PlainDate, of: Of): rules.Next {
  const { episode, tries, reaching, settings, holidays } = found
  const next = rules.proposeNext({ ...of, standing: episode, tries, reaching, settings, holidays, today })
  const due = dueBy(next, found.bookedOn)
  return due === next ? next : { ...due, way: null }
}

type Taken = Parameters<typeof saveContact>[1] &
  Readonly<{ stage: Parameters<typeof rules.stepsOf>[1]; due: Due | undefined }>

async function takeSteps(db: Db, contact: Taken): Promise<void> {
  const { area, episode, by, id: factRow, recorded_at: recordedAt, happened_at: at } = contact
  const taking = { area, episode, by, factRow, recordedAt }
  for (const kind of rules.stepsOf(contact.result, contact.stage)) {
    await recordStep(db, { ...taking, step: { kind }, at })
  }
  const { due } = contact
  if (due) await recordStep(db, { ...taking, step: { kind: 'due', what: due.what, on: due.on }, at: recordedAt })
}

const withdrawal = { reason: optionalChoice(rules.withdrawalReasons), note: optionalText(300) }

function withdrawalRoutes(app: App): void {
  const path = '/contacts/:contact/withdrawal'
  app.get(path, { ...logging, reads: 'record' }, async (request, reply) => {
    const { contact, about } = await contactOf(request, request.params.contact)
    await request.read('contact.withdrawal-form', { person: contact.person, subject: contact.id })
    return reply.page(<TakeContactBack {...blank} {...{ contact, person: about, now: request.now }} />)
  })
  app.post(path, { ...logging, form: withdrawal }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const { contact, about } = await contactOf(request, request.params.contact)
    const wrong = (state: FormState) =>
      reply.code(422).page(<TakeContactBack {...state} {...{ contact, person: about, now }} />)
    if (!form.ok) return wrong(form)
    await findStandingHeldStill(db, area, contact.episode)
    const reason = form.value.reason ?? 'mistake'
    const by = { at: now, by: actor.membership }
    if (await saveWithdrawal(db, { ...by, area, contact: contact.id, reason, note: form.value.note }))
      await withdrawSteps(db, { ...by, area, episode: contact.episode, factRow: contact.id })
    const text = form.value.note === null ? {} : { vouchesFor: form.value.note }
    const of = { person: contact.person, subject: contact.id, codes: { reason } }
    await request.act('contact.taken-back', { ...of, ...text })
    request.flash('The contact was taken back. What was due before it is due again.')
    return reply.redirect(`/episodes/${contact.episode}/contacts`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

async function contactOf({ db, actor }: Asking, wanted: string) {
  const contact = await findContact(db, actor, wanted, 'edit')
  const about = contact && (await findReaching(db, actor, contact.person))
  if (!contact || !about) throw new NotFound()
  return { contact, about }
}

/** The episode with all that decides how its person is reached; as if there were none for who may not. */
async function around({ db, area, actor, today }: Asking, wanted: string, verb: 'open' | 'edit', hold = false) {
  const episode = await findEpisode(db, actor, wanted, verb)
  const about = episode && (await findReaching(db, actor, episode.person))
  if (!episode || !about) throw new NotFound()
  const standing = hold ? await findStandingHeldStill(db, area, wanted) : undefined
  const [settings, holidays, contacts] = await Promise.all([
    findSettings(db, area, today),
    findHolidays(db),
    listContacts(db, actor, { episode: wanted }),
  ])
  const tries = contacts.filter((contact) => contact.withdrawn_at === null)
  return {
    ...{ episode: { ...episode, ...standing }, about, reaching: about.reaching, contacts, tries, settings, holidays },
    clock: rules.firstTryInWords(episode, today, holidays),
    unreachable: rules.isAskedFor(episode.stage) && rules.mayBeUnreachable(tries, settings),
  }
}

type Found = Awaited<ReturnType<typeof around>>
type Booked = Found & Readonly<{ bookedOn: Temporal.PlainDate | undefined }>

/** The same with the day of the appointment that comes next. */
async function booked({ db, area, now }: Asking, bookedOn: BookedOn, found: Found): Promise<Booked> {
  return { ...found, bookedOn: await bookedOn(db, { area, episode: found.episode.id, now }) }
}

function shownForm(found: Booked, today: Temporal.PlainDate) {
  const { episode, about: person, reaching, clock, unreachable } = found
  const proposals = episode.stage === 'aftercare' ? undefined : allProposals(found, today)
  return { episode: episode.id, person, reaching, clock, unreachable, today, proposals }
}

function allProposals(found: Booked, today: Temporal.PlainDate): Record<rules.Result, rules.Next> {
  const after = (result: rules.Result) =>
    proposal(found, today, { result, way: likelyWay(found), happenedOn: today, callBackOn: null })
  return {
    reached: after('reached'),
    'no-answer': after('no-answer'),
    'message-left': after('message-left'),
    'wrong-number': after('wrong-number'),
    'call-back': after('call-back'),
    declined: after('declined'),
  }
}

/** The way in which the next contact was planned, or the person's first choice. */
function likelyWay({ tries, reaching }: Found): Way {
  const planned = tries[0]?.next_way
  const kind = reaching.means[0]?.kind
  return planned ?? (kind === 'email' || kind === 'telephone' ? kind : kind === 'post' ? 'letter' : 'mobile')
}

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
