import { type Insertable, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import type { Period } from './rules.ts'

function periods(db: Db, area: string) {
  return db
    .selectFrom('budget_limit.period as period')
    .innerJoin('budget_limit.amount as amount', (join) =>
      join.onRef('amount.area', '=', 'period.area').onRef('amount.period', '=', 'period.id'),
    )
    .select(['period.id', 'period.from_on as fromOn', 'period.until_on as untilOn', 'amount.number'])
    .select(['amount.area_pence as areaPence', 'amount.person_pence as personPence'])
    .where('period.area', '=', area)
    .where(
      sql<boolean>`not exists (select from budget_limit.amount later where later.area = amount.area
        and later.period = amount.period and later.number > amount.number)`,
    )
}

/** The periods of an area with the amounts that hold, the newest first. */
export async function listPeriods(db: Db, area: string): Promise<Period[]> {
  return periods(db, area).orderBy('period.from_on', 'desc').execute()
}

/**
 * A period for whoever commits money of it: nobody else does until the transaction ends. Its row is taken first and the
 * amounts are read after that, so that what somebody else committed meanwhile is seen.
 */
export async function findPeriodHeldStill(db: Db, area: string, id: string): Promise<Period | undefined> {
  const own = db.selectFrom('budget_limit.period').select('id').where('area', '=', area).where('id', '=', id)
  const held = await own.forUpdate().executeTakeFirst()
  return held && periods(db, area).where('period.id', '=', id).executeTakeFirst()
}

/** How the amounts of each period came about, the newest first. */
export async function listAmounts(db: Db, area: string) {
  return db
    .selectFrom('budget_limit.amount as amount')
    .select(['amount.period', 'amount.number', 'amount.area_pence as areaPence', 'amount.person_pence as personPence'])
    .select(['amount.why', 'amount.at', findNameOf(area, 'amount.by').as('by')])
    .where('amount.area', '=', area)
    .orderBy('amount.number', 'desc')
    .execute()
}

type By = Readonly<{ area: string; by: string; at: Temporal.Instant }>
type Amounts = Readonly<{ areaPence: number; personPence: number; why: string | null }>
type NewPeriod = By & Amounts & Readonly<{ id: string; from_on: Temporal.PlainDate; until_on: Temporal.PlainDate }>

/** Begins a period with its amounts; its form sent twice leaves one. */
export async function savePeriod(db: Db, { areaPence, personPence, why, ...period }: NewPeriod): Promise<void> {
  const saved = await db
    .insertInto('budget_limit.period')
    .values(period)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  const { area, id, by, at } = period
  const row = { area, period: id, number: 1, area_pence: areaPence, person_pence: personPence, why, by, at }
  if (saved) await db.insertInto('budget_limit.amount').values(row).execute()
}

/** Sets other amounts for a period that its writer holds still. */
export async function saveAmount(db: Db, amount: Insertable<Tables['budget_limit.amount']>): Promise<void> {
  await db.insertInto('budget_limit.amount').values(amount).execute()
}

/** Who may approve on a day, up to how much, by name. */
export async function listApprovers(db: Db, area: string, on: Temporal.PlainDate) {
  return db
    .selectFrom('budget_limit.approver as approver')
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'approver.area').onRef('member.id', '=', 'approver.member'),
    )
    .select(['approver.id', 'approver.member', 'approver.pence', 'member.name', 'member.organisation'])
    .select(['approver.from_on as fromOn', 'approver.until_on as untilOn'])
    .where('approver.area', '=', area)
    .where('approver.ended_at', 'is', null)
    .where(sql<boolean>`(approver.until_on is null or approver.until_on > ${on}::date)`)
    .where(sql<boolean>`(member.until_on is null or member.until_on > ${on}::date)`)
    .orderBy('member.name')
    .orderBy('approver.id')
    .execute()
}

/** Somebody who might approve once, and may not any more. */
export async function findEnded(db: Db, area: string, approver: string) {
  if (!/^[0-9a-f-]{36}$/.test(approver)) return undefined
  return db
    .selectFrom('budget_limit.approver as approver')
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'approver.area').onRef('member.id', '=', 'approver.member'),
    )
    .select(['approver.id', 'member.organisation'])
    .where('approver.area', '=', area)
    .where('approver.id', '=', approver)
    .executeTakeFirst()
}

/** Up to how much a member may approve on a day, in pence; undefined when nobody named them. */
export async function findUpTo(
  db: Db,
  { area, member, on }: Readonly<{ area: string; member: string; on: Temporal.PlainDate }>,
): Promise<number | undefined> {
  const own = (await listApprovers(db, area, on)).filter(
    (one) => one.member === member && Temporal.PlainDate.compare(one.fromOn, on) <= 0,
  )
  return own.length === 0 ? undefined : Math.max(...own.map(({ pence }) => pence))
}

/** Names somebody who may approve. */
export async function saveApprover(db: Db, approver: Insertable<Tables['budget_limit.approver']>): Promise<void> {
  await db
    .insertInto('budget_limit.approver')
    .values(approver)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Ends that somebody may approve; what they approved stands. */
export async function endApprover(db: Db, { area, id, by, at }: By & Readonly<{ id: string }>): Promise<void> {
  const own = db.updateTable('budget_limit.approver').set({ ended_at: at, ended_by: by }).where('area', '=', area)
  await own.where('id', '=', id).where('ended_at', 'is', null).execute()
}
