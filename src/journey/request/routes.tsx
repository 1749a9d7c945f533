import { type Actor, careRoles } from '#platform/access/rules.ts'
import { dayOf, inWords } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  check,
  choice,
  choices,
  id,
  optionalChoice,
  optionalId,
  optionalText,
  text,
  type ValueOf,
} from '#platform/form/fields.ts'
import { blank, type Checked, type Problem, type Typed } from '#platform/form/rules.ts'
import type { Answer } from '#platform/http/answer.ts'
import { alreadySaved } from '#platform/http/already.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { behindCode, type Showing } from '#platform/link/behind-code.tsx'
import { withdrawLinks } from '#platform/link/links.ts'
import { proofField, proofOf } from '#platform/link/proof.ts'
import type { LinkPurpose, LinkVisit } from '#platform/link/routes.tsx'
import type { Link } from '#platform/link/rules.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { sentSince } from '#platform/notify/went.ts'
import { findArea, findGoing } from '#registers/areas/store.ts'
import { isConfirmed } from '#registers/means/rules.ts'
import { listMeans } from '#registers/means/store.ts'
import { accessNeeds, calledName, hidesContact } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { emailProblems } from '#journey/newcomer/rules.ts'
import { listAnswers, listPermissions, mayDisclose } from '#registers/permissions/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { labelIn } from '#journey/timeline/rules.ts'
import { AskOutside, PreviewRequest } from './pages/ask.tsx'
import { Answered, type AnswerProps, AnswerRequest } from './pages/link.tsx'
import { NotSentAgain } from './pages/refused.tsx'
import * as rules from './rules.ts'
import { findAsked, findRequest, hasAnswer, saveAnswer, saveRequest } from './store.ts'

const edit = { who: careRoles, verb: 'edit' } as const

const asking = {
  id: id('Open this page again'),
  kind: choice(rules.recipients, 'Select whom you ask'),
  organisation: text('Enter the name of the service or employer', 120),
  contact: optionalText(100),
  email: text('Enter the email address'),
  asks: text('Enter what you ask', 1000),
  share: choices(rules.shareable),
  help: optionalText(1000),
}

type Form = Checked<ValueOf<typeof asking>>

