import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { outwardOf } from '#platform/postcode/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import type { Need, Order, Waiting } from './rules.ts'

/** Somebody who waits as they are found: what they weigh is read by a later stage. */
export type Unweighed = Omit<Waiting, 'points'>

export type QueueFilter = Readonly<{
  /** Those of one coach; those of nobody when it is null. */
  coach: string | null
  route: string | null
  need: Need | null
  order: Order
  /** The last episode of the page before. */
  after: string | null
  most: number
  today: Temporal.PlainDate
}>

const orderBy: Readonly<Record<Order, RawBuilder<unknown>>> = {
  clock: sql`coalesce(case when standing.first_tried_at is null then standing.first_try_by
    else standing.first_appointment_by end, 'infinity'::date)`,
  received: sql`standing.received_at`,
  name: sql`lower(person.family_name || ' ' || person.given_name)`,
}

const rows = (db: Db, actor: Actor) =>
  db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .leftJoin('organisations.member as coach', (join) =>
      join.onRef('coach.area', '=', 'standing.area').onRef('coach.id', '=', 'standing.coach'),
    )
    .leftJoin('places.council as council', 'council.code', 'person.council')
    .select(['standing.episode', 'standing.person', 'standing.provider', 'standing.coach'])
    .select(['standing.route', 'standing.received_at', 'standing.first_try_by as firstTryBy'])
    .select(['standing.first_appointment_by as firstAppointmentBy', 'coach.name as coachName'])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name', 'person.language'])
    .select(['person.interpreter', 'person.access_needs as accessNeeds', 'person.postcode'])
    .select([
      sql<string | null>`coalesce(council.name, person.council)`.as('council'),
      sql<boolean>`standing.first_tried_at is not null`.as('tried'),
      sql<boolean>`standing.first_appointment_at is not null`.as('booked'),
    ])
    .where('standing.area', '=', actor.area)
    .where('standing.ended_at', 'is', null)
    .where('standing.stage', '<>', 'received')
    .where(sql<boolean>`standing.provider = any(${[...actor.organisations]}::uuid[])`)
    .where(mayReachPerson(actor, 'list'))

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

function waitingFrom({ given_name, family_name, preferred_name, postcode, received_at, ...row }: Row): Unweighed {
  const district = postcode === null ? null : (outwardOf(postcode) ?? null)
  const name = calledName({ given_name, family_name, preferred_name })
  return { ...row, name, district, receivedOn: dayOf(received_at) }
}

/** Accepted people without a coach (or of one coach, to be moved), a page at a time. */
export async function listWaiting(db: Db, actor: Actor, filter: QueueFilter): Promise<Unweighed[]> {
  const { coach, route, need, order, after, most, today } = filter
  const key = orderBy[order]
  const late = sql<boolean>`(standing.first_tried_at is null and standing.first_try_by < ${today}
    or standing.first_appointment_at is null and standing.first_appointment_by < ${today})`
  const wanted: Readonly<Record<Need, RawBuilder<boolean>>> = {
    late,
    interpreter: sql`person.interpreter is not null`,
    access: sql`person.access_needs <> '{}'`,
  }
  const found = await rows(db, actor)
    .where(coach === null ? sql<boolean>`standing.coach is null` : sql<boolean>`standing.coach = ${coach}`)
    .where(route === null ? sql<boolean>`true` : sql<boolean>`standing.route = ${route}`)
    .where(need === null ? sql<boolean>`true` : wanted[need])
    .where(
      after === null
        ? sql<boolean>`true`
        : sql<boolean>`(${key}, standing.episode) > (${placeOf(actor.area, order, after)}, ${after}::uuid)`,
    )
    .orderBy(key)
    .orderBy('standing.episode')
    .limit(most)
    .execute()
  return found.map(waitingFrom)
}

// Where the page before ended, whether or not that person is still in the queue.
function placeOf(area: string, order: Order, after: string): RawBuilder<unknown> {
  return sql`(select ${orderBy[order]} from episode.standing standing
    join people.person person on person.area = standing.area and person.id = standing.person
    where standing.area = ${area} and standing.episode = ${after})`
}

/** These people as they stand now, as far as this actor may see them. */
export async function listChosen(db: Db, actor: Actor, episodes: readonly string[]): Promise<Unweighed[]> {
  const found = await rows(db, actor)
    .where(sql<boolean>`standing.episode = any(${[...episodes]}::uuid[])`)
    .orderBy(orderBy.clock)
    .orderBy('standing.episode')
    .execute()
  return found.map(waitingFrom)
}

/** As listChosen, with their episodes held still until the transaction ends: who comes second sees what the first did. */
export async function listChosenHeldStill(db: Db, actor: Actor, episodes: readonly string[]): Promise<Unweighed[]> {
  await db
    .selectFrom('episode.standing')
    .select('episode')
    .where('area', '=', actor.area)
    .where(sql<boolean>`episode = any(${[...episodes]}::uuid[])`)
    .orderBy('episode')
    .forUpdate()
    .execute()
  return listChosen(db, actor, episodes)
}

/** Who gave this person to the coach they have now. */
export async function findLastAllocator(db: Db, area: string, episode: string): Promise<string | null> {
  const found = await db
    .selectFrom('allocation.allocation as allocation')
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'allocation.area').onRef('member.id', '=', 'allocation.by'),
    )
    .select('member.name')
    .where('allocation.area', '=', area)
    .where('allocation.episode', '=', episode)
    .orderBy('allocation.at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found?.name ?? null
}

export type Allocation = Readonly<{
  area: string
  id: string
  coach: string
  reason: string
  note: string | null
  caseload: number
  cap: number
  by: string
  at: Temporal.Instant
}>

/** Whether this act was recorded already: the form was sent twice. */
export async function hasAllocated(db: Db, area: string, id: string): Promise<boolean> {
  const query = db.selectFrom('allocation.allocation').select('id').where('area', '=', area).where('id', '=', id)
  return (await query.limit(1).executeTakeFirst()) !== undefined
}

/** Keeps who was given to which coach in one act, and why. */
export async function saveAllocation(
  db: Db,
  allocation: Allocation,
  chosen: readonly Pick<Waiting, 'episode' | 'coach'>[],
): Promise<void> {
  const given = chosen.map(({ episode, coach }) => ({ ...allocation, episode, coach_before: coach }))
  await db.insertInto('allocation.allocation').values(given).execute()
}

export type Handover = Readonly<{
  area: string
  id: string
  episode: string
  from_provider: string
  to_provider: string
  reason: string
  note: string | null
  by: string
  at: Temporal.Instant
}>

/** Keeps that somebody went from one provider to another, and why. */
export async function saveHandover(db: Db, handover: Handover): Promise<void> {
  await db.insertInto('allocation.handover').values(handover).execute()
}

/** Which coaches a person was given over their spells of support. Ask listEpisodesOf before: it decides who may know. */
export async function listAllocationsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('allocation.allocation as given')
    .select(['given.id', 'given.at', 'given.reason', 'given.note', findNameOf(asked.area, 'given.by').as('by')])
    .select(findNameOf(asked.area, 'given.coach').as('coach'))
    .where('given.area', '=', asked.area)
    .where(isAnyOf('given.episode', asked.episodes))
  return readNewest(query, { at: 'given.at', id: 'given.id' }, asked).execute()
}
