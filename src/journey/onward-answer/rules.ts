import { isBefore } from '#platform/dates.ts'
import type { Problem, Typed } from '#platform/form/rules.ts'
import { besideTheWord, type Email } from '#journey/emailed-answer/rules.ts'
import {
  type declines,
  type EventKind,
  mayFollow,
  type outcomes,
  type State,
  type Witness,
} from '#journey/onward/rules.ts'
import { type Part, sentOf } from '#journey/packet/rules.ts'

/** What can be said to have come of an onward referral, as a service reads it behind its link and as the team does. */
export const sayings = {
  accepted: { label: 'Yes, we can help', heard: 'The service accepts them' },
  waiting: { label: 'Yes, but there is a wait', heard: 'They are on a waiting list' },
  declined: { label: 'No, we cannot help', heard: 'The service declines' },
  started: { label: 'It has started', heard: 'It has started' },
  attended: { label: 'They have been coming', heard: 'They have been there' },
  ended: { label: 'It has ended', heard: 'It has ended' },
} as const

export type Saying = keyof typeof sayings

// Checked: the keys of the code list are its codes.
const sayingCodes = Object.keys(sayings) as Saying[]

/** What can be said while it stands here. */
export const sayableNow = (state: State): Saying[] => sayingCodes.filter((saying) => mayFollow(saying, state))

/** What an email of the service would say, as the form in which a coach keeps it: of what can be said now, and no more. */
export function typedFrom(email: Email, sayable: readonly Saying[], isRead: boolean): Typed {
  const reads = isRead && email.reads !== null && sayable.includes(email.reads) ? email.reads : null
  const note = besideTheWord({ ...email, reads }).slice(0, 1000)
  // Who writes from an address that nobody knows is not named as somebody of the service.
  const byName = (email.known && email.fromName) || ''
  const said = { witness: 'service', byName, note }
  if (reads === null) return said
  const { readsReason: reason, readsDay: day } = email
  const field = { accepted: 'expected', waiting: 'expected', declined: '', started: 'started', ended: 'ended' }[reads]
  const days = day && {
    [`${field}-day`]: `${day.day}`,
    [`${field}-month`]: `${day.month}`,
    [`${field}-year`]: `${day.year}`,
  }
  return { ...said, ...days, said: reads, ...(reason === null ? {} : { reason }) }
}

/** Who of those whom the team hears from says it. */
export const heardFrom = {
  service: { label: 'The service' },
  person: { label: 'The participant' },
  team: { label: 'I saw it myself' },
} as const

/** What was entered of it. */
export type Said = Readonly<{
  said: Saying
  reason: keyof typeof declines | null
  outcome: keyof typeof outcomes | null
  expected: Temporal.PlainDate | null
  started: Temporal.PlainDate | null
  last: Temporal.PlainDate | null
  ended: Temporal.PlainDate | null
  place: number | null
  sessions: number | null
  note: string | null
}>

/** What is kept of it: each says what belongs to it, and nothing else that was typed beside it. */
export function keptOf({ said, reason, outcome, expected, started, last, ended, place, sessions }: Said) {
  const days = { accepted: expected, waiting: expected, declined: null, started, attended: last, ended }
  const reasons: Readonly<Partial<Record<Saying, string | null>>> = { declined: reason, ended: outcome }
  return {
    ...{ kind: said, onDay: days[said], reason: reasons[said] ?? null },
    ...{ place: said === 'waiting' ? place : null, sessions: said === 'attended' ? sessions : null },
  }
}

/** What is missing or cannot be, in what was said. */
export function problemsWithSaid(given: Said, today: Temporal.PlainDate): Problem[] {
  const { said, reason, outcome, expected, started, last, ended, sessions, note } = given
  const problem = (field: string, message: string): Problem[] => [{ field, message }]
  const past = (field: string, day: Temporal.PlainDate | null, missing: string) => {
    if (day === null) return problem(field, missing)
    return isBefore(today, day) ? problem(field, 'Enter today or a day that has passed') : []
  }
  const toCome =
    expected && isBefore(expected, today) ? problem('expected', 'Enter today or a day to come, or leave it empty') : []
  const why = reason === null ? problem('reason', 'Select why') : []
  const words = reason === 'other' && note === null ? problem('note', 'Enter the reason in words') : []
  return {
    ...{ accepted: toCome, waiting: toCome, declined: [...why, ...words] },
    started: past('started', started, 'Enter the day on which it started'),
    attended: [
      ...(sessions === null ? problem('sessions', 'Enter how often they have come') : []),
      ...past('last', last, 'Enter the last day on which they came'),
    ],
    ended: [
      ...(outcome === null ? problem('outcome', 'Select what came of it') : []),
      ...past('ended', ended, 'Enter the day on which it ended'),
    ],
  }[said]
}

type Happened = Readonly<{ kind: EventKind; witness: Witness; parts: readonly string[] | null }>

/** What the service itself has said, by whichever way. */
export const answersIn = <One extends Pick<Happened, 'kind' | 'witness'>>(events: readonly One[]): One[] =>
  events.filter(({ witness, kind }) => witness === 'service' && kind !== 'seen')

type Sent = Readonly<{ parts: readonly Part[]; events: readonly Happened[] }>

/** What of a packet the service reads now: the parts of the newest yes, without where a restricted person can be found. */
export const sentNow = ({ parts, events }: Sent, { restricted }: Readonly<{ restricted: boolean }>): Part[] =>
  sentOf(parts, { agreed: events.findLast(({ kind }) => kind === 'agreed')?.parts ?? [], restricted })
