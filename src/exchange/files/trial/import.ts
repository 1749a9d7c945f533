import { CommandProblem } from '#platform/command/command.ts'
import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { JobProblem } from '#platform/jobs/rules.ts'
import { beginBatch, type Dealt, discardBatch } from '#exchange/files/batch/import.ts'
import type { Outcome } from '#exchange/files/batch/rules.ts'
import { stepThroughCases } from '#exchange/files/case-by-case/import.ts'
import { removeLines } from '#exchange/files/cases/lines/import.ts'
import type { Chosen } from '#exchange/files/columns/rules.ts'
import { groundOf } from '#exchange/files/parcel/import.ts'
import { partAt, type Sheet } from '#exchange/files/parcel/rules.ts'
import { findLines, findParcelAtWork, listSheets } from '#exchange/files/parcel/store.ts'
import { decide, readLines } from '#exchange/files/referrals/import.ts'
import { isComplete } from './rules.ts'
import { findSeen, findTrialAtWork, type FoundTrial, listChosen, listTried, type Of } from './store.ts'

/** A trial that somebody begins, with the columns they chose for each file. */
export type Beginning = Of &
  Readonly<{ parcel: string; by: string; now: Temporal.Instant; chosen: ReadonlyMap<string, Chosen<string>> }>

/** Begins to try every row of a parcel; the same trial begun twice runs once. */
export async function beginTrial(db: Db, { area, trial, parcel, by, now, chosen }: Beginning): Promise<void> {
  const begun = await db
    .insertInto('trial.trial')
    .values({ area, id: trial, parcel, begun_by: by, begun_at: now, moved_at: now })
    .onConflict((twice) => twice.doNothing())
    .executeTakeFirst()
  if (begun.numInsertedOrUpdatedRows === 0n) return
  const sheets = [...chosen].map(([sheet, keys]) => ({ area, trial, sheet, columns: keys.map((key) => key ?? '') }))
  await db.insertInto('trial.sheet').values(sheets).execute()
  const found = await findParcelAtWork(db, area, parcel)
  if (found?.kind === 'episodes') {
    const of = { area, kind: 'episodes', source: found.source, digest: newId(), trial: true, by, now } as const
    const batch = await beginBatch(db, { ...of, name: 'trial' })
    await db.updateTable('trial.trial').set({ batch }).where('area', '=', area).where('id', '=', trial).execute()
  }
  await goOnTrying(db, { area, trial }, 0)
}

/** Has the next part of a trial read. Asked for again, it replaces what nobody works on any more. */
export async function goOnTrying(db: Db, { area, trial }: Of, part: number): Promise<void> {
  await addJob(db, 'files.try', { area, trial, part }, { key: `files.try:${trial}:${part}` })
}

export type Next = Of & Readonly<{ part: number; now: Temporal.Instant }>

/** Reads one part of a trial, counts what would come of its rows, and sees to the next. */
export async function tryPart(db: Db, { part, now, ...of }: Next): Promise<void> {
  await holdTrial(db, of)
  const trial = await findTrialAtWork(db, of)
  if (!trial || trial.finished_at || trial.part !== part) return
  const sheets = await listSheets(db, { area: of.area, parcel: trial.parcel })
  const chosen = await listChosen(db, of)
  const trying = { ...of, trial, sheets, chosen, now }
  const isOver = await inWordsOfJobs(() =>
    trial.kind === 'episodes' ? tryCases(db, trying) : tryReferrals(db, trying),
  )
  const own = db.updateTable('trial.trial').where('area', '=', of.area).where('id', '=', of.trial)
  await own.set({ part: part + 1, moved_at: now, ...(isOver ? { finished_at: now } : {}) }).execute()
  if (!isOver) return goOnTrying(db, of, part + 1)
  if (!isComplete(await listTried(db, of))) throw new Error('A row of the files is not accounted for')
}

async function holdTrial(db: Db, { area, trial }: Of): Promise<void> {
  const own = db.selectFrom('trial.trial').select('id').where('area', '=', area).where('id', '=', trial)
  await own.forUpdate().execute()
}

type Trying = Readonly<{
  area: string
  trial: FoundTrial
  sheets: readonly Sheet[]
  chosen: ReadonlyMap<string, Chosen<string>>
  now: Temporal.Instant
}>

