import { CommandProblem } from '#platform/command/command.ts'
import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { JobProblem } from '#platform/jobs/rules.ts'
import type { Outcome } from '#exchange/files/batch/rules.ts'
import type { Chosen } from '#exchange/files/columns/rules.ts'
import { groundOf } from '#exchange/files/parcel/import.ts'
import { partAt } from '#exchange/files/parcel/rules.ts'
import { findLines, findParcelAtWork, listSheets } from '#exchange/files/parcel/store.ts'
import { decide, readLines } from '#exchange/files/referrals/import.ts'
import { isComplete } from './rules.ts'
import { findChosen, findSeen, findTrialAtWork, listTried, type Of } from './store.ts'

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
  const parcel = { area: of.area, parcel: trial.parcel }
  const sheets = await listSheets(db, parcel)
  const at = partAt(sheets, part)
  if (at) await readPart(db, of, { ...parcel, ...at, now })
  const isLast = partAt(sheets, part + 1) === undefined
  const own = db.updateTable('trial.trial').where('area', '=', of.area).where('id', '=', of.trial)
  await own.set({ part: part + 1, moved_at: now, ...(isLast ? { finished_at: now } : {}) }).execute()
  if (!isLast) return goOnTrying(db, of, part + 1)
  await db.deleteFrom('trial.seen').where('area', '=', of.area).where('trial', '=', of.trial).execute()
  if (!isComplete(await listTried(db, of))) throw new Error('A row of the files is not accounted for')
}

async function holdTrial(db: Db, { area, trial }: Of): Promise<void> {
  const own = db.selectFrom('trial.trial').select('id').where('area', '=', area).where('id', '=', trial)
  await own.forUpdate().execute()
}

type At = Readonly<{ area: string; parcel: string; sheet: string; part: number; now: Temporal.Instant }>

/** The rows of one part, with all that is needed to read them as somebody chose. */
export async function readyToRead(db: Db, of: Of, { now, ...at }: At) {
  const parcel = await findParcelAtWork(db, at.area, at.parcel)
  const lines = await findLines(db, at)
  if (!parcel || !lines) throw new JobProblem('The rows of the file were deleted. Send the file again.')
  const headings = (await listSheets(db, at)).find(({ sheet }) => sheet === at.sheet)?.headings ?? []
  const chosen = await findChosen(db, of, at.sheet)
  const given = { area: at.area, source: parcel.source, now, headings, chosen }
  return { given, lines }
}

/** Says in words that may be shown why work in the background cannot be done. */
export async function inWordsOfJobs<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw cause instanceof CommandProblem ? new JobProblem(cause.message, { cause }) : cause
  }
}

async function readPart(db: Db, of: Of, at: At): Promise<void> {
  const { given, lines } = await readyToRead(db, of, at)
  const ground = await inWordsOfJobs(() => groundOf(db, { ...given, by: undefined }))
  const read = readLines(ground, lines)
  const seen = await findSeen(
    db,
    of,
    read.flatMap((row) => (row.ok ? row.key : [])),
  )
  const dealt = await decide(db, ground, read, seen)
  await saveTried(db, of, at.sheet, dealt)
}

type Dealt = Readonly<{ number: number; key: string | null; who: string | null; outcome: Outcome }> &
  Readonly<{ reasons: readonly string[] }>

async function saveTried(db: Db, { area, trial }: Of, sheet: string, dealt: readonly Dealt[]): Promise<void> {
  const of = (outcome: Outcome) => dealt.filter((row) => row.outcome === outcome)
  const refusals = of('refused').map(({ number, reasons }) => ({ number, reasons }))
  const seen = of('taken').map(({ key, who }) => ({ key, who }))
  const columns = ['area', 'trial', 'sheet', 'number', 'reasons'] as const
  const keys = ['area', 'trial', 'key', 'who'] as const
  await Promise.all([
    db
      .insertInto('trial.refusal')
      .columns(columns)
      .expression(manyRows('trial.refusal', columns, refusals, { area, trial, sheet }))
      .execute(),
    db
      .insertInto('trial.seen')
      .columns(keys)
      .expression(manyRows('trial.seen', keys, seen, { area, trial }))
      .execute(),
    db
      .updateTable('trial.sheet')
      .set((row) => ({
        rows: row('rows', '+', dealt.length),
        taken: row('taken', '+', of('taken').length),
        already: row('already', '+', of('already').length),
        refused: row('refused', '+', of('refused').length),
      }))
      .where('area', '=', area)
      .where('trial', '=', trial)
      .where('sheet', '=', sheet)
      .execute(),
  ])
}

/** Deletes what trials of these parcels said about rows; their numbers stay. */
export async function forgetTrials(db: Db, area: string, parcels: readonly string[]): Promise<void> {
  if (parcels.length === 0) return
  const trials = db.selectFrom('trial.trial').select('id').where('area', '=', area).where('parcel', 'in', parcels)
  await db.deleteFrom('trial.refusal').where('area', '=', area).where('trial', 'in', trials).execute()
  await db.deleteFrom('trial.seen').where('area', '=', area).where('trial', 'in', trials).execute()
}
