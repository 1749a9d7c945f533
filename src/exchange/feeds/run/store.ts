import { sql } from 'kysely'
import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Count, Ending, Run } from './rules.ts'

const runs = (db: Db, area: string) =>
  db
    .selectFrom('run.run')
    .select(['id', 'feed', 'by', 'since', 'page', 'item', 'next', 'repeated', 'told', 'tries', 'trouble', 'shown'])
    .select(['began_at as beganAt', 'moved_at as movedAt', 'ended_at as endedAt', 'next_try as nextTry'])
    .select(['knows_since as knowsSince', 'taken', 'changed', 'unchanged', 'disputed', 'refused', 'remarked', 'twice'])
    // Checked: both are written from their lists alone.
    .select(['missing', 'back', sql<Ending | null>`ending`.as('ending'), sql<Run['kind']>`kind`.as('kind')])
    .where('area', '=', area)

/** The latest readings of a feed, the newest first. */
export async function listRuns(db: Db, area: string, feed: string, most: number): Promise<Run[]> {
  return runs(db, area).where('feed', '=', feed).orderBy('began_at', 'desc').limit(most).execute()
}

/** The last reading of each feed, and the last whole one that came to its end. */
export async function listLastRuns(db: Db, area: string): Promise<Map<string, Run>> {
  const found = await runs(db, area).distinctOn('feed').orderBy('feed').orderBy('began_at', 'desc').execute()
  return new Map(found.map((run) => [run.feed, run]))
}

/** How many feeds that are read stopped when they were read last, so that somebody has to look. */
export async function countStopped(db: Db, area: string): Promise<number> {
  const last = runs(db, area).distinctOn('feed').orderBy('feed').orderBy('began_at', 'desc').as('last')
  const found = await db
    .selectFrom(last)
    .innerJoin('feed.feed as feed', 'feed.id', 'last.feed')
    .select((row) => row.fn.countAll<number>().as('number'))
    .where('feed.area', '=', area)
    .where('feed.removed_at', 'is', null)
    .where('last.ending', 'not in', ['done', 'called-off'])
    .executeTakeFirstOrThrow()
  return Number(found.number)
}

