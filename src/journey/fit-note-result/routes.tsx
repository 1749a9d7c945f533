import { type Actor, careRoles } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { choice, day, id, optionalText, text } from '#platform/form/fields.ts'
import type { FormState } from '#platform/form/rules.ts'
import { alreadySaved } from '#platform/http/already.ts'
import type { App, SignedIn, Visit as RequestOf } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { listEpisodesOf } from '#journey/episode/store.ts'
import { type FitNoteRequest, type Result, resultProblems, results } from '#journey/fit-note-request/rules.ts'
import { listRequestsFor, saveResult, saveTold, withdrawResult } from '#journey/fit-note-request/store.ts'
import { emailProblems } from '#journey/newcomer/rules.ts'
import { recipientOf, requestDays, requestKind, requestTemplate, shownTo } from '#journey/request/rules.ts'
import { closeRequest, saveRequest } from '#journey/request/store.ts'
import { findArea, findGoing } from '#registers/areas/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { mayDisclose } from '#registers/permissions/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { ResultForm, TellPractice } from './pages.tsx'
import { hearsInWords, isTold, needed, noAddress, type Told, wordsTo } from './rules.ts'

const editing = { who: careRoles, verb: 'edit' } as const
const one = '/people/:person/fit-note-requests/:asked'

const result = {
  id: id('Open this page again from the record'),
  what: choice(results, 'Select what came of it'),
  held: day('Enter the day on which you spoke'),
  words: optionalText(1000),
}

/** What came of the conversation that a request for a fit note led to, and what the practice hears of it. */
export async function fitNoteResultRoutes(app: App): Promise<void> {
  const rule = { ...editing, draft: 'fit-note-result' } as const
  app.get(`${one}/result`, { ...rule, reads: 'record' }, async (request, reply) => {
    const around = await aroundOne(request)
    await request.read('fit-note-request.result-form', { person: around.person.id, subject: around.found.id })
    return reply.page(<ResultForm {...await shownOn(request, around)} {...again(request.form)} />)
  })
  app.post(`${one}/result`, { ...rule, form: result }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const around = await aroundOne(request)
    const { person, found } = around
    const wrong = async (state: FormState, code = 422) =>
      reply.code(code).page(<ResultForm {...await shownOn(request, around)} {...again(state)} />)
    if (!form.ok) return wrong(form)
    const problems = resultProblems(form.value, { today, askedOn: found.askedOn })
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    const { id: saved, what, held, words } = form.value
    if (found.result?.id === saved) {
      await request.read('fit-note-request.result-form', { person: person.id, subject: found.id })
      return reply.redirect(`/people/${person.id}/fit-note-requests`, 303)
    }
    const said = { area, id: saved, request: found.id, what, held_on: held, words, by: actor.membership, at: now }
    if (!(await saveResult(db, said))) return wrong({ typed: form.typed, problems: [gone] }, 409)
    const vouched = words === null ? {} : { vouchesFor: words }
    await request.act('fit-note-request.result', { person: person.id, subject: found.id, codes: { what }, ...vouched })
    const told = isTold(what)
      ? await tell(app, request, { ...around, saved, what, words, email: found.email })
      : undefined
    request.flash(told === undefined ? saidOf[what] : await onItsWay(request))
    return reply.redirect(told ?? (await leadsTo(request, { person: person.id, what })), 303)
  })
  withdrawalRoute(app)
  tellingRoutes(app)
}

function withdrawalRoute(app: App): void {
  app.post(`${one}/result/withdrawal`, editing, async (request, reply) => {
    const { db, area, actor, now } = request
    const { person, found } = await aroundOne(request)
    if (found.result) {
      const { id: saved, told } = found.result
      await withdrawResult(db, { area, id: saved, by: actor.membership, at: now })
      if (told !== null) {
        await closeRequest(db, { area, request: told, by: actor.membership, at: now })
        await withdrawLinks(db, { area, subject: told, purpose: 'request', now })
      }
    }
    await request.act('fit-note-request.result-taken-back', { person: person.id, subject: found.id })
    request.flash('The result is taken back. The conversation is to be held again.')
    return reply.redirect(`/people/${person.id}/fit-note-requests`, 303)
  })
}

/** The practice is told later, once the person allows it or its address is known. */
function tellingRoutes(app: App): void {
  app.get(`${one}/telling`, { ...editing, reads: 'record' }, async (request, reply) => {
    const around = await toTell(request)
    await request.read('fit-note-request.telling', { person: around.person.id, subject: around.found.id })
    return reply.page(<TellPractice {...around} problems={[]} typed={{}} />)
  })
  const form = { email: text('Enter the email address of the practice') }
  app.post(`${one}/telling`, { ...editing, form }, async (request, reply) => {
    const before = await aroundOne(request)
    const sent = before.found.result?.told ?? null
    const about = { page: 'fit-note-request.telling', person: before.person.id, subject: before.found.id }
    if (sent !== null) return alreadySaved(request, reply, { ...about, to: `/requests/${sent}` })
    const around = await toTell(request)
    const { person, found, what, saved, words } = around
    const wrong = (state: FormState) => reply.code(422).page(<TellPractice {...around} {...state} />)
    if (!request.form.ok) return wrong(request.form)
    const { email } = request.form.value
    const problems = emailProblems(email)
    if (problems.length > 0 || around.why !== undefined) return wrong({ typed: request.form.typed, problems })
    const told = await tell(app, request, { ...around, saved, what, words, email })
    await request.act('fit-note-request.told', { person: person.id, subject: found.id })
    request.flash(await onItsWay(request))
    return reply.redirect(told ?? `/people/${person.id}/fit-note-requests`, 303)
  })
}

