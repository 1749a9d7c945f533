import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CsvError, parse } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'
import { asOwner } from '#platform/database/owner.ts'
import { readDay } from '#platform/dates.ts'
import { compactPostcode } from '#platform/postcode/rules.ts'
import {
  listLoadings,
  type PlaceRows,
  saveLoading,
  savePlaces,
  savePostcodes,
  savePractices,
  type Taken,
} from './store.ts'

const folder = fileURLToPath(new URL('../../../data/', import.meta.url))

type Row = Readonly<Record<string, string | null>>

/** The project's own files about places, as they stand in data/. */
export function readPlaces(): PlaceRows {
  return {
    regions: rowsIn('places/regions.csv'),
    boards: rowsIn('places/boards.csv'),
    succession: rowsIn('places/succession.csv'),
    councils: rowsIn('places/councils.csv'),
    overlaps: rowsIn('places/council-board.csv'),
    vanguards: rowsIn('places/vanguards.csv'),
    figures: rowsIn('places/programme-figures.csv'),
    holidays: rowsIn('calendar/bank-holidays-england.csv'),
  }
}

function rowsIn(file: string): Row[] {
  const text = readFileSync(folder + file, 'utf8')
  return parseNow(text, { columns: true, cast: (cell) => (cell === '' ? null : cell) })
}

/**
 * Brings the reference facts of data/ into the database at the owner's address, in one transaction. When they are there
 * already, which is so on every start but the first of a version, it costs one look.
 */
export async function loadPlaces(ownerUrl: string): Promise<void> {
  const rows = readPlaces()
  const stamp = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  await asOwner(ownerUrl, async (db) => {
    const loaded = (await listLoadings(db)).find(({ what }) => what === 'places')
    if (loaded?.stamp === stamp) return
    await savePlaces(db, rows)
    const taken = Object.values(rows).reduce((sum, file) => sum + file.length, 0)
    await saveLoading(db, { what: 'places', stamp, source: 'data/' }, { taken, refused: 0 })
  })
}

/** What came of a publisher's file: rows taken, rows refused with the first reasons, and codes the register does not know. */
export type ImportReport = Taken & Readonly<{ reasons: readonly string[]; unknown: readonly string[] }>

type Cells = Readonly<Record<string, string>>
type Heading = string | false

// Column names carry the year of the code (lad26cd, icb26cd) and change with every release, so they are known by stem.
const stems: Readonly<Record<string, RegExp>> = {
  code: /^pcd[s278]?$/,
  country: /^ctry(\d\d)?(cd)?$/,
  council_ons: /^(lad(\d\d)?cd|(os)?laua)$/,
  board_ons: /^icb(\d\d)?(cd)?$/,
  small_area: /^lsoa21(cd)?$/,
  introduced_on: /^dointr$/,
  ended_on: /^doterm$/,
}

// Where on the map a postcode is, which makes distances right to the house; a directory may do without.
const welcome: Readonly<Record<string, RegExp>> = { latitude: /^lat(itude)?$/, longitude: /^long(itude)?$/ }

/** What each column of a postcode directory is to us, false where it is nothing; a file without them is refused. */
export function directoryColumns(headings: readonly string[]): Heading[] {
  const plain = headings.map((heading) => heading.trim().toLowerCase())
  const at = new Map(Object.entries(stems).map(([name, stem]) => [plain.findIndex((one) => stem.test(one)), name]))
  if (at.size < Object.keys(stems).length || at.has(-1)) {
    const lacking = Object.entries(stems).filter(([, stem]) => !plain.some((one) => stem.test(one)))
    throw new TypeError(`This is not a postcode directory: it lacks ${lacking.map(([name]) => name).join(', ')}`)
  }
  const more = Object.entries(welcome)
  return plain.map((one, index) => at.get(index) ?? more.find(([, stem]) => stem.test(one))?.[0] ?? false)
}

const countries: Readonly<Record<string, string>> = {
  E92000001: 'England',
  W92000004: 'Wales',
  S92000003: 'Scotland',
  N92000002: 'Northern Ireland',
}

function postcodeRow(cells: Cells): Row | string {
  const code = compactPostcode(cells['code'] ?? '')
  if (!/^[A-Z0-9]{5,7}$/.test(code)) return `“${cells['code']}” is not a postcode`
  return {
    code,
    country: countries[cells['country'] ?? ''] ?? 'Elsewhere',
    council_ons: cells['council_ons'] || null,
    board_ons: cells['board_ons'] || null,
    small_area: cells['small_area'] || null,
    introduced_on: monthStart(cells['introduced_on']),
    ended_on: monthStart(cells['ended_on']),
    ...onTheMap(cells['latitude'], cells['longitude']),
  }
}

// A postcode that is nowhere on the map stands at 99.999999 degrees in the publisher's file.
function onTheMap(latitude: string | undefined, longitude: string | undefined) {
  const isKnown = latitude && longitude && Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180
  return isKnown ? { latitude, longitude } : { latitude: null, longitude: null }
}

function monthStart(month: string | undefined): string | null {
  return month && /^\d{6}$/.test(month) ? `${month.slice(0, 4)}-${month.slice(4)}-01` : null
}

