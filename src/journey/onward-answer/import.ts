import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { mayFollow } from '#journey/onward/rules.ts'
import { type Kept, type Onward, recordEvent } from '#journey/onward/store.ts'
import { keptOf, type Said } from './rules.ts'

type At = Readonly<{ db: Db; area: string; now: Temporal.Instant }>

/** Keeps that the service has read what it was sent; false where that is known. */
export async function recordSeen(
  { db, area, now }: At,
  onward: Pick<Onward, 'id' | 'state'>,
  byName: string | null,
): Promise<boolean> {
  if (!mayFollow('seen', onward.state)) return false
  const seen = { area, id: newId(), referral: onward.id, kind: 'seen', witness: 'service' } as const
  await recordEvent(db, { ...seen, byName, at: now })
  return true
}

/** Keeps what the service says, by whichever way it says it: its link, its inbox, or its own system. */
export async function recordAnswer(
  { db, area, now }: At,
  onward: Pick<Onward, 'id'>,
  given: Said & Readonly<{ id: string; byName: string }>,
): Promise<Kept> {
  const { id, note, byName } = given
  const event = { area, id, referral: onward.id, witness: 'service', note, byName, at: now } as const
  return recordEvent(db, { ...event, ...keptOf(given) })
}
