import { careRoles, type Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalChoice, optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { type Language, languages, readerLanguage } from '#platform/language/rules.ts'
import { isSignedIn } from '#platform/language/signatures.ts'
import { letterFormat } from '#registers/access-needs/rules.ts'
import { findNeeds, findReader } from '#registers/access-needs/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import type { Result } from '#journey/action/rules.ts'
import { holdAction, saveResult } from '#journey/action/store.ts'
import { hasPlanToAnswer } from '#journey/plan-answer/store.ts'
import { MarkAction, Marked } from './pages/mark.tsx'
import { MyPlan } from './pages/my-plan.tsx'
import { PrintPlan } from './pages/print.tsx'
import { isOwnSaidAlready, isToDo, type OwnPaid, ownProblems, ownResults, printedAs, printFormats } from './rules.ts'
import { findOwnAction, findOwnPlan, findOwnReturn, findOwnSpell, findPrintedPlan } from './store.ts'

const own = { who: 'participant' } as const
const draft = 'my-action'
const form = {
  id: id('Open this page again'),
  result: choice(ownResults, 'Select what came of it'),
  note: optionalText(500),
}

/** What is paid for a participant; whoever keeps the budget answers it. */
export type ListPaid = (db: Db, me: Participant) => Promise<readonly OwnPaid[]>

/** A participant's own plan: reading it, and saying what came of what they wanted to do. */
export async function myPlanRoutes(app: App, listPaid: ListPaid): Promise<void> {
  app.get('/my/plan', { ...own, reads: 'record' }, async (request, reply) => {
    const { db, me, now, today } = request
    const [plan, toAnswer] = await Promise.all([findOwnPlan(db, me, today), hasPlanToAnswer(db, me, now)])
    const [phased, paid] = await Promise.all([findOwnReturn(db, me, today), listPaid(db, me)])
    await request.read('participant.plan')
    const ids = new Map(plan.goals.flatMap(({ actions }) => actions.map((action) => [action.id, newId()] as const)))
    return reply.page(<MyPlan {...{ plan, phased, paid, toAnswer, today, ids }} />)
  })
  ownPrintRoute(app)

  app.get('/my/actions/:action', { ...own, reads: 'record', draft }, async (request, reply) => {
    const action = await actionOf(request)
    await request.read('participant.action', { subject: action.id })
    // What they began to write is shown again, also where it was marked meanwhile.
    if (!isToDo(action) && !request.form.typed['note']) return reply.page(<Marked action={action} />)
    return reply.page(<MarkAction {...request.form} {...{ action }} id={newId()} />)
  })

  app.post('/my/actions/:action/result', { ...own, draft, form }, async (request, reply) => {
    const action = await actionHeldStill(request)
    const problems = request.form.ok ? ownProblems(request.form.value) : request.form.problems
    if (!request.form.ok || problems.length > 0) {
      const state = { problems, typed: request.form.typed }
      return reply.code(422).page(<MarkAction {...state} {...{ action }} id={newId()} />)
    }
    const { id: result, ...said } = request.form.value
    if (isOwnSaidAlready(action, said)) {
      await request.act('action.said-again', { subject: action.id })
      request.flash('You have said so already. Your coach can see it.')
      return reply.redirect('/my/plan')
    }
    await keep(request, { id: result, action: action.id, ...said })
    request.flash(thanks[said.result], `/my/actions/${action.id}/reversal`)
    return reply.redirect('/my/plan')
  })

  app.post('/my/actions/:action/reversal', own, async (request, reply) => {
    const action = await actionHeldStill(request)
    if (isToDo(action)) {
      await request.act('action.said-again', { subject: action.id })
      request.flash('It is on your list already.')
      return reply.redirect('/my/plan')
    }
    await keep(request, { id: newId(), action: action.id, result: 'not-yet', note: null })
    request.flash('It is on your list again.')
    return reply.redirect('/my/plan')
  })
}

const printing = { format: optionalChoice(printFormats), in: optionalChoice(languages) }

function ownPrintRoute(app: App): void {
  app.get('/my/plan/print', { ...own, reads: 'record', query: printing }, async (request, reply) => {
    const { db, me, today, query } = request
    const spell = await findOwnSpell(db, me)
    const plan = spell?.plan_agreed_at ? await findPrintedPlan(db, { ...spell, area: me.area, today }) : undefined
    if (!plan) throw new NotFound()
    const needs = await findNeeds(db, me.area, me.person)
    const { format, points } = printedAs(needs, query.format)
    await request.read('participant.plan-print', { codes: { format } })
    const about = { person: me.name, own: true, back: '/my/plan', action: '/my/plan/print', other: undefined, made: [] }
    const spoken = format === 'easy-read' ? await inWords(db, me.area, format) : undefined
    return reply.page(<PrintPlan {...{ about, plan, format, points, spoken }} />)
  })
}

/** A participant’s copy of their plan, which their coach hands over or posts. */
export async function planCopyRoutes(app: App): Promise<void> {
  const rule = { who: careRoles, verb: 'open', reads: 'record', query: printing } as const
  app.get('/episodes/:episode/plan/print', rule, async (request, reply) => {
    const { db, area, actor, today, query } = request
    const episode = await findEpisode(db, actor, request.params.episode)
    const plan = episode && (await findPrintedPlan(db, { ...episode, episode: episode.id, area, today }))
    if (!plan) throw new NotFound()
    const { language: speaks, accessNeeds } = await findReader(db, area, episode.person)
    const { format, points } = printedAs(accessNeeds, query.format)
    await request.read('plan.print', { person: episode.person, subject: episode.id, codes: { format } })
    const other = readerLanguage({ language: speaks })
    const about = {
      ...{ person: calledName(episode), own: false, back: `/episodes/${episode.id}/plan` },
      ...{
        action: `/episodes/${episode.id}/plan/print`,
        made: letterFormat(accessNeeds).made.filter((need) => need !== 'Easy read'),
      },
      other: other === 'en' ? undefined : { language: other, chosen: query.in === other },
    }
    const spoken = await inWords(db, area, format === 'easy-read' ? format : (query.in ?? 'en'))
    return reply.page(<PrintPlan {...{ about, plan, format, points, spoken }} />)
  })
}

/** A language, and whether nobody has checked its words yet. */
const inWords = async (db: Db, area: string, language: Language) => ({
  ...{ language, isDraft: language !== 'en' && !(await isSignedIn(db, area, language)) },
})

const thanks = {
  done: 'Well done. Your coach can see it.',
  'did-not-work': 'Thank you for saying so. Your coach sees it, and you can look for a better step together.',
  'not-needed': 'It is off your list. Your coach can see it.',
} as const

type Asked = Readonly<{ db: Db; me: Participant; params: Readonly<{ action: string }>; today: Temporal.PlainDate }>

async function actionOf({ db, me, params, today }: Asked) {
  const action = await findOwnAction(db, me, params.action, today)
  if (!action) throw new NotFound()
  return action
}

/** As actionOf, with the action held still: what is said of it in two tabs at once is said one after the other. */
async function actionHeldStill(request: Asked) {
  await holdAction(request.db, request.me.area, request.params.action)
  return actionOf(request)
}

type Keeping = Pick<Asked, 'db' | 'me' | 'today'> &
  Readonly<{ now: Temporal.Instant; act(what: string, of: object): Promise<void> }>
type Said = Readonly<{ id: string; action: string; result: Result; note: string | null }>

async function keep({ db, me, now, today, act }: Keeping, said: Said): Promise<void> {
  await saveResult(db, { ...said, area: me.area, own: true, by: null, at: now, result_on: today })
  const codes = { result: said.result, action: said.action }
  await act('action.said', { subject: said.id, codes, ...(said.note === null ? {} : { vouchesFor: said.note }) })
}
