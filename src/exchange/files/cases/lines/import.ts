import { sql } from 'kysely'
import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Of } from './store.ts'

/** A file of a batch, before its lines. */
export async function saveSheet(
  db: Db,
  { area, batch }: Of,
  sheet: Readonly<{ sheet: string; name: string; headings: readonly string[] }>,
): Promise<void> {
  await db
    .insertInto('lines.sheet')
    .values({ ...sheet, area, batch, headings: [...sheet.headings] })
    .execute()
}

/** A line as it came, with what ties it to others. */
export type NewLine = Readonly<{
  number: number
  cells: readonly string[]
  key: string | null
  parent: string | null
  root?: string
}>

const columns = ['area', 'batch', 'sheet', 'number', 'cells', 'key', 'parent', 'root'] as const

/** Keeps many lines of a file. */
export async function saveLines(db: Db, { area, batch }: Of, sheet: string, lines: readonly NewLine[]): Promise<void> {
  const rows = lines.map(({ cells, ...line }) => ({ ...line, cells: cells.map(withoutNothing) }))
  await db
    .insertInto('lines.line')
    .columns(columns)
    .expression(manyRows('lines.line', columns, rows, { area, batch, sheet }))
    .execute()
}

// A letter that no text in the database can hold.
function withoutNothing(cell: string): string {
  return cell.includes('\0') ? cell.replaceAll('\0', ' ') : cell
}

/** Gives the lines that belong to one person one root; a line that belongs to nobody has one of its own. */
export async function tieLines(db: Db, { area, batch }: Of): Promise<void> {
  await sql`update lines.line set root = coalesce(case sheet when 'people' then key else parent end, gen_random_uuid())
    where area = ${area} and batch = ${batch} and sheet in ('people', 'episodes')`.execute(db)
  await sql`update lines.line as line set root = coalesce((select root from lines.line as own where own.area = ${area}
      and own.batch = ${batch} and own.sheet = 'episodes' and own.key = line.parent limit 1), line.parent, gen_random_uuid())
    where line.area = ${area} and line.batch = ${batch} and line.sheet not in ('people', 'episodes')`.execute(db)
}

/** Removes the files of a batch, line by line: they are not needed any longer. */
export async function removeLines(db: Db, { area, batch }: Of): Promise<void> {
  await db.deleteFrom('lines.line').where('area', '=', area).where('batch', '=', batch).execute()
  await db.deleteFrom('lines.sheet').where('area', '=', area).where('batch', '=', batch).execute()
}
