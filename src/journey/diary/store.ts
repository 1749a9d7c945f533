import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Mode } from '#journey/invitation/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'

/** How many of those this actor may list wait for a first appointment: accepted, and nothing booked. */
export async function countWaiting(db: Db, actor: Actor): Promise<number> {
  const { people } = await db
    .selectFrom('episode.standing as standing')
    .select(sql<number>`count(*)`.as('people'))
    .where('standing.area', '=', actor.area)
    .where('standing.ended_at', 'is', null)
    .where('standing.stage', 'in', ['accepted', 'trying'])
    .where(mayReachPerson(actor, 'list', 'standing.person'))
    .executeTakeFirstOrThrow()
  return Number(people)
}

type Wanted = Readonly<{ area: string; member: string; since: Temporal.Instant }>

/**
 * The appointments that hold a member's time since a moment, for the calendar that fetches them by its secret address: no
 * more of the person than the names whose initials the member may have asked for, and none of a restricted record.
 */
export async function listForCalendar(db: Db, { area, member, since }: Wanted) {
  return (
    db
      .selectFrom('appointment.appointment as appointment')
      .innerJoin('appointment.slot as slot', (join) =>
        join.onRef('slot.area', '=', 'appointment.area').onRef('slot.appointment', '=', 'appointment.id'),
      )
      .innerJoin('episode.episode as episode', (join) =>
        join.onRef('episode.area', '=', 'appointment.area').onRef('episode.id', '=', 'appointment.episode'),
      )
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'episode.area').onRef('person.id', '=', 'episode.person'),
      )
      .select(['appointment.id', 'appointment.chain', 'appointment.place', 'appointment.booked_at'])
      .select(['appointment.starts_at as startsAt', 'appointment.ends_at as endsAt'])
      .select(['person.given_name', 'person.family_name', 'person.preferred_name', 'person.restricted'])
      // Checked: the appointments alone write this code, from the list in their rules.
      .select(sql<Mode>`appointment.mode`.as('mode'))
      .select(
        sql<number>`(select count(*) from appointment.appointment before where before.area = appointment.area
          and before.chain = appointment.chain and before.booked_at < appointment.booked_at)::integer`.as('before'),
      )
      .where('appointment.area', '=', area)
      .where('appointment.member', '=', member)
      .where('appointment.starts_at', '>=', since)
      .orderBy('appointment.starts_at')
      .limit(1000)
      .execute()
  )
}
