import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { deciders } from '#registers/proposing/rules.ts'
import { findWords } from '#registers/templates/store.ts'
import { contestedTemplate, hoursBetween, inboxTemplate, stillNewDays, toldOfInbox, type Wait, waits } from './rules.ts'

type Telling = Readonly<{ area: string; now: Temporal.Instant; origin: string }>
type New = Readonly<{ organisation: string; at: Temporal.Instant }>

/** Which organisations have something in their inbox that nobody has read, and when the newest of it came. */
async function listNewInInboxes(db: Db, area: string, since: Temporal.Instant): Promise<New[]> {
  const { rows } = await sql<New>`select theirs.organisation, max(referral.asked_at) as at
    from answering.answering theirs join onward.referral referral
      on referral.area = theirs.area and referral.service = theirs.service
    where theirs.area = ${area} and theirs.ended_at is null and referral.state = 'sent' and referral.asked_at >= ${since}
      and (theirs.sent_since is null or referral.asked_at > theirs.sent_since)
    group by theirs.organisation`.execute(db)
  return rows
}

/** When a service last said something against its figures that nobody has answered. */
async function findContestedAt(db: Db, area: string, since: Temporal.Instant): Promise<Temporal.Instant | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`select max(at) as at from onward_figures.contest
    where area = ${area} and answered_at is null and at >= ${since}`.execute(db)
  return rows[0]?.at ?? undefined
}

/** Whether a member is to be told: of something newer than the last message of its kind, and not twice within a day. */
async function isUntold(db: Db, { area, kind, address, at, now }: Asked): Promise<boolean> {
  const last = await db
    .selectFrom('notify.message')
    .select((row) => row.fn.max('written_at').as('at'))
    .where('area', '=', area)
    .where('kind', '=', kind)
    .where('address', '=', address)
    .executeTakeFirst()
  const told = last?.at
  if (!told) return true
  const again = told.add({ hours: hoursBetween })
  return Temporal.Instant.compare(told, at) < 0 && Temporal.Instant.compare(again, now) <= 0
}

type Asked = Readonly<{ area: string; kind: string; address: string; at: Temporal.Instant; now: Temporal.Instant }>
type To = Readonly<{ wait: Wait; email: string | null; at: Temporal.Instant }>

const templates = { inbox: inboxTemplate, contested: contestedTemplate } as const
const pages = { inbox: '/inbox', contested: '/services/contested' } as const

async function tell(db: Db, { area, now, origin }: Telling, { wait, email, at }: To): Promise<void> {
  const kind = waits[wait]
  if (email === null || !(await isUntold(db, { area, kind, address: email, at, now }))) return
  const facts = { page: `${origin}${pages[wait]}` }
  const words = await findWords(db, { area, template: templates[wait], format: 'email', facts })
  const message = { area, recipient: 'another', kind, channel: 'email', address: email, about: null, now } as const
  await sendMessage(db, { ...message, ...words, allowedBy: 'on-duty' })
}

/** Tells members what new waits for them: in the inbox of their service, and in the figures that a service contests. */
export async function tellMembers(db: Db, telling: Telling): Promise<void> {
  const { area, now } = telling
  const since = now.subtract({ hours: 24 * stillNewDays })
  const [inboxes, contestedAt, members] = await Promise.all([
    listNewInInboxes(db, area, since),
    findContestedAt(db, area, since),
    listMembers(db, area, dayOf(now)),
  ])
  for (const { organisation, at } of inboxes)
    for (const { email } of toldOfInbox(members, organisation)) await tell(db, telling, { wait: 'inbox', email, at })
  if (contestedAt === undefined) return
  const roles: readonly string[] = deciders
  for (const { email } of members.filter(({ role }) => roles.includes(role)))
    await tell(db, telling, { wait: 'contested', email, at: contestedAt })
}
