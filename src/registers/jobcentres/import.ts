import { parse } from 'csv-parse/sync'

/** The lines of an uploaded list, or undefined when the bytes are no table of text. */
export function linesOf(content: Buffer): string[][] | undefined {
  const text = textOf(content)
  if (text.includes('\u0000')) return undefined
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true })
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
