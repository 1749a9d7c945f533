import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { findStandingHeldStill } from '#journey/episode/store.ts'
import type { Onward } from '#journey/onward/store.ts'
import { listPauses, saveResumption } from '#journey/support/pause/store.ts'
import { waitsForIt } from './rules.ts'

type Ending = Readonly<{
  area: string
  onward: Pick<Onward, 'id' | 'episode' | 'serviceName'>
  /** Why nothing is waited for any more, in words for the record. */
  because: string
  by: string | null
  at: Temporal.Instant
}>

/**
 * Nothing is to come of an onward referral any more: where support waited for its service, and for nothing else, the clock of
 * the weeks goes on. Whether it did.
 */
export async function endWaitingFor(db: Db, { area, onward, because, by, at }: Ending): Promise<boolean> {
  const { episode, serviceName } = onward
  const standing = await findStandingHeldStill(db, area, episode)
  if (standing?.stage !== 'waiting') return false
  const waiting = (await listPauses(db, area, episode)).find(({ resumed_on: on }) => on === null)
  if (!waiting || !waitsForIt(waiting, serviceName, await isTheOnlyOne(db, area, onward))) return false
  const said = { area, episode, pause: waiting.id, resumed_on: dayOf(at), by, at }
  await saveResumption(db, { ...said, note: `${serviceName}: ${because}`.slice(0, 300) })
  return true
}

/** Whether nothing is to come of any other referral of the same support. */
async function isTheOnlyOne(db: Db, area: string, { id, episode }: Ending['onward']): Promise<boolean> {
  const other = await db
    .selectFrom('onward.referral')
    .select('id')
    .where('area', '=', area)
    .where('episode', '=', episode)
    .where('id', '<>', id)
    .where('state', 'not in', ['declined', 'ended', 'withdrawn', 'refused'])
    .limit(1)
    .executeTakeFirst()
  return other === undefined
}
