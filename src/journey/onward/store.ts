import { sql } from 'kysely'
import type { Actor, Verb } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { Part, PartCode } from '#journey/packet/rules.ts'
import { findNameOf, isAnyOf } from '#journey/timeline/store.ts'
import { countedOf } from '#journey/witness/rules.ts'
import * as rules from './rules.ts'
import type { EventKind, Kind, Meeting, State, Witness } from './rules.ts'

/** What is written down of somebody who is passed on, before anything happens with it. */
type Draft = Readonly<{
  kind: Kind
  wanted: string
  parts: readonly Part[]
  contact: string | null
  address: string | null
  meet: Meeting | null
  meetAt: Temporal.Instant | null
}>

export type NewOnward = Draft &
  Readonly<{
    area: string
    id: string
    person: string
    episode: string
    goal: string
    action: string | null
    service: Readonly<{ id: string; version: number; name: string }>
    follows?: string | null
    by: string | null
    at: Temporal.Instant
  }>

const columnsOf = ({ kind, wanted, parts, contact, address, meet, meetAt }: Draft) => ({
  ...{ kind, wanted, parts: JSON.stringify(parts), contact, address, meet, meet_at: meetAt },
})

/** Writes down whom somebody would be passed on to; false where the same form was sent before. */
export async function saveOnward(db: Db, { service, follows, by, at, ...given }: NewOnward): Promise<boolean> {
  const { area, id, person, episode, goal, action } = given
  const kept = await db
    .insertInto('onward.referral')
    .values({
      ...{ area, id, person, episode, goal, action, ...columnsOf(given), follows: follows ?? null },
      ...{ service: service.id, service_version: service.version, service_name: service.name },
      ...{ state: 'drafted', state_at: at, written_at: at, written_by: by },
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

type Changing = Draft & Readonly<{ area: string; id: string; seen: number; at: Temporal.Instant }>

/**
 * Changes what would be sent, as long as nobody has said yes to it; false where somebody else has changed it since. What
 * was shown before counts no more: it has to be shown again.
 */
export async function changeOnward(db: Db, { area, id, seen, at, ...given }: Changing): Promise<boolean> {
  const changed = await db
    .updateTable('onward.referral')
    .set((row) => ({ ...columnsOf(given), state: 'drafted', state_at: at, version: row('version', '+', 1) }))
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', seen)
    .where('state', 'in', ['drafted', 'shown', 'refused'])
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** One thing that happened, as a witness says it. */
export type NewEvent = Readonly<{
  area: string
  id: string
  referral: string
  kind: EventKind
  witness: Witness
  at: Temporal.Instant
  /** The member who says it; null for everybody else. */
  by?: string | null
  how?: string | null
  parts?: readonly PartCode[]
  /** The code of a decline, an outcome or a withdrawal. */
  reason?: string | null
  onDay?: Temporal.PlainDate | null
  place?: number | null
  sessions?: number | null
  note?: string | null
  byName?: string | null
  /** The yes on which it is sent. */
  allowedBy?: string
}>

/** What came of saying that something happened: kept, said before by the same form, or not possible as it stands now. */
export type Kept = 'kept' | 'again' | 'not-now'

/**
 * Adds what happened and moves where it stands, in one transaction: whoever comes second sees what the first did. What may
 * not follow is refused.
 */
export async function recordEvent(db: Db, given: NewEvent): Promise<Kept> {
  const { area, referral, kind, at } = given
  const row = await db
    .selectFrom('onward.referral')
    // Checked: this function alone writes it, from the list.
    .select([sql<State>`state`.as('state'), 'asked_at'])
    .where('area', '=', area)
    .where('id', '=', referral)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return 'not-now'
  if (await isKnown(db, area, given.id)) return 'again'
  if (!rules.mayFollow(kind, row.state)) return 'not-now'
  const settled = rules.settledTo(row, given)
  const state = settled ?? rules.stateAfter(row.state, kind)
  const { answeredOn, startedOn, closed } = countedOf(given)
  await db.insertInto('onward.event').values(eventRow(given)).execute()
  await db
    .updateTable('onward.referral')
    .set((was) => ({
      ...{ state, state_at: state === row.state ? was.ref('state_at') : at, version: was('version', '+', 1) },
      ...(state === 'sent' && row.asked_at === null ? { asked_at: at } : {}),
      ...(given.allowedBy === undefined ? {} : { allowed_by: given.allowedBy }),
      answered_on: sql`least(${was.ref('answered_on')}, ${answeredOn}::date)`,
      started_on: sql`least(${was.ref('started_on')}, ${startedOn}::date)`,
      ...(closed ? { closed } : {}),
      ...(settled && settled !== 'started' ? { started_on: null } : {}),
    }))
    .where('area', '=', area)
    .where('id', '=', referral)
    .execute()
  return 'kept'
}

function eventRow(given: NewEvent) {
  const { area, id, referral, kind, witness, at, by = null, how = null, reason = null, note = null } = given
  const { parts, onDay = null, place = null, sessions = null, byName = null } = given
  // Whoever of the team says it has read it.
  const read = by === null ? { read_at: null, read_by: null } : { read_at: at, read_by: by }
  return {
    ...{ area, id, referral, kind, witness, at, by, how, reason, note, place, sessions, ...read },
    ...{ parts: parts ? [...parts] : null, on_day: onDay, by_name: byName },
  }
}

/** Whether something that happened was kept under this id. */
export async function isKnown(db: Db, area: string, id: string): Promise<boolean> {
  const known = db.selectFrom('onward.event').select('id').where('area', '=', area).where('id', '=', id)
  return (await known.executeTakeFirst()) !== undefined
}

const referrals = (db: Db, area: string) =>
  db
    .selectFrom('onward.referral as referral')
    .innerJoin('goal.goal as goal', (join) =>
      join.onRef('goal.area', '=', 'referral.area').onRef('goal.id', '=', 'referral.goal'),
    )
    .select(['referral.id', 'referral.person', 'referral.episode', 'referral.service', 'referral.wanted'])
    .select(['referral.service_name as serviceName', 'referral.service_version as serviceVersion', 'referral.goal'])
    .select(['referral.action', 'referral.contact', 'referral.address', 'referral.meet_at as meetAt', 'goal.words'])
    .select(['referral.follows', 'referral.state_at as stateAt', 'referral.asked_at as askedAt', 'referral.version'])
    .select(['referral.allowed_by as allowedBy', 'referral.written_at as writtenAt'])
    // Checked: written by this slice alone, from the lists in the rules; the table itself refuses any other kind.
    .select([sql<State>`referral.state`.as('state'), sql<Kind>`referral.kind`.as('kind')])
    .select([sql<Meeting | null>`referral.meet`.as('meet'), sql<readonly Part[]>`referral.parts`.as('parts')])
    .select(findNameOf(area, 'referral.written_by').as('by'))
    .where('referral.area', '=', area)

type Row = Awaited<ReturnType<ReturnType<typeof referrals>['execute']>>[number]

/** What happened with some of them, the first first. Whoever asks has shown that they may be seen. */
async function listEvents(db: Db, area: string, of: readonly string[]) {
  if (of.length === 0) return []
  return (
    db
      .selectFrom('onward.event as event')
      .select(['event.id', 'event.referral', 'event.at', 'event.how', 'event.parts', 'event.reason', 'event.place'])
      .select(['event.on_day as onDay', 'event.sessions', 'event.note', 'event.by_name as byName'])
      .select(['event.read_at as readAt', findNameOf(area, 'event.by').as('by')])
      // Checked: the codes are written from the lists in the rules alone.
      .select([sql<EventKind>`event.kind`.as('kind'), sql<Witness>`event.witness`.as('witness')])
      .where('event.area', '=', area)
      .where(isAnyOf('event.referral', of))
      .orderBy('event.at')
      // What is shown and agreed to at once was shown first.
      .orderBy(sql`event.kind <> 'shown'`)
      .orderBy('event.id')
      .execute()
  )
}

export type Event = Awaited<ReturnType<typeof listEvents>>[number]
export type Onward = Row & Readonly<{ events: readonly Event[] }>

async function withEvents(db: Db, area: string, rows: readonly Row[]): Promise<Onward[]> {
  const ids = rows.map(({ id }) => id)
  const events = Map.groupBy(await listEvents(db, area, ids), ({ referral }) => referral)
  return rows.map((row) => ({ ...row, events: events.get(row.id) ?? [] }))
}

const wholeId = /^[0-9a-f-]{36}$/

/** One onward referral with what happened, if this actor may do this with its person; otherwise as if it were not there. */
export async function findOnward(db: Db, actor: Actor, id: string, verb: Verb = 'open') {
  if (!wholeId.test(id)) return undefined
  const rows = await referrals(db, actor.area)
    .where('referral.id', '=', id)
    .where(mayReachPerson(actor, verb, 'referral.person'))
    .execute()
  return (await withEvents(db, actor.area, rows))[0]
}

type OfPerson = Readonly<{ area: string; person: string; id: string }>

/** One of somebody's own, on whichever of their records it was written: for their own pages and what a link opens. */
export async function findOnwardOf(db: Db, { area, person, id }: OfPerson): Promise<Onward | undefined> {
  if (!wholeId.test(id)) return undefined
  const rows = await referrals(db, area)
    .where('referral.id', '=', id)
    .where(isOfPerson('referral.person', { area, person }))
    .execute()
  return (await withEvents(db, area, rows))[0]
}

/** To whom somebody was passed on, under every id they are known by, the newest first. Ask findPerson before. */
export async function listOnwardOf(db: Db, area: string, people: readonly string[]): Promise<Onward[]> {
  const rows = await referrals(db, area)
    .where(isAnyOf('referral.person', people))
    .orderBy('referral.written_at', 'desc')
    .orderBy('referral.id', 'desc')
    .execute()
  return withEvents(db, area, rows)
}

type Reading = Readonly<{ area: string; referral: string; by: string; at: Temporal.Instant }>

/** Writes that the team has read what the service and the participant said. */
export async function markRead(db: Db, { area, referral, by, at }: Reading): Promise<void> {
  await db
    .updateTable('onward.event')
    .set({ read_at: at, read_by: by })
    .where('area', '=', area)
    .where('referral', '=', referral)
    .where('read_at', 'is', null)
    .execute()
}
