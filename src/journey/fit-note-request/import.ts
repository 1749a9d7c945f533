import { manyRows, takeBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { NewRequest } from './store.ts'

const plain = ['id', 'person', 'came', 'practice', 'email', 'asked_on', 'says', 'note_ends_on', 'hold_by'] as const
const columns = ['area', ...plain, 'by', 'at'] as const

type Batch = Pick<NewRequest, 'area' | 'by' | 'at'>

/** Takes many requests for a fit note at once, which came with the referrals of a file. */
export async function takeRequests(
  db: Db,
  batch: Batch,
  requests: readonly Omit<NewRequest, keyof Batch>[],
): Promise<void> {
  if (requests.length === 0) return
  await db
    .insertInto('fit_note_request.request')
    .columns(columns)
    .expression(manyRows('fit_note_request.request', columns, requests, batch))
    .execute()
}

/** Takes back the requests that came with the referrals of these people; gives those that are gone. */
export function takeBackRequests(
  db: Db,
  { area, people }: Readonly<{ area: string; people: readonly string[] }>,
): Promise<string[]> {
  return takeBack(db, 'fit_note_request', area, people)
}
