import { type RawBuilder, sql } from 'kysely'
import { type Actor, reach } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { type MoneyKind, type Post, postCodes, posts, type StaffAndMoney } from './rules.ts'

type Scope = Readonly<{ area: string; organisations: readonly string[] | undefined }>

/** Whose staff and money a member sees: of the whole area for those who see numbers alone, else of their organisations. */
function scopeOf(actor: Actor): Scope {
  return { area: actor.area, organisations: reach[actor.role].list === 'aggregate' ? undefined : actor.organisations }
}

function within({ organisations }: Scope, column: string): RawBuilder<boolean> {
  return organisations ? sql<boolean>`${sql.ref(column)} = any(${[...organisations]}::uuid[])` : sql<boolean>`true`
}

/** Staff on a day and money of its month, in all the organisations whose numbers a member sees. */
export async function findStaffAndMoney(db: Db, actor: Actor, on: Temporal.PlainDate): Promise<StaffAndMoney> {
  const scope = scopeOf(actor)
  const [inPost, planned, money] = await Promise.all([
    countInPost(db, scope, on),
    countPlanned(db, scope, on),
    countMoney(db, scope, on.with({ day: 1 })),
  ])
  const staff = postCodes.map((post) => ({
    ...{ post, inPost: inPost.get(post) ?? 0 },
    planned: planned.get(post) ?? null,
  }))
  return { staff, money: { planned: money.get('planned') ?? null, spent: money.get('spent') ?? null } }
}

const isInPost = (scope: Scope, on: Temporal.PlainDate): RawBuilder<boolean> =>
  sql<boolean>`member.area = ${scope.area} and member.role = any(${[...postCodes]}::text[]) and member.from_on <= ${on}
    and (member.until_on is null or member.until_on > ${on}) and ${within(scope, 'member.organisation')}`

async function countInPost(db: Db, scope: Scope, on: Temporal.PlainDate): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('organisations.member as member')
    .select(['member.role', sql<number>`count(distinct member.account)::integer`.as('people')])
    .where(isInPost(scope, on))
    .groupBy('member.role')
    .execute()
  return new Map(rows.map(({ role, people }) => [role, people]))
}

async function countPlanned(db: Db, scope: Scope, on: Temporal.PlainDate): Promise<Map<string, number>> {
  const { rows } = await sql<{ role: string; people: number }>`select role, sum(people)::integer as people from (
      select distinct on (organisation, role) role, people from staff_and_money.planned_staff planned
      where planned.area = ${scope.area} and planned.from_on <= ${on} and ${within(scope, 'planned.organisation')}
      order by organisation, role, from_on desc, id desc) in_force group by role`.execute(db)
  return new Map(rows.map(({ role, people }) => [role, people]))
}

async function countMoney(db: Db, scope: Scope, month: Temporal.PlainDate): Promise<Map<string, number>> {
  const { rows } = await sql<{ kind: string; pounds: number }>`select kind, sum(pounds)::float as pounds from (
      select distinct on (organisation, kind) kind, pounds from staff_and_money.money money
      where money.area = ${scope.area} and money.month = ${month} and ${within(scope, 'money.organisation')}
      order by organisation, kind, id desc) in_force group by kind`.execute(db)
  return new Map(rows.map(({ kind, pounds }) => [kind, pounds]))
}

/** The members who were in post on a day, of one role or of all, in the member's own organisations. */
export async function listInPost(db: Db, actor: Actor, on: Temporal.PlainDate, post: Post | null) {
  const rows = db
    .selectFrom('organisations.member as member')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'member.area').onRef('organisation.id', '=', 'member.organisation'),
    )
    .select(['member.id', 'member.name', 'member.from_on', 'member.until_on', 'organisation.name as organisationName'])
    // Checked: only the roles of the list are asked for.
    .select(sql<Post>`member.role`.as('role'))
    .where(isInPost(scopeOf(actor), on))
    .orderBy('member.name')
    .orderBy('member.id')
  return (post ? rows.where('member.role', '=', post) : rows).execute()
}

type Entry = Readonly<{
  area: string
  id: string
  organisation: string
  why: string | null
  by: string
  at: Temporal.Instant
}>

/** Keeps how many people of a role an organisation means to have from a day on. */
export async function savePlannedStaff(
  db: Db,
  { by, at, ...row }: Entry & Readonly<{ role: Post; from_on: Temporal.PlainDate; people: number }>,
): Promise<void> {
  await db
    .insertInto('staff_and_money.planned_staff')
    .values({ ...row, entered_by: by, entered_at: at })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Keeps what an organisation means to spend in a month, or spent. */
export async function saveMoney(
  db: Db,
  { by, at, ...row }: Entry & Readonly<{ month: Temporal.PlainDate; kind: MoneyKind; pounds: number }>,
): Promise<void> {
  await db
    .insertInto('staff_and_money.money')
    .values({ ...row, entered_by: by, entered_at: at })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** What was entered for an organisation about staff, the newest first. */
export async function listPlannedStaff(db: Db, area: string, organisation: string) {
  return (
    db
      .selectFrom('staff_and_money.planned_staff as entry')
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'entry.area').onRef('member.id', '=', 'entry.entered_by'),
      )
      .select(['entry.id', 'entry.from_on', 'entry.people', 'entry.why', 'entry.entered_at', 'member.name as by'])
      // Checked: savePlannedStaff alone writes the role, from the list in the rules.
      .select(sql<Post>`entry.role`.as('role'))
      .where('entry.area', '=', area)
      .where('entry.organisation', '=', organisation)
      .where('entry.role', 'in', Object.keys(posts))
      .orderBy('entry.id', 'desc')
      .execute()
  )
}

/** What was entered for an organisation about money, the newest first. */
export async function listMoney(db: Db, area: string, organisation: string) {
  return (
    db
      .selectFrom('staff_and_money.money as entry')
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'entry.area').onRef('member.id', '=', 'entry.entered_by'),
      )
      .select(['entry.id', 'entry.month', 'entry.pounds', 'entry.why', 'entry.entered_at', 'member.name as by'])
      // Checked: saveMoney alone writes the kind, from the list in the rules.
      .select(sql<MoneyKind>`entry.kind`.as('kind'))
      .where('entry.area', '=', area)
      .where('entry.organisation', '=', organisation)
      .orderBy('entry.id', 'desc')
      .execute()
  )
}
