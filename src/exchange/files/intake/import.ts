import type { Db } from '#platform/database/transaction.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import type { By } from '#platform/journal/journal.ts'
import { beginBatch, finishBatch, markRead } from '#exchange/files/batch/import.ts'
import { isTimeToCount } from '#exchange/files/batch/rules.ts'
import { findBatch } from '#exchange/files/batch/store.ts'
import { type Step, stepThroughCases } from '#exchange/files/case-by-case/import.ts'
import { digestOf } from '#exchange/files/cases/folder/import.ts'
import { removeLines } from '#exchange/files/cases/lines/import.ts'
import { groundOf } from '#exchange/files/parcel/import.ts'
import { inOrder, partAt } from '#exchange/files/parcel/rules.ts'
import { findBy, findParcelAtWork, listSheets } from '#exchange/files/parcel/store.ts'
import { readLines, takeGroup } from '#exchange/files/referrals/import.ts'
import { inWordsOfJobs, linesAt } from '#exchange/files/trial/import.ts'
import { listChosen } from '#exchange/files/trial/store.ts'
import { findBatchOf, findIntake, isBroughtIn } from './store.ts'

/** A parcel that somebody brings in after its trial. */
export type Beginning = Readonly<{ area: string; parcel: string; trial: string; by: string; now: Temporal.Instant }>

/** Begins to bring a parcel in; begun twice, it is brought in once. Gives the batch. */
export async function beginIntake(db: Db, { area, parcel, trial, by, now }: Beginning): Promise<string | undefined> {
  const found = await findParcelAtWork(db, area, parcel)
  const sheets = await listSheets(db, { area, parcel })
  const [sheet] = sheets
  if (!found || !sheet) return undefined
  const own = db.selectFrom('parcel.parcel').select('id').where('area', '=', area).where('id', '=', parcel)
  await own.forUpdate().execute()
  const before = await findBatchOf(db, area, parcel)
  if (before) return before
  const { kind, source } = found
  // The same folder brought in at the command line is known by it.
  const digest =
    kind === 'episodes' ? digestOf(new Map(inOrder(kind, sheets).map((one) => [one.sheet, one]))) : sheet.digest
  const name = nameOf(inOrder(kind, sheets))
  const batch = await beginBatch(db, { area, kind, name, source, digest, by, now })
  // Cases say so themselves, once their lines are kept.
  if (kind === 'referrals') await markRead(db, { area, batch }, sheet.rows)
  // The same file may have been sent twice, and somebody else brings it in at this moment.
  if (await isBroughtIn(db, area, batch)) return batch
  await db
    .insertInto('intake.intake')
    .values({ area, batch, parcel, trial, begun_by: by, begun_at: now, moved_at: now })
    .execute()
  await goOnTakingIn(db, { area, parcel }, 0)
  return batch
}

/** What a batch is called after its files. */
function nameOf(sheets: readonly Readonly<{ name: string }>[]): string {
  const [first, second, ...more] = sheets.map(({ name }) => name)
  if (!second) return first ?? ''
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`
}

type Of = Readonly<{ area: string; parcel: string }>

/** Has the next part of a parcel brought in. Asked for again, it replaces what nobody works on any more. */
export async function goOnTakingIn(db: Db, { area, parcel }: Of, part: number): Promise<void> {
  await addJob(db, 'files.bring', { area, parcel, part }, { key: `files.bring:${parcel}:${part}` })
}

/** Takes one part of a parcel, and sees to the next; after the last one the batch is finished. */
export async function takePartIn(db: Db, { part, now, ...of }: Of & Readonly<{ part: number; now: Temporal.Instant }>) {
  const { area, parcel } = of
  await holdIntake(db, of)
  const intake = await findIntake(db, area, parcel)
  const found = await findParcelAtWork(db, area, parcel)
  if (!intake || !found || intake.part !== part) return
  const sheets = await listSheets(db, of)
  const by = await findBy(db, area, intake.begun_by)
  const chosen = await listChosen(db, { area, trial: intake.trial })
  const taking = { ...of, batch: intake.batch, source: found.source, now, by, sheets, chosen, part, dryRun: false }
  const isOver = await inWordsOfJobs(() =>
    found.kind === 'episodes' ? takeCases(db, taking) : takeReferrals(db, taking),
  )
  const own = db.updateTable('intake.intake').where('area', '=', area).where('parcel', '=', parcel)
  await own.set({ part: part + 1, moved_at: now }).execute()
  if (isTimeToCount(part + 1)) await addJob(db, 'files.count', { area })
  if (!isOver) return goOnTakingIn(db, of, part + 1)
  const rows = sheets.reduce((all, sheet) => all + sheet.rows, 0)
  await finish(db, { area, batch: intake.batch, by, now, rows })
}

/** Takes one part of a file of referrals; true when it was the last. */
async function takeReferrals(db: Db, { sheets, chosen, part, batch, ...given }: Step): Promise<boolean> {
  const at = partAt(sheets, part)
  const sheet = sheets.find((one) => one.sheet === at?.sheet)
  if (at && sheet) {
    const lines = await linesAt(db, { area: given.area, parcel: given.parcel, ...at })
    const own = { headings: sheet.headings, chosen: chosen.get(sheet.sheet) ?? [] }
    const ground = await groundOf(db, { ...given, ...own })
    await takeGroup(db, ground, batch, readLines(ground, lines))
  }
  return partAt(sheets, part + 1) === undefined
}

/** Keeps a part of the files of cases, or takes the next people; true when nobody is left. */
async function takeCases(db: Db, step: Step): Promise<boolean> {
  const dealt = await stepThroughCases(db, step)
  if (dealt) return false
  await removeLines(db, { area: step.area, batch: step.batch })
  return true
}

async function holdIntake(db: Db, { area, parcel }: Of): Promise<void> {
  const own = db.selectFrom('intake.intake').select('batch').where('area', '=', area)
  await own.where('parcel', '=', parcel).forUpdate().execute()
}

type Finishing = Readonly<{ area: string; batch: string; by: By; now: Temporal.Instant; rows: number }>

async function finish(db: Db, { area, batch, by, now, rows }: Finishing): Promise<void> {
  await finishBatch(db, { area, batch, by, now })
  const end = await findBatch(db, area, batch)
  if (end?.rows !== rows) throw new Error(`Of ${rows} rows of the file ${end?.rows ?? 0} were dealt with`)
}
