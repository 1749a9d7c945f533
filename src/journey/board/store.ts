import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Stage } from '#journey/episode/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'

export type StageCount = Readonly<{ stage: Stage; people: number; oldest: Temporal.Instant; middle: number }>

/** How many of the organisation's people stand in each stage, since when the longest, and the middle wait in days. */
export async function countByStage(db: Db, actor: Actor, now: Temporal.Instant): Promise<StageCount[]> {
  const rows = await open(db, actor)
    .select([
      sql<Stage>`standing.stage`.as('stage'),
      sql<number>`count(*)`.as('people'),
      sql<Temporal.Instant>`min(standing.stage_since)`.as('oldest'),
    ])
    .select(
      sql<number>`round(extract(epoch from percentile_cont(0.5) within group (order by ${now}::timestamptz - standing.stage_since)) / 86400)::integer`.as(
        'middle',
      ),
    )
    .groupBy('standing.stage')
    .execute()
  return rows
}

/** The numbers at the top of the board. */
export async function countPressing(db: Db, actor: Actor, today: Temporal.PlainDate) {
  return open(db, actor)
    .select([
      sql<number>`count(*)`.as('all'),
      sql<number>`count(*) filter (where standing.coach is null)`.as('unassigned'),
      sql<number>`count(*) filter (where standing.stage in ('received', 'accepted'))`.as('firstContact'),
      sql<number>`count(*) filter (where standing.stage in ('received', 'accepted') and standing.first_try_by < ${today})`.as(
        'firstContactLate',
      ),
      sql<number>`count(*) filter (where standing.next_due_on < ${today})`.as('overdue'),
      sql<number>`count(*) filter (where standing.stage = 'waiting')`.as('waiting'),
    ])
    .executeTakeFirstOrThrow()
}

/** People and overdue work for each coach that has any. */
export async function countByCoach(db: Db, actor: Actor, today: Temporal.PlainDate) {
  return open(db, actor)
    .select([
      'standing.coach',
      sql<number>`count(*)`.as('people'),
      sql<number>`count(*) filter (where standing.next_due_on < ${today})`.as('overdue'),
    ])
    .where('standing.coach', 'is not', null)
    .groupBy('standing.coach')
    .execute()
}

/** How many began support (were assessed for the first time) between two moments, and how many ended it. */
export async function countStarts(db: Db, actor: Actor, from: Temporal.Instant, until: Temporal.Instant) {
  const starts = await db
    .selectFrom('episode.standing as standing')
    .select(sql<number>`count(*)`.as('starts'))
    .where('standing.area', '=', actor.area)
    .where('standing.started_at', '>=', from)
    .where('standing.started_at', '<', until)
    .where(mayReachPerson(actor, 'list', 'standing.person'))
    .executeTakeFirstOrThrow()
  return starts.starts
}

function open(db: Db, actor: Actor) {
  return db
    .selectFrom('episode.standing as standing')
    .where('standing.area', '=', actor.area)
    .where('standing.ended_at', 'is', null)
    .where(mayReachPerson(actor, 'list', 'standing.person'))
}
