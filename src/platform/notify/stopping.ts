import type { Db } from '#platform/database/transaction.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { addressKey, type Channel } from './rules.ts'

/** Which waiting messages about somebody are stopped; what is left out does not matter. */
export type Stopping = Readonly<{
  area: string
  /** Every record of the person. */
  people: readonly string[]
  recipient?: 'person' | undefined
  /** One way to reach them; a letter goes to the address of the record, however it is written. */
  way?: Readonly<{ channel: Channel; address: string }>
  /** The permissions that no longer stand. */
  allowedBy?: readonly string[]
  reason: string
  now: Temporal.Instant
}>

/**
 * Holds back what waits in the outbox, in the transaction in which it stopped being allowed. What a sender is carrying at
 * this very moment is passed over: nobody who withdraws waits for it, and whatever becomes of it, it is asked about anew
 * before another try. What was to go a way that is closed now is looked at at once: it may go another.
 */
export async function stopWaiting(db: Db, stopping: Stopping): Promise<void> {
  const { area, people, recipient, way, allowedBy, reason, now } = stopping
  const stopped = db
    .selectFrom('notify.message')
    .select('id')
    .where('area', '=', area)
    .where('person', 'in', [...people])
    .where('settled_at', 'is', null)
    .$if(recipient !== undefined, (query) => query.where('recipient', '=', recipient ?? ''))
    .$if(way !== undefined, (query) => query.where('channel', '=', way?.channel ?? ''))
    .$if(way !== undefined && way.channel !== 'letter', (query) =>
      query.where('address_key', '=', way ? addressKey(way.channel, way.address) : ''),
    )
    .$if(allowedBy !== undefined, (query) => query.where('allowed_by', 'in', [...(allowedBy ?? [])]))
    .forUpdate()
    .skipLocked()
  const held = await db
    .updateTable('notify.message')
    .set({ settled_at: now, settled_as: 'held back', reason })
    .where('area', '=', area)
    .where('id', 'in', stopped)
    .returning('id')
    .execute()
  if (way === undefined) return
  for (const { id } of held) await addJob(db, 'notify.another-way', { area, message: id })
}
