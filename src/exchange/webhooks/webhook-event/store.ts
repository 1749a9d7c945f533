import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import type { Scope } from '#registers/clients/rules.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'

// Whoever may not read how a referral goes on is not told that it does.
const needed: Scope = 'system/Task.rs'

/** Requests that systems sent, with the clients of the same organisation that may read how they go on. */
const readable = (db: Db, area: string) =>
  db
    .selectFrom('edge.request as request')
    .innerJoin('clients.client as client', (join) =>
      join.onRef('client.area', '=', 'request.area').onRef('client.organisation', '=', 'request.organisation'),
    )
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'request.area').onRef('organisation.id', '=', 'request.organisation'),
    )
    .where('request.area', '=', area)
    .where('request.task', 'is not', null)
    .where('client.ended_at', 'is', null)
    .where(sql<boolean>`${needed}::text = any(client.scopes)`)
    .select(['request.id', 'request.referral', 'client.id as client'])
    // Checked: the register holds no other kinds.
    .select(sql<OrganisationKind>`organisation.kind`.as('kind'))

/** Which systems are to be looked after where these referrals may have changed: those with an address of which nobody took theirs back. */
export async function listToTell(db: Db, area: string, referrals: readonly string[]) {
  if (referrals.length === 0) return []
  return readable(db, area)
    .innerJoin('webhook_address.address as address', (join) =>
      join
        .onRef('address.area', '=', 'client.area')
        .onRef('address.client', '=', 'client.id')
        .on('address.ended_at', 'is', null),
    )
    .where(sql<boolean>`request.referral = any(${[...referrals]}::uuid[])`)
    .orderBy('request.id')
    .orderBy('client.id')
    .execute()
}

/** The referrals of somebody, on whichever of their records. */
export async function listReferralsAbout(db: Db, of: Readonly<{ area: string; person: string }>): Promise<string[]> {
  const found = await db
    .selectFrom('referral.referral')
    .select('id')
    .where('area', '=', of.area)
    .where(isOfPerson('person', of))
    .execute()
  return found.map(({ id }) => id)
}

type Queue = Readonly<{ area: string; client: string; queue: string }>

/** What a client may read of a request that it is to be told about; undefined where it may not any more. */
export async function findReadable(db: Db, { area, client, queue }: Queue) {
  return readable(db, area)
    .innerJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'request.area').onRef('referral.id', '=', 'request.referral'),
    )
    .leftJoin('withdrawal.withdrawal as back', (join) =>
      join.onRef('back.area', '=', 'request.area').onRef('back.referral', '=', 'request.referral'),
    )
    .select(['referral.person', 'back.at as withdrawnAt'])
    .where('request.id', '=', queue)
    .where('client.id', '=', client)
    .executeTakeFirst()
}

/** Keeps whoever writes what a client is to be told of a request in turn until the transaction ends. */
export async function holdQueue(db: Db, { area, client, queue }: Queue): Promise<void> {
  const key = JSON.stringify(['webhook', area, client, queue])
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db)
}

/** What a client was last told that it could read, or is to be told; undefined where it was told nothing. */
export async function findLastSaid(db: Db, { area, client, queue }: Queue, settled: 'sent' | 'any') {
  const found = await db
    .selectFrom('webhook_event.event')
    .select('said')
    .where('area', '=', area)
    .where('client', '=', client)
    .where('queue', '=', queue)
    .where(
      settled === 'sent'
        ? sql<boolean>`settled_as = 'sent'`
        : sql<boolean>`coalesce(settled_as, 'waiting') in ('waiting', 'sent', 'failed')`,
    )
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found?.said ?? undefined
}

type NewEvent = Readonly<{ area: string; client: string; request: string | null; said: string | null }>

/** Writes that a client is to be told of a change, or with no request that it is tried whether that works; gives its queue. */
export async function saveEvent(db: Db, { area, client, request, said }: NewEvent, at: Temporal.Instant) {
  const id = newId()
  const queue = request ?? id
  await db
    .insertInto('webhook_event.event')
    .values({ area, id, client, queue, request, said, written_at: at, not_before: at })
    .execute()
  return { area, client, queue }
}

