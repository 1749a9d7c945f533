import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { findDraft, saveDraft } from '#platform/form/drafts.ts'
import { addressIn } from '#platform/language/rules.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { forgetMessages } from '#platform/notify/forgetting.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { addressKey, linkMark } from '#platform/notify/rules.ts'
import { findArea } from '#registers/areas/store.ts'
import { findWords } from '#registers/templates/store.ts'
import {
  addressOf,
  askDays,
  askedDraft,
  type Counted,
  employeeKind,
  employeePurpose,
  employeeTemplate,
  type EmployeeWay,
  mayBeAsked,
  mostAsks,
  readerOf,
  type Said,
  thanksKind,
  thanksTemplate,
} from './rules.ts'

type Asking = Readonly<{ area: string; id: string; said: Said; now: Temporal.Instant; origin: string; secret: string }>

/**
 * Asks an employee whom their employer named, unless their address is not to be written to or was named often enough. The
 * employer is thanked in the same words whatever comes of it.
 */
export async function askEmployee(db: Db, { area, id, said, now, origin, secret }: Asking): Promise<void> {
  const [address, sender] = [addressOf(said), said.employerEmail.trim()]
  const [to, from] = [
    keyOf(secret, `to:${addressKey(said.way, address)}`),
    keyOf(secret, `from:${addressKey('email', sender)}`),
  ]
  const named = await countNamed(db, { area, key: from, now })
  if (named.today > mostAsks.fromSenderADay) return
  const counted = await countNamed(db, { area, key: to, now })
  const isOpen = mayBeAsked(counted) && !(await isClosedTo(db, { area, key: to, way: said.way, address }))
  await thank(db, { area, address: sender, now })
  if (!isOpen) return
  const { givenName, familyName, way, employerName, organisation } = said
  const until = now.add({ hours: 24 * askDays })
  const kept = await db
    .insertInto('asked_by_employer.ask')
    .values({
      ...{ area, id, given_name: givenName, family_name: familyName, channel: way, address },
      ...{ employer_name: employerName, organisation, asked_at: now, until_at: until },
    })
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!kept) return
  const here = await findArea(db, area)
  // Where the words of that language are not signed yet, the page behind the link is in it all the same.
  const link = addressIn(`${origin}${linkMark}`, said.language ?? 'en')
  const facts = { area: here?.name ?? '', organisation, link, phone: here?.phone ?? null }
  const words = await findWords(db, { area, template: employeeTemplate, format: way, reader: readerOf(said), facts })
  await sendMessage(db, {
    ...{ area, recipient: 'another', kind: employeeKind, channel: way, address, about: id, allowedBy: 'by-employer' },
    ...{ ...words, link: { purpose: employeePurpose, subject: id, expiresAt: until }, now, notAfter: until },
  })
}

async function thank(
  db: Db,
  { area, address, now }: Readonly<{ area: string; address: string; now: Temporal.Instant }>,
) {
  const here = await findArea(db, area)
  const facts = { area: here?.name ?? '', phone: here?.phone ?? null }
  const words = await findWords(db, { area, template: thanksTemplate, format: 'email', facts })
  const message = { area, recipient: 'another', kind: thanksKind, channel: 'email', address, ...words } as const
  await sendMessage(db, { ...message, allowedBy: 'asked-for', now })
}

/** What stands for an address where only this product can tell whether it is the same. */
const keyOf = (secret: string, of: string): Buffer => createHmac('sha256', secret).update(`by-employer:${of}`).digest()

type Named = Readonly<{ area: string; key: Buffer; now: Temporal.Instant }>

/** Counts that an address was named, or named somebody; whoever asks at the same moment waits for this transaction. */
async function countNamed(db: Db, { area, key, now }: Named): Promise<Counted> {
  const today = await db
    .insertInto('asked_by_employer.asked')
    .values({ area, key, on_day: dayOf(now), times: 1 })
    .onConflict((known) => known.columns(['area', 'key', 'on_day']).doUpdateSet({ times: sql`asked.times + 1` }))
    .returning('times')
    .executeTakeFirstOrThrow()
  const { all } = await db
    .selectFrom('asked_by_employer.asked')
    .select(sql<number>`sum(times)::int`.as('all'))
    .where('area', '=', area)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  return { today: today.times, inAll: all }
}

type Closing = Readonly<{ area: string; key: Buffer; way: EmployeeWay; address: string }>

