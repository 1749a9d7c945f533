import { addJob } from '#platform/jobs/jobs.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { addressKey, type Channel, channels, type Message } from './rules.ts'

/** Another way by which a message goes, and the subject it needs there. */
export type OtherWay = Readonly<{ channel: Channel; address: string; subject: string | null }>

/** A message that did not go out, and in whose words and language it was written. */
export type Unsent = Readonly<{
  message: Message
  template: string | null
  language: string | null
  notAfter: Temporal.Instant | null
}>

/** Finds another way for a message that did not go out; answered by the registers, which know how its person is reached. */
export type FindAnotherWay = (db: Db, unsent: Unsent, now: Temporal.Instant) => Promise<OtherWay | undefined>

const readUnsent = (db: Db, area: string, id: string) =>
  db
    .selectFrom('notify.message')
    .selectAll()
    .where('area', '=', area)
    .where('id', '=', id)
    .where('settled_as', 'in', ['held back', 'failed'])
    .where('gone_as', 'is', null)

/** A message that did not go out, by no way at all. */
export async function findUnsent(db: Db, area: string, id: string): Promise<Unsent | undefined> {
  const row = await readUnsent(db, area, id).executeTakeFirst()
  if (!row) return undefined
  const { link_purpose: purpose, link_subject: linkSubject, link_expires_at: expiresAt, allowed_by: allowedBy } = row
  const link = purpose !== null && expiresAt !== null ? { purpose, subject: linkSubject, expiresAt } : null
  const { person, recipient, kind, channel, address, subject, body, about } = row
  // Checked: the table itself refuses any other channel or recipient.
  const message = {
    ...{ area, id, person, recipient, kind, channel, address, subject, body, about, allowedBy, link },
  } as Message
  return { message, template: row.template, language: row.template_language, notAfter: row.not_after }
}

/** Sends in place of a message that did not go out the same words another way; false where somebody was first. */
export async function sendInstead(
  db: Db,
  { area, id }: Pick<Message, 'area' | 'id'>,
  way: OtherWay,
  now: Temporal.Instant,
): Promise<boolean> {
  const row = await readUnsent(db, area, id).forUpdate().executeTakeFirst()
  if (!row) return false
  const instead = newId()
  const notBefore = Temporal.Instant.compare(row.not_before, now) < 0 ? now : row.not_before
  const anew = { settled_at: null, settled_as: null, sent_by: null, reason: null, arrival: null, arrival_at: null }
  await db
    .insertInto('notify.message')
    .values({
      ...{ ...row, ...anew, ...way, id: instead, address_key: addressKey(way.channel, way.address) },
      ...{ written_at: now, not_before: notBefore, tries: 0, gone_as: null },
    })
    .execute()
  const reason = `${row.reason ?? 'It could not be sent'}: it goes by ${channels[way.channel].label.toLowerCase()} instead`
  await db
    .updateTable('notify.message')
    .set({ gone_as: instead, reason })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
  await addJob(db, 'notify.send', { area, message: instead }, { runAt: notBefore })
  return true
}
