import { manyRows, takeBack, type TakenBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { WhoseWords } from './rules.ts'

/** A goal that comes with a batch, in the person's words unless it says otherwise. */
export type TakenGoal = Readonly<{
  id: string
  episode: string
  words: string
  whose?: WhoseWords
  targetOn?: Temporal.PlainDate | null
  at: Temporal.Instant
  by: string | null
}>

const columns = ['area', 'id', 'episode', 'words', 'whose', 'target_on', 'added_at', 'added_by', 'version'] as const

/** Takes many goals at once. */
export async function takeGoals(db: Db, area: string, goals: readonly TakenGoal[]): Promise<void> {
  const rows = goals.map(({ targetOn, at, by, ...goal }) => ({
    ...{ ...goal, target_on: targetOn ?? null, added_at: at, added_by: by },
  }))
  await db
    .insertInto('goal.goal')
    .columns(columns)
    .expression(manyRows('goal.goal', columns, rows, { area, whose: 'person', version: 1 }))
    .execute()
}

/** Takes back goals of episodes that a batch brought, after their actions; gives those that are gone. */
export function takeBackGoals(db: Db, { area, episodes, facts }: TakenBack): Promise<string[]> {
  return takeBack(db, 'goal', area, episodes, facts)
}
