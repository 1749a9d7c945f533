import { sql } from 'kysely'
import { isOfPerson, listIdsOf } from '#registers/merged/store.ts'
import type { Db } from '#platform/database/transaction.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import type { Arrived, Reply } from '#platform/notify/arrivals.ts'
import { addressKey, type Channel, linesOf, type Message } from '#platform/notify/rules.ts'
import { stopWaiting } from '#platform/notify/stopping.ts'
import { calledName, type MeansKind } from '#registers/people/rules.ts'
import { changeMeans } from '#registers/people/store.ts'
import { eachOnce, isConfirmed, isSameWay, reasonNotToUse } from './rules.ts'

/** How the person can be reached, the preferred way first, on whichever of their records it was written. Ask findPerson before: it decides who may know. */
export async function listMeans(db: Db, area: string, person: string) {
  const found = await db
    .selectFrom('people.means')
    .select(['id', 'person', 'kind', 'value', 'wanted', 'safe', 'voicemail_safe', 'preferred', 'failed_at', 'version'])
    .select(['unconfirmed_at', 'given_by', isTheirs('people.means').as('theirs')])
    .select(isOnKept.as('kept'))
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .where('ended_at', 'is', null)
    .orderBy('added_at')
    .orderBy('id')
    .execute()
  return eachOnce(found)
}

/** Whether a way is known to be the person's own, for the record that is kept of them. */
export const isTheirs = (means: string) => {
  const [area, person] = [sql.ref(`${means}.area`), sql.ref(`${means}.person`)]
  const [of, since, by] = [sql.ref(`${means}.theirs_of`), sql.ref(`${means}.theirs_at`), sql.ref(`${means}.theirs_by`)]
  // A way that was never shown to be theirs is not: no need to look at their records.
  return sql<boolean>`(${of} is not null and people.is_theirs(${area}, ${person}, ${of}, ${since}, ${by}))`
}

/** Whether a way stands on the record that is kept, and not on one that came into it. */
export const isOnKept = sql<boolean>`(select own.merged_into is null from people.person own
  where own.area = people.means.area and own.id = people.means.person)`

/** A letter with the name of whom it goes to above the address, as the post needs it. */
export async function addressed(db: Db, message: Message): Promise<Message> {
  const { area, person, recipient, channel, address } = message
  if (channel !== 'letter' || person === null || recipient !== 'person') return message
  const whom = await db
    .selectFrom('people.person')
    .select(['given_name', 'family_name', 'preferred_name'])
    .where('area', '=', area)
    .where('id', '=', person)
    .executeTakeFirst()
  return whom ? { ...message, address: [calledName(whom), ...linesOf(address)].join('\n') } : message
}

// The way to reach somebody that a channel uses.
const meansFor = { email: 'email', text: 'mobile', letter: 'post' } as const satisfies Record<Channel, MeansKind>
// Checked: the keys of the list are its codes.
const channelCodes = Object.keys(meansFor) as Channel[]

/** One way to reach a person: over which channel and at which address. */
export type Way = Readonly<{ area: string; person: string; channel: Channel; address: string }>

/**
 * What the person's records say of a way to reach them. One that they gave themselves and have not shown to be theirs is
 * none yet: it may be a stranger's. A letter is written to the postal address of the record, in
 * whatever form: there the whole way counts and not its text.
 */
export async function listWaysInForce(db: Db, { area, person, channel, address }: Way) {
  const key = addressKey(channel, address)
  const ways = await db
    .selectFrom('people.means')
    .select(['wanted', 'safe'])
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .where('kind', '=', meansFor[channel])
    .where('ended_at', 'is', null)
    .where('unconfirmed_at', 'is', null)
    .$if(channel !== 'letter', (query) => query.where('value_key', '=', key))
    .execute()
  return channel === 'letter' && ways.length === 0 ? [{ wanted: true, safe: true }] : ways
}

type Changed = Readonly<{ area: string; person: string; kind: string; value: string; now: Temporal.Instant }>

type OneWay = Parameters<typeof changeMeans>[1]

/**
 * Changes or ends a way to reach somebody; false when somebody else has changed it since it was seen. Where the same
 * number or address stands on another of their records, what may be done with it changes there too: it is one way.
 */
export async function changeWay(db: Db, { set, ...way }: OneWay): Promise<boolean> {
  const { area, person, id } = way
  if (!(await changeMeans(db, { ...way, set }))) return false
  const twins = await db
    .selectFrom('people.means')
    .select(['id', 'person', 'version as seen'])
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .where('id', '<>', id)
    .where('ended_at', 'is', null)
    .where(
      sql<boolean>`(kind, value_key) = (select kind, value_key from people.means where area = ${area} and id = ${id}::uuid)`,
    )
    .forUpdate()
    .execute()
  const { wanted, safe, voicemail_safe, unconfirmed_at, ended_at } = set
  const marks = { wanted, safe, voicemail_safe, unconfirmed_at, ended_at }
  if (Object.values(marks).some((mark) => mark !== undefined))
    for (const twin of twins) await changeMeans(db, { area, ...twin, set: marks })
  return true
}

