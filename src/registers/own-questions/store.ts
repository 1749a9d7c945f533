import type { Db } from '#platform/database/transaction.ts'

/** The organisation whose people on duty look after a person now; the one that has held the record longest of several. */
export async function findHolder(db: Db, area: string, person: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('people.holder')
    .select('organisation')
    .where('area', '=', area)
    .where('person', '=', person)
    .where('until', 'is', null)
    .orderBy('since')
    .limit(1)
    .executeTakeFirst()
  return found?.organisation
}
