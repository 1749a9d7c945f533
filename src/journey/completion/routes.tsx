import { type Actor, careRoles } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  check,
  choice,
  choices,
  day,
  id,
  optionalChoice,
  optionalText,
  optionalNumber,
  optionalWholeNumber,
  text,
  tick,
  type ValueOf,
} from '#platform/form/fields.ts'
import { blank, type Checked, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { timesInWords } from '#journey/appointment/rules.ts'
import { listToCome } from '#journey/booking/store.ts'
import { hasOpenConcern } from '#journey/safety/store.ts'
import { findEpisode, findOpenEpisode, listSteps, NotNow, recordStep } from '#journey/episode/store.ts'
import { momentOn } from '#journey/plan/rules.ts'
import { employmentStatuses } from '#journey/assessment/rules.ts'
import { findOneAssessment, listAssessments, listMeasures } from '#journey/assessment/store.ts'
import { findPlan } from '#journey/plan/store.ts'
import { CannotCompleteYet, CompletePlan } from './pages/complete.tsx'
import { CompletedPlan } from './pages/completed.tsx'
import * as rules from './rules.ts'
import { type Completion, findCompletion, isCompletionKnown, saveCompletion, withdrawCompletion } from './store.ts'

const fields = {
  id: id(),
  outcomes: choices(rules.outcomes),
  noOutcome: optionalChoice(rules.noOutcomeReasons),
  noOutcomeNote: optionalText(),
  workStatus: choice(employmentStatuses, 'Select their work situation'),
  offSick: tick(),
  hours: optionalNumber(0.25, 99, 'Enter the hours of a usual week as a number up to 99, such as 37.5'),
  workAbility: optionalWholeNumber(0, 10, 'Enter the ability to work as a whole number from 0 to 10'),
  next: text('Say what happens next for them', 1000),
  completed: day('Enter the day on which you completed the plan'),
}

/** Completing a plan, goal by goal, and taking a completion back. */
export async function completionRoutes(app: App): Promise<void> {
  shownRoutes(app)
  completeRoutes(app)
  withdrawalRoutes(app)
}

function shownRoutes(app: App): void {
  app.get(
    '/episodes/:episode/completion',
    { who: careRoles, verb: 'edit', draft: 'completion', reads: 'record' },
    async (request, reply) => {
      const { db, area } = request
      const { episode, about, reasons, goals } = await episodeOf(request, request.params.episode)
      await request.read('completion.page', { person: episode.person, subject: episode.id })
      const completion = await findCompletion(db, area, episode.id)
      if (completion) {
        const takeBack = (await whyNotTakeBack(request, episode)).length === 0 ? newId() : undefined
        const measures = rules.thenAndNow(await listMeasures(db, area, episode.id))
        return reply.page(<CompletedPlan {...blank} {...about} {...{ completion, measures, takeBack }} />)
      }
      if (reasons.length > 0) return reply.code(422).page(<CannotCompleteYet {...about} reasons={reasons} />)
      const state = { goals, id: newId(), today: `${request.today}` }
      return reply.page(<CompletePlan {...request.form} {...about} {...state} {...await beforeOf(request, episode)} />)
    },
  )
}

function completeRoutes(app: App): void {
  const rule = { who: careRoles, verb: 'edit', draft: 'completion', form: fields } as const
  app.post('/episodes/:episode/completion', rule, async (request, reply) => {
    const { db, area, today, form } = request
    const { episode, about, ...found } = await episodeOf(request, request.params.episode)
    if (form.ok && (await isCompletionKnown(db, area, form.value.id))) {
      await request.act('completion.again', { person: episode.person, subject: form.value.id })
      return reply.redirect(about.record, 303)
    }
    const refuse = (reasons: readonly string[]) =>
      reply.code(422).page(<CannotCompleteYet {...about} reasons={reasons} />)
    if (found.reasons.length > 0) return refuse(found.reasons)
    const judged = judge(form, found, today)
    if (!judged.ok) {
      const state = { problems: judged.problems, typed: form.typed, id: idIn(form.typed), today: `${today}` }
      const before = await beforeOf(request, episode)
      return reply.code(422).page(<CompletePlan {...about} {...state} {...before} goals={found.goals} />)
    }
    const { outcomes, ...completion } = judged.completion
    const step = await moveOn(request, episode, completion)
    if (step === undefined) return refuse(['Somebody else has just completed or ended it'])
    const row = {
      ...completion,
      area,
      episode: episode.id,
      recorded_at: request.now,
      by: request.actor.membership,
      step,
    }
    await saveCompletion(db, row, { goals: judged.goals, outcomes })
    const codes = { outcomes, noOutcome: completion.no_outcome }
    const act = { person: episode.person, subject: completion.id, codes, vouchesFor: completion.next }
    await request.act('completion.completed', act)
    request.flash('The plan is completed.')
    return reply.redirect(about.record, 303)
  })
}

function withdrawalRoutes(app: App): void {
  const form = { id: id(), reason: text('Say why the completion is taken back') }
  app.post(
    '/episodes/:episode/completion/withdrawal',
    { who: careRoles, verb: 'edit', form },
    async (request, reply) => {
      const { db, area, now, actor } = request
      const { episode, about } = await episodeOf(request, request.params.episode)
      const completion = await findCompletion(db, area, episode.id)
      if (!completion) throw new NotFound()
      const reasons = await whyNotTakeBack(request, episode)
      if (reasons.length > 0) return reply.code(422).page(<CannotCompleteYet {...about} reasons={reasons} />)
      if (!request.form.ok) {
        const takeBack = idIn(request.form.typed)
        return reply
          .code(422)
          .page(<CompletedPlan {...request.form} {...about} {...{ completion, takeBack, measures: [] }} />)
      }
      const by = { area, at: now, by: actor.membership }
      const { id: withdrawal, reason } = request.form.value
      await recordStep(db, {
        ...by,
        episode: episode.id,
        step: { kind: 'withdrawn', step: completion.step },
        factRow: withdrawal,
      })
      await withdrawCompletion(db, { ...by, id: withdrawal, completion: completion.id, reason })
      await request.act('completion.taken-back', { person: episode.person, subject: completion.id, vouchesFor: reason })
      request.flash('The completion was taken back.')
      return reply.redirect(about.record, 303)
    },
  )
}

type Asking = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Found = Awaited<ReturnType<typeof episodeOf>>

async function episodeOf({ db, actor }: Asking, id: string) {
  const episode = await findEpisode(db, actor, id, 'edit')
  if (!episode) throw new NotFound()
  const { goals } = await findPlan(db, actor.area, episode.id)
  const agreed = episode.plan_agreed_at !== null
  return {
    episode,
    goals,
    reasons: rules.reasonsNotToComplete({ stage: episode.stage, goals: goals.length, agreed }),
    agreedOn: episode.plan_agreed_at && dayOf(episode.plan_agreed_at),
    about: {
      person: calledName(episode),
      record: `/people/${episode.person}`,
      address: `/episodes/${episode.id}/completion`,
      plan: `/episodes/${episode.id}/plan`,
    },
  }
}

/** How things stood at the first conversation, to compare. */
async function beforeOf({ db, actor, now, today }: Asking, { id: episode, person }: Found['episode']) {
  const [measures, all, toCome, concern] = await Promise.all([
    listMeasures(db, actor.area, episode),
    listAssessments(db, actor, episode),
    listToCome(db, actor, { episode, now }),
    hasOpenConcern(db, actor.area, person),
  ])
  const first = all.at(-1)
  const before = first && (await findOneAssessment(db, actor, first.id))
  const booked = toCome.map((one) => ({ id: one.id, when: timesInWords(one, today) }))
  return { before, measures: rules.thenAndNow(measures), booked, concern, episode }
}

type Given = Checked<ValueOf<typeof fields>>

/** What was sent, looked at as a whole: every field, every goal, and how they fit together. */
function judge(form: Given, { goals, agreedOn }: Pick<Found, 'goals' | 'agreedOn'>, today: Temporal.PlainDate) {
  const told = goals.map(({ id: goal, words }) => ({ goal, words, ...goalIn(form.typed, goal) }))
  const results = told.map(({ goal, words, result }) => ({ id: goal, words, result }))
  const unread = told.flatMap(({ problems }) => problems)
  if (!form.ok) return { ok: false, problems: [...unread, ...rules.goalsLeftOpen(results), ...form.problems] } as const
  const { completed: completedOn, ...value } = form.value
  const problems = rules.problemsWithCompletion({ ...value, goals: results, completedOn, agreedOn, today })
  const rows = told.flatMap(({ goal, result, person_words, coach_words }) =>
    result ? [{ goal, result, person_words, coach_words }] : [],
  )
  if (unread.length + problems.length > 0) return { ok: false, problems: [...unread, ...problems] } as const
  return { ok: true, goals: rows, completion: completionIn(form.value) } as const
}

const goalFields = { result: optionalChoice(rules.goalResults), person: optionalText(500), coach: optionalText(500) }

// Every goal has the same three fields, told apart by its id.
function goalIn(typed: Typed, goal: string) {
  const mine = Object.keys(goalFields).map((name) => [name, typed[`${name}-${goal}`]])
  const checked = check(goalFields, Object.fromEntries(mine))
  const problems = checked.problems.map(({ field, message }) => ({ field: `${field}-${goal}`, message }))
  const { result, person, coach } = checked.ok ? checked.value : { result: null, person: null, coach: null }
  return { result, person_words: person, coach_words: coach, problems }
}

function completionIn(value: ValueOf<typeof fields>) {
  const { completed: completed_on, workStatus: work_status, offSick: off_sick, workAbility: work_ability } = value
  const { id, noOutcome: no_outcome, noOutcomeNote: no_outcome_note, hours, next, outcomes } = value
  return { id, completed_on, no_outcome, no_outcome_note, work_status, off_sick, hours, work_ability, next, outcomes }
}

type Completed = Pick<Completion, 'id' | 'completed_on'>

/** Moves the episode into aftercare; undefined when somebody else has just moved it. */
async function moveOn({ db, actor, now }: Asking, episode: Found['episode'], { id: factRow, completed_on }: Completed) {
  const step = { kind: 'completed', ...rules.followUpDays(completed_on) } as const
  const at = momentOn(completed_on, { now, notBefore: episode.plan_agreed_at })
  try {
    const by = { area: actor.area, recordedAt: now, by: actor.membership }
    return await recordStep(db, { ...by, episode: episode.id, step, at, factRow })
  } catch (cause) {
    if (cause instanceof NotNow) return undefined
    throw cause
  }
}

async function whyNotTakeBack({ db, actor }: Asking, { id: episode, stage, person }: Found['episode']) {
  const [steps, newer] = await Promise.all([
    listSteps(db, actor.area, episode),
    findOpenEpisode(db, actor.area, person),
  ])
  const takenBack = new Set(steps.flatMap(({ step }) => (step.kind === 'withdrawn' ? [step.step] : [])))
  const followedUp = steps.some(({ id: one, step }) => step.kind === 'followed-up' && !takenBack.has(one))
  return rules.reasonsNotToTakeBack(stage, { followedUp, newEpisode: newer !== undefined })
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
