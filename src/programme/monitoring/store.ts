import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Stage } from '#journey/episode/rules.ts'
import { type Behind, listBehindNumber } from '#programme/breakdown/store.ts'
import type { Route } from '#registers/organisations/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'

/** Where a page of a list ended. */
export type Place = Readonly<{ at: Temporal.Instant; id: string }>

/** How many stand behind a number, and how many of them this member may be shown: some are for the named alone. */
export async function countBehind(db: Db, actor: Actor, wanted: Behind) {
  const { rows } = await sql<{ count: number; listed: number }>`select count(*)::integer as count,
    (count(*) filter (where ${mayReachPerson(actor, 'list', 'behind.person')}))::integer as listed
    from (${listBehindNumber(actor, wanted)}) behind`.execute(db)
  return rows[0] ?? { count: 0, listed: 0 }
}

export type Listed = Readonly<{
  id: string
  episode: string
  person: string
  at: Temporal.Instant
  given_name: string
  family_name: string
  preferred_name: string | null
  received_at: Temporal.Instant
  stage: Stage
  route: Route | null
  coachName: string | null
  imported: boolean
}>

type Paged = Readonly<{ after: Place | undefined; most: number }>

/** The people behind a number, in the order in which it happened, a page at a time. */
export async function listBehind(db: Db, actor: Actor, wanted: Behind, { after, most }: Paged): Promise<Listed[]> {
  const from = after ? sql`and (behind.at, behind.id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<Listed>`select behind.id, behind.episode, behind.person, behind.at,
      person.given_name, person.family_name, person.preferred_name,
      standing.received_at, standing.stage, standing.route, standing.imported, coach.name as "coachName"
    from (${listBehindNumber(actor, wanted)}) behind
    join episode.standing standing on standing.area = ${actor.area} and standing.episode = behind.episode
    join people.person person on person.area = ${actor.area} and person.id = behind.person
    left join organisations.member coach on coach.area = ${actor.area} and coach.id = standing.coach
    where ${mayReachPerson(actor, 'list', 'behind.person')} ${from}
    order by behind.at, behind.id limit ${most}`.execute(db)
  return rows
}
