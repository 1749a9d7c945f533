import { manyRows, takeBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import type { WordsHeard } from '#registers/wording/rules.ts'
import type { Switch, WayOfAgreeing } from './rules.ts'

/** An answer to one switch that comes with a batch. */
export type TakenAnswer = Readonly<{
  person: string
  switch: Switch
  given: boolean
  how: WayOfAgreeing
  at: Temporal.Instant
  by: string | null
  /** The version of our words that they heard. */
  wordingVersion: WordsHeard
}>

type Batch = Readonly<{ area: string; batch: string }>
type OfBatch = Readonly<{ area: string; batch: string | null }>

/** Takes many answers at once. */
export async function takeAnswers(db: Db, { area, batch }: OfBatch, answers: readonly TakenAnswer[]): Promise<void> {
  const rows = answers.map(({ by, wordingVersion: heard, ...answer }) => ({
    ...{ ...answer, id: newId(), recorded_by: by, batch, wording_version: heard === 'none-of-ours' ? null : heard },
  }))
  await insert(db, area, rows)
}

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
  'wording_version',
  'how',
  'lawful_basis',
  'recorded_by',
  'at',
  'batch',
] as const

/** Takes many people's agreement to take part at once. */
export async function takeAgreeing(db: Db, area: string, agreeing: readonly TakenAgreeing[]): Promise<void> {
  const rows = agreeing.flatMap(({ person, at, by }) =>
    ['take-part', 'contact'].map((code) => ({
      ...{ id: newId(), person, switch: code, given: true, how: 'telephone', recorded_by: by, at, batch: null },
      wording_version: 1,
    })),
  )
  await insert(db, area, rows)
}

async function insert(db: Db, area: string, rows: readonly object[]): Promise<void> {
  const same = { area, recipient: '', allows: 'status', lawful_basis: 'public-task' }
  await db
    .insertInto('permissions.permission')
    .columns(columns)
    .expression(manyRows('permissions.permission', columns, rows, same))
    .execute()
}

/** Takes back what people agreed to: everything of those whom a batch brought, of others what came with it. */
export function takeBackAnswers(db: Db, { area, batch }: Batch, people: readonly string[]): Promise<string[]> {
  return takeBack(db, 'permissions', area, people, [batch])
}
