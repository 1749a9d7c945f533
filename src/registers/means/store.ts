import type { Db } from '#platform/database/transaction.ts'

/** How the person can be reached, the preferred way first. Ask findPerson before: it decides who may know. */
export async function listMeans(db: Db, area: string, person: string) {
  return db
    .selectFrom('people.means')
    .select(['id', 'kind', 'value', 'wanted', 'safe', 'voicemail_safe', 'preferred', 'version'])
    .where('area', '=', area)
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .orderBy('preferred', 'desc')
    .orderBy('added_at')
    .execute()
}
