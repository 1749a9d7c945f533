import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Stage } from '#journey/episode/rules.ts'
import type { Span } from '#journey/caseload/rules.ts'
import { isNoShowIn, isWithoutCoach } from '#journey/caseload/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'

export type StageCount = Readonly<{ stage: Stage; people: number; oldest: Temporal.Instant; middle: number }>
export type CoachCount = Readonly<{ coach: string; people: number; overdue: number }>

/** What presses among the organisation's people. */
export type Pressing = Readonly<{
  all: number
  undecided: number
  unassigned: number
  firstContact: number
  firstContactLate: number
  overdue: number
  waiting: number
}>

export type OpenCounts = Readonly<{ pressing: Pressing; byStage: StageCount[]; byCoach: CoachCount[] }>

// What a row counts: everybody, those in one stage, or those of one coach.
const everybody = 3
const ofStage = 1
const ofCoach = 2

/**
 * Every number of the board about who is with the service now: what presses, how many stand in each stage, since when
 * the longest and the middle wait in days, and what each coach carries. One statement, so that who may be seen is asked
 * once and all numbers are of the same moment.
 */
export async function countOpen(
  db: Db,
  actor: Actor,
  { now, today }: Readonly<{ now: Temporal.Instant; today: Temporal.PlainDate }>,
): Promise<OpenCounts> {
  const rows = await db
    .selectFrom('episode.standing as standing')
    .select([
      sql<number>`grouping(standing.stage, standing.coach)`.as('counts'),
      // Checked: recordStep alone writes these codes, from the list in the rules.
      sql<Stage>`standing.stage`.as('stage'),
      'standing.coach',
      sql<number>`count(*)`.as('all'),
      sql<number>`count(*) filter (where standing.stage = 'received')`.as('undecided'),
      sql<number>`count(*) filter (where ${isWithoutCoach})`.as('unassigned'),
      sql<number>`count(*) filter (where standing.stage in ('received', 'accepted'))`.as('firstContact'),
      sql<number>`count(*) filter (where standing.stage in ('received', 'accepted') and standing.first_try_by < ${today})`.as(
        'firstContactLate',
      ),
      sql<number>`count(*) filter (where standing.next_due_on < ${today})`.as('overdue'),
      sql<number>`count(*) filter (where standing.stage = 'waiting')`.as('waiting'),
      sql<Temporal.Instant>`min(standing.stage_since)`.as('oldest'),
      sql<number>`floor(extract(epoch from percentile_cont(0.5) within group (order by ${now}::timestamptz - standing.stage_since)) / 86400)::integer`.as(
        'middle',
      ),
    ])
    .where('standing.area', '=', actor.area)
    .where('standing.ended_at', 'is', null)
    .where(mayReachPerson(actor, 'list', 'standing.person'))
    .groupBy(sql`grouping sets ((standing.stage), (standing.coach), ())`)
    .execute()
  return {
    // The empty set gives its one row even where nobody is counted.
    pressing: rows.find(({ counts }) => counts === everybody) ?? nobody,
    byStage: rows.filter(({ counts }) => counts === ofStage).map((row) => ({ ...row, people: row.all })),
    byCoach: rows.flatMap(({ counts, coach, all: people, overdue }) =>
      counts === ofCoach && coach !== null ? [{ coach, people, overdue }] : [],
    ),
  }
}

const nobody: Pressing = {
  all: 0,
  undecided: 0,
  unassigned: 0,
  firstContact: 0,
  firstContactLate: 0,
  overdue: 0,
  waiting: 0,
}

/** The moments between which starts are counted: since when lately counts, and when this month and the one before begin. */
export type Moments = Readonly<{
  lately: Temporal.Instant
  before: Temporal.Instant
  month: Temporal.Instant
  today: Temporal.Instant
  until: Temporal.Instant
}>

/** How many began support (were assessed for the first time) in this month, in the one before, and lately without today. */
export async function countStarts(db: Db, actor: Actor, { lately, before, month, today, until }: Moments) {
  const earliest = Temporal.Instant.compare(lately, before) < 0 ? lately : before
  const between = (from: Temporal.Instant, to: Temporal.Instant) =>
    sql<number>`count(*) filter (where standing.started_at >= ${from} and standing.started_at < ${to})`
  return db
    .selectFrom('episode.standing as standing')
    .select([
      between(before, month).as('before'),
      between(month, until).as('since'),
      between(lately, today).as('lately'),
    ])
    .where('standing.area', '=', actor.area)
    .where('standing.started_at', '>=', earliest)
    .where('standing.started_at', '<', until)
    .where(mayReachPerson(actor, 'list', 'standing.person'))
    .executeTakeFirstOrThrow()
}

/** How many did not come to an appointment in a time. */
export async function countNoShows(db: Db, actor: Actor, span: Span): Promise<number> {
  const { people } = await db
    .selectFrom('episode.standing as standing')
    .select(sql<number>`count(*)`.as('people'))
    .where('standing.area', '=', actor.area)
    .where(isNoShowIn(actor.area, span))
    .where(mayReachPerson(actor, 'list', 'standing.person'))
    .executeTakeFirstOrThrow()
  return people
}
