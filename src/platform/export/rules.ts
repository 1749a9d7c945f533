/** A row of a file as programs for tables read it: text in quotes where it has to be, and nothing where there is nothing. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

// A cell that is empty and one that is not there are told apart: the one has quotes.
function cellOf(cell: string | null): string {
  if (cell === null) return ''
  return cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** The file of a table. */
export function fileOf({ schema, name }: Readonly<{ schema: string; name: string }>): string {
  return `${schema}.${name}.csv`
}