/** Reads one part of a file of referrals; true when it was the last. */
async function tryReferrals(db: Db, { area, trial, sheets, chosen, now }: Trying): Promise<boolean> {
  const of = { area, trial: trial.id }
  const at = partAt(sheets, trial.part)
  const sheet = sheets.find((one) => one.sheet === at?.sheet)
  if (at && sheet) {
    const lines = await linesAt(db, { area, parcel: trial.parcel, ...at })
    const own = { headings: sheet.headings, chosen: chosen.get(sheet.sheet) ?? [] }
    const ground = await groundOf(db, { area, source: trial.source, now, by: undefined, ...own })
    const read = readLines(ground, lines)
    const keys = read.flatMap((row) => (row.ok ? row.key : []))
    const dealt = await decide(db, ground, read, await findSeen(db, of, keys))
    await saveTried(db, of, dealt)
    await saveSeen(db, of, dealt)
  }
  if (partAt(sheets, trial.part + 1)) return false
  await db.deleteFrom('trial.seen').where('area', '=', area).where('trial', '=', trial.id).execute()
  return true
}

/** Keeps a part of the files of cases, or says what would come of the next people; true when nobody is left. */
async function tryCases(db: Db, { area, trial, sheets, chosen, now }: Trying): Promise<boolean> {
  const { batch, parcel, source, part } = trial
  if (batch === null) throw new JobProblem('This trial was begun in another way. Try the files again.')
  const step = { area, parcel, batch, source, now, by: undefined, sheets, chosen, part, dryRun: true }
  const dealt = await stepThroughCases(db, step)
  if (dealt) await saveTried(db, { area, trial: trial.id }, dealt)
  if (dealt) return false
  await removeLines(db, { area, batch })
  await discardBatch(db, { area, batch, now })
  return true
}

/** The rows of one part of a file. */
export async function linesAt(db: Db, at: Parameters<typeof findLines>[1]) {
  const lines = await findLines(db, at)
  if (!lines) throw new JobProblem('The rows of the file were deleted. Send the file again.')
  return lines
}

/** Says in words that may be shown why work in the background cannot be done. */
export async function inWordsOfJobs<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw cause instanceof CommandProblem ? new JobProblem(cause.message, { cause }) : cause
  }
}

type Tried = Pick<Dealt, 'sheet' | 'number' | 'key' | 'who' | 'outcome' | 'reasons'>
const refusalColumns = ['area', 'trial', 'sheet', 'number', 'reasons'] as const

async function saveTried(db: Db, { area, trial }: Of, dealt: readonly Tried[]): Promise<void> {
  const refusals = dealt.filter(({ outcome }) => outcome === 'refused')
  const rows = refusals.map(({ sheet, number, reasons }) => ({ sheet, number, reasons }))
  await db
    .insertInto('trial.refusal')
    .columns(refusalColumns)
    .expression(manyRows('trial.refusal', refusalColumns, rows, { area, trial }))
    .execute()
  for (const [sheet, own] of Map.groupBy(dealt, (row) => row.sheet)) {
    const of = (outcome: Outcome) => own.filter((row) => row.outcome === outcome).length
    await db
      .updateTable('trial.sheet')
      .set((row) => ({
        rows: row('rows', '+', own.length),
        taken: row('taken', '+', of('taken')),
        already: row('already', '+', of('already')),
        refused: row('refused', '+', of('refused')),
      }))
      .where('area', '=', area)
      .where('trial', '=', trial)
      .where('sheet', '=', sheet)
      .execute()
  }
}

const seenColumns = ['area', 'trial', 'key', 'who'] as const

async function saveSeen(db: Db, { area, trial }: Of, dealt: readonly Tried[]): Promise<void> {
  const taken = dealt.filter(({ outcome }) => outcome === 'taken').map(({ key, who }) => ({ key, who }))
  await db
    .insertInto('trial.seen')
    .columns(seenColumns)
    .expression(manyRows('trial.seen', seenColumns, taken, { area, trial }))
    .execute()
}

/** Deletes what trials of these parcels said about rows; their numbers stay. */
export async function forgetTrials(db: Db, area: string, parcels: readonly string[], now: Temporal.Instant) {
  if (parcels.length === 0) return
  const trials = db.selectFrom('trial.trial').select('id').where('area', '=', area).where('parcel', 'in', parcels)
  await db.deleteFrom('trial.refusal').where('area', '=', area).where('trial', 'in', trials).execute()
  await db.deleteFrom('trial.seen').where('area', '=', area).where('trial', 'in', trials).execute()
  const open = await db
    .selectFrom('trial.trial')
    .select('batch')
    .where('area', '=', area)
    .where('parcel', 'in', parcels)
    .where('finished_at', 'is', null)
    .execute()
  for (const { batch } of open) {
    if (batch === null) continue
    await removeLines(db, { area, batch })
    await discardBatch(db, { area, batch, now })
  }
}
