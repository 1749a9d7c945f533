import { sql } from 'kysely'
import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { hasDone } from '#platform/journal/journal.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { eachOnce } from '#registers/means/rules.ts'
import { isOnKept, isTheirs } from '#registers/means/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { findReader } from '#registers/access-needs/store.ts'
import { findArea } from '#registers/areas/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { changedKind, channelOf, opens, ownChangeTemplate, type OwnWay } from './rules.ts'

/** The ways in which a person can be reached, as they see them themselves: theirs alone. */
export async function listOwnWays(db: Db, of: Participant): Promise<OwnWay[]> {
  const found = await db
    .selectFrom('people.means')
    .select(['id', 'person', 'kind', 'value', 'wanted', 'safe', 'voicemail_safe', 'preferred', 'failed_at', 'version'])
    .select(['given_by', isTheirs('people.means').as('theirs'), isOnKept.as('kept')])
    .select(['unconfirmed_at', 'code', 'code_sent_at', 'codes_sent', 'code_tries'])
    .where('area', '=', of.area)
    .where(isOfPerson('person', of))
    .where('ended_at', 'is', null)
    .orderBy('added_at')
    .orderBy('id')
    .execute()
  return eachOnce(found)
}

/** Whether a person has taken this way away by themselves already. */
export async function isTakenAway(db: Db, of: Participant, subject: string): Promise<boolean> {
  const isThere = (await listOwnWays(db, of)).some(({ id }) => id === subject)
  return !isThere && (await hasDone(db, of, { what: ['means.ended', 'means.ended-unsaid'], subject }))
}

/** Lets one change of a person's ways be made after the other, so that codes sent and tried are counted one by one. */
export async function holdOwnWays(db: Db, { area, person }: Participant): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`own ways ${area} ${person}`}, 0))`.execute(db)
}

/** How many ways a person has given by themselves since a moment, those that they took away again included. */
export async function countOwnAdded(db: Db, of: Participant, since: Temporal.Instant): Promise<number> {
  const { added } = await db
    .selectFrom('journal.entry')
    .select(sql<number>`count(*)::integer`.as('added'))
    .where('area', '=', of.area)
    .where('person', '=', of.person)
    .where('what', '=', 'means.added')
    .where('role', '=', 'participant')
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return added
}

type Told = Readonly<{ area: string; person: string; now: Temporal.Instant }>

/** Says by ways that were known and safe before that something changed; one that was taken away is no longer the person's. */
export async function tellThatItChanged(
  db: Db,
  { area, person, now }: Told,
  ways: readonly OwnWay[],
  recipient: 'person' | 'another',
): Promise<void> {
  if (ways.length === 0) return
  const [there, reader] = await Promise.all([findArea(db, area), findReader(db, area, person)])
  for (const way of ways) {
    const to = { ...channelOf(way), recipient } as const
    const asked = { area, template: ownChangeTemplate, format: to.channel, reader }
    const words = await findWords(db, { ...asked, facts: { phone: there?.phone ?? null } })
    const message = { area, person, kind: changedKind, now, allowedBy: 'asked-for' } as const
    await sendMessage(db, { ...message, ...to, ...words })
  }
}

type Merged = Readonly<{ area: string; kept: string; merged: string; at: Temporal.Instant }>

/** Tells the person, by what is known to be theirs, where the record that came into theirs brought a way that is not. */
export async function tellOfWaysThatCame(db: Db, { area, kept, merged, at }: Merged): Promise<void> {
  const ways = await listOwnWays(db, { area, person: kept })
  if (ways.some(({ person, theirs }) => person === merged && !theirs))
    await tellThatItChanged(db, { area, person: kept, now: at }, ways.filter(opens), 'person')
}
