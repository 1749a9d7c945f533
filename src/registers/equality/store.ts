import { isOfPerson } from '#registers/merged/store.ts'
import type { Db } from '#platform/database/transaction.ts'

/** What a person answered to the equality questions on any of their records, the newest first. Ask findPerson before: it decides who may know. */
export async function listEquality(db: Db, area: string, person: string) {
  return db
    .selectFrom('people.equality')
    .select([
      'sex',
      'gender',
      'ethnicity',
      'disability',
      'condition_lasting',
      'condition_limiting',
      'caring',
      'veteran',
    ])
    .select(['person', 'asked_at', 'version'])
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .orderBy('asked_at', 'desc')
    .execute()
}
