import type { Told } from '#journey/referrer/rules.ts'
import { type Verdict, verdictWithout } from '#exchange/bars/reply/rules.ts'

/** What is told: that a referral changed as far as its sender may know, or that somebody tries whether this works. */
const eventTypes = { changed: 'referral.changed', test: 'webhook.test' } as const

/** The body of an event: where it is read what changed, and nothing of anybody. */
export type EventBody = Readonly<{
  type: (typeof eventTypes)[keyof typeof eventTypes]
  timestamp: string
  data: Readonly<{ id?: string; address?: string }>
}>

type Event = Readonly<{ request: string | null; writtenAt: Temporal.Instant }>

/** What is sent, the same at each try. `referrals` is the address at which they are read. */
export function bodyOf({ request, writtenAt }: Event, referrals: string): EventBody {
  const data = request === null ? {} : { id: request, address: `${referrals}/${request}` }
  const type = request === null ? eventTypes.test : eventTypes.changed
  return { type, timestamp: writtenAt.toString({ smallestUnit: 'millisecond' }), data }
}

/** What can be read of a referral at a moment, in one word after the other, so that a change is told once. */
export const asSaid = (told: readonly Told[]): string => told.map(({ what }) => what).join(' ')

type Answered = Readonly<{ status: number; wait: number }>

/**
 * What to make of an answer (Standard Webhooks 1.0): it has arrived where it was taken, and is tried again otherwise. It is
 * given to no other address than the one that was said, and no more to one that says it wants none.
 */
export function verdictOn({ status, wait }: Answered): Verdict {
  if (status >= 200 && status < 300) return { is: 'arrived' }
  if (status === 410) return { is: 'refused', reason: 'Their system says that it wants to be told no more' }
  if (status >= 300 && status < 400)
    return { is: 'refused', reason: 'The address sends us elsewhere: say the new one, once they have confirmed it' }
  return { is: 'later', reason: reasons[status] ?? usualReason(status), wait: Math.min(Math.ceil(wait), 86_400) }
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Their system cannot read what we send',
  401: 'Their system does not take our signature: compare the keys',
  403: 'Their system does not take our signature: compare the keys',
  404: 'Their system is not at this address',
  429: 'Their system has been told enough for now',
}

const usualReason = (status: number) =>
  status >= 500 ? 'Their system has a fault' : 'Their system does not take what we send'

const unheard: Readonly<Record<string, string>> = {
  'too-large': 'What answers at the address says more than it should',
}

/** What is made of it where there is no answer at all, by what went wrong. */
export function verdictUnheard(reason: string): Verdict {
  const own = unheard[reason]
  return own === undefined ? verdictWithout(reason) : { is: 'later', reason: own }
}
