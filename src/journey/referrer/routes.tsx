import { type Actor, ofServices } from '#platform/access/rules.ts'
import {
  check,
  choice,
  day,
  id,
  optionalChoice,
  optionalId,
  optionalText,
  optionalWholeNumber,
  text,
} from '#platform/form/fields.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { Answer } from '#platform/http/answer.ts'
import type { App, SignedIn, Visit as Any } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { failLink, issueLink } from '#platform/link/links.ts'
import { isProven, proofField, proofOf } from '#platform/link/proof.ts'
import type { LinkPurpose, LinkVisit } from '#platform/link/routes.tsx'
import { type Link, triesLeft } from '#platform/link/rules.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import type { saveAnswer } from '#journey/request/store.ts'
import { listQuestions } from '#journey/request/store.ts'
import type { saveWithdrawal } from '#journey/withdrawal/store.ts'
import { OwnReferrals } from './pages/list.tsx'
import { OwnReferral, type OwnProps, type Way } from './pages/own.tsx'
import { ProveIt, TakeBackPage } from './pages/prove.tsx'
import { isClosed, type Narrowed, routeFor, shows, standings, whole } from './rules.ts'
import { findBehindLink, findOwn, findReferring, listOwn, listTold, type Own } from './store.ts'

/** What is kept of whoever referred by the stages that know what to do with it. */
export type Keeps = Readonly<{ saveAnswer: typeof saveAnswer; saveWithdrawal: typeof saveWithdrawal }>

const answerFields = { question: id('Open this page again'), note: text('Enter your answer', 2000) }
const noteField = { note: optionalText(2000) }
const doings = { see: {}, answer: {}, withdrawing: {}, withdraw: {} } as const

type Visit = Pick<LinkVisit, 'db' | 'area' | 'now' | 'act' | 'form'>

/** A referral, and whether the link to it was closed: then nothing is shown but what its holder knows anyhow. */
type Seen = Readonly<{ own: Own; closed: boolean }>

async function listOpenQuestions({ db, area }: Pick<Visit, 'db' | 'area'>, { own, closed }: Seen) {
  const asked = await listQuestions(db, area, own.id)
  return closed ? [] : asked.filter(({ closed_at, note }) => closed_at === null || note !== null)
}

async function shownOf(request: Pick<Visit, 'db' | 'area' | 'now'>, seen: Seen) {
  const { own, closed } = seen
  // Asked also where nothing is shown of it: a page that comes sooner would tell that the link was closed.
  const [news, questions] = await Promise.all([
    listTold(request.db, request.area, own, request.now),
    listOpenQuestions(request, seen),
  ])
  const told = closed ? [] : news
  const { reference, received_on: receivedOn, withdrawn_at, route } = own
  return { reference, receivedOn, told, questions, withdrawn: withdrawn_at !== null, closed: isClosed(route) }
}

/** Takes what whoever referred answers to a question; the problems where there is nothing to take. */
async function takeAnswer(keeps: Keeps, { db, area, now, act, form }: Visit, seen: Seen): Promise<readonly Problem[]> {
  const read = check(answerFields, form.typed)
  if (!read.ok) return read.problems
  const { question: request, note } = read.value
  const asked = (await listOpenQuestions({ db, area }, seen)).find((one) => one.id === request)
  // Sent twice, or the same from a second tab: it has arrived.
  if (asked?.note === note) return []
  if (asked?.note !== null)
    return [{ field: 'note', message: 'This question has been answered, or is not asked any more' }]
  const said = { area, id: newId(), request, answer: 'told', note, byName: null, at: now } as const
  await keeps.saveAnswer(db, said)
  await act('question.answered', { person: seen.own.person, subject: request, vouchesFor: note })
  return []
}

type By = Readonly<{ own: Own; by: string | null }>

