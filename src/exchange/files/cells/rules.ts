import { type ReadDay, readDay, type Within } from '#platform/dates.ts'
import { compared, rememberedCode, type Spellings } from '#exchange/files/codes/rules.ts'
import type { Layout } from '#exchange/files/columns/rules.ts'

/** What is the same for every row of a file while it is read. */
export type Reading<Key extends string> = Readonly<{
  layout: Layout<Key>
  today: Temporal.PlainDate
  /** When somebody may have been born. */
  births: Within
  /** When something may have happened that stands in a file. */
  past: Within
  /** The same, or what was agreed for the next two years. */
  planned: Within
  /** Days that were read before: most of them stand in many rows. */
  days: ReadonlyMap<Within, Map<string, ReadDay>>
}>

/** One row: its cells, and everything that is wrong with it, a sentence for each. */
export type Row<Key extends string> = Reading<Key> & Readonly<{ cells: readonly string[]; reasons: string[] }>

// Exports of other systems do not reach further back; it also tells the century of a year of two digits.
const earliest = Temporal.PlainDate.from('2000-01-01')

/** Begins to read a file. */
export function readingOf<Key extends string>(layout: Layout<Key>, today: Temporal.PlainDate): Reading<Key> {
  const births = { earliest: today.subtract({ years: 120 }), latest: today }
  const past = { earliest, latest: today }
  const planned = { earliest, latest: today.add({ years: 2 }) }
  const days = new Map([births, past, planned].map((within) => [within, new Map<string, ReadDay>()]))
  return { layout, today, births, past, planned, days }
}

/** Begins to read a row. */
export function rowOf<Key extends string>(reading: Reading<Key>, cells: readonly string[]): Row<Key> {
  return { ...reading, cells, reasons: wholeRowProblems(reading.layout.headings, cells) }
}

function wholeRowProblems(headings: readonly string[], cells: readonly string[]): string[] {
  if (cells.length > headings.length && cells.slice(headings.length).some((one) => one.trim() !== ''))
    return [`The row has ${cells.length} cells and the file ${headings.length} columns: put cells in quotes.`]
  const repeats = headings.length > 1 && headings.every((heading, place) => heading === cells[place]?.trim())
  return repeats ? ['The row says the headings again: take it out.'] : []
}

/** What a column is called in the file. */
export function headingOf<Key extends string>({ layout }: Pick<Row<Key>, 'layout'>, key: Key): string {
  return `“${layout.called(key)}”`
}

/** Says what is wrong with a cell. */
export function say<Key extends string>(row: Row<Key>, key: Key, sentence: string): void {
  row.reasons.push(`${headingOf(row, key)}: ${sentence}`)
}