/** Whether nobody is written to at this address: because they said so to an employer's asking, or to the service. */
async function isClosedTo(db: Db, { area, key, way, address }: Closing): Promise<boolean> {
  const { rows } = await sql<{ closed: boolean }>`select
    exists (select from asked_by_employer.never where area = ${area} and key = ${key})
    or exists (select from people.means where area = ${area} and value_key = ${addressKey(way, address)}
      and ended_at is null and not wanted) as closed`.execute(db)
  return rows[0]?.closed ?? true
}

/** An employee who was asked, as their own link shows it. */
export type Ask = Readonly<{
  id: string
  givenName: string
  familyName: string
  way: EmployeeWay
  address: string
  employerName: string
  organisation: string
}>

/** What an employee was asked; nothing once they have answered, or two weeks have passed. */
export async function findAsk(db: Db, area: string, ask: string, now: Temporal.Instant): Promise<Ask | undefined> {
  return (
    db
      .selectFrom('asked_by_employer.ask')
      .select(['id', 'given_name as givenName', 'family_name as familyName', 'address'])
      // Checked: the table itself refuses any other channel.
      .select([sql<EmployeeWay>`channel`.as('way'), 'employer_name as employerName', 'organisation'])
      .where('area', '=', area)
      .where('id', '=', ask)
      .where('until_at', '>', now)
      .executeTakeFirst()
  )
}

/** Whether an employee may still be written to: they have not answered, and nobody else closed it meanwhile. */
export async function isStillToBeAsked(
  db: Db,
  { area, about }: Readonly<{ area: string; about: string | null }>,
  now: Temporal.Instant,
): Promise<boolean> {
  return about !== null && (await findAsk(db, area, about, now)) !== undefined
}

type Answered = Readonly<{ area: string; ask: string; now: Temporal.Instant }>

/** Deletes what an employer said, with the message and the link: the employee has answered, or sent their own request. */
export async function deleteAsk(db: Db, { area, ask, now }: Answered): Promise<void> {
  await db.deleteFrom('asked_by_employer.ask').where('area', '=', area).where('id', '=', ask).execute()
  await withdrawLinks(db, { area, subject: ask, purpose: employeePurpose, now })
  await forgetMessages(db, { area, kinds: [employeeKind], about: ask, now })
}

/** Keeps that nobody writes to this address any more because an employer asks. */
export async function closeTo(
  db: Db,
  { area, ask, now, secret }: Answered & Readonly<{ secret: string }>,
): Promise<void> {
  const found = await findAsk(db, area, ask, now)
  if (!found) return
  const key = keyOf(secret, `to:${addressKey(found.way, found.address)}`)
  const row = { area, key, at: now }
  await db
    .insertInto('asked_by_employer.never')
    .values(row)
    .onConflict((known) => known.doNothing())
    .execute()
}

/** Deletes whatever nobody answered in time, the messages about it, and how often addresses were named. */
export async function deleteOldAsks(db: Db, area: string, now: Temporal.Instant): Promise<void> {
  const before = now.subtract({ hours: 24 * askDays })
  await db.deleteFrom('asked_by_employer.ask').where('area', '=', area).where('until_at', '<=', now).execute()
  await db.deleteFrom('asked_by_employer.asked').where('area', '=', area).where('on_day', '<', dayOf(before)).execute()
  await forgetMessages(db, { area, kinds: [employeeKind, thanksKind], before, now })
}

type Browsing = Readonly<{ db: Db; area: string; owner: string; now: Temporal.Instant }>

/** The employee goes on to the form: their browser keeps by what they came, and their name and address stand in it. */
export async function goOn(
  { db, area, owner, now }: Browsing,
  ask: Ask,
  form: Readonly<{ page: string; part: string }>,
) {
  await saveDraft(db, { area, owner, page: askedDraft, typed: { ask: ask.id }, now })
  const draft = { area, owner, page: form.page, record: form.part }
  const typed = (await findDraft(db, draft, now)) ?? {}
  const reach = ask.way === 'text' ? { phone: ask.address } : { email: ask.address }
  const filled = { givenName: ask.givenName, familyName: ask.familyName, ...reach, ...typed }
  await saveDraft(db, { ...draft, typed: filled, now })
}

/** What whoever sits at this browser was asked because of their employer, where they went on from it to the form. */
export async function findAskCameBy({ db, area, owner, now }: Browsing): Promise<Ask | undefined> {
  const ask = (await findDraft(db, { area, owner, page: askedDraft }, now))?.['ask']
  return typeof ask === 'string' ? findAsk(db, area, ask, now) : undefined
}
