import { type RawBuilder, sql } from 'kysely'
import { type Actor, reach } from '#platform/access/rules.ts'
import { zone } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Stage } from '#journey/episode/rules.ts'
import type { Route } from '#registers/organisations/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import {
  ageBands,
  type Breakdown,
  breakdownCodes,
  breakdowns,
  edges,
  ethnicGroups,
  inWork,
  type Item,
  itemCodes,
  notKnown,
} from '#programme/counting/rules.ts'
import type { Counted, Figures, FoundCell } from './rules.ts'

type Month = Temporal.PlainYearMonth
type Condition = RawBuilder<boolean>

const moments = {
  received: 'received_at',
  accepted: 'accepted_at',
  'first-contact': 'first_tried_at',
  started: 'started_at',
  'plan-agreed': 'plan_agreed_at',
  completed: 'ended_at',
  'ended-early': 'ended_at',
  'due-13': 'ended_at',
  'answered-13': 'ended_at',
  'due-26': 'ended_at',
  'answered-26': 'ended_at',
} as const satisfies Record<Item, string>

const momentOf = (item: Item) => sql<Temporal.Instant>`${sql.ref(`standing.${moments[item]}`)}`

function within(item: Item, month: Month, weeksEarlier = 0): Condition {
  const { from, until } = edges(month, weeksEarlier)
  return sql<boolean>`${momentOf(item)} >= ${from}::timestamptz and ${momentOf(item)} < ${until}::timestamptz`
}

const planCompleted = sql<boolean>`standing.stage in ('aftercare', 'closed')`
const answeredAt = (weeks: number) =>
  sql<boolean>`exists (select from follow_up.follow_up heard where heard.area = standing.area
    and heard.episode = standing.episode and heard.weeks = ${weeks} and heard.result = 'answered')`
const both = (one: Condition, other: Condition): Condition => sql<boolean>`${one} and ${other}`

/** Which rows count for each item. An item added to the rules without a count here does not compile. */
const counts: Readonly<Record<Item, (month: Month) => Condition>> = {
  received: (month) => within('received', month),
  accepted: (month) => within('accepted', month),
  'first-contact': (month) => within('first-contact', month),
  started: (month) => within('started', month),
  'plan-agreed': (month) => within('plan-agreed', month),
  completed: (month) => both(within('completed', month), planCompleted),
  'ended-early': (month) => both(within('ended-early', month), sql<boolean>`standing.stage = 'ended'`),
  'due-13': (month) => both(within('due-13', month, 13), planCompleted),
  'answered-13': (month) => both(counts['due-13'](month), answeredAt(13)),
  'due-26': (month) => both(within('due-26', month, 26), planCompleted),
  'answered-26': (month) => both(counts['due-26'](month), answeredAt(26)),
}

const dayOf = (moment: RawBuilder<Temporal.Instant>) => sql`(${moment} at time zone ${sql.lit(zone)})::date`
const firstConversation = (column: RawBuilder<unknown>) =>
  sql`(select ${column} from assessment.assessment talk where talk.area = standing.area
    and talk.episode = standing.episode and talk.finished_at is not null order by talk.id limit 1)`
const notStated = sql`('not-stated', 'prefer-not-to-say', 'Z')`
const age = sql`extract(year from age(${dayOf(momentOf('started'))}, person.born_on))`

/** Into which cell of a breakdown a row falls: counts and lists ask the same, and so they agree. */
const cellOf: Readonly<Record<Breakdown, RawBuilder<unknown>>> = {
  'referral-route': sql`standing.route`,
  route: sql`standing.route`,
  work: firstConversation(
    sql`case when talk.employment_status = any(${[...inWork]}::text[]) then 'in-work'
      when talk.employment_status is not null then 'out-of-work' end`,
  ),
  age: cases(
    Object.entries(ageBands)
      .toReversed()
      .map(([band, { from }]) => [sql`${age} >= ${sql.lit(from)}`, band]),
  ),
  sex: sql`case when equality.sex in ('female', 'male') then equality.sex when equality.sex in ${notStated} then 'not-stated'
    when equality.sex not in ('not-known', 'unknown') then 'other' end`,
  ethnicity: cases([
    [sql`equality.ethnicity in ${notStated}`, 'not-stated'],
    ...Object.entries(ethnicGroups).map(
      ([group, { letters }]) => [sql`left(equality.ethnicity, 1) = any(${[...letters]}::text[])`, group] as const,
    ),
  ]),
  barrier: firstConversation(
    sql`(select barrier.part from assessment.barrier where barrier.area = talk.area and barrier.assessment = talk.id and barrier.main)`,
  ),
  council: sql`coalesce(home.name, person.council)`,
  provider: sql`(select name from organisations.organisation where organisation.area = standing.area and organisation.id = standing.provider)`,
  'end-reason': sql`standing.ended_as`,
}

