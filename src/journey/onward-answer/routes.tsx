import { type Actor, careRoles, ofServices } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import { again } from '#platform/form/again.ts'
import * as field from '#platform/form/fields.ts'
import { blank, type Problem, type Typed } from '#platform/form/rules.ts'
import type { Answer } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { behindCode, type Showing } from '#platform/link/behind-code.tsx'
import { proofField, proofOf } from '#platform/link/proof.ts'
import type { LinkPurpose, LinkVisit } from '#platform/link/routes.tsx'
import type { Link } from '#platform/link/rules.ts'
import { findArea } from '#registers/areas/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { listHidden } from '#registers/restriction/store.ts'
import { findWaitingEmail, settleEmail } from '#journey/emailed-answer/store.ts'
import { declines, isAnswerable, outcomes, referenceOf } from '#journey/onward/rules.ts'
import { findInInbox } from '#journey/inbox/store.ts'
import { findOnward, findOnwardOf, isKnown, type Onward, recordEvent } from '#journey/onward/store.ts'
import { recordAnswer, recordSeen } from './import.ts'
import { Heard } from './pages/heard.tsx'
import { InInbox } from './pages/inbox.tsx'
import { ServiceAnswers, ServiceThanked } from './pages/link.tsx'
import { answersIn, heardFrom, keptOf, problemsWithSaid, sayableNow, sayings, sentNow, typedFrom } from './rules.ts'

const said = {
  id: field.id('Open this page again'),
  said: field.choice(sayings, 'Select what has happened'),
  reason: field.optionalChoice(declines),
  outcome: field.optionalChoice(outcomes),
  expected: field.optionalDay(),
  started: field.optionalDay(),
  last: field.optionalDay(),
  ended: field.optionalDay(),
  place: field.optionalWholeNumber(1, 10_000),
  sessions: field.optionalWholeNumber(1, 1000),
  note: field.optionalText(1000),
}

/** What the team hears of an onward referral: from the service by phone, from the participant, or seen by itself. */
export async function onwardAnswerRoutes(app: App): Promise<void> {
  const edit = { who: careRoles, verb: 'edit' } as const
  const query = { email: field.optionalId(), unread: field.tick() }
  app.get('/onward/:onward/happenings/new', { ...edit, query, reads: 'record' }, async (request, reply) => {
    const found = await heardOf(request, request.params.onward, request.query.email)
    await request.read('onward.form', { person: found.onward.person, subject: found.onward.id })
    const typed = found.email && typedFrom(found.email, found.sayable, !request.query.unread)
    return reply.page(<Heard {...found} {...again(typed ? { typed, problems: [] } : blank)} />)
  })
  const form = {
    ...{ ...said, version: field.version(), witness: field.choice(heardFrom, 'Select who says so') },
    ...{ byName: field.optionalText(100), email: field.optionalId() },
  }
  app.post('/onward/:onward/happenings', { ...edit, form }, async (request, reply) => {
    const { db, area, actor, now, today, form: given } = request
    const found = await heardOf(request, request.params.onward, given.typed['email'] ?? null)
    const { onward, email } = found
    const [back, about] = [`/onward/${onward.id}`, { person: onward.person, subject: onward.id }]
    if (given.ok && onward.events.some(({ id }) => id === given.value.id)) {
      await request.act('onward.heard-again', about)
      return reply.redirect(back, 303)
    }
    const problems = given.ok ? problemsWithSaid(given.value, today) : given.problems
    const shown = { ...found, ...again({ typed: given.typed, problems }) }
    if (!given.ok || problems.length > 0) return reply.code(422).page(<Heard {...shown} />)
    const isDecided = given.value.email !== null && !email
    if (isDecided || given.value.version !== onward.version) return reply.code(409).page(<Heard {...shown} />)
    const { id, witness, byName, note } = given.value
    const event = { area, id, referral: onward.id, witness, by: actor.membership, byName, note, at: now }
    const kept = await recordEvent(db, { ...event, ...keptOf(given.value), how: email ? 'email' : null })
    if (email && kept === 'kept')
      await settleEmail(db, { area, id: email.id, as: 'kept', event: id, by: actor.membership, at: now })
    const codes = { said: given.value.said, witness, kept, by: email ? 'email' : 'word' }
    await request.act('onward.heard', { ...about, codes, ...vouching(note) })
    request.flash(kept === 'kept' ? 'Written down.' : 'It stands differently by now: see below')
    return reply.redirect(back, 303)
  })
  app.post('/onward/:onward/hand-over', { ...edit, form: { id: said.id } }, async (request, reply) => {
    const { db, area, actor, now, params, form: given } = request
    const onward = await findOnward(db, actor, params.onward, 'edit')
    if (!onward || onward.kind !== 'supported') throw new NotFound()
    const id = given.ok ? given.value.id : newId()
    const event = { area, id, referral: onward.id, kind: 'handed-over', witness: 'team' } as const
    const kept = await recordEvent(db, { ...event, by: actor.membership, at: now })
    await request.act('onward.handed-over', { person: onward.person, subject: onward.id, codes: { kept } })
    request.flash(kept === 'not-now' ? 'It stands differently by now: see below' : 'The hand-over is written down.')
    return reply.redirect(`/onward/${onward.id}`, 303)
  })
}

