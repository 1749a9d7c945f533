import { dayOf, isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { mayTake, type Stage } from '#journey/episode/rules.ts'

/** Whom or what support waits for. */
export const waitsFor = {
  nhs: { label: 'NHS treatment or appointment' },
  'access-to-work': { label: 'Access to Work' },
  employer: { label: 'The employer' },
  council: { label: 'The council (housing, care or other)' },
  service: { label: 'Another local service' },
  other: { label: 'Somebody or something else' },
} as const

export type WaitsFor = keyof typeof waitsFor

/** Why support cannot begin to wait while an episode stands here; undefined when it can. */
export function whyNotPaused(stage: Stage): string | undefined {
  if (mayTake('paused', stage)) return undefined
  return ['aftercare', 'closed', 'ended'].includes(stage)
    ? 'Support has ended. There is nothing left to wait with.'
    : 'Support can wait on others once the first conversation has taken place.'
}

type GivenPause = Readonly<{
  waits: WaitsFor
  whom: string | null
  since: Temporal.PlainDate
  check: Temporal.PlainDate
}>

type Around = Readonly<{
  today: Temporal.PlainDate
  /** The first conversation, and the end of the last waiting: no day is counted twice. */
  assessedAt: Temporal.Instant | null
  lastResumedOn: Temporal.PlainDate | null
}>

/** What is wrong with a waiting as it was entered, if anything. */
export function problemsWithPause({ waits, whom, since, check }: GivenPause, around: Around): Problem[] {
  const { today, assessedAt, lastResumedOn } = around
  const problem = (field: string, message: string): Problem[] => [{ field, message }]
  const assessedOn = assessedAt ? dayOf(assessedAt) : null
  return [
    ...(waits === 'other' && whom === null ? problem('whom', 'Enter whom or what is waited for') : []),
    ...(isBefore(today, since) ? problem('since', 'Enter today or a day that has passed') : []),
    ...(assessedOn && isBefore(since, assessedOn) ? problem('since', 'This is before the first conversation') : []),
    ...(lastResumedOn && isBefore(since, lastResumedOn) ? problem('since', 'Support had not waited then') : []),
    ...problemsWithCheck(check, today),
  ]
}

/** What is wrong with the day on which somebody looks again. */
export function problemsWithCheck(check: Temporal.PlainDate, today: Temporal.PlainDate): Problem[] {
  return isBefore(today, check) ? [] : [{ field: 'check', message: 'Enter a day to come' }]
}

type GivenEnd = Readonly<{ on: Temporal.PlainDate; since: Temporal.PlainDate; today: Temporal.PlainDate }>

/** What is wrong with the day since which support goes on. */
export function problemsWithEnd({ on, since, today }: GivenEnd): Problem[] {
  if (isBefore(today, on)) return [{ field: 'on', message: 'Enter today or a day that has passed' }]
  return isBefore(on, since) ? [{ field: 'on', message: 'This is before the waiting began' }] : []
}

/** How many days support has waited by a day, the first not counted. */
export function daysWaited(since: Temporal.PlainDate, until: Temporal.PlainDate): number {
  return Math.max(0, since.until(until, { largestUnit: 'days' }).days)
}

/** "3 days" */
export function daysInWords(days: number): string {
  return `${days} ${days === 1 ? 'day' : 'days'}`
}
