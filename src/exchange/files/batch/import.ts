import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import type { Kind, Outcome } from './rules.ts'
import type { Some } from './store.ts'

/** A file, or a folder of files, that is to be brought in. */
export type Beginning = Readonly<{
  area: string
  kind: Kind
  name: string
  source: string
  digest: string
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

/** Says that every row of a batch was dealt with. */
export async function finishBatch(db: Db, area: string, batch: string, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('batch.batch')
    .set({ finished_at: now })
    .where('area', '=', area)
    .where('id', '=', batch)
    .where('finished_at', 'is', null)
    .execute()
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

type Lanes<Group> = Readonly<{
  lanes: number
  /** What knows the rows of a group again: groups that share one wait for each other, in their order. */
  keysOf: (group: Group) => readonly string[]
  work: (group: Group) => Promise<void>
}>

/** Works groups side by side, so that one is read while others are written. The first failure stops what has not begun. */
export async function inLanes<Group>(groups: AsyncIterable<Group>, { lanes, keysOf, work }: Lanes<Group>) {
  const underWay = new Map<string, Promise<void>>()
  const running = new Set<Promise<void>>()
  const failures: unknown[] = []
  for await (const group of groups) {
    while (running.size >= lanes) await Promise.race(running)
    if (failures.length > 0) break
    const keys = keysOf(group)
    const before = new Set(keys.flatMap((key) => underWay.get(key) ?? []))
    const run: Promise<void> = Promise.all(before)
      .then(() => (failures.length > 0 ? undefined : work(group)))
      .catch((cause: unknown) => void failures.push(cause))
      .finally(() => {
        running.delete(run)
        for (const key of keys) if (underWay.get(key) === run) underWay.delete(key)
      })
    running.add(run)
    for (const key of keys) underWay.set(key, run)
  }
  await Promise.all(running)
  if (failures.length > 0) throw failures[0]
}

const metAnother = ['23505', '40P01', '40001']

/** Tries once more what met another's rows: what the other one took is known by then. */
export async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && metAnother.includes(String(cause.code)))) throw cause
    return work()
  }
}

/** Rows in groups of a size. */
export async function* inGroups<Row>(rows: AsyncIterable<Row>, size: number): AsyncGenerator<Row[]> {
  let group: Row[] = []
  for await (const row of rows) {
    group.push(row)
    if (group.length < size) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}

/** The same id for the same words, in this area and no other. */
export function idFrom(area: string, words: string): string {
  const hex = hash('sha256', `${area}\n${words}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
