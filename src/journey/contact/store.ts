import { sql } from 'kysely'
import type { Actor, Verb } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import type { Way } from '#journey/reaching/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import type { DueWhat, Result } from './rules.ts'

/** A contact as it is written down. */
export type NewContact = Readonly<{
  area: string
  id: string
  episode: string
  way: Way
  result: Result
  note: string | null
  why_this_way: string | null
  happened_at: Temporal.Instant
  recorded_at: Temporal.Instant
  by: string
  next_what: DueWhat | null
  next_on: Temporal.PlainDate | null
  next_way: Way | null
  next_time: string | null
}>

/** Writes a contact down; whether it is new, since a form that was sent twice makes one. */
export async function saveContact(db: Db, contact: NewContact): Promise<boolean> {
  const saved = await db
    .insertInto('contact.contact')
    .values(contact)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

/** Takes a contact back; it stays as history. */
export async function saveWithdrawal(
  db: Db,
  withdrawal: Readonly<{
    area: string
    contact: string
    reason: string
    note: string | null
    at: Temporal.Instant
    by: string
  }>,
): Promise<boolean> {
  const saved = await db
    .insertInto('contact.withdrawal')
    .values(withdrawal)
    .onConflict((twice) => twice.columns(['area', 'contact']).doNothing())
    .returning('contact')
    .executeTakeFirst()
  return saved !== undefined
}

// Every contact that this actor may see, with who wrote it down and whether it was taken back.
function contacts(db: Db, actor: Actor, verb: Verb) {
  return (
    db
      .selectFrom('contact.contact as contact')
      .innerJoin('episode.episode as episode', (join) =>
        join.onRef('episode.area', '=', 'contact.area').onRef('episode.id', '=', 'contact.episode'),
      )
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'episode.area').onRef('person.id', '=', 'episode.person'),
      )
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'contact.area').onRef('member.id', '=', 'contact.by'),
      )
      .leftJoin('contact.withdrawal as withdrawal', (join) =>
        join.onRef('withdrawal.area', '=', 'contact.area').onRef('withdrawal.contact', '=', 'contact.id'),
      )
      .select(['contact.id', 'contact.episode', 'episode.person', 'contact.note', 'contact.why_this_way'])
      .select(['contact.happened_at', 'contact.recorded_at', 'contact.by', 'member.name as byName'])
      .select(['contact.next_what', 'contact.next_on', 'contact.next_time', 'withdrawal.at as withdrawn_at'])
      .select(['withdrawal.reason as withdrawn_for', 'withdrawal.note as withdrawn_note'])
      // Checked: these codes are written by this slice alone, from the lists in the rules.
      .select((row) => [
        row.ref('contact.way').$castTo<Way>().as('way'),
        row.ref('contact.result').$castTo<Result>().as('result'),
        row.ref('contact.next_way').$castTo<Way | null>().as('next_way'),
      ])
      .where('contact.area', '=', actor.area)
      .where(mayReachPerson(actor, verb))
  )
}

/** Every contact with a person in one episode, the newest first, those taken back included. */
export async function listContacts(db: Db, actor: Actor, { episode }: Readonly<{ episode: string }>) {
  return contacts(db, actor, 'open')
    .where('contact.episode', '=', episode)
    .orderBy('contact.happened_at', 'desc')
    .orderBy('contact.id', 'desc')
    .execute()
}

/** One contact, if this actor may do this with the person it was with. */
export async function findContact(db: Db, actor: Actor, contact: string, verb: Verb = 'open') {
  return contacts(db, actor, verb).where('contact.id', '=', contact).executeTakeFirst()
}

/** What was tried over the spells of support of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listContactsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('contact.contact as contact')
    .leftJoin('contact.withdrawal as withdrawal', (join) =>
      join.onRef('withdrawal.area', '=', 'contact.area').onRef('withdrawal.contact', '=', 'contact.id'),
    )
    .select(['contact.id', 'contact.episode', 'contact.happened_at as at', 'contact.note', 'contact.why_this_way'])
    .select(['contact.next_on', 'contact.next_time', 'withdrawal.reason as withdrawnFor'])
    // Checked: as above.
    .select((row) => [
      row.ref('contact.way').$castTo<Way>().as('way'),
      row.ref('contact.result').$castTo<Result>().as('result'),
      row.ref('contact.next_what').$castTo<DueWhat | null>().as('next_what'),
      findNameOf(asked.area, 'contact.by').as('by'),
    ])
    .where('contact.area', '=', asked.area)
    .where(isAnyOf('contact.episode', asked.episodes))
  return readNewest(query, { at: 'contact.happened_at', id: 'contact.id' }, asked).execute()
}

/** Since when a message waits for an answer, for each episode of these coaches whose newest contact was one. */
export async function listUnanswered(db: Db, area: string, coaches: readonly string[]) {
  const newest = db
    .selectFrom('contact.contact as contact')
    .distinctOn('contact.episode')
    .select(['contact.episode', 'contact.result', 'contact.happened_at'])
    .where('contact.area', '=', area)
    .where(isLookedAfterBy(area, coaches, 'contact.episode'))
    .where(
      sql<boolean>`not exists (select from contact.withdrawal where withdrawal.area = contact.area
        and withdrawal.contact = contact.id)`,
    )
    .orderBy('contact.episode')
    .orderBy('contact.happened_at', 'desc')
    .orderBy('contact.id', 'desc')
    .as('newest')
  const rows = await db.selectFrom(newest).selectAll().where('newest.result', '=', 'message-left').execute()
  return new Map(rows.map(({ episode, happened_at: at }) => [episode, at]))
}
