import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, codes, day, id, text, version } from '#platform/form/fields.ts'
import type { Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { type PlanType, planTypes } from '#registers/areas/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { findHolidays } from '#registers/places/store.ts'
import { findAssessment, listBarriers } from '#journey/assessment/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { mayChangeGoals, problemsWithDay, type WhoseWords, whoseWords } from '#journey/goal/rules.ts'
import { findPlan, savePlan } from '#journey/plan/store.ts'
import { unansweredOf } from '#journey/plan/rules.ts'
import { suggestedFor } from '#journey/solution/rules.ts'
import { listSuggestions } from '#journey/solution/store.ts'
import { DraftPlan } from './pages.tsx'
import { actionsFrom, type Drafted, goalFrom, helpedBy, kindFrom, longestGoal, reviewAfter } from './rules.ts'

type By = Readonly<{ area: string; at: Temporal.Instant; by: string }>
type NewGoal = By & Readonly<{ id: string; episode: string; words: string; whose: WhoseWords; target_on: null }>

/** Where goals and their actions are kept, which is for earlier stages to say: the start hands it in. */
export type Keep = Readonly<{
  goal: (db: Db, goal: NewGoal) => Promise<unknown>
  action: (db: Db, action: By & Drafted & Readonly<{ id: string; goal: string }>) => Promise<unknown>
}>

const fields = {
  id: id(),
  words: text('Enter what they want to reach', longestGoal),
  whose: choice(whoseWords, 'Select whose words these are'),
  take: codes(),
  type: choice(planTypes, 'Select the kind of plan'),
  review: day('Enter the day of the next review'),
  version: version(),
}

/** The draft plan that follows a first conversation. */
export function draftPlanRoutes(keep: Keep): (app: App) => Promise<void> {
  return async (app) => {
    const rule = { who: careRoles, verb: 'edit', draft: 'plan-draft' } as const
    app.get('/episodes/:episode/plan/draft', { ...rule, reads: 'record' }, async (request, reply) => {
      const { begun, ...found } = await drafting(request, request.params.episode)
      await request.read('plan.draft', { person: found.of, subject: request.params.episode })
      if (begun) return reply.redirect(found.shown.plan, 303)
      return reply.page(<DraftPlan {...request.form} {...found.shown} id={newId()} />)
    })

    app.post('/episodes/:episode/plan/draft', { ...rule, form: fields }, async (request, reply) => {
      const { db, form, area, now, today } = request
      const { shown, goals, of, open } = await drafting(request, request.params.episode)
      const { plan } = shown
      // The same form sent twice makes one plan.
      if (!open || goals.some((goal) => goal === form.typed['id'])) {
        await request.read('plan.draft', { person: of, subject: request.params.episode })
        return reply.redirect(plan, 303)
      }
      const problems = form.ok ? problemsWithDay('review', { given: form.value.review, today }) : form.problems
      const again = { typed: form.typed, id: idIn(form.typed) }
      if (!form.ok || problems.length > 0)
        return reply.code(422).page(<DraftPlan {...shown} {...again} problems={problems} />)
      const { id: goal, words, whose, take, type, review, version: seen } = form.value
      const by = { area, at: now, by: request.actor.membership }
      const episode = request.params.episode
      const saved = await savePlan(db, { ...by, episode, seen, type, review_on: review, target_on: null })
      if (!saved) {
        const { shown: there } = await drafting(request, episode)
        return reply.code(409).page(<DraftPlan {...there} {...again} problems={[]} />)
      }
      await keep.goal(db, { ...by, id: goal, episode, words, whose, target_on: null })
      const actions = actionsFrom(shown.helped, take, today)
      for (const action of actions) await keep.action(db, { ...by, ...action, id: newId(), goal })
      const codesOf = { type, actions: actions.length }
      await request.act('plan.drafted', { person: of, subject: episode, codes: codesOf, vouchesFor: words })
      request.flash('The draft plan was made. Go through it together, then agree it.')
      return reply.redirect(plan, 303)
    })
  }
}

type Asking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate }>

/** All that a draft is made from, and what stands in the plan already. */
async function drafting({ db, actor, today }: Asking, id: string) {
  const episode = await findEpisode(db, actor, id, 'edit')
  if (!episode) throw new NotFound()
  const { area } = actor
  const [{ plan, goals }, talk, marked, suggestions, holidays] = await Promise.all([
    findPlan(db, area, id),
    findAssessment(db, actor, id),
    listBarriers(db, area, id),
    listSuggestions(db, { area, episode: id, today }),
    findHolidays(db),
  ])
  const review = reviewAfter(today, holidays)
  const begins = { goal: talk ? goalFrom(talk.words) : '', kind: talk && kindFrom(talk), review }
  const there = { version: plan?.version ?? 0, kind: plan?.type, goals: goals.map(({ words }) => words) }
  const open = mayChangeGoals(episode.stage)
  return {
    ...{ of: episode.person, open, begun: !open || goals.length > 0, goals: goals.map((goal) => goal.id) },
    shown: {
      ...{ person: calledName(episode), plan: `/episodes/${id}/plan`, there, begins: begins satisfies Begins },
      helped: helpedBy(unansweredOf(marked, goals), suggestedFor(suggestions, begins.kind)),
    },
  }
}

type Begins = Readonly<{ goal: string; kind: PlanType | undefined; review: Temporal.PlainDate }>

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
