import { manyRows, takeBack, type TakenBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { ActivityKind } from '#registers/work-kinds/rules.ts'
import type { SupportKind } from './rules.ts'

/** Help that comes with a batch: what was given, and how long it took. */
export type TakenEntry = Readonly<{
  id: string
  episode: string
  kind: SupportKind
  minutes: number
  done: string
  on: Temporal.PlainDate
  at: Temporal.Instant
  by: string
}>

const columns = ['area', 'id', 'episode', 'kind', 'minutes', 'done', 'happened_on', 'recorded_at', 'by'] as const

/** Takes many entries of the log at once. */
export async function takeEntries(db: Db, area: string, entries: readonly TakenEntry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ on, at, ...entry }) => ({ ...entry, happened_on: on, recorded_at: at }))
  await db
    .insertInto('log.entry')
    .columns(columns)
    .expression(manyRows('log.entry', columns, rows, { area }))
    .execute()
}

/** Work that comes with a batch and is not about one person. */
export type TakenActivity = Readonly<{
  id: string
  member: string
  kind: ActivityKind
  minutes: number
  on: Temporal.PlainDate
  note: string | null
  at: Temporal.Instant
}>

const activityColumns = ['area', 'id', 'member', 'kind', 'minutes', 'happened_on', 'note', 'recorded_at'] as const

/** Takes much of such work at once. */
export async function takeActivities(db: Db, area: string, activities: readonly TakenActivity[]): Promise<void> {
  if (activities.length === 0) return
  const rows = activities.map(({ on, at, ...activity }) => ({ ...activity, happened_on: on, recorded_at: at }))
  await db
    .insertInto('log.activity')
    .columns(activityColumns)
    .expression(manyRows('log.activity', activityColumns, rows, { area }))
    .execute()
}

/** Takes back help that was given in episodes that a batch brought; gives those that are gone. */
export function takeBackEntries(db: Db, { area, episodes, facts }: TakenBack): Promise<string[]> {
  return takeBack(db, 'log', area, episodes, facts)
}
