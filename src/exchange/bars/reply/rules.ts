import type { BarsSettings } from '#platform/bars/rules.ts'
import { nextTry } from '#platform/notify/rules.ts'

/** What another system said to a reply, as far as the service reads it: never its words. */
export type Said = Readonly<{
  status: number
  /** Whether it repeated the ids of our message, as the standard asks of the system that is meant. */
  echoes: boolean
  codes: readonly string[]
  /** For how many seconds it wants to be left alone. */
  wait: number
}>

/** What an answer means: it has arrived, it is tried again, or trying again would change nothing. */
export type Verdict =
  | Readonly<{ is: 'arrived' }>
  | Readonly<{ is: 'later'; reason: string; wait?: number }>
  | Readonly<{ is: 'refused'; reason: string }>

/** Whether the gateway did not take the token that we showed it: another one is asked for. */
export const isAboutToken = ({ codes }: Pick<Said, 'codes'>): boolean =>
  codes.includes('SEND_FORBIDDEN') || codes.includes('SEND_UNAUTHORIZED')

const passing: Readonly<Record<number, string>> = {
  408: 'Their system took too long',
  425: 'Their system is still working on the same message',
  429: 'Their system has enough messages for now',
  503: 'Their system is not there for now',
  504: 'Their system took too long',
}

const lasting: Readonly<Record<number, string>> = {
  400: 'Their system says that the message is not as the standard has it',
  401: 'Their system does not know us: ask them to let us in',
  403: 'Their system does not let us in: ask them to',
  404: 'Their system does not know the referral, or is not at this address',
  405: 'Their system takes no messages at this address',
  406: 'Their system cannot read the form of the message',
  409: 'Their system knows something newer of the referral',
  413: 'Their system takes no message of this length',
  415: 'Their system cannot read the form of the message',
  422: 'Their system does not take this version or kind of message',
}

/**
 * What to make of an answer (BaRS Core 1.5.0, transactional integrity, responsibilities of a sender): a message that was
 * taken before has arrived, and what did not repeat our ids was not the system that is meant. It is left alone for as long
 * as it says, and for a day at most.
 */
export function verdictOn({ status, echoes, codes, wait }: Said): Verdict {
  if (status >= 200 && status < 300)
    return echoes ? { is: 'arrived' } : { is: 'later', reason: 'Something between us and their system answered for it' }
  if (status === 409 && codes.includes('duplicate')) return { is: 'arrived' }
  if (isAboutToken({ codes })) return { is: 'later', reason: 'The gateway between us does not let us through' }
  if (status >= 500 || passing[status] !== undefined) {
    const reason = passing[status] ?? 'Their system has a fault'
    return { is: 'later', reason, wait: Math.min(Math.ceil(wait), 86_400) }
  }
  if (status >= 300 && status < 400)
    return { is: 'refused', reason: 'The address sends us elsewhere: add the new one, once they have confirmed it' }
  return { is: 'refused', reason: lasting[status] ?? 'Their system refuses the message' }
}

/** What is made of it where there is no answer at all, by what went wrong. */
export function verdictWithout(reason: string): Verdict {
  const last = never[reason]
  return last === undefined
    ? { is: 'later', reason: unheard[reason] ?? 'Nothing answers at the address' }
    : { is: 'refused', reason: last }
}

const never: Readonly<Record<string, string>> = {
  'not-an-address': 'Nothing can be sent to the address',
  'own-network': 'The address is within our own network, where nothing is sent',
}
const unheard: Readonly<Record<string, string>> = {
  'no-token': 'The gateway between us gives us no token',
  'too-slow': 'Their system took too long',
  'broken-off': 'The connection broke off',
  'too-large': 'What answered is no system of the standard',
}

const issueCodes = new Set([
  ...['invalid', 'structure', 'required', 'value', 'invariant', 'security', 'login', 'unknown', 'expired', 'forbidden'],
  ...['suppressed', 'processing', 'not-supported', 'duplicate', 'multiple-matches', 'not-found', 'deleted', 'too-long'],
  ...['code-invalid', 'extension', 'too-costly', 'business-rule', 'conflict', 'transient', 'lock-error', 'no-store'],
  ...['exception', 'timeout', 'incomplete', 'throttled', 'informational'],
])

/** Whether a code is one of the standard's and may be kept: anything else might be words about somebody. */
const isKnownCode = (code: string): boolean => issueCodes.has(code) || /^(REC|PROXY|SEND)_[A-Z_]{3,40}$/.test(code)

/** The last answer as it is kept and shown. */
export const answerInWords = ({ status, codes }: Pick<Said, 'status' | 'codes'>): string =>
  [`${status}`, ...codes.filter(isKnownCode).slice(0, 3)].join(' ')

type Tried = Readonly<{ tries: number; wait: number; firstAt: Temporal.Instant; now: Temporal.Instant }>

// A weekend and a day.
const hoursTried = 72

/**
 * When a reply is tried again that could not be brought; undefined once it has been tried for three days. Where the system
 * said for how long it wants to be left alone, not before that.
 */
export function triedAgainAt({ tries, wait, firstAt, now }: Tried): Temporal.Instant | undefined {
  if (Temporal.Instant.compare(firstAt.add({ hours: hoursTried }), now) <= 0) return undefined
  const [own, asked] = [nextTry(tries, now), now.add({ seconds: wait })]
  return Temporal.Instant.compare(own, asked) < 0 ? asked : own
}

/** Under which id of the Directory of Services an area is referred to for a use case; undefined where it is under none. */
export function ownServiceId(
  { services }: BarsSettings,
  { area, useCase }: Readonly<{ area: string; useCase: string }>,
): string | undefined {
  const fits = (one: BarsSettings['services'][string]) =>
    (one.area === undefined || one.area === area) && one.useCases.includes(useCase)
  return Object.entries(services).find(([, one]) => fits(one))?.[0]
}
