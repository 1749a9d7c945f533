import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { usualCrisisText } from './rules.ts'

/** An area as it begins: what it is called, where it is and what it decided. */
export type TakenArea = Readonly<{
  area: string
  name: string
  runBy: string | null
  phone: string | null
  email: string | null
  postalAddress?: string
  fromOn: Temporal.PlainDate
  synthetic: boolean
  boards: readonly string[]
  settings: Readonly<Record<string, unknown>>
  at: Temporal.Instant
}>

/** Begins an area; one that is there already stays as it is. */
export async function takeArea(db: Db, taken: TakenArea): Promise<void> {
  const { area, name, fromOn, synthetic, at } = taken
  await db
    .insertInto('areas.area')
    .values({
      ...{ area, name, run_by: taken.runBy, phone: taken.phone, email: taken.email, synthetic, from_on: fromOn },
      postal_address: taken.postalAddress ?? null,
      ...{ opening_hours: 'Monday to Friday, 9am to 5pm', crisis_text: usualCrisisText, until_on: null },
    })
    .onConflict((again) => again.doNothing())
    .execute()
  const covered = taken.boards.map((board) => ({ area, id: newId(), board, from_on: fromOn }))
  const decided = Object.entries(taken.settings).map(([setting, value]) => ({
    area,
    name: setting,
    from_on: fromOn,
    value,
    set_at: at,
  }))
  await db
    .insertInto('areas.coverage')
    .columns(['area', 'id', 'board', 'from_on'])
    .expression(manyRows('areas.coverage', ['area', 'id', 'board', 'from_on'], covered))
    .execute()
  await db
    .insertInto('areas.setting')
    .columns(['area', 'name', 'from_on', 'value', 'set_at'])
    .expression(manyRows('areas.setting', ['area', 'name', 'from_on', 'value', 'set_at'], decided))
    .onConflict((again) => again.doNothing())
    .execute()
}
