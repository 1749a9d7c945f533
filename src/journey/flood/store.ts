import type { Db } from '#platform/database/transaction.ts'
import { heldAtMost, heldMinutes } from './rules.ts'

/**
 * Whether so many forms that came faster than people fill them in were held in the area just before that a program must
 * be sending them, whoever may be at how many addresses.
 */
export async function isFlooded(db: Db, area: string, now: Temporal.Instant): Promise<boolean> {
  const held = await db
    .selectFrom('referral.referral')
    .select('id')
    .where('area', '=', area)
    .where('received_at', '>', now.subtract({ minutes: heldMinutes }))
    .where('sent_quickly', '=', true)
    .limit(heldAtMost)
    .execute()
  return held.length >= heldAtMost
}
