import { type Actor, careRoles } from '#platform/access/rules.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, day, id, optionalDay, text, version } from '#platform/form/fields.ts'
import { blank, type Problem, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { planTypes } from '#registers/areas/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findHolidays } from '#registers/places/store.ts'
import { findBookedOn } from '#journey/booking/store.ts'
import { dueUnlessSooner } from '#journey/due/rules.ts'
import { planDueAfter } from '#journey/assessment/rules.ts'
import { listBarriers } from '#journey/assessment/store.ts'
import { nextInTouch } from '#journey/contact/rules.ts'
import { mayTake } from '#journey/episode/rules.ts'
import { findEpisode, listEpisodesOf, recordStep } from '#journey/episode/store.ts'
import { mayChangeGoals, problemsWithDay } from '#journey/goal/rules.ts'
import { standings } from '#journey/goal-scaling/rules.ts'
import { listRatings, listScales } from '#journey/goal-scaling/store.ts'
import { suggestedFor } from '#journey/solution/rules.ts'
import { listOffered } from '#journey/solution/store.ts'
import { CannotChange, KindOfPlan, RecordReview } from './pages/kind.tsx'
import { PlanPage } from './pages/plan.tsx'
import * as rules from './rules.ts'
import { findPlan, listReviews, savePlan, saveReview } from './store.ts'

const reading = { who: careRoles, verb: 'open', reads: 'record' } as const
const changing = { who: careRoles, verb: 'edit', reads: 'record' } as const
const writing = { who: careRoles, verb: 'edit' } as const

/** What the plan's pages ask about versions that were agreed or sent, which come later: app.ts hands the answers in. */
export type AgreedSoFar = (db: Db, area: string, episode: string) => Promise<readonly rules.Agreed[]>
type Of = Readonly<{ area: string; episode: string; now: Temporal.Instant }>
export type Sending = (db: Db, of: Of) => Promise<readonly rules.Sent[]>

/** The plan of a spell of support: read, given its kind, and reviewed. */
export function planRoutes(agreedSoFar: AgreedSoFar, sending: Sending): (app: App) => Promise<void> {
  return async (app) => {
    shownRoutes(app, agreedSoFar, sending)
    kindRoutes(app)
    reviewRoutes(app)
  }
}

function shownRoutes(app: App, agreedSoFar: AgreedSoFar, sending: Sending): void {
  app.get('/episodes/:episode/plan', reading, async (request, reply) => {
    const { db, area, actor, now, today } = request
    const { episode, about, plan, goals, open } = await planOf(request, request.params.episode, 'open')
    const [agreed, looks, episodes, barriers, offered, scales, ratings, sent] = await Promise.all([
      agreedSoFar(db, area, episode.id),
      listReviews(db, area, episode.id),
      listEpisodesOf(db, actor, episode.person),
      listBarriers(db, area, episode.id),
      listOffered(db, { area, episode: episode.id, today }),
      listScales(db, area, episode.id),
      listRatings(db, area, episode.id),
      sending(db, { area, episode: episode.id, now }),
    ])
    await request.read('plan.page', { person: episode.person, subject: episode.id })
    const unanswered = rules.unansweredOf(barriers, goals)
    const reviewedOn = looks[0]?.reviewed_on ?? null
    return reply.page(
      <PlanPage
        {...{ ...about, plan, goals, today, newId }}
        record={`/people/${episode.person}`}
        agreed={agreed[0]}
        sent={sent}
        changes={plan && agreed[0] ? rules.differences(agreed[0].content, rules.contentOf(plan, goals)) : []}
        review={rules.reviewNeeded({ reviewOn: plan?.review_on ?? null, limitOn: episode.limit_on, reviewedOn, today })}
        limitOn={episode.limit_on}
        reviews={looks}
        earlier={earlierPlans(episodes, episode.id)}
        unanswered={unanswered}
        answered={barriers.filter((one) => !unanswered.includes(one))}
        offered={suggestedFor(offered, plan?.type)}
        standings={standings(scales, ratings)}
        open={open}
      />,
    )
  })
}

type Spell = Readonly<{ id: string; plan_agreed_at: Temporal.Instant | null }>

function earlierPlans(episodes: readonly Spell[], here: string) {
  return episodes.flatMap(({ id: episode, plan_agreed_at: at }) =>
    at && episode < here ? [{ href: `/episodes/${episode}/plan`, label: `Agreed on ${longDay(dayOf(at))}` }] : [],
  )
}

const kindFields = {
  type: choice(planTypes, 'Select the kind of plan'),
  review: day('Enter the day of the next review'),
  target: optionalDay(),
  version: version(),
}

function kindRoutes(app: App): void {
  app.get('/episodes/:episode/plan/kind', changing, async (request, reply) => {
    const { episode, about, plan, open } = await planOf(request, request.params.episode)
    await request.read('plan.form', { person: episode.person, subject: episode.id })
    if (!open) return reply.code(422).page(<CannotChange {...about} />)
    return reply.page(<KindOfPlan {...blank} {...about} plan={plan} />)
  })

  const rule = { ...writing, form: kindFields }
  app.post('/episodes/:episode/plan/kind', rule, async ({ form, db, area, ...request }, reply) => {
    const { episode, about, plan, open } = await planOf({ ...request, db }, request.params.episode)
    if (!open) return reply.code(422).page(<CannotChange {...about} />)
    const problems = form.ok ? problemsWithDays(form.value, plan, request.today) : form.problems
    if (!form.ok || problems.length > 0) {
      return reply.code(422).page(<KindOfPlan {...about} {...{ plan, problems, typed: form.typed }} />)
    }
    const { type, review, target, version: seen } = form.value
    const by = { at: request.now, by: request.actor.membership }
    const given = { type, review_on: review, target_on: target }
    if (!(await savePlan(db, { ...given, ...by, area, episode: episode.id, seen }))) {
      const there = (await findPlan(db, area, episode.id)).plan
      if (!isSamePlan(there, given)) return reply.code(409).page(<KindOfPlan {...about} {...form} plan={there} />)
      await request.read('plan.form', { person: episode.person, subject: episode.id })
      request.flash('Already saved.')
      return reply.redirect(about.address, 303)
    }
    await request.act('plan.changed', { person: episode.person, subject: episode.id, codes: { type } })
    request.flash('The plan was saved.')
    return reply.redirect(about.address, 303)
  })
}

type Kept = Pick<rules.Plan, 'type' | 'review_on' | 'target_on'>

/** Whether what was sent is what stands: somebody sent it before, in another tab. */
function isSamePlan(there: Kept | undefined, { type, review_on: review, target_on: target }: Kept): boolean {
  if (!there || there.type !== type || !there.review_on.equals(review)) return false
  return target === null || there.target_on === null ? target === there.target_on : there.target_on.equals(target)
}

type GivenDays = Readonly<{ review: Temporal.PlainDate; target: Temporal.PlainDate | null }>

function problemsWithDays(given: GivenDays, plan: rules.Plan | undefined, today: Temporal.PlainDate): Problem[] {
  return [
    ...problemsWithDay('review', { given: given.review, stored: plan?.review_on, today }),
    ...problemsWithDay('target', { given: given.target, stored: plan?.target_on, today }),
  ]
}

const reviewFields = {
  id: id(),
  reviewed: day('Enter the day of the review'),
  said: text('Say what you talked about', 1000),
  result: choice(rules.reviewResults, 'Select what happens next'),
  next: optionalDay(),
}

function reviewRoutes(app: App): void {
  app.get('/episodes/:episode/plan/reviews/new', { ...changing, draft: 'review' }, async (request, reply) => {
    const { episode, about, plan, open } = await planOf(request, request.params.episode)
    await request.read('plan.form', { person: episode.person, subject: episode.id })
    if (!open || !plan) return reply.code(422).page(<CannotChange {...about} />)
    return reply.page(<RecordReview {...request.form} {...about} id={newId()} today={request.today} />)
  })

  const rule = { ...writing, draft: 'review', form: reviewFields }
  app.post('/episodes/:episode/plan/reviews', rule, async ({ form, db, area, today, ...request }, reply) => {
    const { episode, about, plan, open } = await planOf({ ...request, db }, request.params.episode)
    if (!open || !plan) return reply.code(422).page(<CannotChange {...about} />)
    const problems = form.ok ? rules.problemsWithReview({ ...form.value, today }) : form.problems
    if (!form.ok || problems.length > 0) {
      const state = { problems, typed: form.typed, today, id: idIn(form.typed) }
      return reply.code(422).page(<RecordReview {...about} {...state} />)
    }
    const { id: review, reviewed: reviewed_on, next: next_on, said, result } = form.value
    const by = { at: request.now, by: request.actor.membership }
    const row = { area, id: review, episode: episode.id, reviewed_on, next_on, said, result, ...by }
    if (await saveReview(db, row)) await takeSteps({ ...request, db, area, today }, episode, row)
    await request.act('plan.reviewed', { person: episode.person, subject: review, codes: { result }, vouchesFor: said })
    request.flash('The review was saved.')
    return reply.redirect(about.address, 303)
  })
}

type Reviewed = Readonly<{ id: string; reviewed_on: Temporal.PlainDate; result: rules.ReviewResult }>
type Acting = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

/** A review is a talk with the person, and what it came to says what is due next. */
async function takeSteps({ db, area, actor, now, today }: Acting, episode: Standing, { id, ...review }: Reviewed) {
  const taking = { area, episode: episode.id, by: actor.membership, factRow: id, recordedAt: now }
  const [settings, holidays] = await Promise.all([findSettings(db, area, today), findHolidays(db)])
  if (mayTake('reached', episode.stage)) {
    const at = rules.momentOn(review.reviewed_on, { now, notBefore: episode.assessed_at })
    await recordStep(db, { ...taking, step: { kind: 'reached' }, at })
  }
  const inTouchOn = nextInTouch(review.reviewed_on, settings, holidays)
  const next = rules.dueAfterReview({ result: review.result, inTouchOn, soonOn: planDueAfter(today, holidays).on })
  const bookedOn = await findBookedOn(db, { area, episode: episode.id, now })
  const due = dueUnlessSooner(next, episode, { today, bookedOn })
  if (due && mayTake('due', episode.stage)) await recordStep(db, { ...taking, step: due, at: now })
}

type Standing = Awaited<ReturnType<typeof planOf>>['episode']

async function planOf({ db, actor }: Readonly<{ db: Db; actor: Actor }>, id: string, verb: 'open' | 'edit' = 'edit') {
  const episode = await findEpisode(db, actor, id, verb)
  if (!episode) throw new NotFound()
  const { plan, goals } = await findPlan(db, actor.area, episode.id)
  const about = { person: calledName(episode), address: `/episodes/${episode.id}/plan` }
  return { episode, plan, goals, about, open: episode.mayEdit && mayChangeGoals(episode.stage) }
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
