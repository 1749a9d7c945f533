import { type Dated, readDay } from '#platform/dates.ts'
import { compactPostcode, writtenPostcode } from '#platform/postcode/rules.ts'

/** A Jobcentre office with the days between which it is open. Offices open and close, and no national file says which. */
export type Office = Dated & Readonly<{ code: string; name: string; district: string | null; postcode: string | null }>

/** What a column of an uploaded list may be called, by what it means to us. */
const headings = {
  code: ['code', 'officecode', 'jobcentrecode', 'office'],
  name: ['name', 'jobcentre', 'jobcentreplus', 'jobcentreoffice', 'officename', 'jobcentrename'],
  district: ['district', 'jobcentredistrict', 'districtname'],
  postcode: ['postcode', 'officepostcode'],
  from: ['from', 'open', 'opened', 'openfrom', 'startdate', 'validfrom'],
  until: ['until', 'closed', 'closedon', 'openuntil', 'enddate', 'validto'],
} as const

type Heading = keyof typeof headings

/** What each column of a list is to us; undefined where it is nothing. */
function columnsOf(line: readonly string[]): (Heading | undefined)[] {
  const known = Object.entries(headings)
  return line.map((heading) => {
    const plain = heading.toLowerCase().replaceAll(/[^a-z]/g, '')
    const found = known.find(([, names]) => names.some((name) => name === plain))
    // Checked: the keys are those of the headings.
    return found?.[0] as Heading | undefined
  })
}

/** A row of a list that was not taken: which line, and what to do about it. */
export type Refused = Readonly<{ line: number; why: string }>

/** What an uploaded list says, row by row; a row that cannot be read is given back with its reason. */
export function officesIn(lines: readonly (readonly string[])[], usualFrom: Temporal.PlainDate) {
  const [first, ...rest] = lines
  const columns = columnsOf(first ?? [])
  if (!columns.includes('name')) return { offices: [], refused: [{ line: 1, why: noName }] }
  const offices: Office[] = []
  const refused: Refused[] = []
  const seen = new Set<string>()
  for (const [index, cells] of rest.entries()) {
    const read = officeIn(cellsOf(columns, cells), usualFrom)
    const why = typeof read === 'string' ? read : seen.has(read.code) ? `The list has ${read.code} twice.` : undefined
    if (why !== undefined) refused.push({ line: index + 2, why })
    else if (typeof read !== 'string') {
      seen.add(read.code)
      offices.push(read)
    }
  }
  return { offices, refused }
}

const noName = 'The first line must name the columns, and one of them must be “Name”.'

type Cells = Readonly<Partial<Record<Heading, string>>>

function cellsOf(columns: readonly (Heading | undefined)[], cells: readonly string[]): Cells {
  const named = columns.flatMap((column, index) => (column ? [[column, (cells[index] ?? '').trim()]] : []))
  // Checked: the columns are those of the headings, and each cell is text.
  return Object.fromEntries(named) as Cells
}

function officeIn(cells: Cells, usualFrom: Temporal.PlainDate): Office | string {
  const name = cells.name ?? ''
  if (name === '' || name.length > 200) return 'The name of the Jobcentre is missing or too long.'
  const code = (cells.code ?? '').toUpperCase() || codeFor(name)
  if (!isCode(code)) return `“${code}” is not a code: letters, digits and hyphens, up to 40.`
  const postcode = cells.postcode ? writtenPostcode(cells.postcode) : null
  if (postcode === undefined) return `“${cells.postcode}” is not a postcode.`
  const [from, until] = [dayIn(cells.from, usualFrom), dayIn(cells.until, null)]
  if (from === undefined || until === undefined) return 'A date cannot be read: write it as 27/3/2026 or 2026-03-27.'
  const office = { code, name, district: cells.district || null, fromOn: from ?? usualFrom, untilOn: until }
  return periodIsWrong(office) ?? { ...office, postcode: postcode && compactPostcode(postcode) }
}

/** Whether this can be the code of an office. */
export function isCode(code: string): boolean {
  return /^[A-Z0-9-]{2,40}$/.test(code)
}

/** The code of an office that came without one, from its name: "Bolton (Great Moor)" is BOLTON-GREAT-MOOR. */
export function codeFor(name: string): string {
  const bare = name.normalize('NFD').replaceAll(/\p{Mark}/gu, '')
  const plain = bare.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '-')
  return plain.replaceAll(/^-+|-+$/g, '').slice(0, 40)
}

/** What stands against the days of an office; undefined where nothing does. */
export function periodIsWrong({ fromOn, untilOn }: Dated): string | undefined {
  if (untilOn === null || Temporal.PlainDate.compare(fromOn, untilOn) <= 0) return undefined
  return 'The day on which it closes must not be before the day on which it opens.'
}

function dayIn(cell: string | undefined, usual: Temporal.PlainDate | null): Temporal.PlainDate | null | undefined {
  if (!cell) return usual
  const read = readDay(cell)
  return read.ok ? read.day : undefined
}

/** The offices of which a list says something that is not known yet. */
export function saidAnew(said: readonly Office[], known: readonly Office[]): Office[] {
  const written = ({ code, name, district, postcode, fromOn, untilOn }: Office) =>
    JSON.stringify([code, name, district, postcode, fromOn, untilOn])
  const before = new Set(known.map(written))
  return said.filter((office) => !before.has(written(office)))
}
