import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { endHolding, entrustPerson } from '#registers/people/store.ts'

/** The records that were merged into this one, with the names they had. */
export async function listMergedInto(db: Db, area: string, person: string) {
  return db
    .selectFrom('people.person')
    .select(['id', 'given_name', 'family_name', 'preferred_name'])
    .where('area', '=', area)
    .where('merged_into', '=', person)
    .orderBy('registered_at')
    .execute()
}

/** Every id under which a person is known in the area, the kept record first: what is read of a person is read of all. */
export async function listIdsOf(db: Db, area: string, person: string): Promise<string[]> {
  const found = await db
    .selectFrom('people.person')
    .select('id')
    .where('area', '=', area)
    .where(isOfPerson('id', { area, person }))
    .orderBy(sql`merged_into is not null`)
    .orderBy('registered_at')
    .execute()
  return found.length === 0 ? [person] : found.map(({ id }) => id)
}

/** Whether a row is about this person, on whichever of their records it was written: the same in one question. */
export function isOfPerson(column: string, { area, person }: Readonly<{ area: string; person: string }>) {
  const kept = sql`(select coalesce(merged_into, id) from people.person where area = ${area} and id = ${person}::uuid)`
  // As an array that is read once: a join with it was planned over every row of small tables.
  const is: RawBuilder<boolean> = sql<boolean>`${sql.ref(column)} = any(array(select ${kept} union all
    select merged.id from people.person merged where merged.area = ${area} and merged.merged_into = ${kept}))`
  return is
}

type Since = Readonly<{ area: string; kept: string; since: string }>

/**
 * Whether something came into a record since a moment in a column: whoever opened it before may have opened another
 * person's until then, so that who they are is shown anew.
 */
export const hasTakenInSince = ({ area, kept, since }: Since) =>
  sql<boolean>`exists (select from people.person other where other.area = ${area}
    and other.merged_into = ${sql.ref(kept)} and other.merged_at >= ${sql.ref(since)})`

type Between = Readonly<{ from: string; to: string; at: Temporal.Instant; readsUntil: Temporal.Instant }>

/** Gives everything that is known of a person, on all their records, from one organisation to another. */
export async function handRecordsOver(
  db: Db,
  { area, person, from, to, at, readsUntil }: Between & Readonly<{ area: string; person: string }>,
): Promise<void> {
  for (const known of await listIdsOf(db, area, person)) {
    await entrustPerson(db, { area, person: known, organisation: to, at })
    await endHolding(db, { area, person: known, organisation: from, at, readsUntil })
  }
}
