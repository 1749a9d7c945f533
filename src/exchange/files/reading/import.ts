import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { pipeline as pipelineDone } from 'node:stream/promises'
import { CsvError, parse, type Options } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'
import { CommandProblem } from '#platform/command/command.ts'
import { columnOf, type Columns } from '#exchange/files/columns/rules.ts'

/** Where a file's bytes come from: a disk, or a form that was sent. They can be asked for more than once. */
export type Source = Readonly<{ name: string; bytes: () => AsyncIterable<Buffer<ArrayBuffer>> }>

/** A file on this machine's disk. */
export function fileOn(path: string): Source {
  return { name: path, bytes: () => bytesOf(path) }
}

export type Line = Readonly<{
  /** Which row of the file it is when it is opened as a spreadsheet: the headings are row 1. */
  number: number
  cells: readonly string[]
}>

/** A file that was looked through once: how it is written, and a digest that knows it again. */
export type Sheet = Readonly<{
  source: Source
  digest: string
  encoding: Encoding
  separator: Separator
  headings: readonly string[]
}>

type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252'
const separators = [',', ';', '\t'] as const
type Separator = (typeof separators)[number]

/** Looks through a file of any size and says how it is written; one sentence where it is no table of text. */
export async function openSheet<Key extends string>(source: Source, known: Columns<Key>): Promise<Sheet> {
  const { digest, encoding } = await lookThrough(source)
  const { separator, headings } = await findHeadings(source, encoding, known)
  return { source, digest, encoding, separator, headings }
}

/** Every row below the headings that has something in it, one after the other. */
export async function* linesOf({ source, encoding, separator }: Sheet): AsyncGenerator<Line> {
  let [number, headed] = [0, false]
  try {
    for await (const cells of cellsOf(source, encoding, separator)) {
      number += 1
      if (isBlank(cells)) continue
      if (headed) yield { number, cells }
      else headed = !isHint(cells)
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    // The rows before it may have been read and not handed on yet.
    const before = Math.max(number, Number(cause['records']) || 0)
    throw new CommandProblem(
      `After row ${before} of ${source.name} a cell begins with a quotation mark and never ends.`,
      {
        cause,
      },
    )
  }
}

/** How many rows there are below the headings. Read to its end before anything is taken, so that half a file never is. */
export async function countLines(sheet: Sheet): Promise<number> {
  let count = 0
  for await (const _ of linesOf(sheet)) count += 1
  return count
}

/** A row as it stands in a file separated by commas. */
export function writtenLine(cells: readonly string[]): string {
  const quoted = cells
    .map(harmless)
    .map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
  return `${quoted.join(',')}\r\n`
}

// A cell that a spreadsheet would run as a formula is kept from it by an apostrophe, which is not read again.
function harmless(cell: string): string {
  return /^[=+@\t\r-]/.test(cell) && !/^[+-]?[\d\s().-]*$/.test(cell) ? `'${cell}` : cell
}

/** Writes the rows that were returned, as they came, with the reasons beside them. */
export async function writeReturned(
  sheet: Sheet,
  refusals: ReadonlyMap<number, readonly string[]>,
  to: string,
): Promise<void> {
  const file = createWriteStream(to)
  await once(file, 'open').catch((cause: unknown) => {
    throw new CommandProblem(
      `The returned rows cannot be written to ${to}: name another file for them and run again.`,
      { cause },
    )
  })
  await pipelineDone(Readable.from(returnedLines(sheet, refusals)), file)
}

// With a byte order mark, so that a spreadsheet reads the letters as they are; the reasons stand in the last columns.
async function* returnedLines(sheet: Sheet, refusals: ReadonlyMap<number, readonly string[]>): AsyncGenerator<string> {
  yield `\uFEFF${writtenLine([...sheet.headings, 'Row', 'Why it was returned'])}`
  for await (const { number, cells } of linesOf(sheet)) {
    const reasons = refusals.get(number)
    const own = sheet.headings.map((_, place) => cells[place] ?? '')
    if (reasons) yield writtenLine([...own, String(number), reasons.join(' ')])
  }
}

async function lookThrough({ name, bytes: bytesIn }: Source): Promise<{ digest: string; encoding: Encoding }> {
  const hash = createHash('sha256')
  const strict = new TextDecoder('utf-8', { fatal: true })
  let [first, isUtf8, hasNothing] = [Buffer.alloc(0), true, false]
  for await (const bytes of bytesIn()) {
    if (first.length === 0) first = bytes
    hash.update(bytes)
    hasNothing ||= bytes.includes(0)
    isUtf8 &&= decodes(strict, bytes)
  }
  const digest = hash.digest('hex')
  if (first.length === 0) throw new CommandProblem(`${name} is empty.`)
  if (first[0] === 0xff && first[1] === 0xfe) return { digest, encoding: 'utf-16le' }
  if (first.subarray(0, 2).toString('latin1') === 'PK')
    throw new CommandProblem(`${name} is a spreadsheet: open it and save it as “CSV UTF-8”.`)
  if (hasNothing) throw new CommandProblem(`${name} is not a file of text: save it as “CSV UTF-8”.`)
  return { digest, encoding: isUtf8 && decodes(strict) ? 'utf-8' : 'windows-1252' }
}

function decodes(strict: TextDecoder, bytes?: Buffer): boolean {
  try {
    strict.decode(bytes, { stream: bytes !== undefined })
    return true
  } catch {
    return false
  }
}

async function* bytesOf(file: string): AsyncGenerator<Buffer<ArrayBuffer>> {
  try {
    // Checked: without an encoding a file is read as bytes.
    for await (const bytes of createReadStream(file)) yield bytes as Buffer<ArrayBuffer>
  } catch (cause) {
    throw new CommandProblem(`The file ${file} cannot be read.`, { cause })
  }
}

// The decoder takes the byte order mark away.
async function* textOf({ bytes: bytesIn }: Source, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const bytes of bytesIn()) yield decoder.decode(bytes, { stream: true })
  yield decoder.decode()
}

