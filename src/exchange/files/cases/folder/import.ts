import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { CommandProblem } from '#platform/command/command.ts'
import { takeStock } from '#platform/database/bulk.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import type { Stage } from '#journey/episode/rules.ts'
import * as batches from '#exchange/files/batch/import.ts'
import type { Bringing, Came, CameOfFile, Refusals } from '#exchange/files/batch/import.ts'
import { type Counts, isTimeToCount, type Outcome } from '#exchange/files/batch/rules.ts'
import { countRows, countStages, findBatch, listForgottenTrials, listRefused } from '#exchange/files/batch/store.ts'
import { type Decided, findGround, type Ground } from '#exchange/files/cases/group/import.ts'
import { removeLines, saveSheet, tieLines } from '#exchange/files/cases/lines/import.ts'
import { sheetCalled, type SheetName, sheetNames, sheets } from '#exchange/files/cases/sheets/rules.ts'
import { dealWithGroup, keepRows } from '#exchange/files/cases/step/import.ts'
import { headingProblem, layoutOf } from '#exchange/files/columns/rules.ts'
import { countLines, linesOf, openSheet, type Sheet, type Source } from '#exchange/files/reading/import.ts'
import { inGroups, onceMore } from '#exchange/files/side-by-side/import.ts'

const linesAtOnce = 2_000

/** Brings the open cases of an area in. Every row of every file is taken, was here already, or is returned. */
export async function bringCases(databases: Databases, bringing: Bringing): Promise<Came> {
  const { area, source, dryRun, now, by } = bringing
  const { files, unknown } = filesByName(bringing.files)
  const opened = await openAll(files)
  const headings = new Map([...opened].map(([name, sheet]) => [name, sheet.headings]))
  const database = databases.databaseFor(area)
  const ground = await database.transaction((db) => findGround(db, { area, source, now, by, headings, dryRun }))
  const came = await countAll(opened)
  await database.transaction((db) => forgetTrials(db, bringing))
  const batch = await database.transaction((db) => batches.beginBatch(db, beginningOf(bringing, opened)))
  const before = await database.transaction((db) => keepLines(db, ground, batch, opened))
  const tally = await dealWithAll(database, { ...bringing, ground, batch, before, of: sum(came.values()) })
  const end = await database.transaction((db) => finish(db, { ...bringing, batch, opened, tally }))
  for (const { called, rows } of end.files) {
    if (rows !== came.get(called)) throw new Error(`Of ${came.get(called)} rows of ${called} ${rows} were dealt with`)
  }
  return { ...end, batch: dryRun ? undefined : batch, before, unknown }
}

type Database = ReturnType<Databases['databaseFor']>
type Opened = ReadonlyMap<SheetName, Sheet>

// The files in the order in which one builds on the other.
function filesByName(sources: readonly Source[]) {
  const found = new Map<SheetName, Source>()
  const unknown: string[] = []
  for (const file of sources) {
    const name = sheetCalled(basename(file.name))
    const other = name && found.get(name)
    if (other)
      throw new CommandProblem(
        `${basename(other.name)} and ${basename(file.name)} are both ${name}: bring one of them in.`,
      )
    if (name) found.set(name, file)
    else unknown.push(basename(file.name))
  }
  if (found.size === 0)
    throw new CommandProblem(`There is none of these files: ${sheetNames.map((name) => `${name}.csv`).join(', ')}.`)
  return { files: [...found].toSorted(([one], [other]) => placeOf(one) - placeOf(other)), unknown }
}

function placeOf(name: SheetName): number {
  return sheetNames.indexOf(name)
}

async function countAll(opened: Opened): Promise<ReadonlyMap<string, number>> {
  const came = new Map<string, number>()
  for (const [name, sheet] of opened) came.set(name, await countLines(sheet))
  return came
}

function beginningOf({ area, name, source, dryRun, by, now }: Bringing, opened: Opened): batches.Beginning {
  const digest = dryRun ? newId() : digestOf(opened)
  return { area, kind: 'episodes', name, source, digest, trial: dryRun, by: by?.membership ?? null, now }
}

// What a dry run keeps is gone when it is over; one that broke off is cleared away by the next import.
async function forgetTrials(db: Db, { area, now }: Bringing): Promise<void> {
  for (const batch of await listForgottenTrials(db, area, now.subtract({ hours: 24 }))) {
    await removeLines(db, { area, batch })
    await batches.discardBatch(db, { area, batch, now })
  }
}

