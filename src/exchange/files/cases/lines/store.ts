import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Counts, Outcome } from '#exchange/files/batch/rules.ts'

/** One batch of one area. */
export type Of = Readonly<{ area: string; batch: string }>

/** The next lines that belong together, in the order of their roots; how many roots at once is said. */
export async function listNextLines(db: Db, { area, batch }: Of, after: string | null, most: number) {
  const roots = await db
    .selectFrom('lines.line')
    .select('root')
    .distinct()
    .where('area', '=', area)
    .where('batch', '=', batch)
    .where((line) => (after === null ? line('root', 'is not', null) : line('root', '>', after)))
    .orderBy('root')
    .limit(most)
    .execute()
  const [first, last] = [roots[0]?.root, roots.at(-1)?.root]
  if (!first || !last) return { lines: [], last: undefined }
  const lines = await db
    .selectFrom('lines.line')
    .select(['sheet', 'number', 'cells', 'key', 'parent'])
    .where('area', '=', area)
    .where('batch', '=', batch)
    .where('root', '>=', first)
    .where('root', '<=', last)
    .orderBy('sheet')
    .orderBy('number')
    .execute()
  return { lines, last }
}

/** What would come of the lines of each file, or comes of them, by what is written beside the lines. */
export async function countKept(db: Db, { area, batch }: Of): Promise<ReadonlyMap<string, Counts>> {
  const { rows } = await sql<Counts & Readonly<{ sheet: string }>>`select sheet, count(*)::integer as rows,
      count(*) filter (where outcome = 'taken')::integer as taken, count(*) filter (where outcome = 'already')::integer as already,
      count(*) filter (where outcome = 'refused')::integer as refused
    from lines.line where area = ${area} and batch = ${batch} group by sheet`.execute(db)
  return new Map(rows.map(({ sheet, ...counts }) => [sheet, counts]))
}

/** The lines of a file that would be returned, with their reasons. */
export async function listRefusedLines(db: Db, { area, batch }: Of, sheet: string) {
  const refused: Outcome = 'refused'
  return db
    .selectFrom('lines.line')
    .select(['number', 'reasons'])
    .where('area', '=', area)
    .where('batch', '=', batch)
    .where('sheet', '=', sheet)
    .where('outcome', '=', refused)
    .orderBy('number')
    .execute()
}
