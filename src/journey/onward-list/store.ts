import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Kind, State } from '#journey/onward/rules.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { mostCounted, pageLength } from './rules.ts'

type Listing = Readonly<{ state: State | null; service: string | null; page: number }>

/** Of whom a list is: those of these coaches where the member lists their own caseload, else all whom they list. */
export type Listed = Readonly<{ actor: Actor; coaches: readonly string[] | undefined }>

const chosen = (db: Db, { actor, coaches }: Listed) =>
  db
    .selectFrom('onward.referral as referral')
    .where('referral.area', '=', actor.area)
    .where(mayReachPerson(actor, 'list', 'referral.person'))
    .$if(coaches !== undefined, (query) => query.where(isLookedAfterBy(actor.area, coaches ?? [], 'referral.episode')))

/** Everybody whom this member lists and who was passed on to a service, one page at a time, and how many up to a thousand. */
export async function listOnward(db: Db, listed: Listed, { state, service, page }: Listing) {
  const wanted = chosen(db, listed)
    .$if(state !== null, (query) => query.where('referral.state', '=', state ?? ''))
    .$if(service !== null, (query) => query.where('referral.service', '=', service ?? ''))
  // Newest first, in the order of an index, and no further than the page: names are looked up for these alone.
  const newest = wanted
    .select(['referral.id', 'referral.person', 'referral.service_name', 'referral.state_at'])
    .select(['referral.state', 'referral.kind', 'referral.area'])
    .orderBy('referral.state_at', 'desc')
    .orderBy('referral.id')
    .limit(pageLength)
    .offset((page - 1) * pageLength)
  const [rows, { count }] = await Promise.all([
    db
      .selectFrom(newest.as('referral'))
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'referral.area').onRef('person.id', '=', 'referral.person'),
      )
      .select(['referral.id', 'referral.person', 'referral.service_name as serviceName'])
      .select(['referral.state_at as stateAt', 'person.given_name', 'person.family_name', 'person.preferred_name'])
      // Checked: written by the stage alone, from its lists.
      .select([sql<State>`referral.state`.as('state'), sql<Kind>`referral.kind`.as('kind')])
      .orderBy('referral.state_at', 'desc')
      .orderBy('referral.id')
      .execute(),
    db
      .selectFrom(
        wanted
          .select('referral.id')
          .limit(mostCounted + 1)
          .as('some'),
      )
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow(),
  ])
  return { rows: rows.map((row) => ({ ...row, name: calledName(row) })), count }
}

/** How many people wait for each service, and since when the first of them does; those who wait longest first. */
export async function countWaiting(db: Db, listed: Listed) {
  return chosen(db, listed)
    .select(['referral.service', sql<string>`max(referral.service_name)`.as('serviceName')])
    .select([sql<number>`count(*)::int`.as('people'), sql<Temporal.Instant>`min(referral.asked_at)`.as('since')])
    .where(sql<boolean>`referral.state in ('sent', 'seen', 'no-reply', 'accepted', 'waiting')`)
    .where('referral.asked_at', 'is not', null)
    .groupBy('referral.service')
    .orderBy(sql`min(referral.asked_at)`)
    .execute()
}
