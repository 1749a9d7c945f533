import { availableParallelism } from 'node:os'
import { basename, resolve } from 'node:path'
import { CommandProblem } from '#platform/command/command.ts'
import { takeStock } from '#platform/database/bulk.ts'
import type { Databases } from '#platform/database/router.ts'
import { dayOf } from '#platform/dates.ts'
import { beginBatch, finishBatch, inGroups, inLanes, onceMore } from '#exchange/files/batch/import.ts'
import { addsUp, type Counts, isTimeToCount } from '#exchange/files/batch/rules.ts'
import { findBatch, listRefused } from '#exchange/files/batch/store.ts'
import { readingOf } from '#exchange/files/cells/rules.ts'
import { headingProblem, layoutOf } from '#exchange/files/columns/rules.ts'
import { countLines, fileOn, linesOf, openSheet, type Sheet, writeReturned } from '#exchange/files/reading/import.ts'
import { decide, findGround, type Ground, readLines, sheetName, takeGroup } from '#exchange/files/referrals/import.ts'
import { referralColumns } from '#exchange/files/referrals/rules.ts'

/** A file of referrals that is to be brought into an area. */
export type Importing = Readonly<{
  area: string
  file: string
  /** Which system the file's references come from, where two number their rows alike. */
  source: string
  /** Reads and counts everything, and takes nothing. */
  dryRun: boolean
  /** Where the returned rows are written, with their reasons. */
  refusedFile: string
  now: Temporal.Instant
  progress: (done: number, of: number) => void
}>

/** Every row of the file, by what came of it. */
export type Reconciliation = Counts &
  Readonly<{
    batch: string | undefined
    /** How many rows an earlier run had dealt with before it broke off. */
    before: number
    unread: readonly string[]
  }>

const atOnce = 1_000

/** Brings a file of referrals in. Every row is taken, was here already, or is returned with its reasons. */
export async function importReferrals(databases: Databases, importing: Importing): Promise<Reconciliation> {
  const { area, file, dryRun, refusedFile, now } = importing
  if (resolve(file) === resolve(refusedFile))
    throw new CommandProblem('The returned rows need a file of their own: name another with --refused.')
  const sheet = await openSheet(fileOn(file), referralColumns)
  const problem = headingProblem(sheet.headings, referralColumns)
  if (problem) throw new CommandProblem(problem)
  const database = databases.databaseFor(area)
  const layout = layoutOf(sheet.headings, referralColumns)
  const reading = readingOf(layout, dayOf(now))
  const ground = await database.transaction((db) => findGround(db, { ...importing, reading, by: undefined }))
  const run = dryRun ? tryRows : takeRows
  const came = await countLines(sheet)
  const { refusals, ...counted } = await run(database, sheet, { ...ground, ...importing, came })
  if (refusals.size > 0) await writeReturned(sheet, refusals, refusedFile)
  const reconciled = { ...counted, refused: refusals.size, unread: layout.unread }
  if (!addsUp(reconciled)) throw new Error('A row of the file is not accounted for')
  return reconciled
}

type Running = Ground & Importing & Readonly<{ came: number }>
type Counted = Readonly<{ batch: string | undefined; rows: number; taken: number; already: number; before: number }> &
  Readonly<{ refusals: ReadonlyMap<number, readonly string[]> }>
type Database = ReturnType<Databases['databaseFor']>

async function tryRows(database: Database, sheet: Sheet, running: Running): Promise<Counted> {
  const seen = new Map<string, string>()
  const counted = { batch: undefined, rows: 0, taken: 0, already: 0, before: 0 }
  const refusals = new Map<number, readonly string[]>()
  for await (const lines of inGroups(linesOf(sheet), atOnce)) {
    const read = readLines(running, lines)
    const dealt = await database.transaction((db) => decide(db, running, read, seen))
    counted.rows += lines.length
    for (const { number, outcome, reasons } of dealt) {
      if (outcome === 'refused') refusals.set(number, reasons)
      else counted[outcome] += 1
    }
    running.progress(counted.rows, running.came)
  }
  return { ...counted, refusals }
}

// As many at once as the machine has processors: the database works on some while others are read.
const lanes = Math.max(2, Math.min(8, availableParallelism()))

async function takeRows(database: Database, sheet: Sheet, running: Running): Promise<Counted> {
  const { area, file, source, now, came } = running
  const beginning = {
    area,
    kind: 'referrals',
    name: basename(file),
    source,
    digest: sheet.digest,
    by: null,
    now,
  } as const
  const batch = await database.transaction((db) => beginBatch(db, beginning))
  const start = await database.transaction((db) => findBatch(db, area, batch))
  await takeAll(database, sheet, running, batch)
  return database.transaction(async (db) => {
    await finishBatch(db, area, batch, now)
    const end = await findBatch(db, area, batch)
    if (end?.rows !== came) throw new Error(`Of ${came} rows of the file ${end?.rows ?? 0} were dealt with`)
    const refusals = await listRefused(db, { area, batch, sheet: sheetName })
    const { rows, taken, already } = end
    return { batch, rows, taken, already, before: start?.rows ?? 0, refusals }
  })
}

async function takeAll(database: Database, sheet: Sheet, running: Running, batch: string): Promise<void> {
  let [done, groupsDone] = [0, 0]
  async function* groups() {
    for await (const lines of inGroups(linesOf(sheet), atOnce)) yield readLines(running, lines)
  }
  await inLanes(groups(), {
    lanes,
    keysOf: (group) => group.flatMap((row) => (row.ok ? row.key : [])),
    work: async (group) => {
      await onceMore(() => database.transaction((db) => takeGroup(db, running, batch, group)))
      done += group.length
      if (isTimeToCount((groupsDone += 1))) await database.transaction(takeStock)
      running.progress(done, running.came)
    },
  })
}
