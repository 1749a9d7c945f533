import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { isGuarded } from '#registers/restriction/store.ts'
import { tellNext } from '#journey/alert/store.ts'
import { listClosedTo } from '#journey/watch/store.ts'

/** Whether somebody has a coach who may not open their record since it was restricted. */
export async function isCoachShutOut(db: Db, of: Readonly<{ area: string; person: string }>): Promise<boolean> {
  const found = await db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .select('standing.episode')
    .where('standing.area', '=', of.area)
    .where('standing.ended_at', 'is', null)
    .where(isOfPerson('standing.person', of))
    .where('person.restricted', '=', true)
    .where(isNotNamed('standing.coach'))
    .executeTakeFirst()
  return found !== undefined
}

// Somebody who opened a record with a reason reads it for a day, and looks after nobody.
const isNotNamed = (coach: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(coach)} is not null and not exists (select from people.named_access named
    where named.area = person.area and named.person = person.id and named.membership = ${sql.ref(coach)}
      and named.until_at is null and not named.opened)`

/**
 * Spells of support whose coach may not open the record, with who that is: for those of these members who are named for it
 * and may give the person to somebody else.
 */
export async function listShutOut(db: Db, area: string, members: readonly string[], now: Temporal.Instant) {
  return db
    .selectFrom('episode.standing as standing')
    .innerJoin('organisations.member as coach', (join) =>
      join.onRef('coach.area', '=', 'standing.area').onRef('coach.id', '=', 'standing.coach'),
    )
    .select(['standing.episode', 'coach.name'])
    .select(
      sql<boolean>`exists (select from appointment.appointment booked join appointment.slot on slot.area = booked.area
        and slot.appointment = booked.id where booked.area = standing.area and booked.episode = standing.episode
        and booked.member = standing.coach and booked.ends_at > ${now}::timestamptz)`.as('booked'),
    )
    .where('standing.area', '=', area)
    .where('standing.ended_at', 'is', null)
    .where(isGuarded({ area, person: 'standing.person', shutOut: 'standing.coach' }, members))
    .execute()
}

type Restricted = Readonly<{ area: string; person: string; at: Temporal.Instant }>

/** Tells the next one at once of every alert about somebody that a member has to whom their record is closed now. */
export async function passAlertsOn(db: Db, { area, person, at }: Restricted): Promise<void> {
  const closed = await listClosedTo(db, { area, person, at })
  const open = await db
    .selectFrom('alert.alert')
    .select(['id', 'owner'])
    .where('area', '=', area)
    .where('person', '=', person)
    .where('settled_at', 'is', null)
    .orderBy('id')
    .execute()
  for (const { id, owner } of open)
    if (owner !== null && closed.has(owner)) await tellNext(db, { area, id, at, shutOut: true })
}