/** Comes back to the events of a queue at this moment, and to all of them in turn. */
export async function sendLater(db: Db, { area, client, queue }: Queue, runAt: Temporal.Instant): Promise<void> {
  const key = `webhook ${area} ${client} ${queue}`
  await addJob(db, 'webhooks.send', { area, client, queue }, { runAt, key })
}

/** The earliest event of a queue that has not gone, held until the transaction ends; undefined where nothing waits. */
export async function holdNext(db: Db, { area, client, queue }: Queue) {
  return db
    .selectFrom('webhook_event.event')
    .select(['id', 'request', 'said', 'written_at as writtenAt', 'not_before as notBefore', 'tries'])
    .select(['settled_as as settledAs', 'first_tried_at as firstTriedAt'])
    .where('area', '=', area)
    .where('client', '=', client)
    .where('queue', '=', queue)
    .where((where) => where.or([where('settled_as', 'is', null), where('settled_as', '=', 'failed')]))
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}

type Of = Readonly<{ area: string; id: string }>
type Tried = Readonly<{ tries: number; answer: number | null; at: Temporal.Instant; firstAt: Temporal.Instant }>

/** Writes that an event was tried, and with which status it was answered. */
export async function saveTry(db: Db, { area, id }: Of, { tries, answer, at, firstAt }: Tried): Promise<void> {
  await db
    .updateTable('webhook_event.event')
    .set({ tries, last_answer: answer, last_tried_at: at, first_tried_at: firstAt })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

/** Lets an event wait until later, and says why. */
export async function postponeEvent(
  db: Db,
  { area, id }: Of,
  { until, reason }: Readonly<{ until: Temporal.Instant; reason: string }>,
): Promise<void> {
  await db
    .updateTable('webhook_event.event')
    .set({ not_before: until, reason })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

type Same = Readonly<{ area: string; client: string }>

const waitingFor = (db: Db, { area, client }: Same) =>
  db
    .selectFrom('webhook_event.event')
    .where('area', '=', area)
    .where('client', '=', client)
    .where('settled_as', 'is', null)

/** When another event is tried again that the same system did not take; undefined while none is known to wait. */
export async function findAwayUntil(db: Db, { id, ...same }: Same & Of, now: Temporal.Instant) {
  const found = await waitingFor(db, same)
    .select((row) => row.fn.max('not_before').as('until'))
    .where('id', '<>', id)
    .where('tries', '>', 0)
    .where('not_before', '>', now)
    .executeTakeFirst()
  return found?.until ?? undefined
}

/** A system is there again, or somebody says so: whatever waits for it goes now. */
export async function sendWhatWaits(db: Db, same: Same, now: Temporal.Instant): Promise<void> {
  const found = await waitingFor(db, same).select(['id', 'queue']).where('not_before', '>', now).orderBy('id').execute()
  if (found.length === 0) return
  await db
    .updateTable('webhook_event.event')
    .set({ not_before: now })
    .where('area', '=', same.area)
    .where(sql<boolean>`id = any(${found.map(({ id }) => id)}::uuid[])`)
    .execute()
  for (const queue of new Set(found.map((one) => one.queue))) await sendLater(db, { ...same, queue }, now)
}

type End =
  | Readonly<{ as: 'sent'; said: string | null }>
  | Readonly<{ as: 'held back' | 'failed'; reason: string }>
  | Readonly<{ as: 'given up'; reason: string; by: string }>

/** Writes what became of an event; one that went keeps what could be read when it did. */
export async function settleEvent(db: Db, { area, id }: Of, end: End, at: Temporal.Instant): Promise<void> {
  const [reason, by] = [end.as === 'sent' ? null : end.reason, end.as === 'given up' ? end.by : null]
  await db
    .updateTable('webhook_event.event')
    .set({ settled_at: at, settled_as: end.as, settled_by: by, reason })
    .$if(end.as === 'sent', (query) => query.set({ said: end.as === 'sent' ? end.said : null }))
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

/** Puts an event back at the start of its tries that could not be sent or waits for its next one; false for any other. */
export async function tryEventAgain(db: Db, { area, id }: Of, at: Temporal.Instant): Promise<boolean> {
  const changed = await db
    .updateTable('webhook_event.event')
    .set({ settled_at: null, settled_as: null, reason: null, tries: 0, first_tried_at: null, not_before: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .where((where) => where.or([where('settled_as', '=', 'failed'), where('settled_as', 'is', null)]))
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}
