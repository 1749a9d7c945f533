import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Queued } from './rules.ts'

/** Replies as they stand, also where the area no longer knows the organisation: then by its code. */
const queued = (db: Db, area: string) =>
  db
    .selectFrom('receiver.request as request')
    .innerJoin('reply.reply as reply', (join) =>
      join.onRef('reply.area', '=', 'request.area').onRef('reply.request', '=', 'request.id'),
    )
    .innerJoin('referral.reference as given', (join) =>
      join.onRef('given.area', '=', 'request.area').onRef('given.referral', '=', 'request.referral'),
    )
    .where('request.area', '=', area)
    .select(['reply.id', 'reply.request', 'request.sender', 'given.reference', 'request.bundle as answers'])
    .select(
      sql<string>`coalesce((select min(known.name) from organisations.organisation known where known.area = request.area
        and upper(known.ods_code) = request.sender), request.sender)`.as('organisationName'),
    )
    .select(['reply.written_at as writtenAt', 'reply.not_before as notBefore', 'reply.tries', 'reply.reason'])
    .select(['reply.last_tried_at as lastTriedAt', 'reply.last_answer as lastAnswer'])
    // Checked: the table takes no other.
    .select(sql<Queued['state']>`coalesce(reply.settled_as, 'waiting')`.as('state'))
    .select(
      sql<number>`(select count(*)::int from reply.reply behind where behind.area = reply.area
        and behind.request = reply.request and behind.id > reply.id and behind.settled_as is null)`.as('behind'),
    )

/** Replies that could not be sent, or that were tried in vain and are tried again; the oldest first. */
export async function listTroubled(db: Db, area: string, state: 'failed' | 'waiting'): Promise<Queued[]> {
  return queued(db, area)
    .$if(state === 'failed', (query) => query.where('reply.settled_as', '=', 'failed'))
    .$if(state === 'waiting', (query) => query.where('reply.settled_as', 'is', null).where('reply.tries', '>', 0))
    .orderBy('reply.id')
    .limit(200)
    .execute()
}

/** One reply, however it stands. */
export async function findReply(db: Db, area: string, id: string): Promise<Queued | undefined> {
  return queued(db, area).where('reply.id', '=', id).executeTakeFirst()
}

/** How many replies went, were held back and wait in an area, and how many could not be sent. */
export async function countReplies(db: Db, area: string) {
  return db
    .selectFrom('reply.reply')
    .select(sql<number>`(count(*) filter (where settled_as = 'sent'))::int`.as('sent'))
    .select(sql<number>`(count(*) filter (where settled_as = 'held back'))::int`.as('heldBack'))
    .select(sql<number>`(count(*) filter (where settled_as is null))::int`.as('waiting'))
    .select(sql<number>`(count(*) filter (where settled_as = 'failed'))::int`.as('failed'))
    .where('area', '=', area)
    .executeTakeFirstOrThrow()
}
