import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Kind, Outcome } from './rules.ts'

/** A batch, if the area has it. */
export async function findBatch(db: Db, area: string, batch: string) {
  return batches(db, area).where('batch.id', '=', batch).executeTakeFirst()
}

/** The batches of an area, the newest first. */
export async function listBatches(db: Db, area: string, most: number) {
  return batches(db, area).orderBy('batch.started_at', 'desc').orderBy('batch.id', 'desc').limit(most).execute()
}

function batches(db: Db, area: string) {
  return (
    db
      .selectFrom('batch.batch as batch')
      .leftJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'batch.area').onRef('member.id', '=', 'batch.by'),
      )
      .select(['batch.id', 'batch.name', 'batch.source', 'batch.rows', 'batch.taken', 'batch.already', 'batch.refused'])
      .select(['batch.started_at', 'batch.finished_at', 'batch.undoing_at', 'batch.undone_at', 'member.name as byName'])
      // Checked: written by this slice alone, from the list in the rules.
      .select((row) => row.ref('batch.kind').$castTo<Kind>().as('kind'))
      .where('batch.area', '=', area)
  )
}

/** People whom a batch brought and of whom nobody has decided yet whether they stay, a few at a time. */
export async function listStillThere(db: Db, area: string, batch: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('people.person as person')
    .select('person.id')
    .where('person.area', '=', area)
    .where('person.batch', '=', batch)
    .where(
      sql<boolean>`not exists (select from batch.left_alone stays where stays.area = person.area
        and stays.batch = ${batch} and stays.person = person.id)`,
    )
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}

/** Who stayed when a batch was taken back, and why; by the reference of the referral that the batch brought. */
export async function listLeftAlone(db: Db, area: string, batch: string) {
  return db
    .selectFrom('batch.left_alone as stays')
    .leftJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'stays.area').onRef('referral.person', '=', 'stays.person'),
    )
    .leftJoin('referral.reference as given', (join) =>
      join.onRef('given.area', '=', 'referral.area').onRef('given.referral', '=', 'referral.id'),
    )
    .distinctOn('stays.person')
    .select(['stays.person', 'stays.why', 'stays.since', 'given.reference'])
    .where('stays.area', '=', area)
    .where('stays.batch', '=', batch)
    .orderBy('stays.person')
    .orderBy('referral.received_at')
    .execute()
}

/** How many rows of a batch were taken back. */
export async function countTakenBack(db: Db, area: string, batch: string): Promise<number> {
  const { count } = await db
    .selectFrom('batch.row')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('area', '=', area)
    .where('batch', '=', batch)
    .where('undone_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return count
}

/** Some rows of one file of a batch. */
export type Some = Readonly<{ area: string; batch: string; sheet: string; numbers: readonly number[] }>

/** Which rows between the first and the last of these were dealt with before. */
export async function listDealt(db: Db, { area, batch, sheet, numbers }: Some): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('batch.row')
    .select('number')
    .where('area', '=', area)
    .where('batch', '=', batch)
    .where('sheet', '=', sheet)
    .where('number', '>=', Math.min(...numbers))
    .where('number', '<=', Math.max(...numbers))
    .execute()
  return new Set(rows.map(({ number }) => number))
}

/** Who was taken under each of these keys, in whatever file. */
export async function listTaken(db: Db, area: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map()
  // Key by key, so that the index is used also where nobody has counted the rows of a table that was empty a minute ago.
  const { rows } = await sql<{ key: string; who: string | null }>`
    select asked.key, (select who from batch.row where row.area = ${area} and row.key = asked.key
      and row.outcome = 'taken' and row.undone_at is null) as who
    from unnest(${[...keys]}::uuid[]) as asked(key)`.execute(db)
  return new Map(rows.flatMap(({ key, who }) => (who === null ? [] : [[key, who]])))
}

/** The rows of one file of a batch that were returned, with their reasons. */
export async function listRefused(db: Db, { area, batch, sheet }: Omit<Some, 'numbers'>) {
  const refused: Outcome = 'refused'
  const rows = await db
    .selectFrom('batch.row')
    .select(['number', 'reasons'])
    .where('area', '=', area)
    .where('batch', '=', batch)
    .where('sheet', '=', sheet)
    .where('outcome', '=', refused)
    .orderBy('number')
    .execute()
  return new Map(rows.map(({ number, reasons }): [number, readonly string[]] => [number, reasons]))
}
