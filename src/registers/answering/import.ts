import type { Db } from '#platform/database/transaction.ts'
import { saveAnswering } from './store.ts'

/** Takes that an organisation answers for a service, as whoever brings an area in says it. */
export async function takeAnswering(db: Db, answering: Parameters<typeof saveAnswering>[1]): Promise<void> {
  await saveAnswering(db, answering)
}
