import { type Breakdown, breakdowns } from '#programme/breakdown/rules.ts'
import type { Item } from '#programme/counting/rules.ts'
import { hidden } from '#programme/masking/rules.ts'
import type { BreakdownLines, Release } from '#programme/release/rules.ts'

/** The parts of a month's page, with the breakdowns that stand in each. */
export const sections = {
  happened: { label: 'What happened', breakdowns: [] },
  started: {
    label: 'Who started',
    breakdowns: ['work', 'age', 'sex', 'ethnicity', 'disability', 'barrier', 'health', 'route'],
  },
  referred: { label: 'Referrals and waits', breakdowns: ['referral-route', 'wait-contact', 'wait-assessment'] },
  contacts: { label: 'Contacts and appointments', breakdowns: ['contact-result', 'contact-way'] },
  ended: { label: 'How support ended', breakdowns: ['no-outcome', 'outcome'] },
  later: { label: 'Work at the end and after', breakdowns: [] },
  measures: { label: 'Measures', breakdowns: [] },
  places: { label: 'By provider and place', breakdowns: ['network'] },
  staff: { label: 'Staff and money', breakdowns: [] },
  published: { label: 'Under the published headings', breakdowns: [] },
  recorded: { label: 'What is recorded', breakdowns: [] },
} as const satisfies Readonly<Record<string, { label: string; breakdowns: readonly Breakdown[] }>>

export type Section = keyof typeof sections

/** Breakdowns that are read side by side, a column for each. */
export const placeColumns = {
  provider: {
    label: 'By provider',
    columns: {
      'referral-provider': 'Referrals',
      provider: 'Started',
      'completed-provider': 'Completed',
      'ended-provider': 'Left early',
    },
  },
  council: {
    label: 'By council',
    columns: {
      'referral-council': 'Referrals',
      council: 'Started',
      'completed-council': 'Completed',
      'ended-council': 'Left early',
    },
  },
} as const satisfies Readonly<Record<string, { label: string; columns: Readonly<Partial<Record<Breakdown, string>>> }>>

export const workColumns = {
  'work-end': 'At the end',
  'work-13': '13 weeks after',
  'work-26': '26 weeks after',
} as const satisfies Readonly<Partial<Record<Breakdown, string>>>

export const lastedColumns = {
  'lasted-13': '13 weeks after',
  'lasted-26': '26 weeks after',
} as const satisfies Readonly<Partial<Record<Breakdown, string>>>

/** How complete a month is: breakdowns that are recorded for everybody, and those that are for nobody. */
export function completenessOf({ breakdowns: lines }: Release) {
  const asked = Object.values(lines).filter(({ missing, whole }) => missing !== undefined && whole !== 0)
  const told = asked.filter(({ missing, whole }) => missing !== hidden && whole !== hidden)
  return {
    asked: asked.length,
    whole: told.filter(({ missing }) => missing === 0).length,
    nothing: told.filter(({ missing, whole }) => missing === whole).map(({ breakdown }) => breakdowns[breakdown].label),
    hidden: asked.length - told.length,
    lines: asked.toSorted((one, other) => shareOf(one) - shareOf(other)),
  }
}

// What is hidden stands after what is least recorded and before what is recorded in full.
const shareOf = ({ knownShare }: BreakdownLines): number => (typeof knownShare === 'number' ? knownShare : 99.5)

/** How a month stands with those who sign it. */
export type MonthState = Readonly<{
  /** What is shown: counted now, or as it was signed. */
  shows: 'live' | 'signed'
  signed: Readonly<{ version: number; by: string; on: Temporal.PlainDate }> | undefined
  /** Whether this reader may see the month both ways, and whether the record has changed since it was signed. */
  both: boolean
  changed: boolean
  /** Items that were corrected by so little that they stay as they were released. */
  asBefore: readonly string[]
  openQuestions: number
  /** Whether this reader reads returns. */
  reads: boolean
}>

/** A cell of a breakdown that a list is asked for, or those that are not in it. */
export type Part = Readonly<{ breakdown: Breakdown; cell: string; without: boolean }>

/** The address of the people behind a number. */
export function listAddress(month: string, item: Item, parts: readonly Part[]): string {
  const query = new URLSearchParams({ month, item })
  const [first, second] = parts
  if (first) {
    query.set('by', first.breakdown)
    query.set(first.without ? 'lacks' : 'is', first.cell)
  }
  if (second) {
    query.set('and', second.breakdown)
    query.set('being', second.cell)
  }
  return `/monitoring/lists?${query.toString()}`
}
