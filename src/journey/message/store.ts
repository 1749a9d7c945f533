import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { idFrom, newId } from '#platform/ids.ts'
import type { Message } from '#platform/notify/rules.ts'
import { isOfPerson, listIdsOf } from '#registers/merged/store.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import type { Stage } from '#journey/episode/rules.ts'
import { type Asked, newestOf } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { type NewMessage, type Notice, noticeKinds, type Written } from './rules.ts'

type Of = Readonly<{ area: string; person: string }>
type Whose = Pick<Asked, 'area' | 'people' | 'before' | 'most'>

/** What a person and the team wrote to each other, texts to messages of ours included: the newest first. Ask findPerson before. */
export async function listConversation(db: Db, asked: Whose) {
  return newestOf(await Promise.all([listWritten(db, asked), listTexts(db, asked)]), asked.most)
}

/** What was written in the person's space, the newest first. Ask findPerson before: it decides who may know. */
export async function listWritten(db: Db, asked: Whose): Promise<Written[]> {
  const query = db
    .selectFrom('message.message as message')
    .leftJoin('message.reading as reading', (join) =>
      join.onRef('reading.area', '=', 'message.area').onRef('reading.message', '=', 'message.id'),
    )
    .leftJoin('message.withdrawal as taken', (join) =>
      join.onRef('taken.area', '=', 'message.area').onRef('taken.message', '=', 'message.id'),
    )
    .select(['message.id', 'message.person', 'message.written_at as at', 'message.words', 'message.asks'])
    .select(['reading.at as readAt', 'taken.at as takenBackAt', sql<boolean>`message.by is null`.as('fromPerson')])
    .select([findNameOf(asked.area, 'message.by').as('by'), findNameOf(asked.area, 'reading.by').as('readBy')])
    .select(isSettled('message').as('settled'))
    .where('message.area', '=', asked.area)
    .where(isAnyOf('message.person', asked.people))
  const rows = await readNewest(query, { at: 'message.written_at', id: 'message.id' }, asked).execute()
  return rows.map((row) => ({ ...row, way: 'space' }))
}

async function listTexts(db: Db, asked: Whose): Promise<Written[]> {
  const query = db
    .selectFrom('notify.reply as reply')
    .select(['reply.id', sql<string>`reply.person`.as('person'), 'reply.received_at as at', 'reply.body as words'])
    .select(sql<boolean>`reply.opts_out or ${isSettled('reply')}`.as('settled'))
    .where('reply.area', '=', asked.area)
    .where(isAnyOf('reply.person', asked.people))
  const rows = await readNewest(query, { at: 'reply.received_at', id: 'reply.id' }, asked).execute()
  const here = { way: 'text', fromPerson: true, by: null, asks: false } as const
  return rows.map((row) => ({ ...row, ...here, readAt: null, readBy: null, takenBackAt: null }))
}

/** Whether what the person wrote was answered or put aside. */
function isSettled(table: 'message' | 'reply'): RawBuilder<boolean> {
  return sql<boolean>`exists (select from message.settlement settled
    where settled.area = ${sql.ref(`${table}.area`)} and settled.item = ${sql.ref(`${table}.id`)})`
}

/** The spell of support that stands for a person, with who coaches them. Whoever asks must know that they may. */
export async function findSpell(db: Db, of: Of) {
  return (
    db
      .selectFrom('episode.standing as standing')
      // Checked: the database holds no other stages.
      .select(['standing.episode', 'standing.coach', sql<Stage>`standing.stage`.as('stage')])
      .select(findNameOf(of.area, 'standing.coach').as('coachName'))
      .where('standing.area', '=', of.area)
      .where(isOfPerson('standing.person', of))
      .orderBy(sql`standing.ended_at is not null`)
      .orderBy(sql`standing.ended_as is not distinct from 'duplicate'`)
      .orderBy('standing.received_at', 'desc')
      .limit(1)
      .executeTakeFirst()
  )
}

/**
 * Keeps a message and gives its number; undefined when its form was sent before with the same words. Whoever goes back,
 * changes the words and sends them again has written another message.
 */
export async function saveMessage(db: Db, message: NewMessage): Promise<string | undefined> {
  const { area, id, words } = message
  const kept = await insertMessage(db, message)
  if (kept) return kept
  const same = sql`select from message.message where area = ${area} and id = ${id} and words = ${words}`
  const { rows } = await same.execute(db)
  return rows.length > 0 ? undefined : insertMessage(db, { ...message, id: idFrom(id, words) })
}

async function insertMessage(db: Db, { at, ...message }: NewMessage): Promise<string | undefined> {
  const fresh = db
    .insertInto('message.message')
    .values({ ...message, written_at: at })
    .returning('id')
  const kept = await fresh.onConflict((twice) => twice.columns(['area', 'id']).doNothing()).executeTakeFirst()
  return kept?.id
}

type Did = Readonly<{ area: string; at: Temporal.Instant }>

/** Keeps that these were read on the other side, where nobody there had read them: by whom of the team, or by the person. */
export async function saveReadings(
  db: Db,
  { messages, ...read }: Did & Readonly<{ messages: readonly string[]; by: string | null }>,
): Promise<void> {
  if (messages.length === 0) return
  await db
    .insertInto('message.reading')
    .values(messages.map((message) => ({ ...read, message })))
    .onConflict((twice) => twice.columns(['area', 'message']).doNothing())
    .execute()
}

type Settling = Did & Readonly<{ person: string; items: readonly string[]; answer: string | null; by: string }>

/** Keeps that what a person wrote was answered, or needed no answer; only what really is of this person. */
export async function settle(db: Db, { items, ...settling }: Settling): Promise<void> {
  const theirs = await listOwn(db, settling, items)
  if (theirs.length === 0) return
  await db
    .insertInto('message.settlement')
    .values(theirs.map((item) => ({ ...settling, item })))
    .onConflict((twice) => twice.columns(['area', 'item']).doNothing())
    .execute()
}

