/** A row of a file as programs for tables read it: text in quotes where it has to be, and nothing where there is nothing. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

// A cell that is empty and one that is not there are told apart: the one has quotes.
function cellOf(cell: string | null): string {
  if (cell === null) return ''
  return cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** A table among those an area owns, and one of its columns. */
type Column = Readonly<{ table: string; column: string }>

/** A key by which the rows of one table belong to those of another. */
export type Key = Readonly<{ from: Column; to: Column }>

/** How the rows of a table are known to be about a person: it names them itself, or belongs to a row that does. */
export type Way = Readonly<{ column: string; of: Column | 'people' }>

/**
 * For each table that holds something about people, how its rows are told from those about others: by the column that
 * names the person, or by the shortest way over the keys. A table that none leads to holds nothing about a person.
 */
export function waysToPeople(
  tables: readonly Readonly<{ table: string; columns: readonly string[] }>[],
  keys: readonly Key[],
): ReadonlyMap<string, Way> {
  const ways = new Map<string, Way>()
  for (const { table, columns } of tables) {
    if (table === 'people.person') ways.set(table, { column: 'id', of: 'people' })
    else if (columns.includes('person')) ways.set(table, { column: 'person', of: 'people' })
  }
  for (let before = -1; before !== ways.size;) {
    before = ways.size
    const known = new Set(ways.keys())
    for (const { from, to } of keys)
      if (known.has(to.table) && !ways.has(from.table)) ways.set(from.table, { column: from.column, of: to })
  }
  return ways
}

/** Tables that are in no export: of whom they speak nobody of the service knows, and may not learn it by a file. */
export const leftOut: readonly string[] = [
  'asked_by_employer.ask',
  'asked_by_employer.asked',
  'asked_by_employer.never',
]

/** The file of a table. */
export function fileOf({ schema, name }: Readonly<{ schema: string; name: string }>): string {
  return `${schema}.${name}.csv`
}

/** Somebody who worked in an area, as a keeper has to know them who has no account here: never how they sign in. */
export type Author = Readonly<{
  id: string
  name: string
  role: string
  organisation: string
  from: Temporal.PlainDate
  until: Temporal.PlainDate | null
}>

/** The file that says who wrote what stands in the others. */
export const authors = {
  file: 'members.csv',
  means:
    'Whoever the other files name by the id of a membership: who wrote, decided or looked after somebody, and as what.',
  columns: ['id', 'name', 'role', 'organisation', 'from_on', 'until_on'],
} as const

/** The line of one of them. */
export const authorLine = ({ id, name, role, organisation, from, until }: Author): string =>
  csvLine([id, name, role, organisation, from.toString(), until?.toString() ?? null])

const everyId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Every id that the cells of a row name, also within lists. */
export const idsIn = (cells: readonly (string | null)[]): string[] =>
  cells.flatMap((cell) => cell?.match(everyId) ?? [])
