import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { addJob, callOffJob } from '#platform/jobs/jobs.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { findArrangement } from '#registers/safety-arrangement/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { nextToTell, type ToldAs } from '#journey/watch/rules.ts'
import { findWatch } from '#journey/watch/store.ts'
import { type About, alertKind, alertTemplate, because, type Because, tellAgainAt, tellNextAt } from './rules.ts'

export type NewAlert = Readonly<{
  area: string
  /** The number of what it is about. */
  id: string
  about: About
  person: string | null
  organisation: string
  /** Whether somebody has to act now. */
  now: boolean
  /** Whether the person answered by themselves, with nobody there. */
  byThemselves?: boolean
  at: Temporal.Instant
}>

/** Raises an alert and tells whoever is first; raising it twice raises one, and one that was settled anew. */
export async function raiseAlert(db: Db, alert: NewAlert): Promise<void> {
  if (await keepAlert(db, alert)) await tellNext(db, { area: alert.area, id: alert.id, at: alert.at })
}

/** Keeps an alert and tells nobody, as whoever takes it on does so in the same transaction; false while it is open. */
export async function keepAlert(db: Db, { now, at, byThemselves = false, ...alert }: NewAlert): Promise<boolean> {
  const { minutesNow, minutesOtherwise } = await findArrangement(db, alert.area, dayOf(at))
  const raised = await db
    .insertInto('alert.alert')
    .values({
      ...{ ...alert, by_themselves: byThemselves },
      ...{ minutes: now ? minutesNow : minutesOtherwise, raised_at: at, next_at: at },
      ...{ owner: null, told_as: null, heard_at: null, settled_at: null },
    })
    .onConflict((twice) =>
      twice
        .columns(['area', 'id'])
        .doUpdateSet({ next_at: at, settled_at: null, told_as: null, heard_at: null })
        .where(sql<boolean>`alert.settled_at is not null`),
    )
    .returning('id')
    .executeTakeFirst()
  return raised !== undefined
}

/** Who was told of an alert and who said that they have it, the newest first. Ask before whether the reader may know. */
export async function listToldOf(db: Db, area: string, id: string) {
  const [told, heard] = await Promise.all([
    db
      .selectFrom('alert.told')
      .select(['id', 'at', findNameOf(area, 'told.member').as('name'), findNameOf(area, 'told.by').as('by')])
      // Checked: the table itself refuses anything else.
      .select([sql<ToldAs>`told_as`.as('as'), sql<Because>`because`.as('because')])
      .where('area', '=', area)
      .where('alert', '=', id)
      .execute(),
    db
      .selectFrom('alert.heard')
      .select(['id', 'at', findNameOf(area, 'heard.member').as('name')])
      .where('area', '=', area)
      .where('alert', '=', id)
      .execute(),
  ])
  return [...told, ...heard].toSorted((one, other) => other.id.localeCompare(one.id))
}

/**
 * What waits for an answer of this member: alerts they were told of, nobody has said that they have them, and the record is
 * open to them; with why they were told last.
 */
export async function listWaitingFor(db: Db, actor: Actor) {
  const { area, membership: member } = actor
  return (
    db
      .selectFrom('alert.alert as alert')
      // Checked: the table itself refuses anything else.
      .select(['alert.id', sql<About>`alert.about`.as('about')])
      .select(
        sql<Because>`(select told.because from alert.told told where told.area = ${area} and told.alert = alert.id
        and told.member = ${member} order by told.id desc limit 1)`.as('because'),
      )
      .where('alert.area', '=', area)
      .where('alert.settled_at', 'is', null)
      .where('alert.heard_at', 'is', null)
      .where(
        sql<boolean>`exists (select from alert.told where told.area = ${area} and told.alert = alert.id and told.member = ${member})`,
      )
      .where((is) => is.or([is('alert.person', 'is', null), mayReachPerson(actor, 'open', 'alert.person')]))
      .execute()
  )
}

