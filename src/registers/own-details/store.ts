import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'

/** What a person needs and when they like to be reached, as they see it themselves: theirs alone. */
export async function findOwnDetails(db: Db, of: Participant) {
  return db
    .selectFrom('people.person')
    .select(['access_needs', 'access_note', 'access_version', 'best_time', 'safety_version'])
    .select(['language', 'interpreter', 'language_version'])
    .where('area', '=', of.area)
    .where('id', '=', of.person)
    .executeTakeFirstOrThrow()
}
