import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Kind, State } from '#journey/onward/rules.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { mostCounted, mostWaiting, pageLength } from './rules.ts'

type Listing = Readonly<{ state: State | null; service: string | null; page: number }>

/** Of whom a list is: those of these coaches where the member lists their own caseload, else all whom they list. */
export type Listed = Readonly<{ actor: Actor; coaches: readonly string[] | undefined }>

const chosen = (db: Db, { actor, coaches }: Listed) =>
  db
    .selectFrom('onward.referral as referral')
    .where('referral.area', '=', actor.area)
    .where(mayReachPerson(actor, 'list', 'referral.person'))
    .$if(coaches !== undefined, (query) => query.where(isLookedAfterBy(actor.area, coaches ?? [], 'referral.episode')))

type Row = Readonly<{ id: string; person: string; name: string; serviceName: string }> &
  Readonly<{ stateAt: Temporal.Instant; state: State; kind: Kind }>
type Onwards = Readonly<{ rows: readonly Row[]; count: number }>

// Newest first, in the order of an index, and no further than is counted: the rest is looked up for one page alone.
const newest = (db: Db, listed: Listed, { state, service }: Omit<Listing, 'page'>) =>
  chosen(db, listed)
    .$if(state !== null, (query) => query.where('referral.state', '=', state ?? ''))
    .$if(service !== null, (query) => query.where('referral.service', '=', service ?? ''))
    .select(['referral.area', 'referral.id', 'referral.state_at'])
    .orderBy('referral.state_at', 'desc')
    .orderBy('referral.id')
    .limit(mostCounted + 1)

/** Everybody whom this member lists and who was passed on to a service, one page at a time, and how many up to a limit. */
export async function listOnward(db: Db, listed: Listed, { state, service, page }: Listing): Promise<Onwards> {
  const rows = await db
    .with(
      (cte) => cte('newest').materialized(),
      () => newest(db, listed, { state, service }),
    )
    .selectFrom((from) =>
      from
        .selectFrom('newest')
        .selectAll()
        .orderBy('newest.state_at', 'desc')
        .orderBy('newest.id')
        .limit(pageLength)
        .offset((page - 1) * pageLength)
        .as('page'),
    )
    .innerJoin('onward.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'page.area').onRef('referral.id', '=', 'page.id'),
    )
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'referral.area').onRef('person.id', '=', 'referral.person'),
    )
    .select(['referral.id', 'referral.person', 'referral.service_name as serviceName'])
    .select(['referral.state_at as stateAt', 'person.given_name', 'person.family_name', 'person.preferred_name'])
    // Checked: written by the stage alone, from its lists.
    .select([sql<State>`referral.state`.as('state'), sql<Kind>`referral.kind`.as('kind')])
    .select(sql<number>`(select count(*) from newest)::int`.as('count'))
    .orderBy('page.state_at', 'desc')
    .orderBy('page.id')
    .execute()
  const named = rows.map(({ count: _, ...row }) => ({ ...row, name: calledName(row) }))
  // Behind the last page nobody is shown, and how many there are is said all the same.
  if (rows.length === 0 && page > 1)
    return { ...(await listOnward(db, listed, { state, service, page: 1 })), rows: named }
  return { rows: named, count: rows[0]?.count ?? 0 }
}

/**
 * For which services people wait, how many for each and since when the first of them does; those who wait longest first. So
 * many people as are looked at, and no more, are those who have waited longest.
 */
export async function countWaiting(db: Db, listed: Listed) {
  const longest = chosen(db, listed)
    .select(['referral.service', 'referral.service_name', sql<Temporal.Instant>`referral.asked_at`.as('asked_at')])
    .where(sql<boolean>`referral.state in ('sent', 'seen', 'no-reply', 'accepted', 'waiting')`)
    .where('referral.asked_at', 'is not', null)
    .orderBy('referral.asked_at')
    .limit(mostWaiting)
  return db
    .selectFrom(longest.as('longest'))
    .select(['service', sql<string>`max(service_name)`.as('serviceName'), sql<number>`count(*)::int`.as('people')])
    .select(sql<Temporal.Instant>`min(asked_at)`.as('since'))
    .groupBy('service')
    .orderBy(sql`min(asked_at)`)
    .execute()
}
