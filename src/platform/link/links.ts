import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { hashOf, newToken } from '#platform/identity/tokens.ts'
import { newId } from '#platform/ids.ts'
import { linkMark, type Message, refuseGroundless } from '#platform/notify/rules.ts'
import { type Link, linkParts, reasonNotToOpen, type Refusal } from './rules.ts'

/** What a new link opens, for whom and until when; `by` is the membership that gives it out, null for the service itself. */
export type Issuing = Readonly<{
  area: string
  purpose: string
  person?: string | null
  subject?: string | null
  expiresAt: Temporal.Instant
  /** The id of the permission, or the code of what else allows it (`asked-for`, `invited`). */
  allowedBy: string
  by: string | null
  now: Temporal.Instant
  /** Where it follows from something else than chance. */
  token?: string
  /** The message it goes out with: a new one goes to the same address. */
  message?: string | null
}>

/**
 * Makes a link and gives its address on our site, `/l/<area>.<key>`. The key is 256 bits that nobody can guess and is said
 * only here: what is kept is its hash.
 */
export async function issueLink(db: Db, issuing: Issuing): Promise<string> {
  refuseGroundless(issuing.allowedBy)
  const { token = newToken() } = issuing
  await db
    .insertInto('link.link')
    .values({
      ...{ area: issuing.area, id: newId(), token_hash: hashOf(token), purpose: issuing.purpose },
      ...{ person: issuing.person ?? null, subject: issuing.subject ?? null },
      ...{ issued_at: issuing.now, issued_by: issuing.by, expires_at: issuing.expiresAt },
      ...{ allowed_by: issuing.allowedBy, withdrawn_at: null, first_opened_at: null, asked_anew_at: null },
      message: issuing.message ?? null,
    })
    .onConflict((known) => known.columns(['area', 'token_hash']).doNothing())
    .execute()
  return `/l/${issuing.area}.${token}`
}

/**
 * The path of the link that a message has. Its key follows from the message and our secret: a message that goes a second
 * time, because the first was not heard to the end, carries the same one, and nobody who reads the tables can make it.
 */
export function messageLinkPath(secret: string, { area, id }: Pick<Message, 'area' | 'id'>): string {
  return `/l/${area}.${tokenOf(secret, id)}`
}

/** Makes the link of a message as it goes, and puts its path into the words. */
export function completeWithLink({ secret }: Readonly<{ secret: string }>) {
  return async (db: Db, message: Message, now: Temporal.Instant): Promise<Message> => {
    const { area, id, person, link, allowedBy } = message
    if (link === null) return message
    const issuing = { area, person, ...link, allowedBy, by: null, now, token: tokenOf(secret, id), message: id }
    const path = await issueLink(db, issuing)
    return { ...message, body: message.body.replaceAll(linkMark, path) }
  }
}

const tokenOf = (secret: string, message: string) =>
  createHmac('sha256', secret).update(`link:${message}`).digest('base64url')

/** The key and the path of a link that somebody gives out themselves and can be shown again, since both follow from its row. */
export function linkToGive(secret: string, { area, id }: Readonly<{ area: string; id: string }>) {
  const token = createHmac('sha256', secret).update(`shared:${area}:${id}`).digest('base64url')
  return { token, path: `/l/${area}.${token}` }
}

type Listing = Readonly<{ area: string; people: readonly string[]; purpose: string; now: Temporal.Instant }>

/** The links of a purpose about somebody that open now, by what they open: until when, and how often they were opened. */
export async function listLinks(db: Db, { area, people, purpose, now }: Listing) {
  const found = await db
    .selectFrom('link.link')
    .select(['subject', 'expires_at as expiresAt', 'opened'])
    .where('area', '=', area)
    .where(sql<boolean>`person = any(${[...people]}::uuid[])`)
    .where('purpose', '=', purpose)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('issued_at', 'desc')
    .execute()
  return found.flatMap(({ subject, ...link }) => (subject === null ? [] : [{ id: subject, ...link }]))
}

/** A link as it was found: open, or why it is not; nothing at all is known of an unknown one. */
export type Found =
  | Readonly<{ ok: true; link: Link }>
  | Readonly<{ ok: false; why: Exclude<Refusal, 'unknown'>; link: Link; askedAnewAt: Temporal.Instant | null }>
  | Readonly<{ ok: false; why: 'unknown' }>

