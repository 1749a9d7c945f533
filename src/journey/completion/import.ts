import { manyRows, takeBack, type TakenBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { EmploymentStatus } from '#journey/assessment/rules.ts'
import type { GoalResult, NoOutcomeReason, Outcome } from './rules.ts'

/** A completion that comes with a batch: what became of each goal, and what the person left with. */
export type TakenCompletion = Readonly<{
  id: string
  episode: string
  /** The step that completed the episode. */
  step: string
  on: Temporal.PlainDate
  outcomes: readonly Outcome[]
  noOutcome: NoOutcomeReason | null
  workStatus: EmploymentStatus
  noOutcomeNote?: string | null
  offSick?: boolean
  hours?: number | null
  workAbility: number | null
  next: string
  goals: readonly Readonly<{ goal: string; result: GoalResult; words: string | null }>[]
  at: Temporal.Instant
  by: string | null
}>

const columns = [
  ...(['area', 'id', 'episode', 'completed_on', 'no_outcome', 'no_outcome_note', 'work_status'] as const),
  ...(['off_sick', 'hours', 'work_ability'] as const),
  ...(['next', 'recorded_at', 'by', 'step'] as const),
] as const
const goalColumns = ['area', 'completion', 'goal', 'result', 'person_words'] as const
const outcomeColumns = ['area', 'completion', 'outcome'] as const

/** Takes many completions at once, with their goals and outcomes. */
export async function takeCompletions(db: Db, area: string, completions: readonly TakenCompletion[]): Promise<void> {
  if (completions.length === 0) return
  const rows = completions.map(({ on, noOutcome, workStatus, workAbility, at, ...one }) => ({
    ...{ id: one.id, episode: one.episode, step: one.step, next: one.next, by: one.by },
    ...{ completed_on: on, no_outcome: noOutcome, no_outcome_note: one.noOutcomeNote ?? null, work_status: workStatus },
    ...{ off_sick: one.offSick ?? false, hours: one.hours ?? null, work_ability: workAbility, recorded_at: at },
  }))
  const goals = completions.flatMap(({ id: completion, goals }) =>
    goals.map(({ goal, result, words }) => ({ completion, goal, result, person_words: words })),
  )
  const outcomes = completions.flatMap(({ id: completion, outcomes }) =>
    outcomes.map((outcome) => ({ completion, outcome })),
  )
  await Promise.all([
    db
      .insertInto('completion.completion')
      .columns(columns)
      .expression(manyRows('completion.completion', columns, rows, { area }))
      .execute(),
    db
      .insertInto('completion.goal_result')
      .columns(goalColumns)
      .expression(manyRows('completion.goal_result', goalColumns, goals, { area }))
      .execute(),
    db
      .insertInto('completion.outcome')
      .columns(outcomeColumns)
      .expression(manyRows('completion.outcome', outcomeColumns, outcomes, { area }))
      .execute(),
  ])
}

/** Takes back completions of episodes that a batch brought; gives those that are gone. */
export function takeBackCompletions(db: Db, { area, episodes, facts }: TakenBack): Promise<string[]> {
  return takeBack(db, 'completion', area, episodes, facts)
}
