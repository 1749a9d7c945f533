import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Rhythm } from './rules.ts'

/** What was promised in an episode, the newest first. Ask findEpisode before: it decides who may know. */
export async function listRhythms(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('rhythm.rhythm as rhythm')
      .innerJoin('organisations.member as by', (join) =>
        join.onRef('by.area', '=', 'rhythm.area').onRef('by.id', '=', 'rhythm.by'),
      )
      // Checked: the table itself refuses anything else.
      .select(['rhythm.number', sql<Rhythm>`rhythm.every`.as('every'), 'rhythm.at', 'by.name as byName'])
      .where('rhythm.area', '=', area)
      .where('rhythm.episode', '=', episode)
      .orderBy('rhythm.number', 'desc')
      .execute()
  )
}

type NewRhythm = Readonly<{
  area: string
  id: string
  episode: string
  /** The version its writer saw; nought where nothing had been promised. */
  seen: number
  every: Rhythm
  by: string
  at: Temporal.Instant
}>

/** Keeps what is promised from now on; false when somebody else said something meanwhile. */
export async function saveRhythm(db: Db, { seen, ...rhythm }: NewRhythm): Promise<boolean> {
  const saved = await db
    .insertInto('rhythm.rhythm')
    .values({ ...rhythm, number: seen + 1 })
    .onConflict((other) => other.columns(['area', 'episode', 'number']).doNothing())
    .returning('number')
    .executeTakeFirst()
  return saved !== undefined
}
