import { manyRows, takeBack, type TakenBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { WaitsFor } from './rules.ts'

/** A time in which support waited on others, with the day on which it went on where it has. */
export type TakenPause = Readonly<{
  id: string
  episode: string
  waitsFor: WaitsFor
  since: Temporal.Instant
  sinceOn: Temporal.PlainDate
  checkOn: Temporal.PlainDate
  by: string
  resumed: Readonly<{ at: Temporal.Instant; on: Temporal.PlainDate }> | null
}>

const columns = ['area', 'id', 'episode', 'waits_for', 'since_on', 'check_on', 'at', 'by'] as const
const resumptionColumns = ['area', 'pause', 'resumed_on', 'at', 'by'] as const

/** Takes many pauses at once. */
export async function takePauses(db: Db, area: string, pauses: readonly TakenPause[]): Promise<void> {
  if (pauses.length === 0) return
  const rows = pauses.map(({ id, episode, waitsFor, since, sinceOn, checkOn, by }) => ({
    ...{ id, episode, waits_for: waitsFor, since_on: sinceOn, check_on: checkOn, at: since, by },
  }))
  const resumed = pauses.flatMap(({ id: pause, resumed, by }) =>
    resumed ? [{ pause, resumed_on: resumed.on, at: resumed.at, by }] : [],
  )
  await Promise.all([
    db
      .insertInto('pause.pause')
      .columns(columns)
      .expression(manyRows('pause.pause', columns, rows, { area }))
      .execute(),
    db
      .insertInto('pause.resumption')
      .columns(resumptionColumns)
      .expression(manyRows('pause.resumption', resumptionColumns, resumed, { area }))
      .execute(),
  ])
}

/** Takes back waitings of episodes that a batch brought; gives those that are gone. */
export function takeBackPauses(db: Db, { area, episodes, facts }: TakenBack): Promise<string[]> {
  return takeBack(db, 'pause', area, episodes, facts)
}
