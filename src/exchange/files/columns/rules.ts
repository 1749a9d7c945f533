import { compared } from '#exchange/files/codes/rules.ts'

/** A column of a file: what it is called, what else areas call it, and what may stand in it. */
export type Column = Readonly<{ label: string; also: readonly string[]; about: string }>

/** Every column that is read of one kind of file, and which of them must be there, as whoever exports it would say it. */
export type Columns<Key extends string> = Readonly<{
  columns: Readonly<Record<Key, Column>>
  needed: readonly Readonly<{ oneOf: readonly Key[]; called: string }>[]
}>

/** How days may be written. */
export const aDay = 'A day, the day first: 27/03/2026, 2026-03-27, 27 Mar 26 or the number Excel keeps'

/** Where each column stands in a file, by what its headings are called. */
export type Layout<Key extends string> = Readonly<{
  at: (key: Key) => number | undefined
  /** What a column is called in the file, or by us where the file has none. */
  called: (key: Key) => string
  headings: readonly string[]
  /** Headings that mean nothing to us; their cells are left in the file. */
  unread: readonly string[]
}>

/** Which column a heading stands for, in whatever letters, spaces and punctuation it is written. */
export function columnOf<Key extends string>(heading: string, known: Columns<Key>): Key | undefined {
  const word = compared(heading)
  return keysOf(known).find((key) => waysOf(known.columns[key]).includes(word))
}

function keysOf<Key extends string>({ columns }: Columns<Key>): Key[] {
  // Checked: the keys of the list are its columns.
  return Object.keys(columns) as Key[]
}

function waysOf({ label, also }: Column): string[] {
  return [label, ...also].map(compared)
}

/** For which column each heading of a file stands, in the order of the file; undefined where it is not read. */
export type Chosen<Key extends string> = readonly (Key | undefined)[]

/** For which column each heading stands by what it is called. */
export function columnsOf<Key extends string>(headings: readonly string[], known: Columns<Key>): Chosen<Key> {
  return headings.map((heading) => columnOf(heading, known))
}

/** The layout of a file by its headings, or by what somebody chose for them. */
export function layoutOf<Key extends string>(
  headings: readonly string[],
  known: Columns<Key>,
  chosen: Chosen<Key> = columnsOf(headings, known),
): Layout<Key> {
  const places = new Map(keysOf(known).flatMap((key) => (chosen.includes(key) ? [[key, chosen.indexOf(key)]] : [])))
  return {
    at: (key) => places.get(key),
    called: (key) => headings[places.get(key) ?? -1] ?? known.columns[key].label,
    headings,
    unread: headings.filter((heading, place) => heading.trim() !== '' && chosen[place] === undefined),
  }
}

/** Why a file with these headings cannot be brought in; undefined when it can. */
export function headingProblem<Key extends string>(headings: readonly string[], known: Columns<Key>) {
  const found = columnsOf(headings, known)
  const missing = missingColumns(found, known)
  if (missing.length > 0) return `The file has no column for: ${missing.join('; ')}.`
  const twice = found.find((key, place) => key !== undefined && found.indexOf(key) !== place)
  if (twice === undefined) return undefined
  const same = headings.filter((_, place) => found[place] === twice).map((heading) => `“${heading}”`)
  return `${same.join(' and ')} both mean ${known.columns[twice].label}: give one of them another name.`
}

/** What has to be there and no heading stands for, as whoever prepares the file would say it. */
export function missingColumns<Key extends string>(chosen: Chosen<Key>, known: Columns<Key>): string[] {
  const missing = known.needed.filter(({ oneOf }) => !oneOf.some((key) => chosen.includes(key)))
  return missing.map(({ called }) => called)
}

/** A heading that stands for the same column as one before it, by its place, with that column; undefined where none does. */
export function columnTwice<Key extends string>(chosen: Chosen<Key>, known: Columns<Key>) {
  const place = chosen.findIndex((key, at) => key !== undefined && chosen.indexOf(key) !== at)
  const key = chosen[place]
  return key === undefined ? undefined : { place, column: known.columns[key].label }
}

/** Every column with its other names and what may stand in it, for those who prepare a file. */
export function columnsInWords<Key extends string>({ columns }: Columns<Key>): string[] {
  return Object.values<Column>(columns).map(({ label, also, about }) => `${label}: ${about}. Also: ${also.join(', ')}.`)
}
