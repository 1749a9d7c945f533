import { isBefore } from '#platform/dates.ts'

/** What somebody may ask about their record that has to be answered within a month. */
export const recordRequests = {
  erasure: { label: 'To be erased' },
  correction: { label: 'Something is wrong' },
} as const

export type RecordRequestKind = keyof typeof recordRequests

/** By when a request about a record is answered: one calendar month (UK GDPR article 12(3)). */
export function dueOn(askedOn: Temporal.PlainDate): Temporal.PlainDate {
  return askedOn.add({ months: 1 })
}

/** How many days before it is due a request is pointed out. */
const soonDays = 7

/** How a request that is still to be answered stands on a day. */
export function standsOn(askedOn: Temporal.PlainDate, today: Temporal.PlainDate): 'late' | 'soon' | 'open' {
  const due = dueOn(askedOn)
  if (isBefore(due, today)) return 'late'
  return today.until(due).days <= soonDays ? 'soon' : 'open'
}

/** How many requests are late, how many are due within the days before which they are pointed out, and how many later. */
export function countPressing(
  requests: readonly Readonly<{ askedOn: Temporal.PlainDate }>[],
  today: Temporal.PlainDate,
): Readonly<{ late: number; soon: number; later: number }> {
  const standing = requests.map(({ askedOn }) => standsOn(askedOn, today))
  const late = standing.filter((one) => one === 'late').length
  const soon = standing.filter((one) => one === 'soon').length
  return { late, soon, later: standing.length - late - soon }
}
