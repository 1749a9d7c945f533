import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { addressKey, isCounted, type Message } from './rules.ts'

/** How many messages of one kind went to an address since a moment; who asks decides alone until their transaction ends. */
export async function countSentTo(
  db: Db,
  { area, kind, recipient, channel, address }: Message,
  since: Temporal.Instant,
): Promise<number> {
  const key = addressKey(channel, address)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${area} ${key}`}, 4))`.execute(db)
  const { sent } = await db
    .selectFrom('notify.message')
    .select((row) => row.fn.countAll<number>().as('sent'))
    .where('area', '=', area)
    .where('address_key', '=', key)
    .where('settled_as', '=', 'sent')
    .where('settled_at', '>', since)
    .where('kind', '=', kind)
    .where('recipient', '=', recipient)
    .executeTakeFirstOrThrow()
  return Number(sent)
}

type Within = Readonly<{ area: string; people: readonly string[]; since: Temporal.Instant }>

/**
 * When these people (one person under every id) were sent messages that count, since a moment. Who asks decides alone
 * until their transaction ends, so that two messages of one second do not both take the last place.
 */
export async function listCounted(db: Db, { area, people, since }: Within): Promise<Temporal.Instant[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${area} ${people.toSorted()[0] ?? ''}`}, 5))`.execute(db)
  const rows = await db
    .selectFrom('notify.message')
    .select(['person', 'kind', 'settled_at', 'allowed_by as allowedBy'])
    .where('area', '=', area)
    .where(sql<boolean>`person = any(${[...people]}::uuid[])`)
    .where('recipient', '=', 'person')
    .where('settled_as', '=', 'sent')
    .where('settled_at', '>', since)
    .execute()
  return rows.flatMap(({ settled_at, ...row }) =>
    settled_at && isCounted({ ...row, recipient: 'person' }) ? [settled_at] : [],
  )
}