const saysNothing = /^(n\/?a|#n\/a|none|null|nil|unknown|not known|n\/k|-+|\.)$/i
const plainWords = /^(?!')[!-~]+(?: [!-~]+)*$/

/** What stands in a cell, with single spaces and without letters nobody can see; null where it says nothing. */
export function cellIn<Key extends string>(row: Row<Key>, key: Key): string | null {
  const text = wordsIn(row, key)
  return text !== null && saysNothing.test(text) ? null : text
}

/** The same for names: somebody may be called Null. */
function wordsIn<Key extends string>({ cells, layout }: Row<Key>, key: Key): string | null {
  const place = layout.at(key)
  const given = place === undefined ? '' : (cells[place] ?? '')
  if (given === '' || plainWords.test(given)) return given || null
  const text = given
    .replace(/^'(?=[=+@\t\r-])/, '')
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return text || null
}

/** Text of a cell, no longer than it may be. */
export function textIn<Key extends string>(row: Row<Key>, key: Key, most = 200): string | null {
  return noLonger(row, key, { text: cellIn(row, key), most })
}

/** A name, no longer than it may be. */
export function nameIn<Key extends string>(row: Row<Key>, key: Key): string | null {
  return noLonger(row, key, { text: wordsIn(row, key), most: 100 })
}

type Limited = Readonly<{ text: string | null; most: number }>

function noLonger<Key extends string>(row: Row<Key>, key: Key, { text, most }: Limited): string | null {
  if (text !== null && text.length > most) say(row, key, `It must be ${most} characters or fewer.`)
  return text
}

/** The code that a cell means. */
export function codeIn<Key extends string, Code extends string>(row: Row<Key>, key: Key, spellings: Spellings<Code>) {
  const text = cellIn(row, key)
  return text === null ? null : codeFrom(row, key, { text, spellings })
}

/** The codes of a cell that holds several, however they are kept apart. */
export function codesIn<Key extends string, Code extends string>(
  row: Row<Key>,
  key: Key,
  spellings: Spellings<Code>,
): Code[] {
  const said = (cellIn(row, key) ?? '').split(/[,;/|+&]| and /).map((one) => one.trim())
  return said.flatMap((text) => (text === '' ? [] : (codeFrom(row, key, { text, spellings }) ?? [])))
}

type Said<Code extends string> = Readonly<{ text: string; spellings: Spellings<Code> }>

function codeFrom<Key extends string, Code extends string>(
  row: Row<Key>,
  key: Key,
  { text, spellings }: Said<Code>,
): Code | null {
  const code = rememberedCode(text, spellings)
  if (code === undefined) say(row, key, notOneOf(text, spellings))
  return code ?? null
}

function notOneOf<Code extends string>(text: string, { list }: Spellings<Code>): string {
  const labels = Object.values<Readonly<{ label: string }>>(list).map(({ label }) => label)
  return `“${text.slice(0, 60)}” is not one of: ${labels.join('; ')}.`
}

const mostKnown = 50_000

/** The day that a cell means. */
export function dayIn<Key extends string>(row: Row<Key>, key: Key, within: Within): Temporal.PlainDate | null {
  const text = cellIn(row, key)
  if (text === null) return null
  const known = row.days.get(within)
  if (known && known.size > mostKnown) known.clear()
  const read = known?.get(text) ?? readDay(text, within)
  known?.set(text, read)
  if (!read.ok) say(row, key, `${read.why}.`)
  return read.ok ? read.day : null
}

/** A whole number between these; null where nothing is said. */
export function numberIn<Key extends string>(
  row: Row<Key>,
  key: Key,
  { least, most }: Readonly<{ least: number; most: number }>,
): number | null {
  const text = cellIn(row, key)
  if (text === null) return null
  const number = /^\d{1,6}(\.0+)?$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  say(row, key, `“${text.slice(0, 60)}” is not a whole number from ${least} to ${most}.`)
  return null
}

/** The time of day that a cell means, from a cell of its own or after the day; null where nothing is said. */
export function timeIn<Key extends string>(row: Row<Key>, key: Key, after?: Key): string | null {
  const beside = after === undefined ? null : (/[ T](\d{1,2}:\d{2}.*)$/.exec(cellIn(row, after) ?? '')?.[1] ?? null)
  const text = cellIn(row, key) ?? (beside !== null && !/^0?0:00/.test(beside) ? beside : null)
  if (text === null) return null
  const found = /^(\d{1,2})[:.h]?(\d{2})(?:[:.]\d{2}(?:\.\d+)?)?(?: ?([ap])\.?m\.?)?$/i.exec(text)
  const time = found && inDay(Number(found[1]), Number(found[2]), found[3]?.toLowerCase())
  if (!time) say(row, key, `“${text.slice(0, 60)}” is not a time: write it like 14:30.`)
  return time
}

function inDay(hour: number, minute: number, half: string | undefined): string | null {
  const hours = half === 'p' && hour < 12 ? hour + 12 : half === 'a' && hour === 12 ? 0 : hour
  if (hours > 23 || minute > 59 || (half !== undefined && hour > 12)) return null
  return `${String(hours).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** What is compared of several words, so that the same row of another file is known again. */
export function keyFrom(...words: readonly (string | null)[]): string {
  return words.map((word) => compared(word ?? '')).join('\n')
}
