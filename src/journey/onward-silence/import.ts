import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { decideProposal, findProposal, propose } from './store.ts'

type Taken = Readonly<{
  area: string
  onward: string
  at: Temporal.Instant
  /** Who said that the first may go on, where that was decided. */
  notNow: Readonly<{ by: string; at: Temporal.Instant }> | null
}>

/** Takes over that a service was silent: the next one was proposed then, and what was decided of it. */
export async function takeSilence(db: Db, { area, onward, at, notNow }: Taken): Promise<void> {
  await propose(db, { area, onward, today: dayOf(at), at })
  if (!notNow) return
  const proposal = await findProposal(db, { area, referral: onward })
  if (!proposal) return
  await decideProposal(db, { area, proposal: proposal.id, as: 'not-now', note: null, ...notNow })
}