/** Asking a service, an employer or occupational health something through a link, and reading what they answer. */
export async function requestRoutes(app: App): Promise<void> {
  app.get('/people/:person/requests/new', { ...edit, reads: 'record', draft: 'request' }, async (request, reply) => {
    const page = await whose(request, request.params.person, 'edit')
    await request.read('request.form', { person: page.person.id })
    return reply.page(<AskOutside {...page} id={newId()} {...request.form} />)
  })
  app.post('/people/:person/requests/preview', { ...edit, draft: 'request', form: asking }, async (request, reply) => {
    const page = await whose(request, request.params.person, 'edit')
    const { problems, value } = await looked(request, page.person.id)
    if (!value) return reply.code(422).page(<AskOutside {...page} {...asTyped(request.form.typed, problems)} />)
    await request.act('request.previewed', { person: page.person.id, codes: { kind: value.kind } })
    const area = await findArea(request.db, request.area)
    const { share, contact, help, ...rest } = value
    return reply.page(
      <PreviewRequest
        {...{ person: page.person, askedBy: request.actor.name, areaName: area?.name ?? '', asks: value.asks, share }}
        shared={rules.shownTo(page.record, value)}
        to={[value.organisation, contact, value.email].filter(Boolean).join(', ')}
        kind={rules.recipients[value.kind].label}
        buttons={rules.answerLabels(value.kind)}
        fields={{ ...rest, contact: contact ?? '', help: help ?? '' }}
      />,
    )
  })
  app.post('/people/:person/requests/changes', { ...edit, draft: 'request', form: asking }, async (request, reply) => {
    const page = await whose(request, request.params.person, 'edit')
    await request.act('request.changed', { person: page.person.id })
    return reply.page(<AskOutside {...page} {...asTyped(request.form.typed, [])} />)
  })
  app.post('/people/:person/requests', { ...edit, draft: 'request', form: asking }, async (request, reply) => {
    const { db, area, actor, now } = request
    const page = await whose(request, request.params.person, 'edit')
    const { problems, value, allowedBy } = await looked(request, page.person.id)
    if (!value || !allowedBy)
      return reply.code(422).page(<AskOutside {...page} {...asTyped(request.form.typed, problems)} />)
    const { id: asked, kind, organisation, contact, email: address, asks, share } = value
    const shared = rules.shownTo(page.record, value)
    const about = { area, id: asked, kind, organisation, contact, address, asks, shared, person: page.person.id }
    const row = { ...about, allowedBy, by: actor.membership, at: now }
    if (await saveRequest(db, row)) await sendLink(app, request, row)
    const codes = { kind, shared: share, allowedBy }
    await request.act('request.sent', { person: page.person.id, subject: asked, codes, vouchesFor: asks })
    request.flash(`The link ${await findGoing(db, area, now)}. Ring them with the code.`)
    return reply.redirect(`/requests/${asked}`)
  })
  app.post('/requests/:outside/link', { ...edit, form: { sent: optionalId() } }, async (request, reply) => {
    const { db, area, actor, params, form, now } = request
    const asked = await findRequest(db, actor, params.outside, 'edit')
    if (!asked || asked.kind === 'referrer' || asked.closed_at !== null) throw new NotFound()
    const takenBack = rules.takenBackAt(await listAnswers(db, area, asked.person), asked)
    if (takenBack) {
      const { person } = await whose(request, asked.person, 'edit')
      return reply.code(409).page(<NotSentAgain {...{ request: asked.id, person, takenBack }} />)
    }
    const seen = form.ok ? form.value.sent : null
    const since = await sentSince(db, { area, about: asked.id, kinds: [rules.requestKind] }, seen)
    if (since) {
      const words = `A new link was sent already, ${inWords(since.at, now)}, to the same address. No other was sent.`
      const to = `/requests/${asked.id}`
      return alreadySaved(request, reply, {
        page: 'request.opened',
        person: asked.person,
        subject: asked.id,
        to,
        words,
      })
    }
    await withdrawLinks(db, { area, person: asked.person, subject: asked.id, purpose, now })
    await sendLink(app, request, { ...asked, allowedBy: asked.allowed_by })
    await request.act('request.sent-again', { person: asked.person, subject: asked.id })
    request.flash(`A new link ${await findGoing(db, area, now)}, to the same address`)
    return reply.redirect(`/requests/${asked.id}`)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant }>
type Sending = Readonly<{ id: string; kind: rules.Kind; person: string; address: string; allowedBy: string }>

const purpose = 'request'

/** Writes to the recipient that they are asked something; what they are shown stands behind the link alone. */
async function sendLink({ settings }: App, { db, area, now }: Asking, asked: Sending): Promise<void> {
  const here = await findArea(db, area)
  const expiresAt = now.add({ hours: 24 * rules.requestDays })
  const link = `${settings.origin}${linkMark}`
  const facts = { area: here?.name ?? '', phone: here?.phone ?? null, day: dayOf(expiresAt), link }
  const words = await findWords(db, { area, template: rules.requestTemplate, format: 'email', facts })
  const { id: subject, person, address, allowedBy } = asked
  await sendMessage(db, {
    ...{ area, person, recipient: 'another', kind: rules.requestKind, channel: 'email', address, about: subject },
    ...words,
    ...{ allowedBy, link: { purpose, subject, expiresAt }, now },
  })
}

/** The form with the permission that it rests on, or what stands in its way. */
async function looked({ db, area, form }: Asking & { form: Form }, person: string) {
  if (!form.ok) return { problems: form.problems }
  const { kind, organisation: name, email } = form.value
  const recipient = rules.recipientOf(kind, name)
  const may = await mayDisclose(db, { area, person, recipient, purpose: 'summary' })
  const chosen = may.allowed ? rules.factProblems(may.facts, form.value.share, form.value.help) : []
  const problems = [...rules.permissionProblems(may), ...chosen, ...emailProblems(email)]
  return problems.length > 0 || !may.allowed ? { problems } : { problems, value: form.value, allowedBy: may.by }
}

function asTyped(typed: Typed, problems: readonly Problem[]) {
  return { typed, problems, id: [typed['id']].flat().at(-1) ?? newId() }
}

/** The person with what may be shown of them, and who has been agreed to. */
async function whose({ db, area, actor }: Asking, found: string, verb: 'open' | 'edit' = 'open') {
  const record = await findPerson(db, actor, found, verb)
  if (!record) throw new NotFound()
  const [means, permissions] = await Promise.all([listMeans(db, area, record.id), listPermissions(db, area, record.id)])
  const safe = means.filter((one) => one.safe && one.wanted && isConfirmed(one) && !hidesContact(record))
  const valueOf = (...of: string[]) => safe.find(({ kind }) => of.includes(kind))?.value
  const needs = record.access_needs.map((need) => labelIn(accessNeeds, need))
  const shown = { ...record, needs, phone: valueOf('mobile', 'telephone'), email: valueOf('email') }
  const person = { id: record.id, name: calledName(record), mayEdit: record.mayEdit }
  return { person, record: shown, values: rules.valuesOf(shown), agreed: rules.agreedOf(permissions) }
}

const answering = {
  id: id('Open the link again'),
  answer: optionalChoice(rules.answers),
  note: optionalText(4000),
  byName: text('Enter your name', 100),
}

/** What the parts of the product that answer for links need of the settings. */
export type Keeping = Readonly<{
  secret: string
  /** Whether nothing is asked, and whoever it went to only says that they have read it; a later stage knows. */
  isOnlyToBeRead: (db: Db, area: string, request: string) => Promise<boolean>
}>

/** What a link of the purpose `request` opens: the code first, then the request with its answers. */
export function answeringRequest({ secret, isOnlyToBeRead }: Keeping): LinkPurpose {
  const find = async (visit: LinkVisit, link: Link) => {
    const asked = await askedBehind(visit, link)
    const isNews = await isOnlyToBeRead(visit.db, visit.area, asked.found.id)
    return { ...asked, answers: isNews ? rules.readAnswers : rules.answersOf[rules.recipientKind(asked.found.kind)] }
  }
  return behindCode({
    ...{ title: 'Answering a question about somebody', secret, find, answered },
    page: (showing) => <AnswerRequest {...shownBehind(showing)} {...blank} />,
    took: ({ db, area }, { id: said }) => hasAnswer(db, area, said),
  })
}

type Asked = Awaited<ReturnType<typeof askedBehind>> & Readonly<{ answers: AnswerProps['answers'] }>

async function askedBehind({ db, area, params }: LinkVisit, link: Link) {
  const [found, here] = await Promise.all([findAsked(db, link), findArea(db, area)])
  if (!found) throw new NotFound()
  const by = { areaName: here?.name ?? '', askedBy: found.askedBy ?? here?.name ?? '' }
  return { found, at: `/l/${params.link}`, codeOf: found.id, ...by }
}

/** What the page behind the code shows, and carries on with it. */
function shownBehind({ request: { now }, link, asked: { found, codeOf: _, ...asked }, secret }: Showing<Asked>) {
  const fields = { [proofField]: proofOf({ secret, link, now }), id: newId() }
  const before = found.answer === null ? undefined : (asked.answers[found.answer] ?? rules.answers[found.answer]).label
  const { asks, shared } = found
  return { ...asked, asks, shared, fields, before }
}

async function answered({ reply, ...showing }: Showing<Asked> & { reply: Answer }) {
  const { request, link, asked } = showing
  const shown = shownBehind(showing)
  const { typed } = request.form
  const read = check(answering, typed)
  const answer = read.ok ? read.value.answer : null
  if (!read.ok || answer === null || !(answer in shown.answers)) {
    const missing = [{ field: 'note', message: 'Select one of the answers below' }]
    return reply.code(422).page(<AnswerRequest {...shown} typed={typed} problems={read.ok ? missing : read.problems} />)
  }
  const { person, id: subject } = asked.found
  const { note } = read.value
  const said = { ...read.value, answer, area: link.area, request: subject, at: request.now }
  if (await saveAnswer(request.db, said))
    await request.act('request.answered', { person, subject, codes: { answer }, vouchesFor: note ?? '' })
  return reply.page(<Answered askedBy={asked.askedBy} />)
}
