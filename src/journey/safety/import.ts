import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Closing, ConcernKind } from './rules.ts'

/** A concern that comes with a batch, looked at once when it was written down and closed later or still open. */
export type TakenConcern = Readonly<{
  id: string
  episode: string
  person: string
  kind: ConcernKind
  seen: string
  at: Temporal.Instant
  by: string
  looks: readonly TakenLook[]
}>

export type TakenLook = Readonly<{
  id: string
  done: string
  told: string | null
  nextOn: Temporal.PlainDate | null
  closedAs: Closing | null
  at: Temporal.Instant
}>

const columns = [
  ...(['area', 'id', 'episode', 'person', 'kind', 'about_others', 'source', 'seen'] as const),
  ...(['recorded_at', 'recorded_by'] as const),
] as const
const lookColumns = [
  ...(['area', 'id', 'concern', 'looked_at', 'by', 'told', 'told_at', 'done'] as const),
  ...(['next_look_on', 'closed_as'] as const),
] as const

/** Takes many concerns at once, with every look at them. */
export async function takeConcerns(db: Db, area: string, concerns: readonly TakenConcern[]): Promise<void> {
  if (concerns.length === 0) return
  const rows = concerns.map(({ at, by, looks: _, ...concern }) => ({ ...concern, recorded_at: at, recorded_by: by }))
  const looks = concerns.flatMap(({ id: concern, by, looks }) =>
    looks.map(({ nextOn, closedAs, at, ...look }) => ({
      ...{ ...look, concern, by, looked_at: at, told_at: look.told === null ? null : at },
      ...{ next_look_on: nextOn, closed_as: closedAs },
    })),
  )
  await db
    .insertInto('safety.concern')
    .columns(columns)
    .expression(manyRows('safety.concern', columns, rows, { area, about_others: false, source: 'staff' }))
    .execute()
  await db
    .insertInto('safety.look')
    .columns(lookColumns)
    .expression(manyRows('safety.look', lookColumns, looks, { area }))
    .execute()
}
