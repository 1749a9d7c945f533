import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { PlanType } from '#registers/areas/rules.ts'

/** A plan that comes with a batch; its goals and actions come by their own stages. */
export type TakenPlan = Readonly<{
  episode: string
  type: PlanType
  reviewOn: Temporal.PlainDate
  at: Temporal.Instant
  by: string
}>

const columns = ['area', 'episode', 'type', 'review_on', 'begun_at', 'begun_by', 'version'] as const

/** Takes many plans at once. */
export async function takePlans(db: Db, area: string, plans: readonly TakenPlan[]): Promise<void> {
  const rows = plans.map(({ episode, type, reviewOn, at, by }) => ({
    area,
    episode,
    type,
    review_on: reviewOn,
    begun_at: at,
    begun_by: by,
    version: 1,
  }))
  await db
    .insertInto('plan.plan')
    .columns(columns)
    .expression(manyRows('plan.plan', columns, rows))
    .execute()
}
