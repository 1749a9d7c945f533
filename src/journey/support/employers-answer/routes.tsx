import { type Actor, careRoles } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import {
  check,
  choice,
  id,
  optionalChoice,
  optionalDay,
  optionalText,
  text,
  type ValueOf,
} from '#platform/form/fields.ts'
import { blank, type Checked, type Problem } from '#platform/form/rules.ts'
import type { Answer } from '#platform/http/answer.ts'
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
import { findArea, findGoing } from '#registers/areas/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { nobodyThere } from '#journey/support/employer/rules.ts'
import { requestKind, requestTemplate } from '#journey/request/rules.ts'
import * as rules from '#journey/support/three-way/rules.ts'
import { findOpenAt, findProposal, findWhyUnsaid, hasReply, markSent } from '#journey/support/three-way/store.ts'
import { AnswerByLink, AnswersSent, Preview, RecordAnswer } from './pages/answer.tsx'
import { answerProblems, answersIn, type Given } from './rules.ts'
import { findSeenAtWork, findWhyNotSent, keepReply } from './store.ts'

const opening = { who: careRoles, verb: 'open', reads: 'record' } as const
const editing = { who: careRoles, verb: 'edit' } as const

const places = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const
type Place = (typeof places)[number]
const answer = () => optionalChoice(rules.answers)
const from = () => optionalDay()
const words = () => optionalText(300)
type PointFields = Readonly<
  Record<`answer${Place}`, ReturnType<typeof answer>> &
    Record<`from${Place}`, ReturnType<typeof from>> &
    Record<`${'instead' | 'why'}${Place}`, ReturnType<typeof words>>
>

// Checked: one entry of each name for each place.
const pointFields = Object.fromEntries(
  places.flatMap((place) => [
    ...[[`answer${place}`, answer()] as const, [`from${place}`, from()] as const],
    ...[[`instead${place}`, words()] as const, [`why${place}`, words()] as const],
  ]),
) as unknown as PointFields
const answering = {
  id: id('Open this page again'),
  note: optionalText(2000),
  byName: text('Enter your name and what you do', 120),
  ...pointFields,
}
const recording = { ...answering, how: choice(rules.waysAnswered, 'Select how they answered') }

/** What was filled in at a place; nothing where there is no such place. */
const givenIn =
  (value: ValueOf<PointFields>) =>
  (at: number): Given => {
    const place = places.find((one) => one === at)
    if (place === undefined) return { answer: null, from: null, instead: null, why: null }
    const parts = { instead: value[`instead${place}`], why: value[`why${place}`] }
    return { answer: value[`answer${place}`], from: value[`from${place}`], ...parts }
  }

/** Everything that is wrong with an answer at once, in the order of the page. */
function problemsIn(points: readonly rules.Point[], form: Checked<ValueOf<PointFields>>): Problem[] {
  const unread = new Set(form.problems.map(({ field }) => field))
  const isRead = ([name]: readonly [string, unknown]) => !unread.has(name.replace(/-(day|month|year)$/, ''))
  const read = check(pointFields, Object.fromEntries(Object.entries(form.typed).filter(isRead)))
  const missing = read.ok ? answerProblems(points, givenIn(read.value)) : []
  const all = [...form.problems, ...missing.filter(({ field }) => !unread.has(field))]
  const ofPoints = points.flatMap(({ place }) => ['answer', 'from', 'instead', 'why'].map((part) => `${part}${place}`))
  const inOrder = [...ofPoints, 'note', 'byName', 'how', 'id']
  return all.toSorted((one, other) => inOrder.indexOf(one.field) - inOrder.indexOf(other.field))
}

const toWriteDown = 'Write down what they answer.'

/** What an employer is shown before it goes, sending it, and writing down what they said by phone or in person. */
export async function employersAnswerRoutes(app: App): Promise<void> {
  app.get('/three-way/:proposal/preview', opening, async (request, reply) => {
    const { proposal, mayEdit } = await proposalFor(request, 'open')
    const seen = await findSeenAtWork(request.db, request.area, proposal)
    await request.read('three-way.preview', { person: proposal.person, subject: proposal.id })
    return reply.page(
      <Preview {...seen} {...{ mayEdit, problem: await findWhyNotSent(request.db, request.area, proposal) }} />,
    )
  })
  app.post('/three-way/:proposal/sending', editing, async (request, reply) => {
    const { db, area, actor, now: at } = request
    const { proposal } = await proposalFor(request, 'edit')
    if ((await findWhyNotSent(db, area, proposal)) !== undefined) {
      await request.read('three-way.preview', { person: proposal.person, subject: proposal.id })
      return reply.redirect(`/three-way/${proposal.id}/preview`, 303)
    }
    await withdrawLinks(db, { area, subject: proposal.workplace, purpose: rules.threeWayPurpose, now: at })
    await markSent(db, { area, by: actor.membership, at }, proposal)
    if (proposal.address !== null) await sendLink(app, request, { ...proposal, address: proposal.address })
    await request.act('three-way.sent', { person: proposal.person, subject: proposal.id })
    const going = `The link ${await findGoing(db, area, at)}. Ring them with the code.`
    request.flash(proposal.address === null ? toWriteDown : going)
    return reply.redirect(`/three-way/${proposal.id}`, 303)
  })
  recordingRoutes(app)
}