/** A request in the inbox of the service that was asked: it is answered there as behind its link. */
export async function inboxAnswerRoutes(app: App): Promise<void> {
  const rule = { who: ofServices } as const
  app.get('/inbox/:onward', { ...rule, reads: 'record' }, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const sent = { id: params.onward, now }
    const onward = await findInInbox(db, actor, sent)
    if (!onward) throw new NotFound()
    await recordSeen({ db, area, now }, onward, actor.name)
    await request.read('onward.opened', { person: onward.person, subject: onward.id })
    const read = (await findInInbox(db, actor, sent)) ?? onward
    return reply.page(<InInbox {...await inboxShown(request, read)} {...again(blank)} />)
  })
  const form = { ...said, version: field.version() }
  app.post('/inbox/:onward', { ...rule, form }, async (request, reply) => {
    const { db, area, actor, now, today, params, form: given } = request
    const onward = await findInInbox(db, actor, { id: params.onward, now })
    if (!onward) throw new NotFound()
    const about = { person: onward.person, subject: onward.id }
    if (given.ok && onward.events.some(({ id }) => id === given.value.id)) {
      await request.act('onward.answered-again', about)
      return reply.redirect('/inbox', 303)
    }
    const problems = given.ok ? problemsWithSaid(given.value, today) : given.problems
    const shown = { ...(await inboxShown(request, onward)), ...again({ typed: given.typed, problems }) }
    if (!given.ok || problems.length > 0) return reply.code(422).page(<InInbox {...shown} />)
    if (given.value.version !== onward.version) return reply.code(409).page(<InInbox {...shown} />)
    const kept = await recordAnswer({ db, area, now }, onward, { ...given.value, byName: actor.name })
    if (kept === 'not-now') return reply.code(409).page(<InInbox {...shown} problems={[meanwhile]} />)
    const codes = { said: given.value.said, kept }
    await request.act('onward.answered', { ...about, codes, ...vouching(given.value.note) })
    request.flash('Your answer has reached the team.')
    return reply.redirect(given.value.said === 'ended' ? '/inbox' : `/inbox/${onward.id}`, 303)
  })
}

/** What an inbox shows of a request: the same that stands behind its link. */
async function inboxShown({ db, area, now }: At, onward: Onward) {
  const { parts, areaName, askedBy } = await sentIn({ db, area }, onward)
  const { id, meet, meetAt, state, version, serviceName, events } = onward
  const own = answersIn(events)
  const about = { reference: referenceOf(id), areaName, askedBy, parts, meet, meetAt, serviceName, now }
  return { ...about, onward: { id, state, version }, own, sayable: sayableNow(state) }
}

type Asking = Readonly<{ db: Db; actor: Actor }>

async function heardOf({ db, actor }: Asking, wanted: string, id: unknown) {
  const onward = await findOnward(db, actor, wanted, 'edit')
  const person = onward && (await findPerson(db, actor, onward.person))
  if (!onward || !person) throw new NotFound()
  const email = await findWaitingEmail(db, {
    area: actor.area,
    referral: onward.id,
    id: typeof id === 'string' ? id : '',
  })
  return { onward, email, person: { id: person.id, name: calledName(person) }, sayable: sayableNow(onward.state) }
}

