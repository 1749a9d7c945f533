import type { Actor } from '#platform/access/rules.ts'
import type { Chosen, Columns } from '#exchange/files/columns/rules.ts'
import { columnsOf, columnTwice, missingColumns } from '#exchange/files/columns/rules.ts'
import { sheetCalled, sheetNames, sheets } from '#exchange/files/cases/sheets/rules.ts'
import { referralColumns } from '#exchange/files/referrals/rules.ts'

/** Who brings records in by the page: those who triage and those who run the service, for their own organisation. */
export const bringers = ['administrator', 'service-manager'] as const

/** All files that are sent together may be of so many bytes: some 100,000 rows. */
export const mostBytes = 25_000_000

/** How many rows of a file are kept, tried and taken at once. */
export const partSize = 500

/** One of the files of which something that can be brought in is made. */
export type FileKind = Readonly<{ label: string; columns: Columns<string> }>

/** Something that can be brought in by the page. */
export type Bringable = Readonly<{
  label: string
  /** What stands in it, for whoever prepares it. */
  about: string
  files: Readonly<Record<string, FileKind>>
}>

/** What can be brought in by the page, each with its files. */
export const bringable = {
  referrals: {
    label: 'Referrals',
    about: 'One file with a row for each request for help and the person it is about.',
    files: { referrals: { label: 'Referrals', columns: referralColumns } },
  },
  episodes: {
    label: 'Open cases',
    about: `Up to nine files that build on each other, sent together and known by their names: ${sheetNames.map((name) => `${name}.csv`).join(', ')}.`,
    files: sheets,
  },
} as const satisfies Readonly<Record<string, Bringable>>

export type BringableKind = keyof typeof bringable

/** What can be brought in under this code, if anything. */
export function bringableAs(code: string): (Bringable & Readonly<{ kind: BringableKind }>) | undefined {
  // Checked: the keys of the list are its codes.
  const kind = (Object.keys(bringable) as BringableKind[]).find((known) => known === code)
  return kind && { ...bringable[kind], kind }
}

/** Which file of its kind a file is by its name; the only one there is, whatever it is called. */
export function fileCalled(kind: BringableKind, name: string): string | undefined {
  return kind === 'referrals' ? 'referrals' : sheetCalled(name)
}

/** Whether this member may bring records in: whoever is brought in is held by the organisation that receives referrals. */
export function mayBringIn(actor: Pick<Actor, 'organisation'>, receives: string | null): boolean {
  return actor.organisation === receives
}

/** Which columns of a kind of file there are; none where it has no such file. */
export function columnsIn(kind: BringableKind, sheet: string): Columns<string> {
  const files: Bringable['files'] = bringable[kind].files
  return files[sheet]?.columns ?? { columns: {}, needed: [] }
}

/** Files in the order in which one builds on the other. */
export function inOrder<File extends Readonly<{ sheet: string }>>(kind: BringableKind, files: readonly File[]): File[] {
  const order = Object.keys(bringable[kind].files)
  return files.toSorted((one, other) => order.indexOf(one.sheet) - order.indexOf(other.sheet))
}

/** A row as it came: which row of the file it is when it is opened as a spreadsheet, and its cells. */
export type Kept = Readonly<{ number: number; cells: readonly string[] }>

/** A file of a parcel, as it is looked at. */
export type Sheet = Readonly<{ sheet: string; name: string; headings: readonly string[]; rows: number }>

/** Which rows of which file make up a part of a parcel, in the order of its files; undefined after the last. */
export function partAt(sheets: readonly Sheet[], part: number): Readonly<{ sheet: string; part: number }> | undefined {
  const [first, ...more] = sheets
  if (!first) return undefined
  const own = Math.ceil(first.rows / partSize)
  return part < own ? { sheet: first.sheet, part } : partAt(more, part - own)
}

/** What a box for a heading of a file is called in a form. */
export function boxOf(sheet: string, place: number): string {
  return `column-${sheet}-${place}`
}

type Boxes = Readonly<Record<string, string | readonly string[]>>

/** For which columns the headings of a file stand: as somebody chose in a form, otherwise as they are called. */
export function chosenIn(kind: BringableKind, { sheet, headings }: Sheet, boxes: Boxes): Chosen<string> {
  const known = columnsIn(kind, sheet)
  const found = columnsOf(headings, known)
  return headings.map((_, place) => {
    const box = boxes[boxOf(sheet, place)]
    if (box === undefined) return found[place]
    const code = [box].flat().at(-1) ?? ''
    return code in known.columns ? code : undefined
  })
}

/** What is wrong with the columns that were chosen for a file; the field leads to where it is put right. */
export function columnProblems(kind: BringableKind, { sheet }: Sheet, chosen: Chosen<string>) {
  const known = columnsIn(kind, sheet)
  const missing = missingColumns(chosen, known)
  const twice = columnTwice(chosen, known)
  return [
    ...(missing.length > 0
      ? [
          {
            field: boxOf(sheet, Math.max(0, chosen.indexOf(undefined))),
            message: `Say which column holds: ${missing.join('; ')}. If none does, add it to the file and send it again`,
          },
        ]
      : []),
    ...(twice ? [{ field: boxOf(sheet, twice.place), message: `Choose ${twice.column} for one column only` }] : []),
  ]
}

/** A fault that rows have: without the words of the cell it is about, so that the same faults are counted together. */
export type Fault = Readonly<{ fault: string; rows: number; examples: readonly number[] }>

// What stands in quotation marks, but for the heading of the column with which a reason begins.
const cellsWords = /“[^”]*”(?!:)/g

/** What is wrong with the rows that are returned, the most frequent first, with a few rows as examples. */
export function faultsIn(refusals: ReadonlyMap<number, readonly string[]>): Fault[] {
  const rows = new Map<string, number[]>()
  for (const [number, reasons] of refusals) {
    for (const fault of new Set(reasons.map((reason) => reason.replaceAll(cellsWords, '“…”')))) {
      const known = rows.get(fault)
      if (known) known.push(number)
      else rows.set(fault, [number])
    }
  }
  return [...rows]
    .map(([fault, numbers]) => ({ fault, rows: numbers.length, examples: numbers.slice(0, 5) }))
    .toSorted((one, other) => other.rows - one.rows)
}

/** What stands in a column of the first of these rows that has something there, as much as fits. */
export function exampleIn(lines: readonly Kept[], place: number): string {
  const text = lines.map(({ cells }) => (cells[place] ?? '').trim()).find((cell) => cell !== '') ?? ''
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