/** Whether a way is known to be the person's own: what goes beyond what happens next is for nobody else to read. */
export async function isKnownAsTheirs(db: Db, { area, person, channel, address }: Way): Promise<boolean> {
  const ways = await listMeans(db, area, person)
  const kind = meansFor[channel]
  const own = ways.filter((one) => one.kind === kind)
  // A letter goes to the postal address of the record, in whatever form; where it has no way of its own, any other shows
  // that somebody has spoken with the person.
  if (channel === 'letter') return (own.length > 0 ? own : ways).some(({ theirs }) => theirs)
  return own.some((one) => one.theirs && isConfirmed(one) && isSameWay(one, { kind, value: address }))
}

type Known = Readonly<{ area: string; person: string; since: Temporal.Instant }>

/** Of no way that became known as theirs since a moment it is known any more: of which of two people it was, nobody knows. */
export async function doubtWaysSince(db: Db, { area, person, since }: Known): Promise<void> {
  const ways = await db
    .selectFrom('people.means')
    .select(['id', 'person', 'version as seen'])
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .where('theirs_at', '>=', since)
    .where('ended_at', 'is', null)
    .forUpdate()
    .execute()
  const set = { theirs_at: null, theirs_of: null, theirs_by: null }
  for (const way of ways) await changeMeans(db, { area, ...way, set })
}

/** A way to reach somebody has changed: what waits to go there and no longer may is held back at once. */
export async function stopWhereNotWanted(db: Db, { area, person, kind, value, now }: Changed): Promise<void> {
  const channel = channelCodes.find((one) => meansFor[one] === kind)
  if (!channel) return
  const reason = reasonNotToUse(await listWaysInForce(db, { area, person, channel, address: value }))
  if (reason === undefined) return
  const people = await listIdsOf(db, area, person)
  await stopWaiting(db, { area, people, recipient: 'person', way: { channel, address: value }, reason, now })
}

/** A message did or did not reach one of the ways in which a person is reached: the register keeps it beside the way. */
export async function hearArrival(db: Db, { area, id, person, recipient, ...message }: Arrived): Promise<void> {
  const { channel, address, arrival, at } = message
  if (person === null || recipient !== 'person') return
  // Post goes to the record's own address, whatever way it was sent by.
  if (channel !== 'letter' && arrival !== 'not now') {
    const failed_at = arrival === 'arrived' ? null : at
    await learn(db, { area, kind: meansFor[channel], value: addressKey(channel, address), set: { failed_at } })
  }
  if (arrival === 'arrived') return
  const happening = { kind: 'act', what: 'message.not-arrived', person, subject: id, codes: { channel } } as const
  writeEntry(db, { area, by: undefined, happening, at })
}

/** Somebody wrote back. Whoever asks for no more texts gets none, on whichever record the number stands. */
export async function hearReply(db: Db, reply: Reply, now: Temporal.Instant): Promise<void> {
  const { area, id, person, address, optsOut, asksToCancel, body } = reply
  if (optsOut) {
    const set = { wanted: false, preferred: false } as const
    const value = addressKey('text', address)
    const theirs = await learn(db, { area, kind: 'mobile', value, set })
    for (const whose of theirs) await stopWhereNotWanted(db, { area, person: whose, kind: 'mobile', value, now })
  }
  const of = {
    subject: id,
    codes: { optsOut: optsOut ? 'yes' : 'no', asksToCancel: asksToCancel ? 'yes' : 'no' },
    vouchesFor: body,
  }
  const happening = { kind: 'act', what: 'reply.received', person: person ?? undefined, ...of } as const
  writeEntry(db, { area, by: undefined, happening, at: now })
}

type Learnt = Readonly<{ area: string; kind: MeansKind; value: string }> &
  Readonly<{ set: Readonly<{ failed_at: Temporal.Instant | null }> | Readonly<{ wanted: false; preferred: false }> }>

/** What is learnt of an address (nothing arrives there, no more is wanted there) holds for everybody who has it: who does. */
async function learn(db: Db, { area, kind, value, set }: Learnt): Promise<string[]> {
  const there = await db
    .selectFrom('people.means')
    .select(['id', 'person', 'version as seen'])
    .where('area', '=', area)
    .where('kind', '=', kind)
    .where('value_key', '=', value)
    .where('ended_at', 'is', null)
    .forUpdate()
    .execute()
  for (const one of there) await changeMeans(db, { area, ...one, set })
  return there.map(({ person }) => person)
}
