import { CommandProblem } from '#platform/command/command.ts'
import { takeStock } from '#platform/database/bulk.ts'
import type { Databases } from '#platform/database/router.ts'
import { dayOf } from '#platform/dates.ts'
import {
  beginBatch,
  type Bringing,
  type Came,
  finishBatch,
  markRead,
  type Refusals,
} from '#exchange/files/batch/import.ts'
import { isTimeToCount } from '#exchange/files/batch/rules.ts'
import { findBatch, listRefused } from '#exchange/files/batch/store.ts'
import { readingOf } from '#exchange/files/cells/rules.ts'
import { headingProblem, layoutOf } from '#exchange/files/columns/rules.ts'
import { countLines, linesOf, openSheet, type Sheet } from '#exchange/files/reading/import.ts'
import { decide, findGround, type Ground, readLines, sheetName, takeGroup } from '#exchange/files/referrals/import.ts'
import { referralColumns } from '#exchange/files/referrals/rules.ts'
import { inGroups, inLanes, lanes, onceMore } from '#exchange/files/side-by-side/import.ts'

const atOnce = 1_000

/** Brings a file of referrals in. Every row is taken, was here already, or is returned with its reasons. */
export async function bringReferrals(databases: Databases, bringing: Bringing): Promise<Came> {
  const { area, dryRun, now } = bringing
  const [file, ...more] = bringing.files
  if (!file || more.length > 0) throw new CommandProblem('Bring referrals in one file at a time.')
  const sheet = await openSheet(file, referralColumns)
  const problem = headingProblem(sheet.headings, referralColumns)
  if (problem) throw new CommandProblem(problem)
  const database = databases.databaseFor(area)
  const layout = layoutOf(sheet.headings, referralColumns)
  const reading = readingOf(layout, dayOf(now))
  const ground = await database.transaction((db) => findGround(db, { ...bringing, reading }))
  const run = dryRun ? tryRows : takeRows
  const came = await countLines(sheet)
  const { batch, before, refusals, ...counts } = await run(database, sheet, { ...ground, ...bringing, came })
  const { unread } = layout
  const counted = { ...counts, refused: refusals.size, called: sheetName, sheet, refusals, unread }
  return { batch, before, files: [counted], unknown: [], stages: new Map() }
}

type Running = Ground & Bringing & Readonly<{ came: number }>
type Counted = Readonly<{ batch: string | undefined; rows: number; taken: number; already: number; before: number }> &
  Readonly<{ refusals: Refusals }>
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

async function takeRows(database: Database, sheet: Sheet, running: Running): Promise<Counted> {
  const { area, name, source, now, by, came } = running
  const of = { area, kind: 'referrals', name, source, by: by?.membership ?? null, now } as const
  const { batch, start } = await database.transaction(async (db) => {
    const batch = await beginBatch(db, { ...of, digest: sheet.digest })
    await markRead(db, { area, batch }, came)
    return { batch, start: await findBatch(db, area, batch) }
  })
  await takeAll(database, sheet, running, batch)
  return database.transaction(async (db) => {
    await finishBatch(db, { area, batch, by, now })
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
