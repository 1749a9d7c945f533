import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Stage } from '#journey/episode/rules.ts'
import type { Counts, Kind, Outcome } from './rules.ts'

/** A batch, if the area has it. */
export async function findBatch(db: Db, area: string, batch: string) {
  return batches(db, area).where('batch.id', '=', batch).executeTakeFirst()
}

/** The batches of an area, the newest first. */
export async function listBatches(db: Db, area: string, most: number) {
  return batches(db, area)
    .where('batch.trial', '=', false)
    .orderBy('batch.started_at', 'desc')
    .orderBy('batch.id', 'desc')
    .limit(most)
    .execute()
}

/** Dry runs that broke off before this moment, whose lines nobody needs. */
export async function listForgottenTrials(db: Db, area: string, before: Temporal.Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('batch.batch')
    .select('id')
    .where('area', '=', area)
    .where('trial', '=', true)
    .where('discarded_at', 'is', null)
    .where('started_at', '<', before)
    .execute()
  return rows.map(({ id }) => id)
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
      .select(['batch.lines', 'batch.reached'])
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

/** Cases that a batch brought for people who were here before, a few at a time, without those of who stays. */
export async function listEpisodesOfOthers(db: Db, area: string, batch: string, most: number) {
  return db
    .selectFrom('episode.episode as episode')
    .select(['episode.id as episode', 'episode.person'])
    .where('episode.area', '=', area)
    .where('episode.batch', '=', batch)
    .where(notStaying(batch, 'episode'))
    .limit(most)
    .execute()
}

/** What a batch added to cases that were here before, a few rows at a time, without those of who stays. */
export async function listAdditions(db: Db, area: string, batch: string, most: number) {
  return (
    db
      .selectFrom('batch.row as added')
      .innerJoin('batch.row as own', (join) =>
        join
          .onRef('own.area', '=', 'added.area')
          .onRef('own.key', '=', 'added.who')
          .on('own.outcome', '=', 'taken')
          .on('own.undone_at', 'is', null),
      )
      .innerJoin('episode.episode as episode', (join) =>
        join.onRef('episode.area', '=', 'own.area').onRef('episode.id', '=', 'own.made'),
      )
      .select(['added.made as fact', 'episode.id as episode', 'episode.person'])
      .where('added.area', '=', area)
      .where('added.batch', '=', batch)
      .where('added.outcome', '=', 'taken')
      .where('added.undone_at', 'is', null)
      .where('added.sheet', 'not in', ['referrals', 'people', 'episodes'])
      .where(notStaying(batch, 'episode'))
      .orderBy('episode.id')
      // What stands on a goal goes before it.
      .orderBy(sql`added.sheet = 'goals'`)
      .limit(most)
      .execute()
  )
}

function notStaying(batch: string, episode: string) {
  return sql<boolean>`not exists (select from batch.left_alone stays where stays.area = ${sql.ref(`${episode}.area`)}
    and stays.batch = ${batch} and stays.person = ${sql.ref(`${episode}.person`)})`
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

/** Who was taken under each of these keys, in whatever file, and the record that was made. */
export async function listTaken(db: Db, area: string, keys: readonly string[]) {
  type Taken = Readonly<{ key: string; who: string; made: string }>
  if (keys.length === 0) return new Map<string, Taken>()
  // Key by key, so that the index is used also where nobody has counted the rows of a table that was empty a minute ago.
  const { rows } =
    await sql<Taken>`select asked.key, found.who, found.made from unnest(${[...keys]}::uuid[]) as asked(key)
    cross join lateral (select who, made from batch.row where row.area = ${area} and row.key = asked.key
      and row.outcome = 'taken' and row.undone_at is null offset 0) as found`.execute(db)
  return new Map(rows.map((row) => [row.key, row]))
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

/** What came of the rows of each file of a batch. */
export async function countRows(db: Db, area: string, batch: string): Promise<ReadonlyMap<string, Counts>> {
  const { rows } = await sql<Counts & Readonly<{ sheet: string }>>`select sheet, count(*)::integer as rows,
      count(*) filter (where outcome = 'taken')::integer as taken, count(*) filter (where outcome = 'already')::integer as already,
      count(*) filter (where outcome = 'refused')::integer as refused
    from batch.row where area = ${area} and batch = ${batch} group by sheet`.execute(db)
  return new Map(rows.map(({ sheet, ...counts }) => [sheet, counts]))
}

/** Where the episodes stand that a batch brought, with how many at each stage. */
export async function countStages(db: Db, area: string, batch: string): Promise<ReadonlyMap<Stage, number>> {
  const { rows } = await sql<
    Readonly<{ stage: Stage; count: number }>
  >`select standing.stage, count(*)::integer as count
    from episode.episode join episode.standing on standing.area = episode.area and standing.episode = episode.id
    where episode.area = ${area} and episode.batch = ${batch} group by standing.stage`.execute(db)
  return new Map(rows.map(({ stage, count }) => [stage, count]))
}
