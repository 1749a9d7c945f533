import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'

// Decided, not taken back, and nobody has told them yet where they get help instead.
function untold(db: Db, actor: Actor, verb: 'list' | 'edit') {
  return db
    .selectFrom('decision.handover as handover')
    .innerJoin('decision.decision as decision', (join) =>
      join.onRef('decision.area', '=', 'handover.area').onRef('decision.id', '=', 'handover.decision'),
    )
    .innerJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'decision.area').onRef('referral.id', '=', 'decision.referral'),
    )
    .where('handover.area', '=', actor.area)
    .where('handover.told_on', 'is', null)
    .where(
      sql<boolean>`not exists (select from decision.withdrawal as taken
      where taken.area = decision.area and taken.decision = decision.id)`,
    )
    .where(mayReachPerson(actor, verb, 'referral.person'))
}

/** How many people are still to be told where they get help instead. */
export async function countToTell(db: Db, actor: Actor): Promise<number> {
  const { people } = await untold(db, actor, 'list')
    .select(sql<number>`count(*)::int`.as('people'))
    .executeTakeFirstOrThrow()
  return people
}

const named = (db: Db, actor: Actor, verb: 'list' | 'edit') =>
  untold(db, actor, verb)
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'referral.area').onRef('person.id', '=', 'referral.person'),
    )
    .select(['decision.id as decision', 'decision.at', 'referral.id as referral', 'referral.person'])
    .select(['referral.received_on as receivedOn', 'handover.where_to as whereTo'])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name'])

/** Everybody who is still to be told, whoever waits longest first. */
export async function listToTell(db: Db, actor: Actor, most = 200) {
  const rows = await named(db, actor, 'list').orderBy('decision.at').orderBy('decision.id').limit(most).execute()
  return rows.map((row) => ({ ...row, name: calledName(row) }))
}

/** Whom this referral was about, if they are still to be told. */
export async function findToTell(db: Db, actor: Actor, referral: string) {
  const found = await named(db, actor, 'edit').where('referral.id', '=', referral).executeTakeFirst()
  return found && { ...found, name: calledName(found) }
}
