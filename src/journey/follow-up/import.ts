import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Health, InWork, Result, SameEmployer, Weeks } from './rules.ts'

/** A follow-up that comes with a batch; without answers where nobody answered. */
export type TakenFollowUp = Readonly<{
  id: string
  episode: string
  /** The step that ended the wait for it. */
  step: string
  weeks: Weeks
  result: Result
  on: Temporal.PlainDate
  inWork: InWork | null
  sameEmployer: SameEmployer | null
  health: Health | null
  at: Temporal.Instant
  by: string
}>

const columns = [
  ...(['area', 'id', 'episode', 'weeks', 'result', 'heard_on', 'in_work', 'same_employer', 'health'] as const),
  ...(['recorded_at', 'by', 'step'] as const),
] as const

/** Takes many follow-ups at once. */
export async function takeFollowUps(db: Db, area: string, followUps: readonly TakenFollowUp[]): Promise<void> {
  if (followUps.length === 0) return
  const rows = followUps.map(({ on, inWork, sameEmployer, at, ...followUp }) => ({
    ...{ ...followUp, heard_on: on, in_work: inWork, same_employer: sameEmployer, recorded_at: at },
  }))
  await db
    .insertInto('follow_up.follow_up')
    .columns(columns)
    .expression(manyRows('follow_up.follow_up', columns, rows, { area }))
    .execute()
}
