import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'

/** A goal that comes with a batch, in the person's words. */
export type TakenGoal = Readonly<{ id: string; episode: string; words: string; at: Temporal.Instant; by: string }>

const columns = ['area', 'id', 'episode', 'words', 'whose', 'added_at', 'added_by', 'version'] as const

/** Takes many goals at once. */
export async function takeGoals(db: Db, area: string, goals: readonly TakenGoal[]): Promise<void> {
  const rows = goals.map(({ id, episode, words, at, by }) => ({
    area,
    id,
    episode,
    words,
    whose: 'person',
    added_at: at,
    added_by: by,
    version: 1,
  }))
  await db
    .insertInto('goal.goal')
    .columns(columns)
    .expression(manyRows('goal.goal', columns, rows))
    .execute()
}
