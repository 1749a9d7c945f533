import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { findArea } from '#registers/areas/store.ts'
import type { Part } from '#registers/listing/rules.ts'
import { findWords } from '#registers/templates/store.ts'
import {
  type Asked,
  doingFor,
  ownerDays,
  ownerKind,
  ownerPurpose,
  ownerTemplate,
  type Round,
  roundStep,
} from './rules.ts'

/** Whom to ask about which service. `by` is the member who asks, null where the owner asked for the link themselves. */
export type Asking = Readonly<{
  area: string
  service: string
  name: string
  address: string
  by: string | null
  round?: string | null
  /** The id of the form it is asked by, which asks once. */
  id?: string | undefined
  origin: string
  now: Temporal.Instant
}>

/** Asks whoever runs a service, by a link that opens nothing but its listing; one that was not answered stops. */
export async function askOwner(db: Db, asking: Asking): Promise<void> {
  const { area, service, name, address, by, round = null, origin, now } = asking
  const [id, until] = [asking.id ?? newId(), now.add({ hours: 24 * ownerDays })]
  const row = { area, id, service, address, round, by, at: now, until }
  const before = await listWaiting(db, area, service)
  const kept = db
    .insertInto('owner_check.asked')
    .values(row)
    .onConflict((twice) => twice.doNothing())
  if ((await kept.returning('id').executeTakeFirst()) === undefined) return
  const here = await findArea(db, area)
  const link = `${origin}${linkMark}`
  const facts = { area: here?.name ?? '', service: name, phone: here?.phone ?? null, day: dayOf(until), link }
  const words = await findWords(db, { area, template: ownerTemplate, format: 'email', facts })
  for (const { id: subject } of before) await withdrawLinks(db, { area, subject, purpose: ownerPurpose, now })
  await sendMessage(db, {
    ...{ area, recipient: 'another', kind: ownerKind, channel: 'email', address, about: id, allowedBy: 'listed', now },
    ...{ ...words, link: { purpose: ownerPurpose, subject: id, expiresAt: until } },
  })
}

async function listWaiting(db: Db, area: string, service: string) {
  return db
    .selectFrom('owner_check.asked')
    .select('id')
    .where('area', '=', area)
    .where('service', '=', service)
    .where('answered_at', 'is', null)
    .execute()
}

const askedRows = (db: Db, area: string) =>
  db
    .selectFrom('owner_check.asked')
    .select(['id', 'service', 'address', 'by', 'at', 'until', 'answered_at as answeredAt', 'by_name as byName'])
    // Checked: the table itself refuses any other answer, and parts are written from the list alone.
    .select([sql<Asked['answer']>`answer`.as('answer'), sql<readonly Part[]>`coalesce(stood, '{}')`.as('stood')])
    .select('proposal')
    .where('area', '=', area)

/** What an owner was asked by one link; held for this transaction where an answer is taken. */
export async function findAsked(
  db: Db,
  area: string,
  id: string,
  { holds = false }: Readonly<{ holds?: boolean }> = {},
): Promise<Asked | undefined> {
  return askedRows(db, area)
    .where('id', '=', id)
    .$if(holds, (one) => one.forUpdate())
    .executeTakeFirst()
}

/** How often the owner of a service was asked, the newest first. */
export async function listAsked(db: Db, area: string, service: string): Promise<Asked[]> {
  return askedRows(db, area)
    .where('service', '=', service)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
}

type Answer = Readonly<{ answer: 'right' | 'changed'; byName: string; at: Temporal.Instant }> &
  Readonly<{ stood?: readonly Part[]; proposal?: string | null }>