const gone = {
  field: 'what',
  message: 'Somebody else has written a result or taken the request back meanwhile. Look at the requests first',
}

const onItsWay = async ({ db, area, now }: Pick<Acting, 'db' | 'area' | 'now'>) =>
  `Saved. The link to the practice ${await findGoing(db, area, now)}. Ring them with the code.`
const saidOf = {
  supported: 'Saved. What you agreed goes into their plan.',
  clinician: 'Saved. The practice was not told: see why below.',
  declined: 'Saved. Nothing else changes for them. The practice was not told: see why below.',
} as const

type Acting = Pick<SignedIn<AnyVisit>, 'db' | 'area' | 'now' | 'act' | 'actor'>
type AnyVisit = RequestOf<'/', Record<never, never>, Record<never, never>>
type Telling = Around & Readonly<{ saved: string; what: Told; words: string | null; email: string | null }>

/** Writes to the practice as far as the person allows it, or keeps why not; gives the page of what was sent. */
async function tell({ settings }: App, request: Acting, { record, found, saved, what, words, email }: Telling) {
  const { db, area, actor, now } = request
  const may = await mayTell(request, { record, found }, what)
  const why = may.allowed ? (email === null ? noAddress : undefined) : may.why
  if (!may.allowed || email === null) {
    await saveTold(db, { area, id: saved, told: null, untold: why ?? noAddress })
    return undefined
  }
  const asks = wordsTo({ what, askedOn: found.askedOn, words })
  const whose = { ...record, needs: [], phone: undefined, email: undefined }
  const shared = shownTo(whose, { kind: 'practice', share: ['born'], help: null })
  const [told, person, kind] = [newId(), record.id, 'practice' as const]
  const about = {
    area,
    id: told,
    kind,
    person,
    organisation: found.practice,
    contact: null,
    address: email,
    asks,
    shared,
  }
  await saveRequest(db, { ...about, allowedBy: may.by, by: actor.membership, at: now })
  await saveTold(db, { area, id: saved, told, untold: null })
  const expiresAt = now.add({ hours: 24 * requestDays })
  const here = await findArea(db, area)
  const link = `${settings.origin}${linkMark}`
  const facts = { area: here?.name ?? '', phone: here?.phone ?? null, day: dayOf(expiresAt), link }
  const written = await findWords(db, { area, template: requestTemplate, format: 'email', facts })
  await sendMessage(db, {
    ...{ area, person, recipient: 'another', kind: requestKind, channel: 'email', address: email, about: told },
    ...{ ...written, allowedBy: may.by, link: { purpose: 'request', subject: told, expiresAt }, now },
  })
  const codes = { kind, shared: ['born'], allowedBy: may.by }
  await request.act('request.sent', { person, subject: told, codes, vouchesFor: asks })
  return `/requests/${told}`
}

type Whose = Pick<Around, 'record' | 'found'>

const mayTell = ({ db, area }: Pick<Asking, 'db' | 'area'>, { record, found }: Whose, what: Told) =>
  mayDisclose(db, {
    ...{ area, person: record.id, recipient: recipientOf('practice', found.practice), purpose: needed[what] },
  })

/** Support that was agreed leads to the plan, where there is a spell of support to plan in. */
async function leadsTo({ db, actor }: Asking, { person, what }: Readonly<{ person: string; what: Result }>) {
  const [episode] = what === 'supported' ? await listEpisodesOf(db, actor, person) : []
  return episode && episode.ended_at === null ? `/episodes/${episode.id}/plan` : `/people/${person}/fit-note-requests`
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>
type Visit = Asking & Readonly<{ params: Readonly<{ person: string; asked: string }> }>
type Around = Awaited<ReturnType<typeof aroundOne>>

/** One request of a person, for whoever may change their record. */
async function aroundOne({ db, area, actor, params }: Visit) {
  const record = await findPerson(db, actor, params.person, 'edit')
  if (!record) throw new NotFound()
  const found = (await listRequestsFor(db, area, record.id)).find((earlier) => earlier.id === params.asked)
  if (!found) throw new NotFound()
  return { record, person: { id: record.id, name: calledName(record) }, found }
}

/** The page on which a result is written, with what the practice would hear of it. */
async function shownOn(asking: Asking, { person, ...whose }: Around) {
  const hears = await Promise.all(
    (['clinician', 'declined'] as const).map(async (what) => {
      const may = await mayTell(asking, whose, what)
      return hearsInWords(what, may.allowed ? (whose.found.email === null ? noAddress : undefined) : may.why)
    }),
  )
  return { person, request: whose.found, today: asking.today, hears }
}

/** A result of which the practice was not told yet. */
async function toTell(request: Visit) {
  const around = await aroundOne(request)
  const { result: held }: FitNoteRequest = around.found
  if (!held || !isTold(held.what) || held.told !== null) throw new NotFound()
  const may = await mayTell(request, around, held.what)
  const { id: saved, what, words } = held
  const asks = wordsTo({ what, words, askedOn: around.found.askedOn })
  return { ...around, saved, what, words, asks, why: may.allowed ? undefined : may.why }
}
