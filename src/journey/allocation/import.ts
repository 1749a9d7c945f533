import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { AllocationReason } from './rules.ts'

/** That somebody was given to a coach, as it comes with a batch. */
export type TakenAllocation = Readonly<{
  id: string
  episode: string
  coach: string
  reason: AllocationReason
  /** How many the coach looked after then, of how many they can. */
  caseload: number
  cap: number
  at: Temporal.Instant
  by: string
}>

const columns = ['area', 'id', 'episode', 'coach', 'reason', 'caseload', 'cap', 'at', 'by'] as const

/** Takes many allocations at once. */
export async function takeAllocations(db: Db, area: string, allocations: readonly TakenAllocation[]): Promise<void> {
  if (allocations.length === 0) return
  await db
    .insertInto('allocation.allocation')
    .columns(columns)
    .expression(manyRows('allocation.allocation', columns, allocations, { area }))
    .execute()
}
