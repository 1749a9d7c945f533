import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { actsOfImport } from '#exchange/files/batch/rules.ts'

/** Holds people and where they stand still, so that nobody begins to work on them while they are looked at. */
export async function holdPeople(db: Db, area: string, people: readonly string[]): Promise<void> {
  await db
    .selectFrom('people.person')
    .select('id')
    .where('area', '=', area)
    .where(sql<boolean>`id = any(${[...people]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
  await db
    .selectFrom('episode.standing')
    .select('episode')
    .where('area', '=', area)
    .where(sql<boolean>`person = any(${[...people]}::uuid[])`)
    .orderBy('episode')
    .forUpdate()
    .execute()
}

type Batch = Readonly<{ area: string; batch: string; from: Temporal.Instant }>

/**
 * Which of these people somebody has worked on since a batch was begun: the newest act, or a message to them. What
 * another batch added to them is work as well, unless that one was taken back.
 */
export async function listWorkedOn(db: Db, { area, batch, from }: Batch, people: readonly string[]) {
  const { rows } = await sql<{ person: string; why: string; since: Temporal.Instant }>`
    select asked.person, coalesce(done.what, 'message.written') as why, coalesce(done.at, sent.written_at) as since
    from unnest(${[...people]}::uuid[]) as asked(person)
    left join lateral (select entry.what, entry.at from journal.entry where entry.area = ${area}
      and entry.person = asked.person and entry.kind = 'act' and entry.at >= ${from}::timestamptz
      and (entry.what <> all(${[...actsOfImport]}::text[]) or exists (select from batch.batch as other
        where other.area = ${area} and other.id::text = entry.codes ->> 'batch' and other.id <> ${batch}
        and other.undone_at is null))
      order by entry.id desc limit 1) as done on true
    left join lateral (select message.written_at from notify.message where message.area = ${area}
      and message.person = asked.person and message.written_at >= ${from}::timestamptz order by message.written_at desc limit 1) as sent on true
    where done.what is not null or sent.written_at is not null`.execute(db)
  return rows
}

/** The episodes of these people. */
export async function listEpisodes(db: Db, area: string, people: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('episode.episode')
    .select('id')
    .where('area', '=', area)
    .where(sql<boolean>`person = any(${[...people]}::uuid[])`)
    .execute()
  return rows.map(({ id }) => id)
}

/** What these episodes alone gave: who holds the record because of them, and whose death was told by them. */
export async function listGiven(db: Db, { area, from }: Pick<Batch, 'area' | 'from'>, episodes: readonly string[]) {
  const own = [...episodes]
  const { rows: holders } = await sql<Readonly<{ person: string; organisation: string }>>`
    select distinct standing.person, standing.provider as organisation from episode.standing
    join people.holder on holder.area = standing.area and holder.person = standing.person
      and holder.organisation = standing.provider and holder.since >= ${from}::timestamptz
    where standing.area = ${area} and standing.episode = any(${own}::uuid[]) and not exists (select from episode.standing other
      where other.area = ${area} and other.person = standing.person and other.provider = standing.provider
        and other.episode <> all(${own}::uuid[]))`.execute(db)
  const { rows: deaths } = await sql<Readonly<{ person: string }>>`
    select distinct standing.person from episode.standing
    where standing.area = ${area} and standing.episode = any(${own}::uuid[]) and standing.ended_as = 'died'`.execute(db)
  return { holders, deaths: deaths.map(({ person }) => person) }
}

/** Who of all the people of a batch was worked on since it was begun. */
export async function listAllWorkedOn(db: Db, of: Batch) {
  const people = await db
    .selectFrom('people.person')
    .select('id')
    .where('area', '=', of.area)
    .where('batch', '=', of.batch)
    .execute()
  const ids = people.map(({ id }) => id)
  return ids.length === 0 ? [] : listWorkedOn(db, of, ids)
}

/** How many people a batch brought who are still here. */
export async function countBrought(db: Db, area: string, batch: string): Promise<number> {
  const { count } = await db
    .selectFrom('people.person')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('area', '=', area)
    .where('batch', '=', batch)
    .executeTakeFirstOrThrow()
  return count
}
