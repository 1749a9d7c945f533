import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { NewOffer } from './store.ts'

/** That somebody was let choose a time, as it comes with a batch: their coach passes the link on. */
export type TakenOffer = Omit<NewOffer, 'area' | 'told_by'>

const columns = [
  ...(['area', 'id', 'episode', 'member', 'purpose', 'modes', 'told_by'] as const),
  ...(['offered_at', 'offered_by', 'expires_at'] as const),
] as const

/** Takes many offers at once; nobody is written to. */
export async function takeOffers(db: Db, area: string, offers: readonly TakenOffer[]): Promise<void> {
  await db
    .insertInto('offer.offer')
    .columns(columns)
    .expression(manyRows('offer.offer', columns, offers, { area, told_by: 'staff' }))
    .execute()
}
