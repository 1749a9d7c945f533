import { manyRows, takeBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { PlanType } from '#registers/areas/rules.ts'

/** A plan that comes with a batch; its goals and actions come by their own stages. */
export type TakenPlan = Readonly<{
  episode: string
  type: PlanType
  reviewOn: Temporal.PlainDate
  targetOn?: Temporal.PlainDate | null
  at: Temporal.Instant
  by: string | null
}>

const columns = ['area', 'episode', 'type', 'review_on', 'target_on', 'begun_at', 'begun_by', 'version'] as const

/** Takes many plans at once. */
export async function takePlans(db: Db, area: string, plans: readonly TakenPlan[]): Promise<void> {
  const rows = plans.map(({ episode, type, reviewOn, targetOn, at, by }) => ({
    ...{ episode, type, review_on: reviewOn, target_on: targetOn ?? null, begun_at: at, begun_by: by },
  }))
  await db
    .insertInto('plan.plan')
    .columns(columns)
    .expression(manyRows('plan.plan', columns, rows, { area, version: 1 }))
    .execute()
}

/** Takes back the plans of episodes that a batch brought. */
export function takeBackPlans(db: Db, area: string, episodes: readonly string[]): Promise<string[]> {
  return takeBack(db, 'plan', area, episodes)
}
