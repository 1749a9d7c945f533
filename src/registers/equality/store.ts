import type { Db } from '#platform/database/transaction.ts'

/** What a person answered to the equality questions, and when. Ask findPerson before: it decides who may know. */
export async function findEquality(db: Db, area: string, person: string) {
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
    .select(['asked_at', 'version'])
    .where('area', '=', area)
    .where('person', '=', person)
    .executeTakeFirst()
}
