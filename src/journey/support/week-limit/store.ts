import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import type { Outcome } from './rules.ts'

export type NewReview = Readonly<{
  area: string
  id: string
  episode: string
  outcome: Outcome
  until_on: Temporal.PlainDate | null
  reason: string | null
  weeks_used: number
  at: Temporal.Instant
  by: string
}>

/** Writes a review down; whether it is new, since a form that was sent twice makes one. */
export async function saveReview(db: Db, review: NewReview): Promise<boolean> {
  const saved = await db
    .insertInto('week_limit.review')
    .values(review)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

/** The reviews of one episode, the newest first. Ask findEpisode before: it decides who may know. */
export async function listReviews(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('week_limit.review as review')
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'review.area').onRef('member.id', '=', 'review.by'),
      )
      // Checked: the outcome is written by this slice alone, from the list in the rules.
      .select(['review.id', sql<Outcome>`review.outcome`.as('outcome'), 'review.until_on', 'review.reason'])
      .select(['review.weeks_used', 'review.at', 'member.name as byName'])
      .where('review.area', '=', area)
      .where('review.episode', '=', episode)
      .orderBy('review.id', 'desc')
      .execute()
  )
}

/**
 * Until which day the newest review lets support carry on, for the episodes these coaches look after; those without one
 * are left out.
 */
export async function listCarryingOn(db: Db, area: string, coaches: readonly string[]) {
  const found = await db
    .selectFrom('week_limit.review')
    .distinctOn('episode')
    .select(['episode', 'until_on'])
    .where('area', '=', area)
    .where(isLookedAfterBy(area, coaches, 'episode'))
    .orderBy('episode')
    .orderBy('id', 'desc')
    .execute()
  return new Map(found.flatMap(({ episode, until_on: until }) => (until ? [[episode, until] as const] : [])))
}

/** The reviews over the spells of support of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listWeekReviewsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('week_limit.review as review')
    // Checked: as above.
    .select(['review.id', 'review.episode', 'review.at', sql<Outcome>`review.outcome`.as('outcome'), 'review.until_on'])
    .select(['review.reason', 'review.weeks_used as weeksUsed', findNameOf(asked.area, 'review.by').as('by')])
    .where('review.area', '=', asked.area)
    .where(isAnyOf('review.episode', asked.episodes))
  return readNewest(query, { at: 'review.at', id: 'review.id' }, asked).execute()
}
