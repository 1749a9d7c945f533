import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import type { Span } from '#journey/caseload/rules.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Planned } from './rules.ts'

type Of = Readonly<{ area: string; organisation: string }>
type Month = Temporal.PlainYearMonth

/** Everything that was ever planned for an organisation, the oldest plan first. */
export async function listPlanned(db: Db, { area, organisation }: Of): Promise<Planned[]> {
  const rows = await db
    .selectFrom('profile.plan as plan')
    .innerJoin('profile.planned as planned', (join) =>
      join.onRef('planned.area', '=', 'plan.area').onRef('planned.plan', '=', 'plan.id'),
    )
    .select(['plan.id as plan', 'planned.month', 'planned.starts', 'plan.why', 'plan.entered_at'])
    .select(findNameOf(area, 'plan.entered_by').as('by'))
    .where('plan.area', '=', area)
    .where('plan.organisation', '=', organisation)
    .orderBy('plan.id')
    .orderBy('planned.month')
    .execute()
  return rows.map(({ month, entered_at: at, ...row }) => ({
    ...{ ...row, month: month.toPlainYearMonth(), enteredOn: dayOf(at) },
  }))
}

/** How many these organisations mean to start in a month, by what holds now; undefined where none has said. */
export async function findPlannedStarts(
  db: Db,
  { area, organisations }: Pick<Actor, 'area' | 'organisations'>,
  month: Month,
): Promise<number | undefined> {
  const { starts } = await db
    .selectFrom((from) =>
      from
        .selectFrom('profile.plan as plan')
        .innerJoin('profile.planned as planned', (join) =>
          join.onRef('planned.area', '=', 'plan.area').onRef('planned.plan', '=', 'plan.id'),
        )
        .select(['plan.organisation', 'planned.starts'])
        .distinctOn('plan.organisation')
        .where('plan.area', '=', area)
        .where(sql<boolean>`plan.organisation = any(${[...organisations]}::uuid[])`)
        .where('planned.month', '=', month.toPlainDate({ day: 1 }))
        .orderBy('plan.organisation')
        .orderBy('plan.id', 'desc')
        .as('newest'),
    )
    .select(sql<number | null>`sum(newest.starts)::integer`.as('starts'))
    .executeTakeFirstOrThrow()
  return starts ?? undefined
}

/** How many began support in each month of a time, among those this actor may list. */
export async function countStartsByMonth(db: Db, actor: Actor, { from, until }: Span): Promise<Map<string, number>> {
  const month = sql<string>`to_char(standing.started_at at time zone 'Europe/London', 'YYYY-MM')`
  const rows = await db
    .selectFrom('episode.standing as standing')
    .select([month.as('month'), sql<number>`count(*)`.as('people')])
    .where('standing.area', '=', actor.area)
    .where('standing.started_at', '>=', from)
    .where('standing.started_at', '<', until)
    .where(mayReachPerson(actor, 'list', 'standing.person'))
    .groupBy(month)
    .execute()
  return new Map(rows.map((row) => [row.month, row.people]))
}

type Saving = Of &
  Readonly<{
    id: string
    why: string | null
    by: string
    at: Temporal.Instant
    months: readonly Readonly<{ month: Month; starts: number }>[]
  }>

/** Keeps what somebody planned; what was planned before stays. */
export async function savePlan(db: Db, { area, id, organisation, why, by, at, months }: Saving): Promise<void> {
  await db.insertInto('profile.plan').values({ area, id, organisation, why, entered_by: by, entered_at: at }).execute()
  await db
    .insertInto('profile.planned')
    .values(months.map(({ month, starts }) => ({ area, plan: id, month: month.toPlainDate({ day: 1 }), starts })))
    .execute()
}
