/** Where a question to occupational health stands. */
export const states = {
  waiting: { label: 'Waiting for advice', colour: 'blue' },
  unread: { label: 'Advice to read', colour: 'orange' },
  read: { label: 'Read', colour: 'green' },
  withdrawn: { label: 'Taken back', colour: 'grey' },
} as const

export type State = keyof typeof states

/** A question to the occupational health of the team, with the advice that came of it. */
export type Advice = Readonly<{
  id: string
  episode: string
  askedOf: string
  adviser: string | null
  asks: string
  asker: string | null
  at: Temporal.Instant
  withdrawnAt: Temporal.Instant | null
  advises: string | null
  advisedAt: Temporal.Instant | null
  readBy: string | null
  readAt: Temporal.Instant | null
}>

type Stands = Pick<Advice, 'withdrawnAt' | 'advises' | 'readAt'>

/** Where this one stands. */
export function stateOf({ withdrawnAt, advises, readAt }: Stands): State {
  if (advises !== null) return readAt === null ? 'unread' : 'read'
  return withdrawnAt === null ? 'waiting' : 'withdrawn'
}

/** Why advice could not be sent, in words for whoever wrote it: there is other advice, or nobody asks any more. */
export function whyNotSent({ advises }: Pick<Advice, 'advises'>): string {
  return advises === null
    ? 'The question was taken back since you opened this page. Your advice was not sent'
    : 'Other advice was sent since you opened this page. It stands below. What you wrote now was not sent'
}

type Member = Readonly<{ id: string; name: string; role: string; organisation: string }>

/** Who gives advice as occupational health: the clinicians of the organisation of whoever asks, and not they themselves. */
export function advisersAmong(
  members: readonly Member[],
  asker: Readonly<{ membership: string; organisation: string }>,
) {
  return members.filter(
    ({ id, role, organisation }) =>
      role === 'clinician' && organisation === asker.organisation && id !== asker.membership,
  )
}
