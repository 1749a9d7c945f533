import type { Role } from '#platform/access/rules.ts'
import { isAnswerable, linkDays, type State } from '#journey/onward/rules.ts'

/** How many requests one page of the inbox shows. */
export const pageLength = 25

/** How a request stands, as the service that was asked reads it. */
export const standings = {
  unanswered: { label: 'Not answered', states: ['sent', 'seen', 'no-reply'] },
  accepted: { label: 'You said yes', states: ['accepted'] },
  waiting: { label: 'On your waiting list', states: ['waiting'] },
  started: { label: 'Started', states: ['started', 'attended'] },
  declined: { label: 'You said no', states: ['declined'] },
} as const satisfies Readonly<Record<string, Readonly<{ label: string; states: readonly State[] }>>>

export type Standing = keyof typeof standings

/** How a request stands, in the words of the service that was asked. */
export const asRead: Readonly<Partial<Record<State, string>>> = {
  ...{ sent: 'New', seen: 'Read, not answered', 'no-reply': 'Not answered in time', accepted: 'You said yes' },
  ...{ waiting: 'On your waiting list', started: 'Started', attended: 'They come', declined: 'You said no' },
}

/** Before which moment a no was said that is not shown any more: as long ago as a link lasts. */
export const declinedBefore = (now: Temporal.Instant): Temporal.Instant => now.subtract({ hours: 24 * linkDays })

type Stood = Readonly<{ state: State; stateAt: Temporal.Instant }>

/** Whether a request is shown as it stands: one that is over is not, and one that was declined for some weeks. */
export function isShown({ state, stateAt }: Stood, now: Temporal.Instant): boolean {
  if (state === 'declined') return Temporal.Instant.compare(stateAt, declinedBefore(now)) > 0
  return isAnswerable(state)
}

/** Where a request stands in the inbox: what is not answered before what is, and the longest waiting first. */
export type Place = Readonly<{ answered: boolean; askedAt: Temporal.Instant; id: string }>

/** The place after which a page of the inbox begins, as it stands in an address; it tells nothing of anybody. */
export const placeAsText = ({ answered, askedAt, id }: Place): string =>
  `${answered ? 'answered' : 'open'}.${askedAt.epochNanoseconds / 1000n}.${id}`

/** The same read from an address; undefined where it is none. */
export function placeFrom(text: string): Place | undefined {
  const [, stands, moment, id] = /^(answered|open)\.(\d{1,17})\.([0-9a-f-]{36})$/.exec(text) ?? []
  if (stands === undefined || moment === undefined || id === undefined) return undefined
  const askedAt = Temporal.Instant.fromEpochMilliseconds(0).add({ microseconds: Number(moment) })
  return { answered: stands === 'answered', askedAt, id }
}

/** A reference as it is kept from what was typed: without spaces and marks, in capitals. */
export const writtenReference = (typed: string): string => typed.replaceAll(/[^0-9a-z]/gi, '').toUpperCase()

/** Whether somebody in this role says how much room a service has and what of its figures is not right. */
export const looksAfter = (role: Role): boolean => role === 'provider-lead'
