import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { EarlyEnd } from '#journey/episode/rules.ts'
import type { WayTold } from './rules.ts'

/** The early ending of an episode that stands. Ask findEpisode before: it decides who may know. */
export async function findEnding(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('ending.ending as ending')
      .leftJoin('areas.area as area', 'area.area', 'ending.to_area')
      .select(['ending.id', 'ending.ended_on', 'ending.said', 'ending.handed_to', 'ending.died_on', 'ending.step'])
      .select('area.name as moved_to')
      // Checked: both are written from the lists in the rules alone.
      .select([sql<EarlyEnd>`ending.ended_as`.as('ended_as'), sql<WayTold | null>`ending.told`.as('told')])
      .where('ending.area', '=', area)
      .where('ending.episode', '=', episode)
      .where(stillStands(area, 'ending.id'))
      .executeTakeFirst()
  )
}

function stillStands(area: string, ending: string) {
  return sql<boolean>`not exists (select from ending.withdrawal as taken
    where taken.area = ${area} and taken.ending = ${sql.ref(ending)})`
}

/** Whether an ending was sent before under this id, taken back or not. */
export async function isEndingKnown(db: Db, area: string, ending: string): Promise<boolean> {
  const found = await db
    .selectFrom('ending.ending')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', ending)
    .executeTakeFirst()
  return found !== undefined
}

export type Ending = Readonly<{
  area: string
  id: string
  episode: string
  ended_as: EarlyEnd
  ended_on: Temporal.PlainDate
  said: string | null
  handed_to: string | null
  told: WayTold | null
  to_area: string | null
  died_on: Temporal.PlainDate | null
  recorded_at: Temporal.Instant
  by: string
  step: string
}>

/** Keeps an early ending. */
export async function saveEnding(db: Db, ending: Ending): Promise<void> {
  await db.insertInto('ending.ending').values(ending).execute()
}

export type Withdrawal = Readonly<{
  area: string
  id: string
  ending: string
  reason: string
  at: Temporal.Instant
  by: string
}>

/** Takes an ending back; it stays readable. */
export async function withdrawEnding(db: Db, withdrawal: Withdrawal): Promise<void> {
  await db
    .insertInto('ending.withdrawal')
    .values(withdrawal)
    .onConflict((twice) => twice.columns(['area', 'ending']).doNothing())
    .execute()
}
