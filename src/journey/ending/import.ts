import { manyRows, takeBack, type TakenBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { EarlyEnd } from '#journey/episode/rules.ts'
import type { WayTold } from './rules.ts'

/** An early ending that comes with a batch. */
export type TakenEnding = Readonly<{
  id: string
  episode: string
  /** The step that ended the episode. */
  step: string
  as: EarlyEnd
  on: Temporal.PlainDate
  said: string | null
  handedTo: string | null
  told: WayTold | null
  at: Temporal.Instant
  by: string | null
}>

const columns = [
  ...(['area', 'id', 'episode', 'ended_as', 'ended_on', 'said', 'handed_to', 'told', 'died_on'] as const),
  ...(['recorded_at', 'by', 'step'] as const),
] as const

/** Takes many endings at once. */
export async function takeEndings(db: Db, area: string, endings: readonly TakenEnding[]): Promise<void> {
  if (endings.length === 0) return
  const rows = endings.map(({ as, on, handedTo, at, ...ending }) => ({
    ...{ ...ending, ended_as: as, ended_on: on, handed_to: handedTo, recorded_at: at },
    died_on: as === 'died' ? on : null,
  }))
  await db
    .insertInto('ending.ending')
    .columns(columns)
    .expression(manyRows('ending.ending', columns, rows, { area }))
    .execute()
}

/** Takes back early endings of episodes that a batch brought; gives those that are gone. */
export function takeBackEndings(db: Db, { area, episodes, facts }: TakenBack): Promise<string[]> {
  return takeBack(db, 'ending', area, episodes, facts)
}
