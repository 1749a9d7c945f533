import { manyRows } from '#platform/database/bulk.ts'
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
  workAbility: number | null
  next: string
  goals: readonly Readonly<{ goal: string; result: GoalResult; words: string | null }>[]
  at: Temporal.Instant
  by: string
}>

const columns = [
  ...(['area', 'id', 'episode', 'completed_on', 'no_outcome', 'work_status', 'off_sick', 'work_ability'] as const),
  ...(['next', 'recorded_at', 'by', 'step'] as const),
] as const
const goalColumns = ['area', 'completion', 'goal', 'result', 'person_words'] as const
const outcomeColumns = ['area', 'completion', 'outcome'] as const

/** Takes many completions at once, with their goals and outcomes. */
export async function takeCompletions(db: Db, area: string, completions: readonly TakenCompletion[]): Promise<void> {
  if (completions.length === 0) return
  const rows = completions.map(({ id, episode, step, on, noOutcome, workStatus, workAbility, next, at, by }) => ({
    ...{ id, episode, step, completed_on: on, no_outcome: noOutcome, work_status: workStatus },
    ...{ work_ability: workAbility, next, recorded_at: at, by },
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
      .expression(manyRows('completion.completion', columns, rows, { area, off_sick: false }))
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
