import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'

/** Keeps whoever answers a request in turn until the transaction ends, so that nobody answers what has changed meanwhile. */
export async function holdAsked(db: Db, area: string, id: string): Promise<void> {
  await db
    .selectFrom('onward.referral')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', id)
    .forUpdate()
    .execute()
}

/** When each of these people was born. Ask first which of it somebody may read. */
export async function listBornOn(db: Db, area: string, people: readonly string[]) {
  const rows = await db
    .selectFrom('people.person')
    .select(['id', 'born_on as bornOn'])
    .where('area', '=', area)
    .where(sql<boolean>`id = any(${[...people]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, bornOn }) => [id, bornOn]))
}
