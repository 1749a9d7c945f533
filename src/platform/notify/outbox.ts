import { sql } from 'kysely'
import { addJob } from '#platform/jobs/jobs.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import {
  addressKey,
  type Channel,
  type Message,
  type MessageLink,
  type MessageState,
  refuseGroundless,
  senderWaits,
  waitsItsTurn,
} from './rules.ts'
import { unseen } from './unseen.ts'

/** What a message is given when it is written. */
export type Writing = Readonly<{
  area: string
  person?: string | null
  /** `another` where it goes to somebody else about the person; the person's own ways to be reached do not rule it. */
  recipient?: 'person' | 'another'
  kind: string
  channel: Channel
  address: string
  subject?: string | null
  body: string
  /** Which message's words these are, in which language and version; left out where they are no area's to change. */
  words?: Readonly<{ template: string; language: string; format: string; version: number }>
  about?: string | null
  /** The id of the permission, or the code of what else allows it (`asked-for`, `received`). */
  allowedBy: string
  /** What the link opens whose path takes the place of the mark in the body. */
  link?: MessageLink | undefined
  now: Temporal.Instant
  notBefore?: Temporal.Instant
  notAfter?: Temporal.Instant
}>

/** Puts a message into the outbox in the transaction of the act that causes it. Nothing leaves the product by another way. */
export async function sendMessage(db: Db, writing: Writing): Promise<string> {
  refuseGroundless(writing.allowedBy)
  const { area, now, notBefore = now, link } = writing
  const id = newId()
  const row = {
    ...{ area, id, kind: writing.kind, channel: writing.channel, address: writing.address, body: writing.body },
    ...{ person: writing.person ?? null, recipient: writing.recipient ?? 'person', about: writing.about ?? null },
    ...{ subject: writing.subject ?? null, allowed_by: writing.allowedBy, written_at: now, not_before: notBefore },
    ...{ address_key: addressKey(writing.channel, writing.address), link_purpose: link?.purpose ?? null },
    ...{ link_subject: link?.subject ?? null, link_expires_at: link?.expiresAt ?? null },
    ...{ template: writing.words?.template ?? null, template_language: writing.words?.language ?? null },
    ...{ template_version: writing.words?.version ?? null, template_format: writing.words?.format ?? null },
    ...{ not_after: writing.notAfter ?? null, settled_at: null, settled_as: null, sent_by: null, reason: null },
  }
  await Promise.all([db.insertInto('notify.message').values(row).execute(), askAgain(db, area, id, notBefore)])
  return id
}

/** Comes back to a message at this moment. */
async function askAgain(db: Db, area: string, message: string, at: Temporal.Instant): Promise<void> {
  await addJob(db, 'notify.send', { area, message }, { runAt: at })
}

/** A message whose end is not known yet, held for this transaction so that no second worker sends it too. */
export async function holdWaiting(db: Db, area: string, id: string) {
  const row = await db
    .selectFrom('notify.message')
    .select([
      'person',
      'recipient',
      'kind',
      'channel',
      'address',
      'subject',
      'body',
      'about',
      'allowed_by as allowedBy',
    ])
    .select(['tries', 'not_before', 'not_after', 'link_purpose', 'link_subject', 'link_expires_at'])
    .where('area', '=', area)
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const { tries, not_before, not_after, link_purpose, link_subject, link_expires_at, ...rest } = row
  // Checked: the table itself refuses any other channel or recipient.
  const message = { area, id, ...rest, link: linkIn({ link_purpose, link_subject, link_expires_at }) } as Message
  return { message, tries, not_before, not_after }
}

type LinkColumns = Readonly<{
  link_purpose: string | null
  link_subject: string | null
  link_expires_at: Temporal.Instant | null
}>

/** The link of a message, null where it has none. */
function linkIn({ link_purpose, link_subject, link_expires_at }: LinkColumns): MessageLink | null {
  if (link_purpose === null || link_expires_at === null) return null
  return { purpose: link_purpose, subject: link_subject, expiresAt: link_expires_at }
}

/** The end of a message: sent and by whom, or why not. */
export type End = Readonly<{ as: 'sent'; by: string }> | Readonly<{ as: 'held back' | 'failed'; reason: string }>

