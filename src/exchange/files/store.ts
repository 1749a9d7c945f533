import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import type { Outcome } from './rules.ts'

/** A file that is to be brought in. */
export type Beginning = Readonly<{
  area: string
  name: string
  source: string
  digest: string
  rows: number
  by: string | null
  now: Temporal.Instant
}>

/** Begins a batch, or finds the one of the same file that broke off. */
export async function beginBatch(db: Db, beginning: Beginning): Promise<string> {
  const { area, name, source, digest, rows, by, now } = beginning
  await db
    .insertInto('files.batch')
    .values({ area, id: newId(), kind: 'referrals', name, source, digest, rows, by, started_at: now })
    .onConflict((under) => under.doNothing())
    .execute()
  const { id } = await db
    .selectFrom('files.batch')
    .select('id')
    .where('area', '=', area)
    .where('kind', '=', 'referrals')
    .where('source', '=', source)
    .where('digest', '=', digest)
    .where('finished_at', 'is', null)
    .executeTakeFirstOrThrow()
  return id
}

/** How far a batch has come. */
export async function findBatch(db: Db, area: string, batch: string) {
  return db
    .selectFrom('files.batch')
    .select(['rows', 'reached', 'taken', 'already', 'refused', 'finished_at'])
    .where('area', '=', area)
    .where('id', '=', batch)
    .executeTakeFirstOrThrow()
}

/** The last row that was dealt with; nobody else deals with rows of this batch until the transaction ends. */
export async function holdBatchStill(db: Db, area: string, batch: string): Promise<number> {
  const held = await db
    .selectFrom('files.batch')
    .select('reached')
    .where('area', '=', area)
    .where('id', '=', batch)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return held.reached
}

/** Who was taken under each of these keys, in whatever file. */
export async function listTaken(db: Db, area: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('files.row')
    .select(['key', 'who'])
    .where('area', '=', area)
    .where('outcome', '=', 'taken')
    .where('key', 'in', [...keys])
    .execute()
  return new Map(rows.map(({ key, who }) => [key ?? '', who ?? '']))
}

/** What came of a row. */
export type Dealt = Readonly<{
  number: number
  key: string | null
  who: string | null
  outcome: Outcome
  reasons: readonly string[]
}>

const columns = ['area', 'batch', 'number', 'key', 'who', 'outcome', 'reasons'] as const

/** Writes what came of these rows, and how far the batch has come by them. */
export async function saveRows(db: Db, area: string, batch: string, rows: readonly Dealt[]): Promise<void> {
  const of = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length
  await db
    .insertInto('files.row')
    .columns(columns)
    .expression(
      manyRows(
        'files.row',
        columns,
        rows.map((row) => ({ area, batch, ...row })),
      ),
    )
    .execute()
  await db
    .updateTable('files.batch')
    .set((row) => ({
      reached: Math.max(...rows.map(({ number }) => number)),
      taken: row('taken', '+', of('taken')),
      already: row('already', '+', of('already')),
      refused: row('refused', '+', of('refused')),
    }))
    .where('area', '=', area)
    .where('id', '=', batch)
    .execute()
}

/** Says that every row of a batch was dealt with. */
export async function finishBatch(db: Db, area: string, batch: string, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('files.batch')
    .set({ finished_at: now })
    .where('area', '=', area)
    .where('id', '=', batch)
    .where('finished_at', 'is', null)
    .execute()
}

/** The rows of a batch that were returned, with their reasons. */
export async function listRefused(db: Db, area: string, batch: string) {
  const rows = await db
    .selectFrom('files.row')
    .select(['number', 'reasons'])
    .where('area', '=', area)
    .where('batch', '=', batch)
    .where('outcome', '=', 'refused')
    .orderBy('number')
    .execute()
  return new Map(rows.map(({ number, reasons }): [number, readonly string[]] => [number, reasons]))
}
