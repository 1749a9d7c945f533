import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { type By, writeEntry } from '#platform/journal/journal.ts'
import type { Stage } from '#journey/episode/rules.ts'
import type { Sheet, Source } from '#exchange/files/reading/import.ts'
import type { Counts, Kind, Outcome } from './rules.ts'
import type { Some } from './store.ts'

/** Files that are brought in as one batch: one file of referrals, or those of a folder with open cases. */
export type Bringing = Readonly<{
  area: string
  /** What the batch is called: the name of the file or of the folder. */
  name: string
  files: readonly Source[]
  /** Which system the references come from, where two number their rows alike. */
  source: string
  /** Reads and counts everything, and takes nothing. */
  dryRun: boolean
  /** Who brings them in; nobody signed in where it is done from the command line. */
  by: (By & { membership: string }) | undefined
  now: Temporal.Instant
  progress: (done: number, of: number) => void
}>

/** The rows of a file that were returned, by their number, each with its reasons. */
export type Refusals = ReadonlyMap<number, readonly string[]>

/** One of the files, with every row by what came of it. */
export type CameOfFile = Counts &
  Readonly<{
    /** What it is called among the files of a batch: `referrals`, `people`, `follow-ups`. */
    called: string
    sheet: Sheet
    refusals: Refusals
    /** Headings that mean nothing to us; their cells were not read. */
    unread: readonly string[]
  }>

/** What came of everything that was brought in. */
export type Came = Readonly<{
  /** None where it was a dry run. */
  batch: string | undefined
  files: readonly CameOfFile[]
  /** How many rows an earlier run had dealt with before it broke off. */
  before: number
  /** Files whose names say nothing to us; they were not read. */
  unknown: readonly string[]
  /** Where the episodes stand that were brought, with how many at each stage. */
  stages: ReadonlyMap<Stage, number>
}>

/** A batch that is to be begun. */
export type Beginning = Readonly<{
  area: string
  kind: Kind
  name: string
  source: string
  digest: string
  /** A dry run, whose lines are kept only until it is over. */
  trial?: boolean
  by: string | null
  now: Temporal.Instant
}>

/** Begins a batch, or finds the one of the same file that broke off. */
export async function beginBatch(db: Db, beginning: Beginning): Promise<string> {
  const { now, ...known } = beginning
  await db
    .insertInto('batch.batch')
    .values({ ...known, id: newId(), started_at: now })
    .onConflict((under) => under.doNothing())
    .execute()
  const { id } = await db
    .selectFrom('batch.batch')
    .select('id')
    .where('area', '=', known.area)
    .where('kind', '=', known.kind)
    .where('source', '=', known.source)
    .where('digest', '=', known.digest)
    .where('finished_at', 'is', null)
    .where('discarded_at', 'is', null)
    .executeTakeFirstOrThrow()
  return id
}

