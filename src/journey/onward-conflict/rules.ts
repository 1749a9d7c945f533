import { dayOf } from '#platform/dates.ts'

/** Somebody of whom the witnesses say what cannot all be so, as it stands on the day of their coach. */
export function conflictLines(conflict: Readonly<{ id: string; at: Temporal.Instant }> | undefined) {
  if (!conflict) return []
  const because = 'What is said of a service cannot all be so'
  return [{ reason: 'answer', because, on: dayOf(conflict.at), at: `/onward/${conflict.id}/settling` } as const]
}
