/** How an event stands. */
export const eventStates = {
  waiting: { label: 'Waits' },
  sent: { label: 'Told' },
  'held back': { label: 'Held back' },
  failed: { label: 'Could not be told' },
  'given up': { label: 'Given up' },
} as const

/** An event as whoever looks after the area's systems sees it. */
export type Queued = Readonly<{
  id: string
  client: string
  clientName: string
  queue: string
  /** Of which referral; null where it was a test. */
  reference: string | null
  writtenAt: Temporal.Instant
  notBefore: Temporal.Instant
  tries: number
  lastTriedAt: Temporal.Instant | null
  lastAnswer: number | null
  reason: string | null
  state: keyof typeof eventStates
  /** How many of the same referral wait behind it. */
  behind: number
}>
