import { type Settled, stateOf } from '#journey/appointment/rules.ts'
import { mayTake, type Stage } from '#journey/episode/rules.ts'
import { type Offer, stateOf as stateOfOffer } from '#journey/offer/rules.ts'

/** What the page of somebody's own appointment shows first. */
export type View = 'choose' | 'booked' | 'cancelled' | 'over' | 'closed'

type Standing = Readonly<{
  stage: Stage | null
  offer: Omit<Offer, 'modes'> | undefined
  /** The newest time of the appointment, where one was ever booked. */
  current: Settled | undefined
}>

/** What there is to see: a time that stands, one that does not, or times to choose from. */
export function viewOf({ stage, offer, current }: Standing, now: Temporal.Instant): View {
  if (current) {
    const state = stateOf(current, now)
    if (state === 'to-come') return 'booked'
    return state === 'cancelled' ? 'cancelled' : 'over'
  }
  const isOpen = offer !== undefined && stateOfOffer(offer, now) === 'open'
  return isOpen && mayTake('booked', stage ?? undefined) ? 'choose' : 'closed'
}

/** Whether a time can be chosen now: by an offer, or in the place of one that stands or was cancelled. */
export function mayChoose({ stage }: Pick<Standing, 'stage'>, view: View): boolean {
  return (view === 'choose' || view === 'booked' || view === 'cancelled') && mayTake('booked', stage ?? undefined)
}
