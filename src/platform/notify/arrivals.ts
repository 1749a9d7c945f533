import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { readReply } from './replies.ts'
import { addressKey, type Arrival, type Message } from './rules.ts'

/** What a carrier said of a message that it took. */
export type Arriving = Readonly<{ area: string; id: string; arrival: Arrival; by: string; at: Temporal.Instant }>

/** A message whose arrival is news: whom it was to, and how it went. */
export type Arrived = Pick<Message, 'area' | 'id' | 'person' | 'recipient' | 'channel' | 'address'> &
  Readonly<{ arrival: Arrival; at: Temporal.Instant }>

/**
 * Writes down whether a message arrived; undefined where it is none of ours or was known already. Word of it may be here
 * before its sender is done with it: it waits for that, and what a carrier speaks of has gone, also where its own answer
 * was not heard.
 */
export async function recordArrival(db: Db, arriving: Arriving): Promise<Arrived | undefined> {
  const { area, id, arrival, at } = arriving
  await settleAsSent(db, arriving)
  const row = await db
    .updateTable('notify.message')
    .set({ arrival, arrival_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('settled_as', '=', 'sent')
    .where((row) => row.or([row('arrival', 'is', null), row('arrival', '<>', arrival)]))
    .returning(['person', 'recipient', 'channel', 'address'])
    .executeTakeFirst()
  // Checked: the table itself refuses any other channel or recipient.
  return row && ({ area, id, arrival, at, ...row } as Arrived)
}

async function settleAsSent(db: Db, { area, id, by, at }: Arriving): Promise<void> {
  await db.selectFrom('notify.message').select('id').where('area', '=', area).where('id', '=', id).forUpdate().execute()
  await db
    .updateTable('notify.message')
    .set({ settled_at: at, settled_as: 'sent', sent_by: by, reason: null })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .execute()
}

/** A text that came in: who carried it and as what, from which number, and its words. */
export type Incoming = Readonly<{ carriedAs: string; address: string; body: string; receivedAt: Temporal.Instant }>

/** A text that came in, with the person who most likely sent it. */
export type Reply = Incoming &
  Readonly<{ area: string; id: string; person: string | null; optsOut: boolean; asksToCancel: boolean }>

/**
 * The newest message to somebody that went to this number since a moment: what a text from it most likely answers. A code
 * to a phone that several people share is nobody's.
 */
export async function findAnswered(db: Db, area: string, address: string, since: Temporal.Instant) {
  return db
    .selectFrom('notify.message')
    .select(['id', 'person', 'settled_at as sentAt'])
    .where('area', '=', area)
    .where('address_key', '=', addressKey('text', address))
    .where('channel', '=', 'text')
    .where('recipient', '=', 'person')
    .where('settled_as', '=', 'sent')
    .where('settled_at', '>=', since)
    .where('person', 'is not', null)
    .orderBy('settled_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

type Keeping = Readonly<{ area: string; now: Temporal.Instant }> &
  Readonly<{ answers: Awaited<ReturnType<typeof findAnswered>> }>

/** Keeps a text that came in; undefined when it was kept before, because its carrier brings again what it is unsure of. */
export async function keepReply(db: Db, incoming: Incoming, { area, now, answers }: Keeping) {
  const { carriedAs, address, body, receivedAt } = incoming
  const meant = readReply(body)
  const says = { optsOut: meant === 'no more', asksToCancel: meant === 'cancel' }
  const reply: Reply = { ...incoming, ...says, area, id: newId(), person: answers?.person ?? null }
  const kept = await db
    .insertInto('notify.reply')
    .values({
      ...{ area, id: reply.id, carried_as: carriedAs, message: answers?.id ?? null, person: reply.person, address },
      ...{ address_key: addressKey('text', address), body, opts_out: says.optsOut },
      asks_to_cancel: says.asksToCancel,
      ...{ received_at: receivedAt, kept_at: now },
    })
    .onConflict((twice) => twice.columns(['area', 'carried_as']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept && reply
}

type Page = Readonly<{ before: string | null; most: number }>

/** Texts that came in, the newest first; those before a given one where the list goes on. */
export async function listReplies(db: Db, area: string, { before, most }: Page) {
  return db
    .selectFrom('notify.reply')
    .select(['id', 'person', 'address', 'body', 'opts_out', 'asks_to_cancel', 'received_at'])
    .where('area', '=', area)
    .$if(before !== null, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}
