import { manyRows, takeBack, type TakenBack } from '#platform/database/bulk.ts'
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
  hours?: number | null
  health: Health | null
  weeksOf7Hours?: number | null
  weeksOf16Hours?: number | null
  said?: string | null
  at: Temporal.Instant
  by: string | null
}>

const columns = [
  ...(['area', 'id', 'episode', 'weeks', 'result', 'heard_on', 'in_work', 'same_employer', 'hours', 'health'] as const),
  ...(['weeks_of_7_hours', 'weeks_of_16_hours', 'said'] as const),
  ...(['recorded_at', 'by', 'step'] as const),
] as const

/** Takes many follow-ups at once. */
export async function takeFollowUps(db: Db, area: string, followUps: readonly TakenFollowUp[]): Promise<void> {
  if (followUps.length === 0) return
  const rows = followUps.map(({ on, inWork, sameEmployer, weeksOf7Hours, weeksOf16Hours, at, ...followUp }) => ({
    ...{ ...followUp, heard_on: on, in_work: inWork, same_employer: sameEmployer, recorded_at: at },
    ...{ weeks_of_7_hours: weeksOf7Hours ?? null, weeks_of_16_hours: weeksOf16Hours ?? null },
  }))
  await db
    .insertInto('follow_up.follow_up')
    .columns(columns)
    .expression(manyRows('follow_up.follow_up', columns, rows, { area }))
    .execute()
}

/** Takes back follow-ups of episodes that a batch brought; gives those that are gone. */
export function takeBackFollowUps(db: Db, { area, episodes, facts }: TakenBack): Promise<string[]> {
  return takeBack(db, 'follow_up', area, episodes, facts)
}