/** What the parts of the product that answer for links need of the settings. */
type Keeping = Readonly<{ secret: string }>

/** What a link opens by which a service answers: the code first, then what it is sent, and what it says to it. */
export function onwardByLink({ secret }: Keeping): LinkPurpose {
  return behindCode({
    ...{ title: 'Reading and answering a referral', secret, find: behind, opened, answered },
    page: (showing) => <ServiceAnswers {...shownBehind(showing)} {...blank} />,
    took: ({ db, area }, { id }) => isKnown(db, area, id),
    reference: (_db, { subject }) => Promise.resolve(subject === null ? undefined : referenceOf(subject)),
  })
}

type Asked = Awaited<ReturnType<typeof behind>>

async function behind({ db, area, params }: LinkVisit, { person, subject }: Link) {
  const onward = person && subject ? await findOnwardOf(db, { area, person, id: subject }) : undefined
  if (!onward || !isAnswerable(onward.state)) throw new NotFound()
  return { onward, at: `/l/${params.link}`, codeOf: onward.id, ...(await sentIn({ db, area }, onward)) }
}

/** What a service is sent of somebody now, and by whom. */
async function sentIn({ db, area }: Pick<At, 'db' | 'area'>, onward: Onward) {
  const [here, hidden] = await Promise.all([findArea(db, area), listHidden(db, area, [onward.person])])
  const parts = sentNow(onward, { restricted: hidden.length > 0 })
  return { parts, areaName: here?.name ?? '', askedBy: onward.by ?? here?.name ?? '' }
}

type At = Readonly<{ db: Db; area: string; now: Temporal.Instant }>

/** Whoever has said the code has seen it: mail scanners and previews open links too, and know no code. */
async function opened({ request, link, asked: { onward } }: Showing<Asked>): Promise<void> {
  const { db, now } = request
  if (await recordSeen({ db, area: link.area, now }, onward, null))
    await request.act('onward.seen', { person: onward.person, subject: onward.id })
}

function shownBehind({ request: { now }, link, asked, secret }: Showing<Asked>, typed: Typed = {}) {
  const { onward, parts, at, areaName, askedBy } = asked
  const fields = { [proofField]: proofOf({ secret, link, now }), id: again({ typed, problems: [] }).id }
  const { meet, meetAt, state } = onward
  const shown = { at, fields, areaName, askedBy, parts, meet, meetAt, state, own: answersIn(onward.events), now }
  return { ...shown, reference: referenceOf(onward.id), sayable: sayableNow(state) }
}

const answering = {
  ...{ ...said, byName: field.text('Enter your name', 100) },
  /** How many answers of the service the page was shown with. */
  version: field.optionalWholeNumber(0, 10_000),
}
const meanwhile: Problem = {
  field: 'said',
  message: 'This has changed meanwhile. Look at how it stands, and ring us if it is not right',
}

async function answered({ reply, ...showing }: Showing<Asked> & { reply: Answer }) {
  const { request, link, asked } = showing
  const { onward, askedBy } = asked
  const { typed } = request.form
  const read = field.check(answering, typed)
  const problems = read.ok ? problemsWithSaid(read.value, dayOf(request.now)) : read.problems
  const wrong = (found: readonly Problem[], status: number) =>
    reply.code(status).page(<ServiceAnswers {...shownBehind(showing, typed)} typed={typed} problems={found} />)
  if (!read.ok || problems.length > 0) return wrong(problems, 422)
  const { id, version, note } = read.value
  const isNew = !onward.events.some((one) => one.id === id)
  if (isNew && version !== null && version !== answersIn(onward.events).length) return wrong([], 409)
  const kept = await recordAnswer({ db: request.db, area: link.area, now: request.now }, onward, read.value)
  if (kept === 'not-now') return wrong([meanwhile], 409)
  const codes = { said: read.value.said, kept }
  await request.act('onward.answered', { person: onward.person, subject: onward.id, codes, ...vouching(note) })
  const until = longDay(dayOf(link.expiresAt))
  return reply.page(<ServiceThanked {...{ askedBy, until }} said={read.value.said} />)
}

const vouching = (note: string | null) => (note === null ? {} : { vouchesFor: note })