/** The last reading of a feed that ended this way; a whole one where that is asked for. */
export async function findLastDone(db: Db, area: string, feed: string, kind?: Run['kind']): Promise<Run | undefined> {
  return runs(db, area)
    .where('feed', '=', feed)
    .where('ending', '=', 'done')
    .$if(kind !== undefined, (all) => all.where('kind', '=', kind ?? ''))
    .orderBy('began_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** One reading. */
export async function findRun(db: Db, area: string, id: string): Promise<Run | undefined> {
  return runs(db, area).where('id', '=', id).executeTakeFirst()
}

/** One reading, held until the end of the transaction, so that nobody else moves it meanwhile. */
export async function findRunToMove(db: Db, area: string, id: string): Promise<Run | undefined> {
  return runs(db, area).where('id', '=', id).forUpdate().executeTakeFirst()
}

type NewRun = Readonly<{
  area: string
  id: string
  feed: string
  by: string | null
  at: Temporal.Instant
  since: Temporal.Instant | null
}>

/** Begins a reading; false where one is under way. */
export async function saveRun(db: Db, { at, since, ...run }: NewRun): Promise<boolean> {
  const begun = await db
    .insertInto('run.run')
    .values({ ...run, since, kind: since === null ? 'whole' : 'since', began_at: at, moved_at: at })
    .onConflict((there) => there.doNothing())
    .returning('id')
    .executeTakeFirst()
  return begun !== undefined
}

type Of = Readonly<{ area: string; id: string }>

/** Takes a reading that stopped up again, where it stopped. */
export async function reopenRun(db: Db, { area, id }: Of, at: Temporal.Instant): Promise<void> {
  await db
    .updateTable('run.run')
    .set({ ended_at: null, ending: null, tries: 0, next_try: null, moved_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

/** How far a reading has come, and what came of what was read since. */
export type Moved = Readonly<{
  to: Partial<Pick<Run, 'page' | 'item' | 'next' | 'repeated' | 'told'>>
  came: Partial<Readonly<Record<Count, number>>>
  at: Temporal.Instant
}>

/** Moves a reading on, in the transaction in which what was read is taken. */
export async function moveRun(db: Db, { area, id }: Of, { to, came, at }: Moved): Promise<void> {
  const added = Object.entries(came).filter(([, number]) => number > 0)
  await db
    .updateTable('run.run')
    .set({ ...to, moved_at: at, tries: 0, trouble: null, shown: null, next_try: null })
    .set(Object.fromEntries(added.map(([name, number]) => [name, sql`${sql.ref(name)} + ${number}`])))
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

type Trouble = Readonly<{
  trouble: string
  shown: string | null
  nextTry: Temporal.Instant | null
  at: Temporal.Instant
}>

/** Keeps that a page could not be read, and when it is asked for again. */
export async function saveTrouble(db: Db, { area, id }: Of, { trouble, shown, nextTry, at }: Trouble): Promise<void> {
  await db
    .updateTable('run.run')
    .set({ trouble, shown, next_try: nextTry, moved_at: at, tries: sql<number>`tries + 1` })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

type Ended = Readonly<{ ending: Ending; at: Temporal.Instant; missing?: number; knowsSince?: boolean }>

/** Ends a reading. */
export async function endRun(db: Db, { area, id }: Of, { ending, at, missing = 0, knowsSince = false }: Ended) {
  await db
    .updateTable('run.run')
    .set({ ending, ended_at: at, moved_at: at, missing, knows_since: knowsSince })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

/** Keeps that somebody has looked at a reading that stopped, and what was then marked as missing. */
export async function saveAccepted(db: Db, { area, id }: Of, missing: number): Promise<void> {
  await db
    .updateTable('run.run')
    .set({ ending: 'done', missing })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

/** A row that was not taken, or only in part. */
export type Row = Readonly<{
  number: number
  page: number
  outerId: string | null
  name: string | null
  taken: boolean
  reason: string
}>

/** Keeps rows that were not taken, or only in part. */
export async function saveRows(db: Db, { area, id }: Of, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const columns = ['area', 'run', 'number', 'page', 'outer_id', 'name', 'taken', 'reason'] as const
  const written = rows.map(({ outerId, ...row }) => ({ ...row, outer_id: outerId }))
  await db
    .insertInto('run.row')
    .columns(columns)
    .expression(manyRows('run.row', columns, written, { area, run: id }))
    .onConflict((twice) => twice.doNothing())
    .execute()
}

/** Rows that were not taken, or only in part, in the order of the feed. */
export async function listRows(db: Db, { area, id }: Of, skip: number, most: number): Promise<Row[]> {
  return db
    .selectFrom('run.row')
    .select(['number', 'page', 'outer_id as outerId', 'name', 'taken', 'reason'])
    .where('area', '=', area)
    .where('run', '=', id)
    .orderBy('taken')
    .orderBy('number')
    .limit(most)
    .offset(skip)
    .execute()
}

/** Forgets the rows of readings that began before a moment; their counts stay. */
export async function forgetRows(db: Db, area: string, before: Temporal.Instant): Promise<void> {
  const old = db.selectFrom('run.run').select('id').where('area', '=', area).where('began_at', '<', before)
  await db.deleteFrom('run.row').where('area', '=', area).where('run', 'in', old).execute()
}

/** A page of a feed as it last came. */
export type KnownPage = Readonly<{
  etag: string | null
  modified: string | null
  next: string | null
  told: number | null
  outerIds: readonly string[]
}>

/**
 * How a page of a feed last came; undefined where it says nothing by which it could be asked for changes. An empty page ends
 * a reading and is asked for whole: told only that it is as before, one would go on after it.
 */
export async function findPage(db: Db, area: string, feed: string, address: string): Promise<KnownPage | undefined> {
  return db
    .selectFrom('run.page')
    .select(['etag', 'modified', 'next', 'told', 'outer_ids as outerIds'])
    .where('area', '=', area)
    .where('feed', '=', feed)
    .where('address', '=', address)
    .where(sql<boolean>`cardinality(outer_ids) > 0`)
    .executeTakeFirst()
}

type Page = KnownPage & Readonly<{ area: string; feed: string; address: string }>

/** Keeps how a page of a feed came. */
export async function savePage(db: Db, { outerIds, ...page }: Page): Promise<void> {
  const { etag, modified, next, told } = page
  await db
    .insertInto('run.page')
    .values({ ...page, outer_ids: [...outerIds] })
    .onConflict((there) =>
      there.columns(['area', 'feed', 'address']).doUpdateSet({ etag, modified, next, told, outer_ids: [...outerIds] }),
    )
    .execute()
}
