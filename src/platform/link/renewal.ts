import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark, renewedKind } from '#platform/notify/rules.ts'
import type { LinkParts } from './routes.tsx'
import { type Link, renewedOutsideWords, renewedWords } from './rules.ts'

type Renewing = Readonly<{ parts: Pick<LinkParts, 'purposes' | 'words'>; origin: string; now: Temporal.Instant }>

/** The message that a link was sent with, in the words of the outbox: it alone knows where the link went. */
export async function findSent(db: Db, { area, message }: Pick<Link, 'area' | 'message'>) {
  if (message === null) return undefined
  return db
    .selectFrom('notify.message')
    .select(['person', 'recipient', 'channel', 'address', 'about'])
    .where('area', '=', area)
    .where('id', '=', message)
    .where('channel', '<>', 'letter')
    .executeTakeFirst()
}

/** Whether a new link can be sent in place of this one without asking anybody: we know where it went. */
export async function isKnownWhereSent(db: Db, link: Link): Promise<boolean> {
  return (await findSent(db, link)) !== undefined
}

/**
 * Sends a new link in place of one that has expired, to the address that one was sent to and to no other, for as long as
 * that was good. What allowed the first allows it; whether it still does is asked as the message goes.
 */
export async function sendAnew(db: Db, link: Link, { origin, parts, now }: Renewing): Promise<boolean> {
  const sent = await findSent(db, link)
  if (!sent) return false
  const { area, purpose, subject, allowedBy, issuedAt, expiresAt } = link
  const lasts = issuedAt.until(expiresAt)
  // Checked: the table itself refuses any other channel or recipient.
  const to = { channel: sent.channel as 'email' | 'text', recipient: sent.recipient as 'person' | 'another' }
  const reader = to.recipient === 'person' ? sent.person : null
  const isOutside = to.recipient === 'another' && to.channel === 'email'
  const { known } = isOutside ? (parts.purposes[purpose] ?? {}) : {}
  const facts = {
    link: `${origin}${linkMark}`,
    ...{ needed: known?.needed ?? null, reference: (await known?.reference?.(db, link)) ?? null },
  }
  const what = isOutside ? renewedOutsideWords : renewedWords
  await sendMessage(db, {
    ...{ area, person: sent.person, about: sent.about, address: sent.address, kind: renewedKind, allowedBy, now },
    ...(await parts.words(db, { area, what, format: to.channel, reader, facts, on: dayOf(now) })),
    ...to,
    link: { purpose, subject, expiresAt: now.add(lasts) },
  })
  return true
}