async function openAll(files: readonly (readonly [SheetName, Source])[]): Promise<Opened> {
  const opened = new Map<SheetName, Sheet>()
  const problems: string[] = []
  for (const [name, file] of files) {
    const sheet = await openSheet(file, sheets[name].columns)
    const problem = headingProblem(sheet.headings, sheets[name].columns)
    if (problem) problems.push(`${basename(file.name)}: ${problem}`)
    opened.set(name, sheet)
  }
  if (problems.length > 0) throw new CommandProblem(problems.join(' '))
  return opened
}

/** What knows a set of files again, by what knows each of them. */
export function digestOf(opened: ReadonlyMap<string, Readonly<{ digest: string }>>): string {
  const hash = createHash('sha256')
  for (const [name, { digest }] of opened) hash.update(`${name} ${digest}\n`)
  return hash.digest('hex')
}

/** Keeps every line of every file in the database, unless an earlier run has; how many rows that one dealt with. */
async function keepLines(db: Db, ground: Ground, batch: string, opened: Opened): Promise<number> {
  const of = { area: ground.area, batch }
  await batches.holdBatch(db, of)
  const found = await findBatch(db, ground.area, batch)
  if (found && found.lines !== null) return found.rows
  let kept = 0
  for (const [name, sheet] of opened) {
    await saveSheet(db, of, { sheet: name, name: basename(sheet.source.name), headings: sheet.headings })
    for await (const group of inGroups(linesOf(sheet), linesAtOnce)) {
      await keepRows(db, ground, batch, { sheet: name, rows: group })
      kept += group.length
    }
  }
  await tieLines(db, of)
  await batches.markRead(db, of, kept)
  return 0
}

type Working = Bringing & Readonly<{ ground: Ground; batch: string; before: number; of: number }>

/** What a dry run found: what would come of each row, and where the episodes would stand. */
type Tally = Readonly<{ stages: Map<Stage, number>; dealt: batches.Dealt[] }>

/** Deals with group after group. */
async function dealWithAll(database: Database, working: Working): Promise<Tally> {
  const { ground, batch } = working
  const tally: Tally = { stages: new Map(), dealt: [] }
  let [done, groups] = [working.before, 0]
  for (;;) {
    const decided = await onceMore(() => database.transaction((db) => dealWithGroup(db, ground, batch, working)))
    if (decided === undefined) return tally
    if (working.dryRun) countIn(tally, decided)
    done += decided.dealt.length
    if (!working.dryRun && isTimeToCount((groups += 1))) await database.transaction(takeStock)
    working.progress(Math.min(done, working.of), working.of)
  }
}

function countIn({ stages, dealt }: Tally, decided: Decided): void {
  for (const { own, standing } of decided.dossiers)
    if (own) stages.set(standing.stage, (stages.get(standing.stage) ?? 0) + 1)
  dealt.push(...decided.dealt)
}

type Finishing = Bringing & Readonly<{ batch: string; opened: Opened; tally: Tally }>

async function finish(db: Db, { area, batch, dryRun, by, now, opened, tally }: Finishing) {
  const of = { area, batch }
  await batches.holdBatch(db, of)
  const counts = await countRows(db, area, batch)
  const files: CameOfFile[] = []
  for (const [called, sheet] of opened) {
    const { unread } = layoutOf(sheet.headings, sheets[called].columns)
    const came = dryRun
      ? countsOf(tally.dealt.filter((row) => row.sheet === called))
      : { ...(counts.get(called) ?? nothing), refusals: await listRefused(db, { ...of, sheet: called }) }
    files.push({ ...came, called, sheet, unread })
  }
  if (dryRun) await batches.discardBatch(db, { ...of, now })
  else await batches.finishBatch(db, { ...of, by, now })
  await removeLines(db, of)
  return { files, stages: dryRun ? tally.stages : await countStages(db, area, batch) }
}

const nothing: Counts = { rows: 0, taken: 0, already: 0, refused: 0 }

function countsOf(dealt: readonly batches.Dealt[]): Counts & Readonly<{ refusals: Refusals }> {
  const of = (outcome: Outcome) => dealt.filter((row) => row.outcome === outcome)
  const [taken, already, refused] = [of('taken'), of('already'), of('refused')]
  const refusals = new Map(refused.map(({ number, reasons }) => [number, reasons]))
  return { ...{ rows: dealt.length, taken: taken.length, already: already.length, refused: refused.length }, refusals }
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, one) => all + one, 0)
}
