import { parse } from 'csv-parse/sync'

// The country has some 640 Jobcentres, and a list of them a handful of columns.
const [mostLines, mostColumns] = [5000, 100]

/** The lines of an uploaded list, or in words why it is none that can be read, and what to do. */
export function linesOf({ name, content }: Readonly<{ name: string; content: Buffer }>): string[][] | string {
  if (content.length === 0) return `${name} is empty`
  if (content.subarray(0, 2).toString('latin1') === 'PK')
    return `${name} is a spreadsheet: open it and save it as “CSV UTF-8”`
  const text = textOf(content)
  if (text.includes('\u0000')) return `${name} is not a file of text: save the list as “CSV UTF-8”`
  try {
    const shape = { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true }
    const lines = parse(text, { ...shape, to: mostLines + 1 })
    if (lines.length > mostLines) return `${name} has more than ${mostLines} lines: send it in several parts`
    return lines.some((cells) => cells.length > mostColumns)
      ? `${name} has more than ${mostColumns} columns: is it a list of Jobcentres?`
      : lines
  } catch {
    return `${name} cannot be read as a table: save the list as “CSV UTF-8”`
  }
}

// Spreadsheets save a list in the encoding of the machine where it is not asked for another.
function textOf(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return new TextDecoder('windows-1252').decode(content)
  }
}
