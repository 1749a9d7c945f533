import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Outcome } from './rules.ts'

/** How far a batch has come. */
export async function findBatch(db: Db, area: string, batch: string) {
  return db
    .selectFrom('batch.batch')
    .select(['rows', 'taken', 'already', 'refused', 'finished_at'])
    .where('area', '=', area)
    .where('id', '=', batch)
    .executeTakeFirstOrThrow()
}

/** Some rows of one file of a batch. */
export type Some = Readonly<{ area: string; batch: string; sheet: string; numbers: readonly number[] }>

/** Which rows between the first and the last of these were dealt with before. */
export async function listDealt(db: Db, { area, batch, sheet, numbers }: Some): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('batch.row')
    .select('number')
    .where('area', '=', area)
    .where('batch', '=', batch)
    .where('sheet', '=', sheet)
    .where('number', '>=', Math.min(...numbers))
    .where('number', '<=', Math.max(...numbers))
    .execute()
  return new Set(rows.map(({ number }) => number))
}

/** Who was taken under each of these keys, in whatever file. */
export async function listTaken(db: Db, area: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map()
  // Key by key, so that the index is used also where nobody has counted the rows of a table that was empty a minute ago.
  const { rows } = await sql<{ key: string; who: string | null }>`
    select asked.key, (select who from batch.row where row.area = ${area} and row.key = asked.key and row.outcome = 'taken') as who
    from unnest(${[...keys]}::uuid[]) as asked(key)`.execute(db)
  return new Map(rows.flatMap(({ key, who }) => (who === null ? [] : [[key, who]])))
}

/** The rows of one file of a batch that were returned, with their reasons. */
export async function listRefused(db: Db, { area, batch, sheet }: Omit<Some, 'numbers'>) {
  const refused: Outcome = 'refused'
  const rows = await db
    .selectFrom('batch.row')
    .select(['number', 'reasons'])
    .where('area', '=', area)
    .where('batch', '=', batch)
    .where('sheet', '=', sheet)
    .where('outcome', '=', refused)
    .orderBy('number')
    .execute()
  return new Map(rows.map(({ number, reasons }): [number, readonly string[]] => [number, reasons]))
}