/** Takes the referral back, once. */
async function takeBack(
  keeps: Keeps,
  { db, area, now, act, form }: Visit,
  { own, by }: By,
): Promise<readonly Problem[]> {
  const read = check(noteField, form.typed)
  if (!read.ok) return read.problems
  const { note } = read.value
  if (await keeps.saveWithdrawal(db, { area, referral: own.id, note, by, at: now }))
    await act('referral.taken-back', { person: own.person, subject: own.id, vouchesFor: note ?? '' })
  return []
}

const thanks = {
  answer: 'Thank you. Your answer has reached the team.',
  withdraw: 'You have taken the referral back. The team knows.',
} as const

/** Our secret, and whether nothing but the arrival is told whatever was switched on. */
type Settings = Readonly<{ secret: string; onlyReceived?: boolean }>

/** What a link of the purpose `referral` opens: the referral, to whoever knows when the person was born. */
export function ownReferral(keeps: Keeps, { secret, onlyReceived = false }: Settings): LinkPurpose {
  return {
    title: 'Seeing your referral',
    opensClosed: true,
    known: {
      needed: 'the date of birth of the person you referred',
      reference: async (db, link) => (await findBehindLink(db, link, dayOf(link.issuedAt)))?.reference,
    },
    show: async ({ db, today, params }, reply, link) => {
      const { reference, received_on: receivedOn } = await behind(db, link, today)
      return reply.page(
        <ProveIt {...{ reference, receivedOn, left: triesLeft(link) }} at={`/l/${params.link}`} {...blank} />,
      )
    },
    answer: async (request, reply, link) => {
      const own = await behind(request.db, link, request.today)
      const seen = { own, closed: link.closed || onlyReceived }
      if (!(await hasProven(request, link, { own, secret }))) return askAgain(request, reply, { own, link })
      const read = check({ do: choice(doings, 'Choose what to do') }, request.form.typed)
      return proven(keeps, request, reply, { seen, link, secret, what: read.ok ? read.value.do : 'see' })
    },
  }
}

async function behind(db: Db, link: Link, on: Temporal.PlainDate): Promise<Own> {
  const own = await findBehindLink(db, link, on)
  if (!own) throw new NotFound()
  return own
}

type Proving = Readonly<{ own: Own; secret: string }>

async function hasProven({ form, now }: LinkVisit, link: Link, { own, secret }: Proving): Promise<boolean> {
  const carried = check({ proof: optionalText(100) }, form.typed)
  if (carried.ok && isProven({ secret, link, now }, carried.value.proof)) return true
  const said = check({ bornOn: day('Enter the date of birth') }, form.typed)
  return said.ok && said.value.bornOn.equals(own.born_on)
}

async function askAgain({ db, form, params }: LinkVisit, reply: Answer, { own, link }: { own: Own; link: Link }) {
  const said = check({ bornOn: day('Enter the date of birth') }, form.typed)
  if (said.ok) await failLink(db, link)
  const wrong = 'This is not the date of birth in the referral. Check it, or ring us'
  const problems = said.ok ? [{ field: 'bornOn', message: wrong }] : said.problems
  const left = triesLeft({ failed: link.failed + (said.ok ? 1 : 0) })
  const { reference, received_on: receivedOn } = own
  return reply
    .code(422)
    .page(<ProveIt {...{ reference, receivedOn, left, problems }} at={`/l/${params.link}`} typed={form.typed} />)
}

type Proven = Readonly<{ seen: Seen; secret: string; link: Link; what: keyof typeof doings }>