/** Lets nobody else deal with the same rows until the transaction ends: two people may bring in one file at once. */
export async function holdRows(db: Db, { area, batch, sheet, numbers }: Some): Promise<void> {
  const name = `batch ${area} ${batch} ${sheet} ${numbers[0]}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db)
}

/** What came of a row. */
export type Dealt = Readonly<{
  sheet: string
  number: number
  key: string | null
  who: string | null
  /** The record that was made of it, where it was taken. */
  made: string | null
  outcome: Outcome
  reasons: readonly string[]
}>

const columns = ['area', 'batch', 'sheet', 'number', 'key', 'who', 'made', 'outcome', 'reasons'] as const

/** Writes what came of these rows, and how far the batch has come by them. */
export async function saveRows(db: Db, area: string, batch: string, dealt: readonly Dealt[]): Promise<void> {
  const of = (outcome: Outcome) => dealt.filter((row) => row.outcome === outcome).length
  await Promise.all([
    db
      .insertInto('batch.row')
      .columns(columns)
      .expression(manyRows('batch.row', columns, dealt, { area, batch }))
      .execute(),
    // Last, since until the transaction ends nobody else can count.
    db
      .updateTable('batch.batch')
      .set((row) => ({
        rows: row('rows', '+', dealt.length),
        taken: row('taken', '+', of('taken')),
        already: row('already', '+', of('already')),
        refused: row('refused', '+', of('refused')),
      }))
      .where('area', '=', area)
      .where('id', '=', batch)
      .execute(),
  ])
}

/** Lets nobody else work on a batch until the transaction ends. */
export async function holdBatch(db: Db, { area, batch }: Pick<Undoing, 'area' | 'batch'>): Promise<void> {
  await holdRows(db, { area, batch, sheet: '', numbers: [0] })
}

type Finishing = Readonly<{ area: string; batch: string; by: By; now: Temporal.Instant }>

/** Says that every row of a batch was dealt with, and in the journal what came of them. */
export async function finishBatch(db: Db, { area, batch, by, now }: Finishing): Promise<void> {
  const finished = await db
    .updateTable('batch.batch')
    .set({ finished_at: now })
    .where('area', '=', area)
    .where('id', '=', batch)
    .where('finished_at', 'is', null)
    .returning(['kind', 'rows', 'taken', 'already', 'refused'])
    .executeTakeFirst()
  if (finished)
    writeEntry(db, {
      area,
      by,
      happening: { kind: 'act', what: 'batch.imported', subject: batch, codes: finished },
      at: now,
    })
}

export type Undoing = Readonly<{ area: string; batch: string; by: string | null; now: Temporal.Instant }>

/** Says that a batch is being taken back; who stayed at an earlier try is looked at anew. */
export async function beginUndoing(db: Db, { area, batch, now }: Undoing): Promise<void> {
  await db.deleteFrom('batch.left_alone').where('area', '=', area).where('batch', '=', batch).execute()
  const own = db.updateTable('batch.batch').where('area', '=', area).where('id', '=', batch)
  await own.set({ undoing_at: now, undone_at: null }).execute()
}

/** Says that all of a batch was looked at and taken back, apart from who stayed. */
export async function finishUndoing(db: Db, { area, batch, by, now }: Undoing): Promise<void> {
  const own = db.updateTable('batch.batch').where('area', '=', area).where('id', '=', batch)
  await own.set({ undone_at: now, undone_by: by }).execute()
}

/** Says of the rows that these records came of that they were taken back: they may be brought in again. */
export async function markTakenBack(db: Db, area: string, records: readonly string[], now: Temporal.Instant) {
  await db
    .updateTable('batch.row')
    .set({ undone_at: now })
    .where('area', '=', area)
    .where(sql<boolean>`made = any(${[...records]}::uuid[])`)
    .where('outcome', '=', 'taken')
    .where('undone_at', 'is', null)
    .execute()
}

/** Somebody who stays although their batch is taken back. */
export type Staying = Readonly<{ person: string; why: string; since: Temporal.Instant | null }>

/** Writes down who stays, and what was done with their record since. */
export async function saveLeftAlone(db: Db, area: string, batch: string, staying: readonly Staying[]): Promise<void> {
  await db
    .insertInto('batch.left_alone')
    .columns(['area', 'batch', 'person', 'why', 'since'])
    .expression(manyRows('batch.left_alone', ['area', 'batch', 'person', 'why', 'since'], staying, { area, batch }))
    .execute()
}

/** Says that all files of a batch were read, with how many lines they have. */
export async function markRead(db: Db, { area, batch }: Pick<Undoing, 'area' | 'batch'>, lines: number): Promise<void> {
  const own = db.updateTable('batch.batch').where('area', '=', area).where('id', '=', batch)
  await own.set({ lines }).execute()
}

/** Says how far a batch has come, in the order of the roots of its lines; null begins it anew. */
export async function markReached(db: Db, { area, batch }: Pick<Undoing, 'area' | 'batch'>, root: string | null) {
  const own = db.updateTable('batch.batch').where('area', '=', area).where('id', '=', batch)
  await own.set({ reached: root }).execute()
}

/** Says that a batch is not to be brought in. */
export async function discardBatch(db: Db, { area, batch, now }: Omit<Undoing, 'by'>): Promise<void> {
  const own = db.updateTable('batch.batch').where('area', '=', area).where('id', '=', batch)
  await own.set({ discarded_at: now }).where('finished_at', 'is', null).execute()
}

/** The same id for the same words, in this area and no other. */
export function idFrom(area: string, words: string): string {
  const hex = hash('sha256', `${area}\n${words}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Forgets what stood in the cells of rows that were returned before a moment; why they were returned stays. */
export async function forgetCells(db: Db, area: string, before: Temporal.Instant): Promise<void> {
  await sql`update batch.row set reasons = array(select regexp_replace(reason, '“[^”]*”(?!:)', '“…”', 'g')
      from unnest(reasons) with ordinality as told(reason, place) order by place)
    from batch.batch where batch.area = ${area} and batch.started_at < ${before} and row.area = batch.area
      and row.batch = batch.id and row.outcome = 'refused' and row.reasons::text ~ '“[^”…][^”]*”(?!:)'`.execute(db)
}
