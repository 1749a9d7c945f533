import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { EmploymentStatus } from '#journey/assessment/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import type { GoalResult, NoOutcomeReason, Outcome } from './rules.ts'

/** The completion of an episode that stands, with what became of each goal. Ask findEpisode before. */
export async function findCompletion(db: Db, area: string, episode: string) {
  const row = await db
    .selectFrom('completion.completion as completion')
    .leftJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'completion.area').onRef('member.id', '=', 'completion.by'),
    )
    .select(['completion.id', 'completion.completed_on', 'completion.no_outcome_note', 'completion.off_sick'])
    .select([
      'completion.hours',
      'completion.work_ability',
      'completion.next',
      'completion.step',
      'member.name as with',
    ])
    // Checked: both are written from the lists in the rules alone.
    .select(sql<NoOutcomeReason | null>`completion.no_outcome`.as('no_outcome'))
    .select(sql<EmploymentStatus>`completion.work_status`.as('work_status'))
    .where('completion.area', '=', area)
    .where('completion.episode', '=', episode)
    .where(stillStands(area, 'completion.id'))
    .executeTakeFirst()
  if (!row) return undefined
  const [goals, outcomes] = await Promise.all([goalResultsOf(db, area, row.id), outcomesOf(db, area, row.id)])
  return { ...row, goals, outcomes }
}

async function goalResultsOf(db: Db, area: string, completion: string) {
  return (
    db
      .selectFrom('completion.goal_result as given')
      .innerJoin('goal.goal as goal', (join) =>
        join.onRef('goal.area', '=', 'given.area').onRef('goal.id', '=', 'given.goal'),
      )
      // Checked: the result is written from the list in the rules alone.
      .select(['goal.id', 'goal.words', sql<GoalResult>`given.result`.as('result')])
      .select(['given.person_words', 'given.coach_words'])
      .where('given.area', '=', area)
      .where('given.completion', '=', completion)
      .orderBy('goal.id')
      .execute()
  )
}

async function outcomesOf(db: Db, area: string, completion: string): Promise<Outcome[]> {
  const rows = await db
    .selectFrom('completion.outcome')
    // Checked: outcomes are written from the list in the rules alone.
    .select(sql<Outcome>`outcome`.as('outcome'))
    .where('area', '=', area)
    .where('completion', '=', completion)
    .execute()
  return rows.map(({ outcome }) => outcome)
}

function stillStands(area: string, completion: string) {
  return sql<boolean>`not exists (select from completion.withdrawal as taken
    where taken.area = ${area} and taken.completion = ${sql.ref(completion)})`
}

/** Whether a completion was sent before under this id, taken back or not. */
export async function isCompletionKnown(db: Db, area: string, completion: string): Promise<boolean> {
  const found = await db
    .selectFrom('completion.completion')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', completion)
    .executeTakeFirst()
  return found !== undefined
}

export type Completion = Readonly<{
  area: string
  id: string
  episode: string
  completed_on: Temporal.PlainDate
  no_outcome: NoOutcomeReason | null
  no_outcome_note: string | null
  work_status: EmploymentStatus
  off_sick: boolean
  hours: number | null
  work_ability: number | null
  next: string
  recorded_at: Temporal.Instant
  by: string
  step: string
}>
type GivenGoal = Readonly<{ goal: string; result: GoalResult; person_words: string | null; coach_words: string | null }>

/** Keeps a completion with what became of each goal and every outcome. */
export async function saveCompletion(
  db: Db,
  completion: Completion,
  given: Readonly<{ goals: readonly GivenGoal[]; outcomes: readonly Outcome[] }>,
): Promise<void> {
  const of = { area: completion.area, completion: completion.id }
  await db.insertInto('completion.completion').values(completion).execute()
  for (const goal of given.goals) {
    await db
      .insertInto('completion.goal_result')
      .values({ ...of, ...goal })
      .execute()
  }
  for (const outcome of given.outcomes) {
    await db
      .insertInto('completion.outcome')
      .values({ ...of, outcome })
      .execute()
  }
}

export type Withdrawal = Readonly<{
  area: string
  id: string
  completion: string
  reason: string
  at: Temporal.Instant
  by: string
}>

/** Takes a completion back; it stays readable. */
export async function withdrawCompletion(db: Db, withdrawal: Withdrawal): Promise<void> {
  await db
    .insertInto('completion.withdrawal')
    .values(withdrawal)
    .onConflict((twice) => twice.columns(['area', 'completion']).doNothing())
    .execute()
}

/** The completions over the spells of support of a person, those taken back included. Ask listEpisodesOf before. */
export async function listCompletionsOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('completion.completed_on', 'completion.recorded_at')
  const query = db
    .selectFrom('completion.completion as completion')
    .leftJoin('completion.withdrawal as withdrawal', (join) =>
      join.onRef('withdrawal.area', '=', 'completion.area').onRef('withdrawal.completion', '=', 'completion.id'),
    )
    .select(['completion.id', 'completion.episode', 'completion.no_outcome_note', 'completion.next', at.as('at')])
    .select(['withdrawal.reason as takenBackBecause', findNameOf(asked.area, 'completion.by').as('by')])
    // Checked: as above.
    .select([
      sql<NoOutcomeReason | null>`completion.no_outcome`.as('no_outcome'),
      sql<readonly Outcome[]>`array(select outcome from completion.outcome
        where outcome.area = completion.area and outcome.completion = completion.id)`.as('outcomes'),
    ])
    .where('completion.area', '=', asked.area)
    .where(isAnyOf('completion.episode', asked.episodes))
  return readNewest(query, { at, id: 'completion.id' }, asked).execute()
}