function cases(conditions: readonly (readonly [RawBuilder<unknown>, string])[]): RawBuilder<unknown> {
  return sql`case ${sql.join(
    conditions.map(([when, then]) => sql`when ${when} then ${sql.lit(then)}`),
    sql` `,
  )} end`
}

const cell = (breakdown: Breakdown) => sql<string>`coalesce(${cellOf[breakdown]}, ${sql.lit(notKnown)})`

/** Whose rows count: the whole area for those who see numbers alone, else the people one's organisation holds. */
function reached(actor: Actor): Condition {
  if (reach[actor.role].list === 'aggregate') return sql<boolean>`true`
  return sql<boolean>`exists (select from people.holder where holder.area = ${actor.area} and holder.person = standing.person
    and holder.organisation = any(${[...actor.organisations]}::uuid[]) and holder.until is null)`
}

function behind(db: Db, actor: Actor, item: Item, month: Month) {
  return db
    .selectFrom('episode.standing as standing')
    .where('standing.area', '=', actor.area)
    .where(counts[item](month))
    .where(reached(actor))
}

function withPeople(db: Db, actor: Actor, item: Item, month: Month) {
  return (
    behind(db, actor, item, month)
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
      )
      .leftJoin('people.equality as equality', (join) =>
        join.onRef('equality.area', '=', 'standing.area').onRef('equality.person', '=', 'standing.person'),
      )
      // Joined, not looked up row by row: a month's people live in few councils, and who does not ask pays nothing.
      .leftJoin('places.council as home', 'home.code', 'person.council')
  )
}

/** One item's number for a month, how many of it are imported history, and the days since each referral. */
async function countItem(db: Db, actor: Actor, item: Item, month: Month): Promise<Counted> {
  return behind(db, actor, item, month)
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`count(*) filter (where standing.imported)`.as('imported'),
      sql<number[]>`coalesce(array_agg(${dayOf(momentOf(item))} - ${dayOf(momentOf('received'))}), '{}')`.as('days'),
    ])
    .executeTakeFirstOrThrow()
}

/** One item's number taken apart. */
async function countCells(db: Db, actor: Actor, breakdown: Breakdown, month: Month): Promise<FoundCell[]> {
  return withPeople(db, actor, breakdowns[breakdown].of, month)
    .select([cell(breakdown).as('code'), sql<number>`count(*)`.as('count')])
    .groupBy(sql`1`)
    .execute()
}

/** Everything that is counted for a month. */
export async function countMonth(db: Db, actor: Actor, month: Month): Promise<Figures> {
  const [counted, cells] = await Promise.all([
    Promise.all(itemCodes.map(async (item) => [item, await countItem(db, actor, item, month)] as const)),
    Promise.all(breakdownCodes.map(async (one) => [one, await countCells(db, actor, one, month)] as const)),
  ])
  return { items: new Map(counted), breakdowns: new Map(cells) }
}

/** What a number stands for: an item of a month, or one cell of a breakdown of it. */
export type Behind = Readonly<{
  item: Item
  month: Month
  part: Readonly<{ breakdown: Breakdown; cell: string }> | undefined
}>
export type Place = Readonly<{ at: Temporal.Instant; episode: string }>

function rowsOf(db: Db, actor: Actor, { item, month, part }: Behind) {
  const all = withPeople(db, actor, item, month)
  return part ? all.where(sql<boolean>`${cell(part.breakdown)} = ${part.cell}`) : all
}

/** How many stand behind a number, and how many of them this member may be shown: some are for the named alone. */
export async function countBehind(db: Db, actor: Actor, wanted: Behind) {
  return rowsOf(db, actor, wanted)
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`count(*) filter (where ${mayReachPerson(actor, 'list', 'standing.person')})`.as('listed'),
    ])
    .executeTakeFirstOrThrow()
}

/** The people behind a number, in the order in which it happened, a page at a time. */
export async function listBehind(
  db: Db,
  actor: Actor,
  wanted: Behind,
  { after, most }: { after: Place | undefined; most: number },
) {
  const at = momentOf(wanted.item)
  const rows = rowsOf(db, actor, wanted)
    .leftJoin('organisations.member as coach', (join) =>
      join.onRef('coach.area', '=', 'standing.area').onRef('coach.id', '=', 'standing.coach'),
    )
    .select([
      'standing.episode',
      'standing.person',
      'standing.received_at',
      'standing.imported',
      'coach.name as coachName',
    ])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name', at.as('at')])
    // Checked: recordStep alone writes these codes, from the lists in the rules.
    .select([sql<Stage>`standing.stage`.as('stage'), sql<Route | null>`standing.route`.as('route')])
    .where(mayReachPerson(actor, 'list', 'standing.person'))
  const from = after
    ? rows.where(sql<boolean>`(${at}, standing.episode) > (${after.at}::timestamptz, ${after.episode}::uuid)`)
    : rows
  return from.orderBy(at).orderBy('standing.episode').limit(most).execute()
}
