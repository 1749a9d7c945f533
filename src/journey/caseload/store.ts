import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Stage } from '#journey/episode/rules.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { PeopleFilter, Span } from './rules.ts'

const columns = [
  'standing.episode',
  'standing.person',
  'standing.coach',
  'standing.received_at',
  'standing.next_due_on',
  'standing.next_due_what',
  'standing.last_contact_at',
  'standing.limit_on',
  'standing.follow_up_13_on',
  'standing.follow_up_26_on',
] as const
const names = [
  'person.given_name',
  'person.family_name',
  'person.preferred_name',
  'person.access_needs',
  'person.interpreter',
  'person.safe_note',
  'person.died_on',
] as const

/** A coach's own people who are with the service now, or those who are in aftercare: whose next work is due first on top. */
export async function listCaseload(db: Db, actor: Actor, { aftercare }: Readonly<{ aftercare: boolean }>) {
  const own = theirs(db, actor, [actor.membership])
  return aftercare
    ? byDueDay(db, own.where(inAftercare), soonest)
    : byDueDay(db, own.where('standing.ended_at', 'is', null))
}

// Written out and not handed in: a plan kept for every value cannot use the index of those in aftercare.
const inAftercare = sql<boolean>`standing.ended_at is not null and standing.stage = 'aftercare'`

// After support has ended, what is due is mostly a follow-up.
const soonest = sql`least(standing.next_due_on, standing.follow_up_13_on, standing.follow_up_26_on)`

/** How many of a coach's own people are in aftercare. */
export async function countAftercare(db: Db, actor: Actor): Promise<number> {
  const { people } = await theirs(db, actor, [actor.membership])
    .clearSelect()
    .select(sql<number>`count(*)`.as('people'))
    .where(inAftercare)
    .executeTakeFirstOrThrow()
  return people
}

type Day = Readonly<{ coaches: readonly string[]; today: Temporal.PlainDate }>

/** Whom these coaches may have something to do for today: everybody who is with the service, and whose follow-up is due. */
export async function listForDay(db: Db, actor: Actor, { coaches, today }: Day) {
  const wanted = theirs(db, actor, coaches).where(
    sql<boolean>`(standing.ended_at is null or standing.stage = 'aftercare'
      and (standing.follow_up_13_on <= ${today} or standing.follow_up_26_on <= ${today}))`,
  )
  return byDueDay(db, wanted)
}

/** The same of certain episodes, whatever is due. */
export async function listEpisodes(db: Db, actor: Actor, episodes: readonly string[]) {
  return byDueDay(db, standings(db, actor).where(sql<boolean>`standing.episode = any(${[...episodes]}::uuid[])`))
}

// One coach is asked for as one: of a list PostgreSQL expects ten, and would rather read everybody of the organisation.
function theirs(db: Db, actor: Actor, coaches: readonly string[]) {
  const [only, ...others] = coaches
  const all = standings(db, actor)
  if (only !== undefined && others.length === 0) return all.where('standing.coach', '=', only)
  return all.where(sql<boolean>`standing.coach = any(${[...coaches]}::uuid[])`)
}

function byDueDay(db: Db, wanted: ReturnType<typeof standings>, day: RawBuilder<unknown> = sql`standing.next_due_on`) {
  const first = wanted
    .orderBy(day, (order) => order.asc().nullsLast())
    .orderBy('standing.episode')
    .limit(1000)
  return named(db, first)
    .orderBy(day, (order) => order.asc().nullsLast())
    .orderBy('standing.episode')
    .execute()
}

export type Place = Readonly<{ receivedAt: Temporal.Instant; episode: string }>

export type Wanted = Readonly<{ filter: PeopleFilter; after: Place | undefined; most: number }>

/** The open episodes that this actor's organisation holds, longest here first, a page at a time. */
export async function listOpen(db: Db, actor: Actor, { filter, after, most }: Wanted) {
  let query = standings(db, actor)
  if (filter.started) {
    query = query
      .where('standing.started_at', '>=', filter.started.from)
      .where('standing.started_at', '<', filter.started.until)
  } else if (filter.didNotCome) query = query.where(isNoShowIn(actor.area, filter.didNotCome))
  else query = query.where('standing.ended_at', 'is', null)
  if (filter.stage) query = query.where('standing.stage', '=', filter.stage)
  if (filter.stages) query = query.where(sql<boolean>`standing.stage = any(${[...filter.stages]}::text[])`)
  if (filter.coach) query = query.where('standing.coach', '=', filter.coach)
  if (filter.unassigned) query = query.where(isWithoutCoach)
  if (filter.firstTryBefore) query = query.where('standing.first_try_by', '<', filter.firstTryBefore)
  if (filter.overdue) query = query.where('standing.next_due_on', '<', filter.overdue)
  if (after)
    query = query.where(
      sql<boolean>`(standing.received_at, standing.episode) > (${after.receivedAt}::timestamptz, ${after.episode}::uuid)`,
    )
  const page = query.orderBy('standing.received_at').orderBy('standing.episode').limit(most)
  return named(db, page).orderBy('standing.received_at').orderBy('standing.episode').execute()
}

/** Accepted, and nobody is their coach: the same people as wait to be allocated. */
export const isWithoutCoach = sql<boolean>`(standing.coach is null and standing.stage <> 'received')`

/** Whose person did not come to an appointment in a time, unless that was taken back. It cannot be known before. */
export function isNoShowIn(area: string, { from, until }: Span): RawBuilder<boolean> {
  return sql<boolean>`standing.episode in (select meeting.episode from appointment.result missed
    join appointment.appointment meeting on meeting.area = missed.area and meeting.id = missed.appointment
    where missed.area = ${area} and missed.kind = 'missed' and missed.who = 'person' and missed.at >= ${from}::timestamptz
      and meeting.starts_at >= ${from}::timestamptz and meeting.starts_at < ${until}::timestamptz
      and not exists (select from appointment.withdrawal back where back.area = missed.area and back.result = missed.id))`
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
