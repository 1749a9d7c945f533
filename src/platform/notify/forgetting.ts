import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'

type Forgetting = Readonly<{
  area: string
  kinds: readonly string[]
  /** Those about one row, or all that were written before a moment. */
  about?: string
  before?: Temporal.Instant
  now: Temporal.Instant
}>

/**
 * Empties messages of what they said and to whom they went: what is left is that one went or did not. One that still waits
 * goes nowhere.
 */
export async function forgetMessages(db: Db, { area, kinds, about, before, now }: Forgetting): Promise<void> {
  await db
    .updateTable('notify.message')
    .set({
      ...{ address: '', address_key: '', subject: null, body: '' },
      settled_at: sql<Temporal.Instant>`coalesce(settled_at, ${now})`,
      settled_as: sql<string>`coalesce(settled_as, 'held back')`,
      reason: sql<string | null>`case when settled_at is null then 'What it said has been deleted' else reason end`,
    })
    .where('area', '=', area)
    .where('kind', 'in', [...kinds])
    .where('body', '<>', '')
    .$if(about !== undefined, (query) => query.where('about', '=', about ?? ''))
    .$if(before !== undefined, (query) => query.where('written_at', '<', before ?? now))
    .execute()
}
