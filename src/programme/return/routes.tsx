import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, monthInWords } from '#platform/dates.ts'
import { mustTick, optionalText, text } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { lastDayOf, monthFrom } from '#programme/counting/rules.ts'
import type { Returned } from '#programme/release/rules.ts'
import { countErased } from '#journey/erasure/store.ts'
import { findSettings } from '#registers/areas/store.ts'
import { Return, type ReturnProps } from './pages/return.tsx'
import {
  checkingOf,
  mayAsk,
  maySign,
  problemsWithSigning,
  reasonsNotToSign,
  seesBeforeSigning,
  standsInside,
  type Version,
} from './rules.ts'
import {
  countReturn,
  findDigest,
  findQuestion,
  listQuestions,
  listVersions,
  saveAnswer,
  saveQuestion,
  saveSignature,
} from './store.ts'

const readers = ['area-lead', 'council-lead', 'national-team', 'evaluator'] as const

type Asking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate }>
type Month = Temporal.PlainYearMonth
type Found = Readonly<{
  versions: readonly Version[]
  now: Returned | undefined
  props: Omit<ReturnProps, keyof FormState>
}>

/** A month's return: signing it, signing it again with a reason, asking about it and answering. */
export async function returnRoutes(app: App): Promise<void> {
  const query = { month: optionalText(7) }
  app.get('/monitoring/return', { who: readers, verb: 'list', query }, async (request, reply) => {
    const { props } = await found(request, monthAsked(request.query.month, request.today))
    return reply.page(<Return {...props} {...blank} />)
  })
  signatureRoute(app)
  questionRoutes(app)
}

function monthAsked(asked: string | null, today: Temporal.PlainDate): Month {
  const month = monthFrom(asked, today)
  if (!month) throw new NotFound()
  return month
}

/** Everything the page of a return shows to this reader. */
async function found({ db, actor, today }: Asking, month: Month): Promise<Found> {
  const { area, role } = actor
  const [versions, questions, settings, then] = await Promise.all([
    listVersions(db, area, month),
    listQuestions(db, area, month),
    findSettings(db, area, today),
    findSettings(db, area, lastDayOf(month)),
  ])
  const now = seesBeforeSigning(role, settings) ? await countReturn(db, actor, month, today) : undefined
  const below = standsInside(role, settings) ? 0 : then.hideBelow
  const newest = versions.at(-1)
  const erased = newest ? await countErased(db, area, { month, since: newest.signedAt }) : 0
  const signs = { digest: now ? findDigest(now) : '', reasons: reasonsNotToSign(month, today), clash: false }
  const props = {
    ...{ areaName: actor.areaName, month: { value: month.toString(), label: monthInWords(month) } },
    versions: versions.map(({ figures, signedAt, ...version }) => ({
      ...{ ...version, on: dayOf(signedAt), whole: findDigest(figures) === version.digest },
    })),
    checking: now && checkingOf({ now, signed: newest?.figures, erased, below }),
    signs: now && maySign(role) ? signs : undefined,
    questions: questions.map(({ asked_at, answered_at, ...question }) => ({
      ...{ ...question, askedOn: dayOf(asked_at), answeredOn: answered_at && dayOf(answered_at) },
    })),
    ...{ mayAsk: mayAsk(role), mayAnswer: maySign(role) },
  }
  return { versions, now, props }
}

const signatureForm = {
  looked: mustTick('Tick that you have looked at the figures'),
  digest: text('Open this page again', 64),
  reason: optionalText(500),
}

function signatureRoute(app: App): void {
  app.post(
    '/monitoring/return/:month/signature',
    { who: ['area-lead'], form: signatureForm },
    async (request, reply) => {
      const { db, area, actor, form, now: at, params, today } = request
      const month = monthAsked(params.month, today)
      const { versions, now, props } = await found(request, month)
      if (!now || !props.signs) throw new NotFound()
      if (!form.ok) return reply.code(422).page(<Return {...props} {...form} />)
      const { digest, reason } = form.value
      const problems = problemsWithSigning({ reasons: props.signs.reasons, versions, now, reason })
      if (problems.length > 0) return reply.code(422).page(<Return {...props} typed={form.typed} problems={problems} />)
      const clash = { ...props, signs: { ...props.signs, clash: true } }
      if (digest !== props.signs.digest) return reply.code(409).page(<Return {...clash} {...form} />)
      const version = versions.length + 1
      const signature = { area, month, version, figures: now, by: actor.membership, at }
      const saved = await saveSignature(db, { ...signature, reason: version === 1 ? null : reason })
      if (!saved) return reply.code(409).page(<Return {...clash} {...form} />)
      await request.act('return.signed', { codes: { month: month.toString(), version, digest } })
      request.flash(`Signed. The figures of ${monthInWords(month)} are kept as they are.`)
      return reply.redirect(`/monitoring/return?month=${month.toString()}`)
    },
  )
}

function questionRoutes(app: App): void {
  const question = { question: text('Enter your question', 1000) }
  app.post(
    '/monitoring/return/:month/questions',
    { who: ['council-lead', 'national-team', 'evaluator'], form: question },
    async (request, reply) => {
      const { db, area, actor, form, now: at, params, today } = request
      const month = monthAsked(params.month, today)
      const { versions, props } = await found(request, month)
      if (versions.length === 0) throw new NotFound()
      if (!form.ok) return reply.code(422).page(<Return {...props} {...form} />)
      const id = newId()
      const asked = { area, id, month, version: versions.length, by: actor.membership, at }
      await saveQuestion(db, { ...asked, question: form.value.question })
      await request.act('return.asked', { subject: id, codes: { month: month.toString() } })
      request.flash('Asked. The answer appears here.')
      return reply.redirect(`/monitoring/return?month=${month.toString()}`)
    },
  )
  app.post(
    '/monitoring/return/questions/:question/answer',
    { who: ['area-lead'], form: {} },
    async (request, reply) => {
      const { db, area, actor, form, now: at, params, today } = request
      const asked = await findQuestion(db, area, params.question)
      if (!asked) throw new NotFound()
      const field = `answer-${asked.id}`
      const answer = [form.typed[field] ?? ''].flat().join(' ').trim().slice(0, 1000)
      if (answer === '') {
        const { props } = await found({ db, actor, today }, asked.month)
        return reply
          .code(422)
          .page(<Return {...props} typed={form.typed} problems={[{ field, message: 'Enter your answer' }]} />)
      }
      const saved = await saveAnswer(db, { area, question: asked.id, answer, by: actor.membership, at })
      await request.act(saved ? 'return.answered' : 'return.answered-before', { subject: asked.id })
      request.flash(saved ? 'Answered.' : 'Somebody has answered this question already.')
      return reply.redirect(`/monitoring/return?month=${asked.month.toString()}`)
    },
  )
}
