import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import type { Withdrawal } from './rules.ts'

export type Withdrawing = Readonly<{
  area: string
  referral: string
  note: string | null
  /** The member of an organisation with accounts; null through a link. */
  by: string | null
  at: Temporal.Instant
}>

/** Writes that whoever referred takes the referral back; false where they had done so before. */
export async function saveWithdrawal(db: Db, { area, referral, note, by, at }: Withdrawing): Promise<boolean> {
  const kept = await db
    .insertInto('withdrawal.withdrawal')
    .values({ area, referral, note, by_member: by, at, read_by: null, read_at: null })
    .onConflict((twice) => twice.doNothing())
    .returning('referral')
    .executeTakeFirst()
  return kept !== undefined
}

/** The withdrawals of these referrals. */
export async function listWithdrawals(db: Db, area: string, referrals: readonly string[]): Promise<Withdrawal[]> {
  if (referrals.length === 0) return []
  return db
    .selectFrom('withdrawal.withdrawal')
    .select(['referral', 'note', 'at', 'read_at as readAt'])
    .where('area', '=', area)
    .where(isAnyOf('referral', referrals))
    .execute()
}

/** Whether the referral in a column was taken back by whoever made it. */
export function isWithdrawn(referral: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from withdrawal.withdrawal back where back.area = referral.area
    and back.referral = ${sql.ref(referral)})`
}

type Reading = Readonly<{ area: string; referral: string; by: string; at: Temporal.Instant }>

/** Writes that a member has taken note of it, so that it stands on no list any more. */
export async function noteWithdrawal(db: Db, { area, referral, by, at }: Reading): Promise<boolean> {
  const read = await db
    .updateTable('withdrawal.withdrawal')
    .set({ read_by: by, read_at: at })
    .where('area', '=', area)
    .where('referral', '=', referral)
    .where('read_at', 'is', null)
    .returning('referral')
    .executeTakeFirst()
  return read !== undefined
}

/** Referrals of people that were taken back, as part of their story. Ask findPerson before: it decides who may know. */
export async function listWithdrawalsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('withdrawal.withdrawal as back')
    .innerJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'back.area').onRef('referral.id', '=', 'back.referral'),
    )
    .select(['referral.id', 'back.at', 'back.note', 'referral.referrer_organisation as organisation'])
    .select(['referral.referrer_name as referrer', findNameOf(asked.area, 'back.read_by').as('by')])
    .where('back.area', '=', asked.area)
    .where(isAnyOf('referral.person', asked.people))
  return readNewest(query, { at: 'back.at', id: 'referral.id' }, asked).execute()
}
