import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { check, day, id, optionalChoice, optionalText, text } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { Answer as Reply, Outcome } from '#platform/http/answer.ts'
import type { App, Visit } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { failLink } from '#platform/link/links.ts'
import { isProven, proofField, proofOf } from '#platform/link/proof.ts'
import type { LinkPurpose, LinkVisit } from '#platform/link/routes.tsx'
import { type Link, triesLeft } from '#platform/link/rules.ts'
import { hasAgreedToTakePart } from '#registers/permissions/store.ts'
import { fingerprint, reasonsNotToAgree } from '#journey/agreement/rules.ts'
import { type agreePlan, type holdPlan, listAgreements } from '#journey/agreement/store.ts'
import { type Content, contentOf } from '#journey/plan/rules.ts'
import { findPlan } from '#journey/plan/store.ts'
import { answers, isOpen, mostWords } from '#journey/plan-offer/rules.ts'
import { findAnswer, findReadBefore, hasAnswer, saveAnswer } from '#journey/plan-offer/store.ts'
import { AnswerPlan, Answered, type At, NothingToAnswer, type nothings, Prove } from './pages/answer.tsx'
import { readPlan, type ReadPlan } from './rules.ts'
import { findOffered, type Offered } from './store.ts'

/** How an agreement is kept, which is for an earlier stage to say: the start hands it in. */
export type Agree = Readonly<{ hold: typeof holdPlan; keep: typeof agreePlan }>

const fields = {
  id: id('Open this page again'),
  read: text('Open this page again', 5000),
  answer: optionalChoice(answers),
  words: optionalText(mostWords),
}

const path = '/my/plan/offer'
const ownAt: At = { action: path, fields: {}, own: true }

/** A participant who has signed in reads the plan they were sent, and answers. */
export function planAnswerRoutes(agree: Agree): (app: App) => Promise<void> {
  return async (app) => {
    const rule = { who: 'participant', draft: 'plan-answer' } as const
    app.get(path, { ...rule, reads: 'record' }, async (request, reply) => {
      const offered = await findOffered(request.db, request.me)
      await request.read('participant.plan', offered ? { subject: offered.id } : {})
      return show(request, reply, { offered, at: ownAt, state: request.form })
    })
    app.post(path, rule, async (request, reply) => {
      const offered = await findOffered(request.db, request.me)
      return answer(request, reply, { offered, at: ownAt, agree })
    })
  }
}

/** What a link to a plan opens: the plan, to whoever knows when its person was born. */
export function planByLink(agree: Agree, { secret }: Readonly<{ secret: string }>): LinkPurpose {
  return {
    title: 'Reading and answering your plan',
    took: ({ db, area }, { id: said }) => hasAnswer(db, area, said),
    show: async (request, reply, link) => {
      await behind(request, link)
      return reply.page(<Prove {...blank} at={linkAt(request)} left={triesLeft(link)} />)
    },
    answer: async (request, reply, link) => {
      const offered = await behind(request, link)
      const { typed } = request.form
      if (hasProven(request, link, secret))
        return answer(request, reply, { offered, agree, at: proven(request, link, secret) })
      const said = check({ bornOn: day('Enter when you were born') }, typed)
      if (said.ok && said.value.bornOn.equals(offered.bornOn))
        return show(request, reply, { offered, at: proven(request, link, secret), state: blank })
      if (said.ok) await failLink(request.db, link)
      const wrong = [{ field: 'bornOn', message: 'This is not the date that we have. Check it, or ring us' }]
      const left = triesLeft({ failed: link.failed + (said.ok ? 1 : 0) })
      const state = { typed, problems: said.ok ? wrong : said.problems }
      return reply.code(422).page(<Prove {...state} at={linkAt(request)} left={left} />)
    },
  }
}

const linkAt = ({ params }: LinkVisit): At => ({ action: `/l/${params.link}`, fields: {}, own: false })

function hasProven({ form, now }: LinkVisit, link: Link, secret: string): boolean {
  const carried = check({ proof: optionalText(100) }, form.typed)
  return carried.ok && isProven({ secret, link, now }, carried.value.proof)
}

function proven(request: LinkVisit, link: Link, secret: string): At {
  return { ...linkAt(request), fields: { [proofField]: proofOf({ secret, link, now: request.now }) } }
}

async function behind({ db, area }: LinkVisit, { person, subject }: Link): Promise<Offered> {
  const offered = person && subject ? await findOffered(db, { area, person, offer: subject }) : undefined
  if (!offered) throw new NotFound()
  return offered
}

type Asking = Readonly<{ db: Db; area: string; now: Temporal.Instant; today: Temporal.PlainDate }> &
  Pick<Visit<'/my', Record<never, never>, Record<never, never>>, 'form' | 'act' | 'flash'>

