import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Stage } from '#journey/episode/rules.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'

const columns = [
  'standing.episode',
  'standing.person',
  'standing.stage_since',
  'standing.coach',
  'standing.received_at',
  'standing.next_due_on',
  'standing.next_due_what',
  'standing.last_contact_at',
  'standing.first_tried_at',
  'standing.limit_on',
  'standing.follow_up_13_on',
  'standing.follow_up_26_on',
  'standing.plan_agreed_at',
  'standing.paused_days',
] as const
const names = [
  'person.given_name',
  'person.family_name',
  'person.preferred_name',
  'person.access_needs',
  'person.interpreter',
  'person.safe_note',
] as const

/** The people of these coaches (one's own, and those one covers for) who are with the service or in aftercare. */
export async function listCaseload(db: Db, actor: Actor, coaches: readonly string[]) {
  const theirs = standings(db, actor)
    .where(sql<boolean>`standing.coach = any(${[...coaches]}::uuid[])`)
    .where(sql<boolean>`(standing.ended_at is null or standing.stage = 'aftercare')`)
    .orderBy('standing.next_due_on', (order) => order.asc().nullsLast())
    .orderBy('standing.episode')
    .limit(1000)
  return named(db, theirs)
    .orderBy('standing.next_due_on', (order) => order.asc().nullsLast())
    .orderBy('standing.episode')
    .execute()
}

export type PeopleFilter = Readonly<{
  stage?: Stage | null
  coach?: string | null
  unassigned?: boolean
  overdue?: Temporal.PlainDate
  stages?: readonly Stage[]
  startedFrom?: Temporal.Instant
  startedUntil?: Temporal.Instant
}>
export type Place = Readonly<{ receivedAt: Temporal.Instant; episode: string }>

export type Wanted = Readonly<{ filter: PeopleFilter; after: Place | undefined; most: number }>

/** The open episodes that this actor's organisation holds, longest here first, a page at a time. */
export async function listOpen(db: Db, actor: Actor, { filter, after, most }: Wanted) {
  let query = standings(db, actor)
  if (filter.startedFrom && filter.startedUntil) {
    query = query
      .where('standing.started_at', '>=', filter.startedFrom)
      .where('standing.started_at', '<', filter.startedUntil)
  } else query = query.where('standing.ended_at', 'is', null)
  if (filter.stage) query = query.where('standing.stage', '=', filter.stage)
  if (filter.stages) query = query.where(sql<boolean>`standing.stage = any(${[...filter.stages]}::text[])`)
  if (filter.coach) query = query.where('standing.coach', '=', filter.coach)
  if (filter.unassigned) query = query.where('standing.coach', 'is', null)
  if (filter.overdue) query = query.where('standing.next_due_on', '<', filter.overdue)
  if (after)
    query = query.where(
      sql<boolean>`(standing.received_at, standing.episode) > (${after.receivedAt}::timestamptz, ${after.episode}::uuid)`,
    )
  const page = query.orderBy('standing.received_at').orderBy('standing.episode').limit(most)
  return named(db, page).orderBy('standing.received_at').orderBy('standing.episode').execute()
}

function standings(db: Db, actor: Actor) {
  return db
    .selectFrom('episode.standing as standing')
    .select(['standing.area', 'standing.stage', 'standing.plan_type', ...columns])
    .where('standing.area', '=', actor.area)
    .where(mayReachPerson(actor, 'list', 'standing.person'))
}

/** The rows of a page with the names that belong to them: looked up after the page was cut, and so for few. */
function named(db: Db, page: ReturnType<typeof standings>) {
  return (
    db
      .selectFrom(page.as('standing'))
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
      )
      .leftJoin('organisations.member as coach', (join) =>
        join.onRef('coach.area', '=', 'standing.area').onRef('coach.id', '=', 'standing.coach'),
      )
      .select(columns)
      .select(names)
      // Checked: recordStep alone writes these codes, from the lists in the rules.
      .select([
        sql<Stage>`standing.stage`.as('stage'),
        sql<PlanType | null>`standing.plan_type`.as('plan_type'),
        'coach.name as coachName',
      ])
  )
}