const shape = (separator: Separator): Options => ({
  delimiter: separator,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: 1_000_000,
})

async function* cellsOf(source: Source, encoding: Encoding, separator: Separator): AsyncGenerator<string[]> {
  const parser = parse(shape(separator))
  pipeline(Readable.from(textOf(source, encoding)), parser, () => undefined)
  // Checked: without a cast or columns every record is a list of texts.
  for await (const cells of parser) yield cells as string[]
}

// Far more than any system writes: each column is shown with what it means.
const mostColumns = 300

// The separator is the one that makes the most of the headings, so that a comma in a heading misleads nobody.
async function findHeadings<Key extends string>(source: Source, encoding: Encoding, columns: Columns<Key>) {
  const start = await beginningOf(source, encoding)
  const tried = separators.map((separator) => {
    const headings = headingsIn(start, separator)
    return { separator, headings, known: headings.filter((heading) => columnOf(heading, columns)).length }
  })
  const [best] = tried.toSorted((one, other) => other.known - one.known || other.headings.length - one.headings.length)
  if (!best || best.headings.length === 0) throw new CommandProblem(`${source.name} has no headings.`)
  if (best.headings.length > mostColumns)
    throw new CommandProblem(
      `${source.name} has ${best.headings.length} columns, and at most ${mostColumns} are read: leave out those that say nothing about these people.`,
    )
  return best
}

async function beginningOf(source: Source, encoding: Encoding): Promise<string> {
  let text = ''
  for await (const more of textOf(source, encoding)) {
    text += more
    if (text.length > 60_000) break
  }
  return text
}

// One row more at a time, so that a fault further down does not hide the headings.
function headingsIn(text: string, separator: Separator): string[] {
  for (let to = 1; to <= 10; to += 1) {
    const cells = rowsIn(text, { ...shape(separator), to }).at(-1)
    if (cells === undefined) return []
    if (!isBlank(cells) && !isHint(cells)) return cells.map((cell) => cell.trim())
  }
  return []
}

function rowsIn(text: string, options: Options): string[][] {
  try {
    const rows: unknown = parseNow(text, options)
    // Checked: as above.
    return rows as string[][]
  } catch {
    return []
  }
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}

// Excel's own first line, "sep=;".
function isHint(cells: readonly string[]): boolean {
  return /^sep=/i.test(cells[0] ?? '')
}
