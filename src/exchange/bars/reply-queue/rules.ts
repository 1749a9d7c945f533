/** How a reply stands. */
export const replyStates = {
  waiting: { label: 'Waits' },
  sent: { label: 'Sent' },
  'held back': { label: 'Held back' },
  failed: { label: 'Could not be sent' },
  'given up': { label: 'Given up' },
} as const

/** A reply that stands in the queue, as an administrator sees it. */
export type Queued = Readonly<{
  id: string
  request: string
  /** The code of whoever it goes to, and their name. */
  sender: string
  organisationName: string
  reference: string
  /** The id of the message that it answers, by which the other side finds the referral. */
  answers: string
  writtenAt: Temporal.Instant
  notBefore: Temporal.Instant
  tries: number
  lastTriedAt: Temporal.Instant | null
  lastAnswer: string | null
  reason: string | null
  state: keyof typeof replyStates
  /** How many of the same referral wait behind it. */
  behind: number
}>
