import { sql } from 'kysely'
import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { Stage } from '#journey/episode/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { isAnyOf, readNewest } from '#journey/timeline/store.ts'
import type { Why, Wish } from './rules.ts'

/** Where the support of a person stands, with the ending that they made themselves where there is one: theirs alone. */
export async function findOwnSpell(db: Db, of: Participant) {
  return (
    db
      .selectFrom('episode.standing as standing')
      .leftJoin('ending.ending as ending', (join) =>
        join
          .onRef('ending.area', '=', 'standing.area')
          .onRef('ending.episode', '=', 'standing.episode')
          .on(
            sql<boolean>`not exists (select from ending.withdrawal taken where taken.area = ending.area
              and taken.ending = ending.id)`,
          ),
      )
      .select(['standing.episode', 'standing.started_at as startedAt', 'standing.received_at as receivedAt'])
      .select(['ending.id as ending', 'ending.ended_on as endedOn', 'ending.step'])
      // Checked: the database holds no other stages.
      .select([sql<Stage>`standing.stage`.as('stage'), sql<boolean>`ending.by is null`.as('byThemselves')])
      .where('standing.area', '=', of.area)
      .where(isOfPerson('standing.person', of))
      .orderBy(sql`standing.ended_at is not null`)
      .orderBy(sql`standing.ended_as is not distinct from 'duplicate'`)
      .orderBy('standing.received_at', 'desc')
      .limit(1)
      .executeTakeFirst()
  )
}

/** Whether a person asked to be rung since their coach last spoke to them. */
export async function isCallAwaited(db: Db, area: string, episode: string): Promise<boolean> {
  const asked = await db
    .selectFrom('leaving.wish as wish')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'wish.area').onRef('standing.episode', '=', 'wish.episode'),
    )
    .select('wish.id')
    .where('wish.area', '=', area)
    .where('wish.episode', '=', episode)
    .where('wish.wish', '=', 'call-first')
    .where(sql<boolean>`wish.at > coalesce(standing.last_contact_at, '-infinity'::timestamptz)`)
    .limit(1)
    .executeTakeFirst()
  return asked !== undefined
}

export type NewWish = Participant &
  Readonly<{ id: string; episode: string; wish: Wish; why: Why | null; said: string | null; at: Temporal.Instant }>

/** Keeps that somebody wants to stop, or to be rung first; false when the form was sent before. */
export async function saveWish(db: Db, wish: NewWish): Promise<boolean> {
  const kept = await db
    .insertInto('leaving.wish')
    .values(wish)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

/** What a person said of stopping, over all their spells of support. Ask listEpisodesOf before. */
export async function listWishesOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('leaving.wish as wish')
    // Checked: the table refuses other wishes, and the reasons are written from their list alone.
    .select(['wish.id', 'wish.at', 'wish.said', sql<Wish>`wish.wish`.as('wish'), sql<Why | null>`wish.why`.as('why')])
    .where('wish.area', '=', asked.area)
    .where(isAnyOf('wish.episode', asked.episodes))
  return readNewest(query, { at: 'wish.at', id: 'wish.id' }, asked).execute()
}
