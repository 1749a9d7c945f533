import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isReceiving } from '#exchange/mailbox/incoming/store.ts'

/** How many forms and messages wait to be compared, for whoever works where they are received; for others none do. */
export async function countWaitingForms(db: Db, actor: Actor, today: Temporal.PlainDate): Promise<number> {
  if (!(await isReceiving(db, actor, today))) return 0
  const { waiting } = await db
    .selectFrom('incoming.mail')
    .select(sql<number>`count(*)::int`.as('waiting'))
    .where('area', '=', actor.area)
    .where('settled_at', 'is', null)
    .where('emptied_at', 'is', null)
    .executeTakeFirstOrThrow()
  return waiting
}

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
