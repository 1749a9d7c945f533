import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'

type Asking = Readonly<{
  area: string
  references: readonly string[]
  /** The address from which a message says that it comes. */
  from: string | null
  on: Temporal.PlainDate
}>

/** An onward referral of which a message speaks, and whether it says that it comes from an address of the service. */
export type Asked = Readonly<{ id: string; person: string; known: boolean }>

/**
 * Of which request that a service was sent a message speaks; undefined where of none, or where nobody can tell of which.
 * Known are the addresses to which a link went, that of its listing, and those of whoever answers in its inbox.
 */
export async function findAsked(db: Db, { area, references, from, on }: Asking): Promise<Asked | undefined> {
  if (references.length === 0) return undefined
  const endings = references.map((one) => one.toLowerCase())
  const { rows } = await sql<Asked>`
    select referral.id, referral.person, coalesce(lower(${from}) in (
      select lower(message.address) from notify.message message where message.area = ${area}
        and message.about = referral.id and message.kind like 'onward.%' and message.recipient = 'another'
        and message.channel = 'email'
      union all select lower(service.document ->> 'email') from services.service service
        where service.area = ${area} and service.id = referral.service and service.document ->> 'email' is not null
      union all select lower(member.email) from answering.answering answers
        join organisations.member member on member.area = answers.area and member.organisation = answers.organisation
        where answers.area = ${area} and answers.service = referral.service and answers.ended_at is null
          and (member.until_on is null or member.until_on >= ${on}::date)), false) as known
    from onward.referral referral
    where referral.area = ${area} and right(referral.id::text, 8) = any(${endings}::text[])
      and referral.asked_at is not null
    limit 20`.execute(db)
  const [first, ...more] = rows.length > 1 ? rows.filter(({ known }) => known) : rows
  return more.length === 0 ? first : undefined
}
