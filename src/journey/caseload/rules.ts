import { monthInWords, startOfDay } from '#platform/dates.ts'
import type { Stage } from '#journey/episode/rules.ts'
import { beforeCalling, needInWords } from '#registers/access-needs/rules.ts'
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
    beforeCalling(access_needs) ?? null,
    access_needs.length > 0 ? `Needs: ${access_needs.map(needInWords).join(', ')}` : null,
    safe_note ? 'Safe contact' : null,
  ]
  return needs.filter(Boolean).join(', ')
}

/** Which of the people with the service are wanted. */
export type PeopleFilter = Readonly<{
  stage?: Stage | null
  coach?: string | null
  /** Accepted, and nobody is their coach. */
  unassigned?: boolean
  overdue?: Temporal.PlainDate
  stages?: readonly Stage[]
  /** The first try was due before this day. */
  firstTryBefore?: Temporal.PlainDate
  /** Whose support began in this time, or who did not come to an appointment in it: those that have left since included. */
  started?: Span
  didNotCome?: Span
}>

/** From a moment and until another. */
export type Span = Readonly<{ from: Temporal.Instant; until: Temporal.Instant }>

const untried = ['received', 'accepted'] as const
const unbooked = ['accepted', 'trying'] as const

/** What a number may be opened to. */
export const lists = {
  all: { label: 'Everybody with the service', filter: () => ({}) },
  undecided: { label: 'Referral not decided yet', filter: () => ({ stages: ['received'] }) },
  unassigned: { label: 'Without a coach', filter: () => ({ unassigned: true }) },
  'first-contact': { label: 'Waiting for first contact', filter: () => ({ stages: untried }) },
  'first-contact-late': {
    label: 'First contact past the clock',
    filter: (today) => ({ stages: untried, firstTryBefore: today }),
  },
  'to-book': { label: 'Waiting for a first appointment', filter: () => ({ stages: unbooked }) },
  overdue: { label: 'Overdue', filter: (today) => ({ overdue: today }) },
  waiting: { label: 'Waiting on others', filter: () => ({ stages: ['waiting'] }) },
  started: { label: 'Support began in', month: true, filter: (_today, month) => ({ started: spanOf(month) }) },
  'no-shows': {
    label: 'Did not come to an appointment in',
    month: true,
    filter: (_today, month) => ({ didNotCome: spanOf(month) }),
  },
} as const satisfies Record<string, List>

type List = Readonly<{
  label: string
  /** Whether it is of one month, which then stands behind its label. */
  month?: true
  filter: (today: Temporal.PlainDate, month: Temporal.PlainYearMonth) => PeopleFilter
}>

export type ListName = keyof typeof lists

/** The time that a month is. */
export function spanOf(month: Temporal.PlainYearMonth): Span {
  const first = month.toPlainDate({ day: 1 })
  return { from: startOfDay(first), until: startOfDay(first.add({ months: 1 })) }
}

/** The month that an address names, and the one that is running where it names none; undefined where it is no month. */
export function monthAsked(asked: string | null, today: Temporal.PlainDate): Temporal.PlainYearMonth | undefined {
  if (asked === null) return today.toPlainYearMonth()
  return /^20\d{2}-(0[1-9]|1[0-2])$/.test(asked) ? Temporal.PlainYearMonth.from(asked) : undefined
}

/** What a list is called: "Support began in November 2026". */
export function listTitle(name: ListName, month: Temporal.PlainYearMonth): string {
  const list: List = lists[name]
  return list.month ? `${list.label} ${monthInWords(month)}` : list.label
}
