import { manyRows, takeBack, type TakenBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Owner, Result } from './rules.ts'

/** An action that comes with a batch. */
export type TakenAction = Readonly<{
  id: string
  goal: string
  what: string
  owner: Owner
  dueOn: Temporal.PlainDate
  at: Temporal.Instant
  by: string | null
}>

const columns = ['area', 'id', 'goal', 'what', 'owner', 'due_on', 'added_at', 'added_by', 'version'] as const

/** Takes many actions at once. */
export async function takeActions(db: Db, area: string, actions: readonly TakenAction[]): Promise<void> {
  const rows = actions.map(({ id, goal, what, owner, dueOn, at, by }) => ({
    area,
    id,
    goal,
    what,
    owner,
    due_on: dueOn,
    added_at: at,
    added_by: by,
    version: 1,
  }))
  await db
    .insertInto('action.action')
    .columns(columns)
    .expression(manyRows('action.action', columns, rows))
    .execute()
}

/** What came of an action, as it comes with a batch. */
export type TakenActionResult = Readonly<{
  id: string
  action: string
  result: Result
  on: Temporal.PlainDate
  note?: string | null
  at: Temporal.Instant
  by: string | null
}>

const resultColumns = ['area', 'id', 'action', 'result', 'result_on', 'note', 'at', 'by'] as const

/** Takes many results of actions at once. */
export async function takeActionResults(db: Db, area: string, results: readonly TakenActionResult[]): Promise<void> {
  if (results.length === 0) return
  const rows = results.map(({ on, ...result }) => ({ ...result, result_on: on }))
  await db
    .insertInto('action.result')
    .columns(resultColumns)
    .expression(manyRows('action.result', resultColumns, rows, { area }))
    .execute()
}

/** Takes back actions for goals of episodes that a batch brought; gives those that are gone. */
export function takeBackActions(db: Db, { area, episodes, facts }: TakenBack): Promise<string[]> {
  return takeBack(db, 'action', area, episodes, facts)
}
