import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'

/** How many forms and messages were deleted in the last twelve months before anybody had dealt with them. */
export async function countDeleted(db: Db, area: string, now: Temporal.Instant): Promise<number> {
  const since = now.subtract({ hours: 365 * 24 })
  const { deleted } = await db
    .selectFrom('incoming.mail')
    .select(sql<number>`count(*)::int`.as('deleted'))
    .where('area', '=', area)
    .where('settled_at', 'is', null)
    .where('emptied_because', '=', 'age')
    .where('emptied_at', '>', since)
    .executeTakeFirstOrThrow()
  return deleted
}
