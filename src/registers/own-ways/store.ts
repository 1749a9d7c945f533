import { sql } from 'kysely'
import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { hasDone } from '#platform/journal/journal.ts'
import { eachOnce } from '#registers/means/rules.ts'
import { isOnKept, isTheirs } from '#registers/means/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { OwnWay } from './rules.ts'

/** The ways in which a person can be reached, as they see them themselves: theirs alone. */
export async function listOwnWays(db: Db, of: Participant): Promise<OwnWay[]> {
  const found = await db
    .selectFrom('people.means')
    .select(['id', 'person', 'kind', 'value', 'wanted', 'safe', 'voicemail_safe', 'preferred', 'failed_at', 'version'])
    .select(['given_by', isTheirs('people.means').as('theirs'), isOnKept.as('kept')])
    .select(['unconfirmed_at', 'code', 'code_sent_at', 'codes_sent', 'code_tries'])
    .where('area', '=', of.area)
    .where(isOfPerson('person', of))
    .where('ended_at', 'is', null)
    .orderBy('added_at')
    .orderBy('id')
    .execute()
  return eachOnce(found)
}

/** Whether a person has taken this way away by themselves already. */
export async function isTakenAway(db: Db, of: Participant, subject: string): Promise<boolean> {
  const isThere = (await listOwnWays(db, of)).some(({ id }) => id === subject)
  return !isThere && (await hasDone(db, of, { what: ['means.ended', 'means.ended-unsaid'], subject }))
}

/** Lets one change of a person's ways be made after the other, so that codes sent and tried are counted one by one. */
export async function holdOwnWays(db: Db, { area, person }: Participant): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`own ways ${area} ${person}`}, 0))`.execute(db)
}

/** How many ways a person has given by themselves since a moment, those that they took away again included. */
export async function countOwnAdded(db: Db, of: Participant, since: Temporal.Instant): Promise<number> {
  const { added } = await db
    .selectFrom('journal.entry')
    .select(sql<number>`count(*)::integer`.as('added'))
    .where('area', '=', of.area)
    .where('person', '=', of.person)
    .where('what', '=', 'means.added')
    .where('role', '=', 'participant')
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return added
}
