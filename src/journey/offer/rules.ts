import type { Mode } from '#journey/invitation/rules.ts'

/** For how long a person may choose. */
export const openFor = {
  '7': { label: 'One week' },
  '14': { label: 'Two weeks' },
  '28': { label: 'Four weeks' },
} as const

/** How the person gets the link. */
export const handings = {
  message: { label: 'Send it now' },
  staff: { label: 'Give me the link: I pass it on myself' },
} as const

/** That somebody may choose a time themselves, as it was kept. */
export type Offer = Readonly<{
  modes: readonly Mode[]
  expiresAt: Temporal.Instant
  withdrawnAt: Temporal.Instant | null
  /** Whether a time was chosen by it. */
  isUsed: boolean
  /** Whether the team booked a time meanwhile, which stands. */
  isOvertaken: boolean
}>

/** How an offer stands. */
export const offerStates = {
  open: { label: 'Open', colour: 'blue' },
  used: { label: 'A time was chosen', colour: 'green' },
  overtaken: { label: 'Booked by the team', colour: 'grey' },
  expired: { label: 'Ran out', colour: 'grey' },
  withdrawn: { label: 'Taken back', colour: 'grey' },
} as const

export type OfferState = keyof typeof offerStates

/** How an offer stands now. */
export function stateOf(offer: Omit<Offer, 'modes'>, now: Temporal.Instant): OfferState {
  const { expiresAt, withdrawnAt, isUsed, isOvertaken } = offer
  if (isUsed) return 'used'
  if (withdrawnAt !== null) return 'withdrawn'
  if (isOvertaken) return 'overtaken'
  return Temporal.Instant.compare(expiresAt, now) <= 0 ? 'expired' : 'open'
}
