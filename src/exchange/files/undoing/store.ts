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

/** Which of these people somebody has worked on from this moment on: the newest act, or a message to them. */
export async function listWorkedOn(db: Db, area: string, people: readonly string[], from: Temporal.Instant) {
  const { rows } = await sql<{ person: string; why: string; since: Temporal.Instant }>`
    select asked.person, coalesce(done.what, 'message.written') as why, coalesce(done.at, sent.written_at) as since
    from unnest(${[...people]}::uuid[]) as asked(person)
    left join lateral (select entry.what, entry.at from journal.entry where entry.area = ${area}
      and entry.person = asked.person and entry.kind = 'act' and entry.at >= ${from}::timestamptz and entry.what <> all(${[...actsOfImport]}::text[])
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