type At = Readonly<{ area: string; id: string; at: Temporal.Instant }>

/**
 * Tells the next one of an alert whose time has come, or at once where whoever has it was shut out of the record, and sets
 * the clock anew; nothing where it is settled.
 */
export async function tellNext(db: Db, { area, id, at, shutOut }: At & Readonly<{ shutOut?: true }>): Promise<void> {
  const alert = await findHeldStill(db, area, id)
  if (!alert?.next_at) return
  if (!shutOut && Temporal.Instant.compare(at, alert.next_at) < 0) return setClock(db, { area, id, at: alert.next_at })
  const [{ standing, next }, arrangement, holidays] = await Promise.all([
    findNextOf(db, alert, at),
    findArrangement(db, area, dayOf(at)),
    findHolidays(db),
  ])
  const why = next && (shutOut ? 'shut-out' : because(standing, next))
  if (why) await tell(db, { alert, members: next.members, as: next.as, because: why, by: null, at })
  // Somebody who is away may have left it: it begins anew with whoever leads now.
  await moveAlert(db, { area, id }, { ...(next && { told_as: next.as, owner: next.members[0] }), heard_at: null })
  const clock = { arrangement, holidays, at, minutes: alert.minutes, about: alert.about }
  await setClock(db, { area, id, at: tellNextAt(clock) })
}

type Alert = NonNullable<Awaited<ReturnType<typeof findHeldStill>>>

const findHeldStill = (db: Db, area: string, id: string) => readAlert(db, area, id).forUpdate().executeTakeFirst()

function readAlert(db: Db, area: string, id: string) {
  return (
    db
      .selectFrom('alert.alert')
      .select(['area', 'id', 'person', 'organisation', 'minutes'])
      .select(['owner', 'heard_at', 'next_at', 'settled_at', 'by_themselves'])
      // Checked: the table itself refuses anything else.
      .select([sql<ToldAs | null>`told_as`.as('told_as'), sql<About>`about`.as('about')])
      .where('area', '=', area)
      .where('id', '=', id)
  )
}

/** Those who were told of it last, by the clock or because it was handed to them. */
async function listToldLast(db: Db, area: string, alert: string): Promise<readonly string[]> {
  const { rows } = await sql<{ member: string }>`select member from alert.told
    where area = ${area} and alert = ${alert}
      and at = (select max(at) from alert.told where area = ${area} and alert = ${alert})`.execute(db)
  return rows.map(({ member }) => member)
}

/** Who is told of an alert at a moment, if nobody says until then that they have it. */
async function findNextOf(db: Db, alert: Alert, at: Temporal.Instant) {
  const [watch, last] = await Promise.all([findWatch(db, alert, at), listToldLast(db, alert.area, alert.id)])
  const standing = { told: alert.told_as, last, heard: alert.heard_at !== null }
  return { standing, next: nextToTell(standing, watch) }
}

/**
 * Who is told next of an alert that nobody has said to have, in names; nobody where nobody can be told. Ask before whether
 * the reader may know.
 */
export async function findToldNext(db: Db, area: string, id: string) {
  const alert = await readAlert(db, area, id).executeTakeFirst()
  if (!alert?.next_at || alert.heard_at) return undefined
  const { next } = await findNextOf(db, alert, alert.next_at)
  if (!next) return undefined
  const members = await listMembers(db, area, dayOf(alert.next_at))
  return { ...next, names: members.filter((one) => next.members.includes(one.id)).map(({ name }) => name) }
}

type Telling = Readonly<{
  alert: Pick<Alert, 'area' | 'id'>
  members: readonly string[]
  as: ToldAs
  because: Because
  by: string | null
  at: Temporal.Instant
}>

