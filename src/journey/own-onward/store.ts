import type { Db } from '#platform/database/transaction.ts'

/** When somebody was born: what only they and we know, before a link shows them what is theirs. */
export async function findBornOn(db: Db, area: string, person: string): Promise<Temporal.PlainDate | undefined> {
  const found = await db
    .selectFrom('people.person')
    .select('born_on')
    .where('area', '=', area)
    .where('id', '=', person)
    .executeTakeFirst()
  return found?.born_on
}