/** Keeps the one answer that a link takes; false where it was given already. */
export async function saveAnswer(db: Db, area: string, id: string, said: Answer): Promise<boolean> {
  const { answer, byName, at, stood = [], proposal = null } = said
  const kept = await db
    .updateTable('owner_check.asked')
    .set({ answer, by_name: byName, answered_at: at, stood: [...stood], proposal })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

/** Which services a round is about: those that nobody has checked since a day, open to be read and not closed. */
const due = (
  db: Db,
  { area, before, today }: Readonly<{ area: string; before: Temporal.PlainDate; today: Temporal.PlainDate }>,
) =>
  db
    .selectFrom('services.service as service')
    .where('service.area', '=', area)
    .where('service.published', '=', true)
    .where((is) => is.or([is('service.checked_on', 'is', null), is('service.checked_on', '<', before)]))
    .where(sql<boolean>`coalesce(service.valid_until > ${today}::date, true)`)

/** Of how many services the owners would be asked about, those without an address among them. */
export async function countDue(db: Db, which: Parameters<typeof due>[1]): Promise<number> {
  const counted = await due(db, which)
    .select((row) => row.fn.countAll<number>().as('number'))
    .executeTakeFirstOrThrow()
  return Number(counted.number)
}

type Beginning = Readonly<{ area: string; by: string; before: Temporal.PlainDate; now: Temporal.Instant }>

/** Begins to ask the owners of all services that are due, in the background; one that is under way goes on. */
export async function beginRound(db: Db, { area, by, before, now }: Beginning): Promise<string> {
  const open = await db
    .selectFrom('owner_check.round')
    .select('id')
    .where('area', '=', area)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  if (open) return open.id
  const id = newId()
  await db
    .insertInto('owner_check.round')
    .values({
      area,
      id,
      by,
      at: now,
      checked_before: before,
      due: await countDue(db, { area, before, today: dayOf(now) }),
      moved_at: now,
    })
    .execute()
  await goOn(db, area, id)
  return id
}

/** Lets a round go on, where it has stood still. */
export async function goOn(db: Db, area: string, round: string): Promise<void> {
  await addJob(db, 'owner-check.round', { area, round }, { key: `owner-check:${area}:${round}` })
}

/** How far a round has come. */
export async function findRound(db: Db, area: string, id: string): Promise<Round | undefined> {
  return db
    .selectFrom('owner_check.round')
    .select(['id', 'at', 'due', 'looked_at as lookedAt', 'sent', 'without_address as withoutAddress'])
    .select(['asked_lately as askedLately', 'moved_at as movedAt', 'finished_at as finishedAt'])
    .where('area', '=', area)
    .where('id', '=', id)
    .executeTakeFirst()
}

type Working = Readonly<{
  area: string
  round: string
  lately: Temporal.Instant
  origin: string
  now: Temporal.Instant
}>

/** Asks the owners of the next services of a round; run twice for the same ones it asks once. */
export async function workRound(db: Db, { area, round, lately, origin, now }: Working): Promise<void> {
  const open = await db
    .selectFrom('owner_check.round')
    .select(['by', 'checked_before as before', 'after_service as after'])
    .where('area', '=', area)
    .where('id', '=', round)
    .where('finished_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!open) return
  const next = await listNext(db, { ...open, area, now })
  const counts = { send: 0, 'without-address': 0, 'asked-lately': 0 }
  const today = new Map<string, number>()
  for (const one of next) {
    const key = one.email?.toLowerCase() ?? ''
    const doing = doingFor({ ...one, toAddressToday: Number(one.sentToday) + (today.get(key) ?? 0) }, lately)
    counts[doing] += 1
    if (doing !== 'send' || one.email === null) continue
    today.set(key, (today.get(key) ?? 0) + 1)
    await askOwner(db, { area, service: one.id, name: one.name, address: one.email, by: open.by, round, origin, now })
  }
  const isLast = next.length < roundStep
  await db
    .updateTable('owner_check.round')
    .set((row) => ({
      looked_at: row('looked_at', '+', next.length),
      sent: row('sent', '+', counts.send),
      without_address: row('without_address', '+', counts['without-address']),
      asked_lately: row('asked_lately', '+', counts['asked-lately']),
      ...{ after_service: next.at(-1)?.id ?? open.after, moved_at: now, finished_at: isLast ? now : null },
    }))
    .where('area', '=', area)
    .where('id', '=', round)
    .execute()
  if (!isLast) await addJob(db, 'owner-check.round', { area, round })
}

type Next = Readonly<{ area: string; before: Temporal.PlainDate; after: string | null; now: Temporal.Instant }>

async function listNext(db: Db, { area, before, after, now }: Next) {
  const yesterday = now.subtract({ hours: 24 })
  return due(db, { area, before, today: dayOf(now) })
    .innerJoin('services.owner as owner', (on) =>
      on.onRef('owner.area', '=', 'service.area').onRef('owner.id', '=', 'service.owner'),
    )
    .$if(after !== null, (all) => all.where('service.id', '>', after ?? ''))
    .select(['service.id', 'service.name'])
    .select([
      sql<string | null>`coalesce(service.document ->> 'email', owner.document ->> 'email')`.as('email'),
      sql<Temporal.Instant | null>`(select max(asked.at) from owner_check.asked
        where asked.area = service.area and asked.service = service.id)`.as('askedAt'),
      sql<number>`(select count(*)::integer from owner_check.asked where asked.area = service.area and asked.at > ${yesterday}
        and lower(asked.address) = lower(coalesce(service.document ->> 'email', owner.document ->> 'email')))`.as(
        'sentToday',
      ),
    ])
    .orderBy('service.id')
    .limit(roundStep)
    .execute()
}