/** Does what a form behind the link asks for, and shows the referral again. */
async function proven(keeps: Keeps, request: LinkVisit, reply: Answer, { seen, link, secret, what }: Proven) {
  const { typed } = request.form
  const proof = proofOf({ secret, link, now: request.now })
  const way: Way = { action: `/l/${request.params.link}`, fields: { [proofField]: proof } }
  const page = async (said: Said, of: Seen = seen) =>
    reply.page(<OwnReferral {...await shownOf(request, of)} answer={way} withdraw={way} {...said} />)
  const takingBack = { reference: seen.own.reference, withdraw: way, back: way }
  if (what === 'see') return page(blank)
  if (what === 'withdrawing') return reply.page(<TakeBackPage {...takingBack} {...blank} />)
  if (what === 'answer') {
    const problems = await takeAnswer(keeps, request, seen)
    if (problems.length === 0) return page({ ...blank, done: thanks.answer })
    return reply
      .code(422)
      .page(<OwnReferral {...await shownOf(request, seen)} answer={way} withdraw={way} {...{ typed, problems }} />)
  }
  const problems = await takeBack(keeps, request, { own: seen.own, by: null })
  if (problems.length > 0) return reply.code(422).page(<TakeBackPage {...takingBack} {...{ typed, problems }} />)
  return page({ ...blank, done: thanks.withdraw }, { ...seen, own: { ...seen.own, withdrawn_at: request.now } })
}

type Said = Pick<OwnProps, 'typed' | 'problems'> & Readonly<{ done?: string }>

const referrers = ['referrer', 'jobcentre-partner', ...ofServices] as const
const narrowing = { shows: optionalChoice(shows), state: optionalChoice(standings), by: optionalId() }
const query = { ...narrowing, page: optionalWholeNumber(1, 10_000) }
const looking = { ...query, search: optionalText(100) }

/** The referrals of an organisation whose members have accounts: each opens by a link of its own, like any other. */
export async function referrerRoutes(app: App): Promise<void> {
  app.get('/my-referrals', { who: referrers, reads: 'list', query }, async (request, reply) =>
    reply.page(<OwnReferrals {...await listed(request, { ...request.query, search: null })} {...blank} />),
  )

  // A search may be for somebody's name, and so is sent and never part of an address.
  app.post('/my-referrals', { who: referrers, reads: 'list', form: looking }, async (request, reply) => {
    const { form } = request
    const shown = await listed(request, form.ok ? form.value : { ...whole, page: null, search: null })
    return reply.code(form.ok ? 200 : 422).page(<OwnReferrals {...shown} typed={form.typed} problems={form.problems} />)
  })

  app.post('/my-referrals/:referral/opening', { who: referrers }, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const referring = await findReferring(db, actor)
    const own = await findOwn(db, actor, referring, params.referral)
    if (!own) throw new NotFound()
    const { id: subject, person } = own
    // Who chose another answer on the form than the one that is theirs is told what theirs are told.
    const purpose = isClosedFor(actor, referring.kind) && !isClosed(own.chosen) ? 'referral-received' : 'referral'
    const link = { area, purpose, person, subject, allowedBy: 'received', by: actor.membership }
    const path = await issueLink(db, { ...link, now, expiresAt: now.add({ hours: 1 }) })
    await request.act('referrer.link-taken', { person, subject })
    return reply.redirect(path)
  })
}

type Asking = SignedIn<Pick<Any<'/', Record<never, never>, Record<never, never>>, 'db' | 'area' | 'now' | 'read'>>
type Wanted = Narrowed & Readonly<{ page: number | null; search: string | null }>

/** A page of what the organisation has referred, as it is told of it. */
async function listed({ db, area, actor, now, read }: Asking, { page, search, ...wanted }: Wanted) {
  const referring = await findReferring(db, actor)
  const closed = isClosedFor(actor, referring.kind)
  const narrowed = { ...wanted, state: closed ? null : wanted.state }
  const found = await listOwn(db, actor, referring, { ...narrowed, search, page: page ?? 1, closed, now })
  await read('referrer.list', { codes: { shown: found.rows.map((row) => row.id) } })
  return { ...found, area, closed, search, narrowed, members: referring.members, organisation: actor.organisationName }
}

const isClosedFor = ({ role }: Actor, kind: OrganisationKind) =>
  role === 'jobcentre-partner' || isClosed(routeFor(kind, 'gp'))
