import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import type { Result } from '#journey/action/rules.ts'
import { saveResult } from '#journey/action/store.ts'
import { hasPlanToAnswer } from '#journey/plan-answer/store.ts'
import { MarkAction } from './pages/mark.tsx'
import { MyPlan } from './pages/my-plan.tsx'
import { type OwnPaid, ownProblems, ownResults } from './rules.ts'
import { findOwnAction, findOwnPlan, findOwnReturn } from './store.ts'

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

  app.get('/my/actions/:action', { ...own, reads: 'record', draft }, async (request, reply) => {
    const action = await actionOf(request)
    await request.read('participant.action', { subject: action.id })
    return reply.page(<MarkAction {...request.form} {...{ action }} id={newId()} />)
  })

  app.post('/my/actions/:action/result', { ...own, draft, form }, async (request, reply) => {
    const action = await actionOf(request)
    const problems = request.form.ok ? ownProblems(request.form.value) : request.form.problems
    if (!request.form.ok || problems.length > 0) {
      const state = { problems, typed: request.form.typed }
      return reply.code(422).page(<MarkAction {...state} {...{ action }} id={newId()} />)
    }
    const { id: result, ...said } = request.form.value
    await keep(request, { id: result, action: action.id, ...said })
    request.flash(thanks[said.result], `/my/actions/${action.id}/reversal`)
    return reply.redirect('/my/plan')
  })

  app.post('/my/actions/:action/reversal', own, async (request, reply) => {
    const action = await actionOf(request)
    await keep(request, { id: newId(), action: action.id, result: 'not-yet', note: null })
    request.flash('It is on your list again.')
    return reply.redirect('/my/plan')
  })
}

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

type Keeping = Pick<Asked, 'db' | 'me' | 'today'> &
  Readonly<{ now: Temporal.Instant; act(what: string, of: object): Promise<void> }>
type Said = Readonly<{ id: string; action: string; result: Result; note: string | null }>

async function keep({ db, me, now, today, act }: Keeping, said: Said): Promise<void> {
  await saveResult(db, { ...said, area: me.area, own: true, by: null, at: now, result_on: today })
  const codes = { result: said.result, action: said.action }
  await act('action.said', { subject: said.id, codes, ...(said.note === null ? {} : { vouchesFor: said.note }) })
}
