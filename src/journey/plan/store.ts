import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import { listActions } from '#journey/action/store.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { listGoals } from '#journey/goal/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import { type Plan, type PlannedGoal, type ReviewResult, withActions } from './rules.ts'

/** The plan of an episode with its goals and actions. Ask findEpisode before: it decides who may know. */
export async function findPlan(db: Db, area: string, episode: string) {
  const [plan, goals] = await Promise.all([planOf(db, area, episode), listPlannedGoals(db, area, episode)])
  return { plan, goals }
}

async function planOf(db: Db, area: string, episode: string): Promise<Plan | undefined> {
  return (
    db
      .selectFrom('plan.plan')
      // Checked: the type is written from the list in the areas' rules alone.
      .select([sql<PlanType>`type`.as('type'), 'review_on', 'target_on', 'version'])
      .where('area', '=', area)
      .where('episode', '=', episode)
      .executeTakeFirst()
  )
}

/** The goals of an episode, each with its actions and what came of them. Ask findEpisode before. */
export async function listPlannedGoals(db: Db, area: string, episode: string): Promise<PlannedGoal[]> {
  const [goals, actions] = await Promise.all([listGoals(db, area, episode), listActions(db, area, episode)])
  return withActions(goals, actions)
}

export type GivenPlan = Readonly<{
  type: PlanType
  review_on: Temporal.PlainDate
  target_on: Temporal.PlainDate | null
}>
type Saving = GivenPlan & Readonly<{ area: string; episode: string; seen: number; at: Temporal.Instant; by: string }>

/** Begins the plan (seen 0) or changes it, unless somebody has changed it since it was read; says whether it did. */
export async function savePlan(db: Db, { area, episode, seen, at, by, ...given }: Saving): Promise<boolean> {
  if (seen === 0) {
    const begun = await db
      .insertInto('plan.plan')
      .values({ ...given, area, episode, begun_at: at, begun_by: by })
      .onConflict((twice) => twice.columns(['area', 'episode']).doNothing())
      .executeTakeFirst()
    return begun.numInsertedOrUpdatedRows === 1n
  }
  const changed = await db
    .updateTable('plan.plan')
    .set((row) => ({ ...given, version: row('version', '+', 1) }))
    .where('area', '=', area)
    .where('episode', '=', episode)
    .where('version', '=', seen)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** The reviews of a plan, the newest first. Ask findEpisode before. */
export async function listReviews(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('plan.review')
      // Checked: the result is written from the list in the rules alone.
      .select(['id', 'reviewed_on', sql<ReviewResult>`result`.as('result'), 'said', 'next_on'])
      .where('area', '=', area)
      .where('episode', '=', episode)
      .orderBy('reviewed_on', 'desc')
      .orderBy('id', 'desc')
      .execute()
  )
}

export type Review = Readonly<{
  area: string
  id: string
  episode: string
  reviewed_on: Temporal.PlainDate
  result: ReviewResult
  said: string
  next_on: Temporal.PlainDate | null
  at: Temporal.Instant
  by: string
}>

/** Records a review and moves the day of the next one; whether it is new, since a form that was sent twice makes one. */
export async function saveReview(db: Db, { at, ...review }: Review): Promise<boolean> {
  const saved = await db
    .insertInto('plan.review')
    .values({ ...review, recorded_at: at })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .executeTakeFirst()
  if (saved.numInsertedOrUpdatedRows !== 1n) return false
  if (review.next_on === null) return true
  await db
    .updateTable('plan.plan')
    .set((row) => ({ review_on: review.next_on ?? row.ref('review_on'), version: row('version', '+', 1) }))
    .where('area', '=', review.area)
    .where('episode', '=', review.episode)
    .execute()
  return true
}

/** The reviews over the spells of support of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listReviewsOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('review.reviewed_on', 'review.recorded_at')
  const query = db
    .selectFrom('plan.review as review')
    // Checked: as above.
    .select(['review.id', 'review.episode', sql<ReviewResult>`review.result`.as('result'), 'review.said'])
    .select(['review.next_on', at.as('at'), findNameOf(asked.area, 'review.by').as('by')])
    .where('review.area', '=', asked.area)
    .where(isAnyOf('review.episode', asked.episodes))
  return readNewest(query, { at, id: 'review.id' }, asked).execute()
}

/** On which day plans were to be looked at together, for the episodes of these coaches where that day has come. */
export async function listReviewsDue(db: Db, area: string, coaches: readonly string[], today: Temporal.PlainDate) {
  const rows = await db
    .selectFrom('plan.plan')
    .select(['episode', 'review_on'])
    .where('area', '=', area)
    .where(isLookedAfterBy(area, coaches, 'episode'))
    .where('review_on', '<=', today)
    .execute()
  return new Map(rows.map(({ episode, review_on: on }) => [episode, on]))
}
