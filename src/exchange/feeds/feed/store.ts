import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Feed, Pace, Speaks } from './rules.ts'

type NewFeed = Omit<Feed, 'version' | 'addedAt' | 'pausedAt' | 'removedAt'> &
  Readonly<{ area: string; by: string; at: Temporal.Instant }>

/** Keeps a feed that is read from now on; the same twice stands once, and one address is read once. */
export async function saveFeed(db: Db, { by, at, leastShare, ...feed }: NewFeed): Promise<boolean> {
  const row = { ...feed, version: 1, least_share: leastShare, added_by: by, added_at: at }
  const kept = await db
    .insertInto('feed.feed')
    .values(row)
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

const feeds = (db: Db, area: string) =>
  db
    .selectFrom('feed.feed')
    .select(['id', 'version', 'address', 'name', 'answers', 'licence'])
    // Checked: both are written from their lists alone.
    .select([sql<Speaks>`speaks`.as('speaks'), sql<Pace>`every`.as('every')])
    .select(['least_share as leastShare', 'added_at as addedAt', 'paused_at as pausedAt', 'removed_at as removedAt'])
    .where('area', '=', area)

/** The feeds of an area, those that are read first. */
export async function listFeeds(db: Db, area: string): Promise<Feed[]> {
  const found = await feeds(db, area)
    .orderBy('removed_at', (by) => by.asc().nullsFirst())
    .orderBy('name')
    .execute()
  return found
}

/** One feed of an area. */
export async function findFeed(db: Db, area: string, id: string): Promise<Feed | undefined> {
  const found = await feeds(db, area).where('id', '=', id).executeTakeFirst()
  return found
}

/** Whether an area reads this address already. */
export async function findFeedAt(db: Db, area: string, address: string): Promise<Feed | undefined> {
  const found = await feeds(db, area).where('address', '=', address).where('removed_at', 'is', null).executeTakeFirst()
  return found
}

type Changed = Pick<Feed, 'id' | 'version' | 'name' | 'answers' | 'licence' | 'every' | 'leastShare'>

/** Says anew how a feed is called and read; false where somebody else has just done so. */
export async function changeFeed(
  db: Db,
  area: string,
  { id, version, leastShare, ...said }: Changed,
): Promise<boolean> {
  const changed = await db
    .updateTable('feed.feed')
    .set({ ...said, least_share: leastShare, version: version + 1 })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

type Standing = Readonly<{ pausedAt: Temporal.Instant | null; removedAt: Temporal.Instant | null }>

/** Pauses a feed, takes it off, or reads it again; what it brought stays as it is. False where its address is read by another. */
export async function saveFeedStanding(
  db: Db,
  area: string,
  id: string,
  { pausedAt, removedAt }: Standing,
): Promise<void> {
  await db
    .updateTable('feed.feed')
    .set({ paused_at: pausedAt, removed_at: removedAt })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}