/** Takes the ONS Postcode Directory or the National Statistics Postcode Lookup from the publisher's own file, as the owner. */
export async function importPostcodes(ownerUrl: string, file: string, progress?: Progress): Promise<ImportReport> {
  const { boards, councils } = readPlaces()
  const known = new Set([...boards, ...councils].map(({ ons }) => ons))
  const unknown = new Map<string, number>()
  const notice = (code: string | null | undefined): void => {
    if (code && !known.has(code)) unknown.set(code, (unknown.get(code) ?? 0) + 1)
  }
  const taken = await asOwner(ownerUrl, async (db) => {
    let first = true
    const read = await takeRows({ file, columns: directoryColumns, progress }, postcodeRow, async (rows) => {
      for (const row of rows.filter(({ country }) => country === 'England')) {
        notice(row['council_ons'])
        notice(row['board_ons'])
      }
      await savePostcodes(db, rows, first)
      first = false
    })
    await saveLoading(db, { what: 'postcodes', stamp: basename(file), source: basename(file) }, read)
    return read
  })
  return { ...taken, unknown: Array.from(unknown, ([code, count]) => `${code} (${count} postcodes)`) }
}

// The file of the NHS Organisation Data Service has no headings; 27 columns by position, these of them ours.
const practiceColumns: Heading[] = [
  ...(['code', 'name', false, 'board', ...Array<false>(5).fill(false), 'postcode', 'opened_on'] as const),
  ...(['closed_on', 'standing', ...Array<false>(12).fill(false), 'setting'] as const),
]

function practiceRow(cells: Cells): Row | string {
  const code = cells['code'] ?? ''
  if (!/^[A-Z0-9]{3,6}$/.test(code)) return `“${code}” is not the code of a practice`
  if (cells['setting'] === undefined) return 'It has not the 27 columns of epraccur.csv'
  // 4 is a GP practice; the rest of the file are prisons, hospices, out-of-hours services and the like.
  if (cells['setting'] && cells['setting'] !== '4') return 'Not a GP practice'
  const postcode = compactPostcode(cells['postcode'] ?? '')
  return {
    code,
    name: inWords(cells['name'] ?? ''),
    board: cells['board'] || null,
    postcode: /^[A-Z0-9]{5,7}$/.test(postcode) ? postcode : null,
    opened_on: dayIn(cells['opened_on']),
    closed_on: dayIn(cells['closed_on']),
  }
}

function dayIn(cell: string | undefined): string | null {
  const read = readDay(cell ?? '')
  return read.ok ? read.day.toString() : null
}

/** "ST JOHN'S NHS SURGERY" as people write it: "St John's NHS Surgery". */
function inWords(capitals: string): string {
  const words = capitals
    .toLowerCase()
    .replaceAll(/(^|[\s(/&-])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
  return words.replaceAll(/\b(nhs|gp|pcn|pms|hiv)\b/gi, (short) => short.toUpperCase())
}

/** Takes the GP practices (epraccur.csv) of the NHS Organisation Data Service from the publisher's own file, as the owner. */
export async function importPractices(ownerUrl: string, file: string, progress?: Progress): Promise<ImportReport> {
  const rows: Row[] = []
  const taken = await takeRows({ file, columns: practiceColumns, progress }, practiceRow, async (some) => {
    rows.push(...some)
  })
  await asOwner(ownerUrl, async (db) => {
    await savePractices(db, rows)
    await saveLoading(db, { what: 'practices', stamp: basename(file), source: basename(file) }, taken)
  })
  const known = new Set(readPlaces().boards.map(({ code }) => code))
  const strange = rows.filter(({ board }) => board && !known.has(board))
  const unknown = Map.groupBy(strange, ({ board }) => board)
  return { ...taken, unknown: Array.from(unknown, ([code, found]) => `${code} (${found.length} practices)`) }
}

/** Told how much of a file has been read, in hundredths. */
type Progress = (done: number, of: number) => void
type Source = Readonly<{
  file: string
  columns: Heading[] | ((headings: readonly string[]) => Heading[])
  progress: Progress | undefined
}>

/** Reads a publisher's file row by row; one of which no row is of use is refused, so that it replaces nothing. */
async function takeRows(
  { file, columns, progress }: Source,
  read: (cells: Cells) => Row | string,
  save: (rows: readonly Row[]) => Promise<void>,
): Promise<Omit<ImportReport, 'unknown'>> {
  const reasons = new Map<string, number>()
  let [batch, taken, refused]: [Row[], number, number] = [[], 0, 0]
  const opened = createReadStream(file)
  const saveBatch = async () => {
    taken += batch.length
    await save(batch)
    batch = []
    progress?.(Math.round((100 * opened.bytesRead) / statSync(file).size), 100)
  }
  const parser = parse({ columns, bom: true, trim: true, relax_column_count: true, skip_empty_lines: true })
  const found: AsyncIterable<Cells> = opened.on('error', (cause) => parser.destroy(cause)).pipe(parser)
  for await (const cells of readably(found)) {
    const row = read(cells)
    if (typeof row !== 'string') batch.push(row)
    else {
      refused += 1
      // A wrong file of millions of rows has millions of reasons; the first tell enough.
      if (reasons.size < 20 || reasons.has(row)) reasons.set(row, (reasons.get(row) ?? 0) + 1)
    }
    if (batch.length === 5000) await saveBatch()
  }
  if (batch.length > 0) await saveBatch()
  const [first = 'it is empty'] = reasons.keys()
  if (taken === 0) throw new TypeError(`Nothing was changed, because no row of this file can be taken: ${first}`)
  return { taken, refused, reasons: Array.from(reasons, ([why, count]) => `${why} (${count})`) }
}

async function* readably(rows: AsyncIterable<Cells>): AsyncIterable<Cells> {
  try {
    yield* rows
  } catch (cause) {
    if (cause instanceof CsvError) throw new TypeError('Nothing was changed: this cannot be read as CSV', { cause })
    throw cause
  }
}