/**
 * Whether a link of this purpose that was taken back is as one that was not: it opens, expires and counts tries in the
 * same way, and says nowhere but in `closed` that it was.
 */
export type OpensClosed = (purpose: string) => boolean

/** Looks up a link by what stands in its address; asks nothing of the database when it cannot be one of ours. */
export async function findLink(
  db: Db,
  address: string,
  now: Temporal.Instant,
  opensClosed: OpensClosed = () => false,
): Promise<Found> {
  const parts = linkParts(address)
  if (!parts) return { ok: false, why: 'unknown' }
  const row = await db
    .selectFrom('link.link')
    .select(['id', 'purpose', 'person', 'subject', 'allowed_by', 'issued_at', 'expires_at', 'withdrawn_at'])
    .select(['failed', 'asked_anew_at', 'message'])
    .where('area', '=', parts.area)
    .where('token_hash', '=', hashOf(parts.token))
    .executeTakeFirst()
  if (!row) return { ok: false, why: 'unknown' }
  const { id, purpose, person, subject, issued_at: issuedAt, expires_at: expiresAt, failed, message } = row
  const about = { purpose, person, subject, allowedBy: row.allowed_by ?? 'not known', message }
  const link = { area: parts.area, id, ...about, issuedAt, expiresAt, failed, closed: row.withdrawn_at !== null }
  const why = reasonNotToOpen(opensClosed(purpose) ? { ...row, withdrawn_at: null } : row, now)
  return why === undefined ? { ok: true, link } : { ok: false, why, link, askedAnewAt: row.asked_anew_at }
}

/** Opens a link: counts that it was opened, or that somebody tried when it no longer could be. */
export async function openLink(
  db: Db,
  address: string,
  now: Temporal.Instant,
  opensClosed: OpensClosed,
): Promise<Found> {
  const found = await findLink(db, address, now, opensClosed)
  if (found.ok) {
    const opened = {
      opened: sql<number>`opened + 1`,
      first_opened_at: sql<Temporal.Instant>`coalesce(first_opened_at, ${now})`,
    }
    await change(db, found.link).set(opened).execute()
  } else if (found.why !== 'unknown') await failLink(db, found.link)
  return found
}

/** Counts a wrong answer to what a link asks (a date of birth, say); too many of them stop the link. */
export async function failLink(db: Db, link: Link): Promise<void> {
  await change(db, link)
    .set({ failed: sql<number>`failed + 1` })
    .execute()
}

/** Remembers that somebody asked for a new link in place of this one. */
export async function askAnew(db: Db, link: Link, now: Temporal.Instant): Promise<void> {
  await change(db, link).set({ asked_anew_at: now }).execute()
}

function change(db: Db, { area, id }: Pick<Link, 'area' | 'id'>) {
  return db.updateTable('link.link').where('area', '=', area).where('id', '=', id)
}

/** Which links stop working: all of a person, those of one purpose or permission, or those that open one row. */
export type Withdrawing = Readonly<{ area: string; purpose?: string; allowedBy?: readonly string[] }> &
  Readonly<{ now: Temporal.Instant }> &
  (Readonly<{ person: string; subject?: string }> | Readonly<{ person?: undefined; subject: string }>)

/** Stops links from working, at once. */
export async function withdrawLinks(db: Db, withdrawing: Withdrawing): Promise<void> {
  const { area, person, subject, purpose, allowedBy, now } = withdrawing
  await db
    .updateTable('link.link')
    .set({ withdrawn_at: now })
    .where('area', '=', area)
    .where('withdrawn_at', 'is', null)
    .$if(person !== undefined, (query) => query.where('person', '=', person ?? null))
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? null))
    .$if(purpose !== undefined, (query) => query.where('purpose', '=', purpose ?? ''))
    .$if(allowedBy !== undefined, (query) => query.where('allowed_by', 'in', [...(allowedBy ?? [])]))
    .execute()
}

/** Gives out a fresh link for the same purpose, person and row; the one before stops working. */
export async function reissueLink(
  db: Db,
  link: Link,
  { expiresAt, by, now }: Pick<Issuing, 'expiresAt' | 'by' | 'now'>,
): Promise<string> {
  await change(db, link).set({ withdrawn_at: now }).where('withdrawn_at', 'is', null).execute()
  return issueLink(db, { ...link, expiresAt, by, now })
}