/** Writes down who was told, and sends each of them a message that names nobody. */
async function tell(db: Db, { alert: { area, id }, members, as, because: why, by, at }: Telling): Promise<void> {
  const found = await listMembers(db, area, dayOf(at))
  const addresses = new Map(found.map((one) => [one.id, one.email]))
  const words = await findWords(db, { area, template: alertTemplate, format: 'email', facts: {} })
  for (const member of members) {
    const row = { area, id: newId(), alert: id, member, told_as: as, because: why, at, by }
    await db.insertInto('alert.told').values(row).execute()
    const address = addresses.get(member)
    const message = { area, recipient: 'another', kind: alertKind, channel: 'email', about: id, now: at } as const
    if (address) await sendMessage(db, { ...message, ...words, address, allowedBy: 'on-duty' })
  }
}

type Moved = Readonly<Partial<Pick<Alert, 'told_as' | 'heard_at' | 'owner' | 'next_at' | 'settled_at'>>>

async function moveAlert(db: Db, { area, id }: Pick<At, 'area' | 'id'>, set: Moved): Promise<void> {
  await db.updateTable('alert.alert').set(set).where('area', '=', area).where('id', '=', id).execute()
}

const keyOf = ({ area, id }: Pick<At, 'area' | 'id'>) => `alert:${area}:${id}`

async function setClock(db: Db, { area, id, at }: At): Promise<void> {
  await moveAlert(db, { area, id }, { next_at: at, settled_at: null })
  await addJob(db, 'alert.unheard', { area, alert: id }, { runAt: at, key: keyOf({ area, id }) })
}

type Hearing = At & Readonly<{ by: string; lookOn: Temporal.PlainDate }>

/** Somebody has the alert: nobody else is told until the working day after the one on which they look again. */
export async function hearAlert(db: Db, { area, id, by, at, lookOn }: Hearing): Promise<void> {
  const alert = await findHeldStill(db, area, id)
  if (!alert) return
  const row = { area, id: newId(), alert: id, member: by, at }
  await db.insertInto('alert.heard').values(row).execute()
  const [arrangement, holidays] = await Promise.all([findArrangement(db, area, dayOf(at)), findHolidays(db)])
  await moveAlert(db, { area, id }, { heard_at: at, told_as: alert.told_as ?? 'owner' })
  await setClock(db, { area, id, at: tellAgainAt(lookOn, { about: alert.about, arrangement, holidays, at }) })
}

/** Whoever has said so has it from now on. While they do, saying so again changes nothing. */
export async function takeAlert(db: Db, hearing: Hearing): Promise<void> {
  const alert = await findHeldStill(db, hearing.area, hearing.id)
  const runs = alert?.next_at && Temporal.Instant.compare(hearing.at, alert.next_at) < 0
  if (runs && alert.owner === hearing.by && alert.heard_at) return
  await hearAlert(db, hearing)
  await moveAlert(db, hearing, { owner: hearing.by })
}

type Handing = At & Readonly<{ to: string; by: string }>

/** Hands an alert to somebody else, who is told at once and has the same time to answer. Handed to them twice, they are told once. */
export async function handAlert(db: Db, { area, id, to, by, at }: Handing): Promise<void> {
  const alert = await findHeldStill(db, area, id)
  if (!alert || alert.settled_at || (alert.owner === to && alert.told_as === 'owner')) return
  await tell(db, { alert, members: [to], as: 'owner', because: 'handed-over', by, at })
  const [arrangement, holidays] = await Promise.all([findArrangement(db, area, dayOf(at)), findHolidays(db)])
  await moveAlert(db, { area, id }, { owner: to, told_as: 'owner', heard_at: null })
  const clock = { arrangement, holidays, at, minutes: alert.minutes, about: alert.about }
  await setClock(db, { area, id, at: tellNextAt(clock) })
}

/** Nothing is left to be looked at: nobody else is told. */
export async function settleAlert(db: Db, { area, id, at }: At): Promise<void> {
  await moveAlert(db, { area, id }, { settled_at: at, next_at: null })
  await callOffJob(db, keyOf({ area, id }))
}