/** Writes down what became of a message; it is never taken up again. */
export async function settleMessage(db: Db, { area, id }: Message, end: End, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('notify.message')
    .set({
      settled_at: now,
      settled_as: end.as,
      sent_by: end.as === 'sent' ? end.by : null,
      reason: end.as === 'sent' ? null : end.reason,
    })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

/** Brings a message to its sender again that had failed; false when it had not, or somebody else was first. */
export async function sendAgain(db: Db, area: string, id: string, now: Temporal.Instant): Promise<boolean> {
  const back = { settled_at: null, settled_as: null, reason: null, sent_by: null }
  const changed = await db
    .updateTable('notify.message')
    .set({ ...back, not_before: now, tries: 0 })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('settled_as', '=', 'failed')
    .returning('id')
    .executeTakeFirst()
  if (changed) await askAgain(db, area, id, now)
  return changed !== undefined
}

/** Lets a message wait until later, and says why. */
export async function postpone(
  db: Db,
  { area, id }: Message,
  { until, reason, tries }: Readonly<{ until: Temporal.Instant; reason: string; tries: number }>,
): Promise<void> {
  await db
    .updateTable('notify.message')
    .set({ not_before: until, reason, tries })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
  await askAgain(db, area, id, until)
}

/**
 * When an earlier message to the same address is tried again that a sender did not take, for a fault or for want of room; undefined when none is. After a
 * day without a sender everybody's messages come in the order in which they were written.
 */
export async function findAhead(
  db: Db,
  { area, id, channel, address }: Message,
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const found = await db
    .selectFrom('notify.message')
    .select((row) => row.fn.max('not_before').as('until'))
    .where('area', '=', area)
    .where('address_key', '=', addressKey(channel, address))
    .where('channel', '=', channel)
    .where('settled_at', 'is', null)
    .where((row) => row.or([row('tries', '>', 0), isHeldUp(now)]))
    .where('id', '<', id)
    .executeTakeFirst()
  return found?.until ?? undefined
}

/** Waits for its sender, or for another that does; nobody who is busy is so for longer than an hour. */
const isHeldUp = (now: Temporal.Instant) => sql<boolean>`(not_before <= ${now.add({ hours: 2 })}
  and (reason = ${waitsItsTurn} or starts_with(reason, ${senderWaits})))`

/** Letters whose time has come and that nobody has posted, the earliest first. */
export async function listLetters(db: Db, area: string, now: Temporal.Instant, most: number): Promise<Message[]> {
  const rows = await db
    .selectFrom('notify.message')
    .select(['id', 'person', 'recipient', 'kind', 'channel', 'address', 'subject', 'body', 'about'])
    .select('allowed_by as allowedBy')
    .where('area', '=', area)
    .where('channel', '=', 'letter')
    .where('settled_at', 'is', null)
    .where('written_at', '<=', now)
    .orderBy('id')
    .limit(most)
    .execute()
  // Checked: the table itself refuses any other channel or recipient. Nobody types the address of a link from a letter.
  return rows.map((row) => ({ area, ...row, link: null }) as Message)
}

/** Which messages are looked for. */
export type Looking = Readonly<{
  state?: MessageState | null
  channel?: Channel | null
  before?: string | null
  /** Whether messages are shown of which nobody of the service sees anything. */
  unseenToo: boolean
  most: number
}>

/** Messages of the area, newest first; those written before a given one where the list goes on. */
export async function listMessages(db: Db, area: string, { state, channel, before, unseenToo, most }: Looking) {
  return db
    .selectFrom('notify.message')
    .select(['id', 'person', 'recipient', 'kind', 'channel', 'address', 'written_at', 'not_before'])
    .select(['settled_at', 'settled_as', 'sent_by', 'reason', 'arrival', 'arrival_at'])
    .where('area', '=', area)
    .$if(!unseenToo, (query) => query.where('kind', 'not like', `${unseen}%`))
    .$if(state === 'waiting', (query) => query.where('settled_as', 'is', null))
    .$if(typeof state === 'string' && state !== 'waiting', (query) => query.where('settled_as', '=', state ?? ''))
    .$if(typeof channel === 'string', (query) => query.where('channel', '=', channel ?? ''))
    .$if(typeof before === 'string', (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}

/** One message with everything that is known of it. */
export async function findMessage(db: Db, area: string, message: string, unseenToo = false) {
  return db
    .selectFrom('notify.message')
    .select(['id', 'person', 'recipient', 'kind', 'channel', 'address', 'subject', 'body', 'about', 'allowed_by'])
    .select([
      'written_at',
      'not_before',
      'not_after',
      'settled_at',
      'settled_as',
      'sent_by',
      'reason',
      'tries',
      'arrival',
      'arrival_at',
    ])
    .select(['template_language', 'template_version', 'template_format'])
    .where('area', '=', area)
    .where('id', '=', message)
    .$if(!unseenToo, (query) => query.where('kind', 'not like', `${unseen}%`))
    .executeTakeFirst()
}
