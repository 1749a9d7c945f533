import { CommandProblem } from '#platform/command/command.ts'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { findGround as findGroundOfCases } from '#exchange/files/cases/group/import.ts'
import { sheetNames, sheets } from '#exchange/files/cases/sheets/rules.ts'
import { readingOf, rowOf } from '#exchange/files/cells/rules.ts'
import { type Chosen, columnsOf, layoutOf } from '#exchange/files/columns/rules.ts'
import { findGround, type Ground, readLines } from '#exchange/files/referrals/import.ts'
import { referralColumns, type ReferralKey } from '#exchange/files/referrals/rules.ts'
import { countLines, linesOf, openSheet, type Sheet, writtenLine } from '#exchange/files/reading/import.ts'
import { inGroups } from '#exchange/files/side-by-side/import.ts'
import { type BringableKind, columnsIn, type Kept, partSize } from './rules.ts'
import { findLines, type Of } from './store.ts'

/** A file as it came with a form. */
export type Sent = Readonly<{ name: string; content: Buffer; isTooLarge: boolean }>

/** A file that was looked through, and which of its parcel it is. */
export type Opened = Readonly<{ sheet: string; file: Sheet; rows: number }>

/** Looks through a file that was sent; a sentence for whoever sent it where it is not what it should be. */
export async function openSent(kind: BringableKind, sheet: string, { name, content }: Sent): Promise<Opened | string> {
  const known = { columns: columnsIn(kind, sheet) }
  try {
    // Checked: the bytes of a form lie in memory of their own.
    const bytes = content as Buffer<ArrayBuffer>
    const source = { name, bytes: () => inChunks(bytes) }
    const file = await openSheet(source, known.columns)
    const recognised = columnsOf(file.headings, known.columns).filter((column) => column !== undefined)
    if (recognised.length === 0 && file.headings.length < 3) return noTable(name)
    const rows = await countLines(file)
    if (rows === 0) return `${name} has headings and no rows below them: send a file with rows`
    return { sheet, file, rows }
  } catch (cause) {
    if (cause instanceof CommandProblem) return cause.message.replace(/\.$/, '')
    throw cause
  }
}

function noTable(name: string): string {
  return `${name} has no columns that we know: save it as “CSV UTF-8”, with headings in its first row and commas, semicolons or tabs between the columns`
}

const chunk = 65_536

async function* inChunks(bytes: Buffer<ArrayBuffer>): AsyncGenerator<Buffer<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
}

/** What is kept of what somebody sent. */
export type Keeping = Readonly<{
  area: string
  id: string
  kind: BringableKind
  source: string
  organisation: string
  by: string
  now: Temporal.Instant
}>

/** Keeps files row by row, in parts; the same parcel sent twice is kept once. */
export async function keepParcel(db: Db, keeping: Keeping, opened: readonly Opened[]): Promise<void> {
  const { by, now, ...parcel } = keeping
  const kept = await db
    .insertInto('parcel.parcel')
    .values({ ...parcel, sent_by: by, sent_at: now })
    .onConflict((twice) => twice.doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows === 0n) return
  for (const { sheet, file, rows } of opened) {
    const of = { area: parcel.area, parcel: parcel.id, sheet }
    const { digest, source } = file
    const headings = file.headings.map(readable)
    await db
      .insertInto('parcel.sheet')
      .values({ ...of, name: source.name, digest, headings, rows })
      .execute()
    let part = 0
    for await (const lines of inGroups(linesOf(file), partSize)) {
      const row = { ...of, part, lines: JSON.stringify(lines.map(cleaned)) }
      await db.insertInto('parcel.part').values(row).execute()
      part += 1
    }
  }
}

// PostgreSQL keeps no NUL, and no keyboard writes one.
function cleaned({ number, cells }: Kept): Kept {
  return { number, cells: cells.map(readable) }
}

function readable(text: string): string {
  return text.replaceAll('\u0000', '')
}

type First = Pick<Ground, 'area' | 'source' | 'now'> &
  Readonly<{ kind: BringableKind; sheet: string; headings: readonly string[]; chosen: Chosen<string> }>

/** What is wrong with these rows by themselves, before the database is asked about them. */
export async function wrongIn(
  db: Db,
  first: First,
  lines: readonly Kept[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  if (first.kind === 'episodes') return wrongInCases(db, first, lines)
  const read = readLines(await groundOf(db, { ...first, by: undefined }), lines)
  return new Map(read.flatMap((row) => (row.ok ? [] : [[row.number, row.reasons]])))
}

async function wrongInCases(db: Db, { sheet, headings, chosen, ...given }: First, lines: readonly Kept[]) {
  const name = sheetNames.find((known) => known === sheet)
  const wrong = new Map<number, readonly string[]>()
  if (!name) return wrong
  const of = { headings: new Map([[name, headings]]), chosen: new Map([[name, chosen]]) }
  const { readings, staff } = await findGroundOfCases(db, { ...given, by: undefined, ...of })
  const reading = readings.get(name)
  for (const { number, cells } of lines) {
    if (!reading) return wrong
    const row = rowOf(reading, cells)
    const read = sheets[name].read(row, staff)
    if (row.reasons.length > 0 || !read)
      wrong.set(number, row.reasons.length > 0 ? row.reasons : ['It cannot be read.'])
  }
  return wrong
}

type Reading = Pick<Ground, 'area' | 'source' | 'now' | 'by'> &
  Readonly<{ headings: readonly string[]; chosen: Chosen<string> }>

/** What is needed to read the rows of a file of referrals whose columns somebody has chosen. */
export async function groundOf(db: Db, { headings, chosen, ...given }: Reading): Promise<Ground> {
  // Checked: only columns of referrals are chosen for a file of referrals.
  const layout = layoutOf(headings, referralColumns, chosen as Chosen<ReferralKey>)
  return findGround(db, { ...given, reading: readingOf(layout, dayOf(given.now)) })
}

/** Deletes the rows of parcels. What they were called and how many there were stays. */
export async function emptyParcels(db: Db, area: string, parcels: readonly string[], now: Temporal.Instant) {
  if (parcels.length === 0) return
  await db.deleteFrom('parcel.part').where('area', '=', area).where('parcel', 'in', parcels).execute()
  const own = db.updateTable('parcel.parcel').where('area', '=', area).where('id', 'in', parcels)
  await own.set({ emptied_at: now }).where('emptied_at', 'is', null).execute()
}

type Refusals = ReadonlyMap<number, readonly string[]>
type Returned = Of & Readonly<{ sheet: string; headings: readonly string[]; refusals: Refusals }>

/** The rows of a file that are returned, as they came, with the reasons beside them. */
export async function returnedRows(db: Db, { headings, refusals, ...of }: Returned): Promise<string> {
  // With a byte order mark, so that a spreadsheet reads the letters as they are.
  let text = `\uFEFF${writtenLine([...headings, 'Row', 'Why it was returned'])}`
  for (let part = 0; ; part += 1) {
    const lines = await findLines(db, { ...of, part })
    if (!lines) return text
    for (const { number, cells } of lines) {
      const reasons = refusals.get(number)
      const own = headings.map((_, place) => cells[place] ?? '')
      if (reasons) text += writtenLine([...own, String(number), reasons.join(' ')])
    }
  }
}
