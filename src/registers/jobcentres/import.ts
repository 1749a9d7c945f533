import { parse } from 'csv-parse/sync'

// The country has some 640 Jobcentres, and a list of them a handful of columns.
const [mostLines, mostColumns] = [5000, 100]

/** The lines of an uploaded list, or undefined when the bytes are no table of text, or one of something else. */
export function linesOf(content: Buffer): string[][] | undefined {
  const text = textOf(content)
  if (text.includes('\u0000')) return undefined
  try {
    const shape = { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true }
    const lines = parse(text, { ...shape, to: mostLines + 1 })
    return lines.length > mostLines || lines.some((cells) => cells.length > mostColumns) ? undefined : lines
  } catch {
    return undefined
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
