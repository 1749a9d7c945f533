import { isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { type Stage, takenFrom } from '#journey/episode/rules.ts'
import { type Content, contentOf, differences, type Plan, type PlannedGoal } from '#journey/plan/rules.ts'

/** The day on which the area's weeks for this kind of plan are over, counted from the day it was first agreed. */
export function limitFor(agreedOn: Temporal.PlainDate, weeks: number): Temporal.PlainDate {
  return agreedOn.add({ weeks })
}

/** What a plan needs before it can be agreed. */
type Agreeing = Readonly<{
  stage: Stage
  takesPart: boolean
  plan: Plan | undefined
  goals: readonly PlannedGoal[]
  newest: Content | undefined
}>

/** Why this plan cannot be agreed yet, in words a coach can act on. Empty when it can. */
export function reasonsNotToAgree({ stage, takesPart, plan, goals, newest }: Agreeing): string[] {
  const reasons = [
    takenFrom['plan-agreed'].includes(stage) ? '' : whyNotHere(stage),
    takesPart ? '' : 'They have not agreed to take part in WorkWell. Ask them and record their answer first',
    plan ? '' : 'Choose the kind of plan and the day of the next review',
    goals.length > 0 ? '' : 'Add at least one goal, in their own words',
    ...goals
      .filter(({ actions }) => actions.length === 0)
      .map(({ words }) => `Add what will be done for this goal: “${words}”`),
    plan && newest && differences(newest, contentOf(plan, goals)).length === 0
      ? 'Nothing has changed since the plan was last agreed'
      : '',
  ]
  return reasons.filter((reason) => reason !== '')
}

function whyNotHere(stage: Stage): string {
  const over: readonly Stage[] = ['aftercare', 'closed', 'ended']
  return over.includes(stage)
    ? 'This spell of support has ended'
    : 'The first conversation has not been recorded. Finish the assessment first'
}

type AgreedDay = Readonly<{
  given: Temporal.PlainDate
  assessedOn: Temporal.PlainDate | null
  /** The day of the version before. */
  agreedOn: Temporal.PlainDate | null
  today: Temporal.PlainDate
}>

/** What is wrong with the day on which a plan is said to have been agreed, if anything. */
export function problemsWithAgreedDay({ given, assessedOn, agreedOn, today }: AgreedDay): readonly Problem[] {
  const problem = (message: string) => [{ field: 'agreed', message }]
  if (isBefore(today, given)) return problem('Enter today or a day that has passed')
  if (agreedOn && isBefore(given, agreedOn)) {
    return problem(`The version before was agreed on ${longDay(agreedOn)}: enter that day or a later one`)
  }
  if (assessedOn && isBefore(given, assessedOn)) {
    return problem(`The first conversation was on ${longDay(assessedOn)}: enter that day or a later one`)
  }
  return []
}

/** Tells whether a plan is still the one that somebody has in front of them. */
export function fingerprint(plan: Plan | undefined, goals: readonly PlannedGoal[]): string {
  const parts = goals.flatMap((goal) => [goal, ...goal.actions]).map(({ id, version }) => `${id.slice(-8)}.${version}`)
  return [plan?.version ?? 0, ...parts].join('-')
}