type Shown = Readonly<{ offered: Offered | undefined; at: At; state: FormState; changedMeanwhile?: boolean }>

async function show(
  asking: Asking,
  reply: Reply,
  { offered, at, state, changedMeanwhile = false }: Shown,
): Promise<Outcome> {
  const found = await toAnswer(asking, offered)
  if ('why' in found) return reply.page(<NothingToAnswer at={at} why={found.why} />)
  const { plan, read, until } = found
  const last = await findAnswer(asking.db, asking.area, found.offered.id)
  const talk = last?.answer === 'talk' ? { words: last.words } : undefined
  const around = { at, plan, read, until, talk, changedMeanwhile, today: asking.today }
  return reply.page(<AnswerPlan {...state} {...around} id={idIn(state.typed)} />)
}

type ToAnswer =
  | Readonly<{ why: keyof typeof nothings }>
  | Readonly<{
      offered: Offered
      plan: ReadPlan
      content: Content
      read: string
      until: Temporal.PlainDate
      number: number
    }>

/** The plan as it would be agreed now, or why there is nothing to answer. */
async function toAnswer({ db, area, now }: Asking, offered: Offered | undefined): Promise<ToAnswer> {
  if (!offered) return { why: 'none' }
  if (offered.agreedSince) return { why: 'agreed' }
  if (!isOpen(offered, now)) return { why: 'over' }
  const [{ plan, goals }, agreed, takesPart, readBefore] = await Promise.all([
    findPlan(db, area, offered.episode),
    listAgreements(db, area, offered.episode),
    hasAgreedToTakePart(db, area, offered.person),
    findReadBefore(db, area, offered.episode),
  ])
  const newest = agreed[0]?.content
  const reasons = reasonsNotToAgree({ stage: offered.stage, takesPart, plan, goals, newest })
  if (reasons.length > 0 || !plan) return { why: 'unready' }
  const content = contentOf(plan, goals)
  const shown = {
    plan: readPlan(newest, content, readBefore),
    read: fingerprint(plan, goals),
    until: dayOf(offered.expiresAt),
  }
  return { ...shown, offered, content, number: (agreed[0]?.number ?? 0) + 1 }
}

type Answering = Readonly<{ offered: Offered | undefined; at: At; agree: Agree }>

const neither = { field: 'words', message: 'Choose “I agree with this plan” or “I want to talk about it first”' }

/** Keeps what the person said of the plan that they read; one that was changed meanwhile is read again first. */
async function answer(asking: Asking, reply: Reply, { offered, at, agree }: Answering): Promise<Outcome> {
  const { db, area, now } = asking
  if (offered) await agree.hold(db, area, offered.episode)
  const form = check(fields, asking.form.typed)
  const found = await toAnswer(asking, offered)
  if ('why' in found) {
    await asking.act('plan.answered-late', { ...(offered ? { subject: offered.id } : {}), codes: { why: found.why } })
    return reply.page(<NothingToAnswer at={at} why={found.why} />)
  }
  const again = { offered, at }
  if (!form.ok) return show(asking, reply.code(422), { ...again, state: form })
  const { id: said, read, answer: given, words } = form.value
  if (given === null) return show(asking, reply.code(422), { ...again, state: { ...form, problems: [neither] } })
  if (read !== found.read) return show(asking, reply.code(409), { ...again, state: form, changedMeanwhile: true })
  const way = at.own ? ('own-space' as const) : ('link' as const)
  const row = { area, id: said, offer: found.offered.id, answer: given, words, way, content: found.content, at: now }
  if (await saveAnswer(db, row)) await keep(asking, found, { ...row, agree })
  else await asking.act('plan.answered-before', { person: found.offered.person, subject: said })
  return reply.page(<Answered at={at} answer={given} />)
}

type Kept = Readonly<{
  id: string
  answer: keyof typeof answers
  words: string | null
  way: 'link' | 'own-space'
  agree: Agree
}>

async function keep({ db, area, now, today, act }: Asking, found: Exclude<ToAnswer, { why: string }>, kept: Kept) {
  const { offered, content, number } = found
  const { person } = offered
  const said = kept.words === null ? {} : { vouchesFor: kept.words }
  await act('plan.answered', { person, subject: kept.id, codes: { answer: kept.answer, way: kept.way }, ...said })
  if (kept.answer !== 'agreed') return
  const episode = { ...offered, id: offered.episode }
  const id = newId()
  const given = { area, id, episode, content, number, on: today, how: kept.way, by: null, now }
  const codes = await kept.agree.keep(db, given)
  await act('plan.agreed', { person, subject: id, codes, vouchesFor: JSON.stringify(content) })
}

const idIn = ({ id: given }: Typed): string => [given].flat().at(-1) || newId()
