import type { Db } from '#platform/database/transaction.ts'

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
