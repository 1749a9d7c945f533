import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Queued } from './rules.ts'

const queued = (db: Db, area: string) =>
  db
    .selectFrom('webhook_event.event as event')
    .innerJoin('clients.client as client', (join) =>
      join.onRef('client.area', '=', 'event.area').onRef('client.id', '=', 'event.client'),
    )
    .leftJoin('edge.request as request', (join) =>
      join.onRef('request.area', '=', 'event.area').onRef('request.id', '=', 'event.request'),
    )
    .leftJoin('referral.reference as given', (join) =>
      join.onRef('given.area', '=', 'request.area').onRef('given.referral', '=', 'request.referral'),
    )
    .where('event.area', '=', area)
    .select(['event.id', 'event.client', 'client.name as clientName', 'event.queue', 'given.reference'])
    .select(['event.written_at as writtenAt', 'event.not_before as notBefore', 'event.tries', 'event.reason'])
    .select(['event.last_tried_at as lastTriedAt', 'event.last_answer as lastAnswer'])
    // Checked: the table takes no other.
    .select(sql<Queued['state']>`coalesce(event.settled_as, 'waiting')`.as('state'))
    .select(
      sql<number>`(select count(*)::int from webhook_event.event behind where behind.area = event.area
        and behind.client = event.client and behind.queue = event.queue and behind.id > event.id
        and behind.settled_as is null)`.as('behind'),
    )

/** Events that could not be told, or that were tried in vain and are tried again; the oldest first. */
export async function listTroubled(db: Db, area: string, state: 'failed' | 'waiting'): Promise<Queued[]> {
  return queued(db, area)
    .$if(state === 'failed', (query) => query.where('event.settled_as', '=', 'failed'))
    .$if(state === 'waiting', (query) => query.where('event.settled_as', 'is', null).where('event.tries', '>', 0))
    .orderBy('event.id')
    .limit(200)
    .execute()
}

/** What was told lately and what came of it, the newest first. */
export async function listLately(db: Db, area: string): Promise<Queued[]> {
  return queued(db, area).orderBy('event.written_at', 'desc').orderBy('event.id', 'desc').limit(50).execute()
}

/** One event, however it stands. */
export async function findEvent(db: Db, area: string, id: string): Promise<Queued | undefined> {
  return queued(db, area).where('event.id', '=', id).executeTakeFirst()
}

/** How many events went, were held back and wait in an area, and how many could not be told. */
export async function countEvents(db: Db, area: string) {
  return db
    .selectFrom('webhook_event.event')
    .select(sql<number>`(count(*) filter (where settled_as = 'sent'))::int`.as('sent'))
    .select(sql<number>`(count(*) filter (where settled_as = 'held back'))::int`.as('heldBack'))
    .select(sql<number>`(count(*) filter (where settled_as is null))::int`.as('waiting'))
    .select(sql<number>`(count(*) filter (where settled_as = 'failed'))::int`.as('failed'))
    .where('area', '=', area)
    .executeTakeFirstOrThrow()
}
