import { startOfDay } from '#platform/dates.ts'
import type { Stage } from '#journey/episode/rules.ts'
import type { PlanType } from '#registers/areas/rules.ts'

/** Somebody on a list of people with the service. */
export type Person = Readonly<{
  episode: string
  person: string
  given_name: string
  family_name: string
  preferred_name: string | null
  access_needs: readonly string[]
  interpreter: string | null
  safe_note: string | null
  stage: Stage
  coachName: string | null
  plan_type: PlanType | null
  next_due_on: Temporal.PlainDate | null
  next_due_what: string | null
  last_contact_at: Temporal.Instant | null
  limit_on: Temporal.PlainDate | null
  follow_up_13_on: Temporal.PlainDate | null
  follow_up_26_on: Temporal.PlainDate | null
}>

/** What has to be thought of before this person is contacted. */
export function needsOf({ access_needs, interpreter, safe_note }: Person): string {
  const needs = [
    interpreter ? `Interpreter: ${interpreter}` : null,
    access_needs.length > 0 ? 'Access needs' : null,
    safe_note ? 'Safe contact' : null,
  ]
  return needs.filter(Boolean).join(', ')
}

/** Which of the people with the service are wanted. */
export type PeopleFilter = Readonly<{
  stage?: Stage | null
  coach?: string | null
  unassigned?: boolean
  overdue?: Temporal.PlainDate
  stages?: readonly Stage[]
  startedFrom?: Temporal.Instant
  startedUntil?: Temporal.Instant
}>

/** What a number may be opened to. */
export const lists = {
  all: { label: 'Everybody with the service', filter: () => ({}) },
  unassigned: { label: 'Without a coach', filter: () => ({ unassigned: true }) },
  'first-contact': { label: 'Waiting for first contact', filter: () => ({ stages: ['received', 'accepted'] }) },
  overdue: { label: 'Overdue', filter: (today: Temporal.PlainDate) => ({ overdue: today }) },
  waiting: { label: 'Waiting on others', filter: () => ({ stages: ['waiting'] }) },
  started: { label: 'Started this month', filter: startedIn },
} as const satisfies Record<string, { label: string; filter: (today: Temporal.PlainDate) => PeopleFilter }>

function startedIn(today: Temporal.PlainDate): PeopleFilter {
  const month = today.with({ day: 1 })
  return { startedFrom: startOfDay(month), startedUntil: startOfDay(month.add({ months: 1 })) }
}
