import { dayOf, momentAt, timeOf } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** What is heard of a member who is out. */
export type Word = 'back' | 'later' | 'called-off'

/** An outing as it is shown. */
export type Outing = Readonly<{
  id: string
  member: string
  memberName: string | null
  /** Whom they meet, where the reader may know; a name that was written where it is nobody on record. */
  person: string | null
  personName: string | null
  withWhom: string | null
  place: string
  phone: string | null
  leavesAt: Temporal.Instant
  backBy: Temporal.Instant
  /** What was heard last, if it is over. */
  ended: Exclude<Word, 'later'> | null
}>

export const outingStates = {
  late: { label: 'Not back in time', colour: 'red' },
  out: { label: 'Out now', colour: 'blue' },
  coming: { label: 'To come', colour: 'grey' },
  back: { label: 'Back', colour: 'green' },
  'called-off': { label: 'Did not go', colour: 'grey' },
} as const

export type OutingState = keyof typeof outingStates

/** Where an outing stands. */
export function stateOf({ ended, leavesAt, backBy }: Outing, now: Temporal.Instant): OutingState {
  if (ended !== null) return ended
  if (Temporal.Instant.compare(backBy, now) <= 0) return 'late'
  return Temporal.Instant.compare(leavesAt, now) <= 0 ? 'out' : 'coming'
}

type Planned = Readonly<{ on: Temporal.PlainDate; leaves: string; back: string }>

/** From when to when, on one day; what ends after midnight ends on the next. */
export function timesOf({ on, leaves, back }: Planned) {
  const leavesAt = momentAt(on, leaves)
  return { leavesAt, backBy: momentAt(back <= leaves ? on.add({ days: 1 }) : on, back) }
}

/** What is wrong with the times of an outing. */
export function outingProblems(planned: Planned, now: Temporal.Instant): Problem[] {
  const { leavesAt, backBy } = timesOf(planned)
  if (Temporal.Instant.compare(backBy, now) <= 0)
    return [{ field: 'back', message: 'Enter a time that is still to come' }]
  // A time that is meant for the same day and mistyped would leave nobody watching for most of it.
  if (leavesAt.until(backBy).total('hours') > 14)
    return [{ field: 'back', message: 'Enter a time within 14 hours of leaving, or write down two outings' }]
  return dayOf(leavesAt).since(dayOf(now)).total('days') > 31
    ? [{ field: 'on', message: 'Enter a day within the next month' }]
    : []
}

/** The moment that a new time means for somebody who is out: today, or tomorrow where that has gone by. */
export function laterTime(time: string, now: Temporal.Instant): Temporal.Instant {
  const today = dayOf(now)
  const passed = Temporal.PlainTime.compare(Temporal.PlainTime.from(time), timeOf(now)) <= 0
  return momentAt(passed ? today.add({ days: 1 }) : today, time)
}
