import { sql } from 'kysely'
import type { Actor, Verb } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import type { SupportKind } from './rules.ts'

export type NewEntry = Readonly<{
  area: string
  id: string
  episode: string
  kind: SupportKind
  minutes: number
  done: string
  happened_on: Temporal.PlainDate
  next_on: Temporal.PlainDate | null
  recorded_at: Temporal.Instant
  by: string
}>

/** Writes down help that was given; whether it is new, since a form that was sent twice makes one. */
export async function saveEntry(db: Db, entry: NewEntry): Promise<boolean> {
  const saved = await db
    .insertInto('log.entry')
    .values(entry)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

/** Takes an entry back; whether it had not been taken back before. */
export async function saveWithdrawal(
  db: Db,
  withdrawal: Readonly<{ area: string; entry: string; at: Temporal.Instant; by: string }>,
): Promise<boolean> {
  const saved = await db
    .insertInto('log.withdrawal')
    .values(withdrawal)
    .onConflict((twice) => twice.columns(['area', 'entry']).doNothing())
    .returning('entry')
    .executeTakeFirst()
  return saved !== undefined
}

// Every entry that this actor may see, with who wrote it down.
function entries(db: Db, actor: Actor, verb: Verb) {
  return (
    db
      .selectFrom('log.entry as entry')
      .innerJoin('episode.episode as episode', (join) =>
        join.onRef('episode.area', '=', 'entry.area').onRef('episode.id', '=', 'entry.episode'),
      )
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'entry.area').onRef('member.id', '=', 'entry.by'),
      )
      .leftJoin('log.withdrawal as withdrawal', (join) =>
        join.onRef('withdrawal.area', '=', 'entry.area').onRef('withdrawal.entry', '=', 'entry.id'),
      )
      // Checked: the kind is written by this slice alone, from the list in the rules.
      .select(['entry.id', 'entry.episode', 'episode.person', sql<SupportKind>`entry.kind`.as('kind')])
      .select(['entry.minutes', 'entry.done', 'entry.happened_on', 'entry.next_on', 'entry.recorded_at'])
      .select(['member.name as byName', 'withdrawal.at as withdrawn_at'])
      .where('entry.area', '=', actor.area)
      .where(mayReachPerson(actor, verb, 'episode.person'))
  )
}

/** Help given in one episode, the newest first, what was taken back included. */
export async function listEntries(db: Db, actor: Actor, { episode }: Readonly<{ episode: string }>) {
  return entries(db, actor, 'open')
    .where('entry.episode', '=', episode)
    .orderBy('entry.happened_on', 'desc')
    .orderBy('entry.id', 'desc')
    .execute()
}

/** One entry, if this actor may do this with its person. */
export async function findEntry(db: Db, actor: Actor, entry: string, verb: Verb = 'open') {
  return entries(db, actor, verb).where('entry.id', '=', entry).executeTakeFirst()
}

export type NewActivity = Readonly<{
  area: string
  id: string
  member: string
  kind: string
  minutes: number
  happened_on: Temporal.PlainDate
  note: string | null
  recorded_at: Temporal.Instant
}>

/** Writes down work that is not about one person; sending the form twice leaves the first. */
export async function saveActivity(db: Db, activity: NewActivity): Promise<void> {
  await db
    .insertInto('log.activity')
    .values({ ...activity, withdrawn_at: null })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Changes a piece of one's own work and keeps what stood there; false where it has changed since its writer saw it. */
export async function changeActivity(db: Db, { seen, ...activity }: NewActivity & Readonly<{ seen: number }>) {
  const { area, id, member, kind, minutes, happened_on, note, recorded_at: at } = activity
  const own = await db
    .selectFrom('log.activity')
    .select(['kind', 'minutes', 'happened_on', 'note'])
    .where('area', '=', area)
    .where('id', '=', id)
    .where('member', '=', member)
    .where('version', '=', seen)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!own) return false
  await db
    .insertInto('log.activity_before')
    .values({ area, activity: id, number: seen, ...own, at })
    .execute()
  const changed = db.updateTable('log.activity').set({ kind, minutes, happened_on, note, version: seen + 1 })
  await changed.where('area', '=', area).where('id', '=', id).execute()
  return true
}

/** Takes a piece of one's own work back; nothing where it is somebody else's. */
export async function withdrawActivity(
  db: Db,
  { area, id, member, at }: Readonly<{ area: string; id: string; member: string; at: Temporal.Instant }>,
): Promise<boolean> {
  const found = await db
    .updateTable('log.activity')
    .set((row) => ({ withdrawn_at: sql`coalesce(${row.ref('withdrawn_at')}, ${at})` }))
    .where('area', '=', area)
    .where('id', '=', id)
    .where('member', '=', member)
    .returning('id')
    .executeTakeFirst()
  return found !== undefined
}

/** Help given over the spells of support of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listEntriesOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('entry.happened_on', 'entry.recorded_at')
  const query = db
    .selectFrom('log.entry as entry')
    .leftJoin('log.withdrawal as withdrawal', (join) =>
      join.onRef('withdrawal.area', '=', 'entry.area').onRef('withdrawal.entry', '=', 'entry.id'),
    )
    // Checked: as above.
    .select(['entry.id', 'entry.episode', sql<SupportKind>`entry.kind`.as('kind'), 'entry.minutes', 'entry.done'])
    .select(['entry.next_on', 'withdrawal.at as withdrawnAt', at.as('at'), findNameOf(asked.area, 'entry.by').as('by')])
    .where('entry.area', '=', asked.area)
    .where(isAnyOf('entry.episode', asked.episodes))
  return readNewest(query, { at, id: 'entry.id' }, asked).execute()
}