function recordingRoutes(app: App): void {
  const rule = { ...editing, draft: 'employers-answer' } as const
  app.get('/three-way/:proposal/answer', { ...rule, reads: 'record' }, async (request, reply) => {
    const { proposal } = await proposalFor(request, 'edit')
    const { name } = await findSeenAtWork(request.db, request.area, proposal)
    await request.read('three-way.form', { person: proposal.person, subject: proposal.id })
    return reply.page(<RecordAnswer {...{ proposal, name }} {...again(request.form)} />)
  })
  app.post('/three-way/:proposal/answer', { ...rule, form: recording }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { proposal } = await proposalFor(request, 'edit')
    const { name } = await findSeenAtWork(request.db, request.area, proposal)
    const points = rules.pointsOf(proposal)
    // What never went may not be told by phone either where it may not go; what they answered to what went stands.
    const why = proposal.sentAt === null ? await findWhyNotSent(db, area, proposal) : undefined
    const untold = why === undefined ? [] : [{ field: 'how', message: `${why}. They were told nothing of it here` }]
    const problems = [...problemsIn(points, form), ...untold]
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<RecordAnswer {...{ proposal, name }} {...again({ ...form, problems })} />)
    const { id: saved, how, byName, note } = form.value
    const said = { id: saved, how, byName, note, answers: answersIn(points, givenIn(form.value)), at }
    await markSent(db, { area, by: actor.membership, at }, proposal)
    await keepReply(db, proposal, { ...said, area, by: actor.membership })
    const codes = { how, answers: said.answers.map((one) => one.answer) }
    const about = { person: proposal.person, subject: proposal.id }
    await request.act('three-way.recorded', { ...about, codes, vouchesFor: byName })
    request.flash('Written down. What they agreed or declined stands on the adjustments.')
    return reply.redirect(`/three-way/${proposal.id}`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant }>

async function proposalFor(
  { db, area, actor, params }: Asking & { params: { proposal: string } },
  verb: 'open' | 'edit',
) {
  const proposal = await findProposal(db, area, params.proposal)
  const found = proposal && (await findEpisode(db, actor, proposal.episode, verb))
  const person = found && (await findPerson(db, actor, found.person, verb))
  if (!proposal || !person) throw new NotFound()
  return { proposal, mayEdit: person.mayEdit }
}

/** Why what went to them may not be read any more; undefined where it may. */
async function whyNot({ db, area }: Pick<Asking, 'db' | 'area'>, proposal: rules.Proposal) {
  return proposal.closedAt === null ? findWhyUnsaid(db, area, proposal) : nobodyThere
}

/** Writes to the employer that they are asked something; what they are shown stands behind the link alone. */
async function sendLink({ settings }: App, { db, area, now }: Asking, to: rules.Proposal & { address: string }) {
  const here = await findArea(db, area)
  const expiresAt = now.add({ hours: 24 * rules.linkDays })
  const link = `${settings.origin}${linkMark}`
  const facts = { area: here?.name ?? '', phone: here?.phone ?? null, day: dayOf(expiresAt), link }
  const said = await findWords(db, { area, template: requestTemplate, format: 'email', facts })
  const { id: about, workplace: subject, person, address, allowedBy } = to
  await sendMessage(db, {
    ...{ area, person, recipient: 'another', kind: requestKind, channel: 'email', address, about, ...said },
    ...{ allowedBy, link: { purpose: rules.threeWayPurpose, subject, expiresAt }, now },
  })
}

/** What a link opens by which an employer answers: the code first, then what is put to them. */
export function answeringThreeWay({ secret }: Readonly<{ secret: string }>): LinkPurpose {
  return behindCode({
    ...{ title: 'Answering what is asked for at work', secret, find: askedBehind, answered },
    page: (showing) => <AnswerByLink {...shownBehind(showing)} {...blank} />,
    took: ({ db, area }, { id: said }) => hasReply(db, area, said),
  })
}

/** Whether such a link still opens: what it shows may still be said. Asked each time, also for a new one in its place. */
export async function mayOpenThreeWay(db: Db, { area, subject, person }: Link): Promise<boolean> {
  const proposal = subject && person ? await findOpenAt(db, area, { workplace: subject, person }) : undefined
  return proposal !== undefined && (await whyNot({ db, area }, proposal)) === undefined
}

type Asked = Awaited<ReturnType<typeof askedBehind>>

async function askedBehind({ db, area, params }: LinkVisit, { subject, person }: Link) {
  const proposal = subject && person ? await findOpenAt(db, area, { workplace: subject, person }) : undefined
  if (!proposal) throw new NotFound()
  return { ...(await findSeenAtWork(db, area, proposal)), at: `/l/${params.link}`, codeOf: proposal.id }
}

function shownBehind({ request: { now }, link, asked: { codeOf: _, ...seen }, secret }: Showing<Asked>) {
  return { ...seen, fields: { [proofField]: proofOf({ secret, link, now }), id: newId() } }
}

async function answered({ reply, ...showing }: Showing<Asked> & { reply: Answer }) {
  const { request, link, asked } = showing
  const { proposal, askedBy } = asked
  const { typed } = request.form
  const read = check(answering, typed)
  const points = rules.pointsOf(proposal)
  // What was opened by the code alone is shown once more, and nothing of it is wrong yet.
  const problems = problemsIn(points, read)
  if (!read.ok || problems.length > 0)
    return reply.code(422).page(<AnswerByLink {...shownBehind(showing)} {...{ problems, typed }} />)
  const { id: saved, byName, note } = read.value
  const answers = answersIn(points, givenIn(read.value))
  const said = { id: saved, how: 'link', byName, note, answers, at: request.now } as const
  const codes = { answers: answers.map((one) => one.answer) }
  if (await keepReply(request.db, proposal, { ...said, area: link.area, by: null }))
    await request.act('three-way.answered', {
      ...{ person: proposal.person, subject: proposal.id },
      codes,
      vouchesFor: byName,
    })
  return reply.page(<AnswersSent {...{ proposal, askedBy }} reply={{ ...said, number: 0, read: false }} />)
}
