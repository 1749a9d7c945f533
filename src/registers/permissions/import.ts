import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'

/** Somebody who agreed to take part and to be contacted, with when and to whom they said so. */
export type TakenAgreeing = Readonly<{ person: string; at: Temporal.Instant; by: string }>

const columns = [
  'area',
  'id',
  'person',
  'switch',
  'recipient',
  'allows',
  'given',
  'how',
  'lawful_basis',
  'recorded_by',
  'at',
] as const

/** Takes many people's agreement to take part at once. */
export async function takeAgreeing(db: Db, area: string, agreeing: readonly TakenAgreeing[]): Promise<void> {
  const rows = agreeing.flatMap(({ person, at, by }) =>
    ['take-part', 'contact'].map((code) => ({
      ...{ area, id: newId(), person, switch: code, recipient: '', allows: 'status', given: true },
      ...{ how: 'telephone', lawful_basis: 'public-task', recorded_by: by, at },
    })),
  )
  await db
    .insertInto('permissions.permission')
    .columns(columns)
    .expression(manyRows('permissions.permission', columns, rows))
    .execute()
}