async function listOwn(db: Db, of: Of, items: readonly string[]): Promise<string[]> {
  const own = sql`area = ${of.area} and ${isOfPerson('person', of)} and ${isAnyOf('id', items)}`
  const { rows } = await sql<{ id: string }>`select id from message.message where by is null and ${own}
    union all select id from notify.reply where ${own}`.execute(db)
  return rows.map(({ id }) => id)
}

/** A message of the team with whose it is, and whether it was read or taken back. Ask findPerson before it is used. */
export async function findMessage(db: Db, area: string, id: string) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  return db
    .selectFrom('message.message as message')
    .select(['message.id', 'message.person'])
    .select([isRead(area).as('read'), isTakenBack(area).as('takenBack')])
    .where('message.area', '=', area)
    .where('message.id', '=', id)
    .where('message.by', 'is not', null)
    .executeTakeFirst()
}

const isRead = (area: string) => sql<boolean>`exists (select from message.reading read
  where read.area = ${area} and read.message = message.id)`
const isTakenBack = (area: string) => sql<boolean>`exists (select from message.withdrawal taken
  where taken.area = ${area} and taken.message = message.id)`

/** Takes a message back; it stays readable for the team. */
export async function withdrawMessage(db: Db, taking: Did & Readonly<{ message: string; by: string }>): Promise<void> {
  await db
    .insertInto('message.withdrawal')
    .values(taking)
    .onConflict((twice) => twice.columns(['area', 'message']).doNothing())
    .execute()
}

/** What a person wants to be told when there is a message: only that there is one, until they say otherwise. */
export async function findPreference(db: Db, of: Of): Promise<Notice> {
  const newest = await db
    .selectFrom('message.preference')
    // Checked: the table itself refuses anything else.
    .select(sql<Notice>`shows`.as('shows'))
    .where('area', '=', of.area)
    .where(isOfPerson('person', of))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.shows ?? 'notice'
}

/** Keeps what a person wants to be told when there is a message. */
export async function savePreference(db: Db, chosen: Of & Did & Readonly<{ shows: Notice }>): Promise<void> {
  const row = { ...chosen, id: newId() }
  await db.insertInto('message.preference').values(row).execute()
}

/** Whether a word that there is a message waits to go already: it stands for everything that is unread then. */
export async function isNoticeWaiting(db: Db, { area, person }: Of): Promise<boolean> {
  const people = await listIdsOf(db, area, person)
  const waiting = await db
    .selectFrom('notify.message')
    .select('id')
    .where('area', '=', area)
    .where(isAnyOf('person', people))
    .where('kind', '=', noticeKinds.notice)
    .where('settled_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return waiting !== undefined
}

/** Whether a word that there is a message is still true: it was neither read nor taken back. */
export async function isStillUnread(db: Db, { area, person, kind, about }: Message): Promise<boolean> {
  if (person === null) return true
  const unread = await unreadOf(db, { area, person })
    .$if(kind === noticeKinds.words, (query) => query.where('message.id', '=', about))
    .executeTakeFirst()
  return unread !== undefined
}

/** Whether the team has written something to a person that they have not read. */
export async function hasUnread(db: Db, of: Of): Promise<boolean> {
  return (await unreadOf(db, of).executeTakeFirst()) !== undefined
}

const unreadOf = (db: Db, { area, person }: Of) =>
  db
    .selectFrom('message.message as message')
    .select('message.id')
    .where('message.area', '=', area)
    .where(isOfPerson('message.person', { area, person }))
    .where('message.by', 'is not', null)
    .where(sql<boolean>`not (${isRead(area)} or ${isTakenBack(area)})`)
    .limit(1)

/** Since when people of these coaches wait for an answer, by spell: in their space, or by text since they were last spoken to. */
export async function listWroteToUs(db: Db, area: string, coaches: readonly string[]) {
  const { rows } = await sql<Since>`select waiting.episode, min(waiting.at) as since from (
      select message.episode, message.written_at as at from message.message
        where message.area = ${area} and message.by is null and ${isLookedAfterBy(area, coaches, 'message.episode')}
          and not ${isSettled('message')}
      union all
      select theirs.episode, reply.received_at as at from episode.standing theirs
        join notify.reply on reply.area = theirs.area and reply.person = theirs.person
        where theirs.area = ${area} and theirs.coach = any(${[...coaches]}::uuid[])
          and (theirs.ended_at is null or theirs.stage = 'aftercare')
          and reply.received_at > coalesce(theirs.last_contact_at, '-infinity'::timestamptz)
          and not reply.opts_out and not ${isSettled('reply')}
    ) waiting group by waiting.episode`.execute(db)
  return bySpell(rows)
}

/** Since when messages of ours wait for an answer that was asked for, by spell. */
export async function listAskedOfThem(db: Db, area: string, coaches: readonly string[]) {
  const { rows } = await sql<Since>`select message.episode, max(message.written_at) as since from message.message
    where message.area = ${area} and message.asks and ${isLookedAfterBy(area, coaches, 'message.episode')}
      and not ${isTakenBack(area)}
      and not exists (select from message.message later where later.area = message.area
        and later.episode = message.episode and later.by is null and later.written_at > message.written_at)
      and not exists (select from notify.reply later where later.area = message.area
        and later.person = message.person and later.received_at > message.written_at)
    group by message.episode`.execute(db)
  return bySpell(rows)
}

type Since = Readonly<{ episode: string; since: Temporal.Instant }>
const bySpell = (rows: readonly Since[]) => new Map(rows.map(({ episode, since }) => [episode, since]))
