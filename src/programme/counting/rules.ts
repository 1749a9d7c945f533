import { startOfDay } from '#platform/dates.ts'
import { type BarrierPart, employmentStatuses } from '#journey/assessment/rules.ts'
import { isInWork } from '#journey/completion/rules.ts'
import { earlyEnds } from '#journey/episode/rules.ts'
import { routes } from '#registers/organisations/rules.ts'

const weeksAfter = (weeks: number) =>
  `Spells of support whose plan was completed ${weeks} weeks before a day in the month.`

/** What is counted for a month, each with the rows that count. A spell of support counts in the month it happened in. */
export const items = {
  received: {
    when: 'Received',
    label: 'Referrals received',
    definition:
      'Spells of support whose first referral reached the service in the month. A second referral that joins an open spell counts once; one that is held until the person is asked counts when they agree.',
  },
  accepted: {
    when: 'Accepted',
    label: 'Referrals accepted',
    definition: 'Spells of support that were accepted in the month.',
  },
  'first-contact': {
    when: 'First tried',
    label: 'First contacts',
    definition:
      'Spells of support in which somebody first tried to reach the person in the month. Middle days: from the day of the referral.',
  },
  started: {
    when: 'First assessed',
    label: 'Started',
    definition:
      'Spells of support in which the person was first assessed in the month. Middle days: from the day of the referral.',
  },
  'plan-agreed': {
    when: 'Plan agreed',
    label: 'Plans agreed',
    definition: 'Spells of support in which the first version of a plan was agreed in the month.',
  },
  completed: {
    when: 'Completed',
    label: 'Completed',
    definition:
      'Spells of support whose plan was completed in the month. A completion that was taken back does not count.',
  },
  'ended-early': {
    when: 'Ended',
    label: 'Left early',
    definition:
      'Spells of support that ended in the month without a completed plan, before or after they started, whatever the reason.',
  },
  'due-13': { when: 'Completed', label: 'Follow-ups due at 13 weeks', definition: weeksAfter(13) },
  'answered-13': {
    when: 'Completed',
    label: 'Answered at 13 weeks',
    definition: 'Of those due at 13 weeks, the ones in which the person answered, whenever they did.',
    partOf: 'due-13',
  },
  'due-26': { when: 'Completed', label: 'Follow-ups due at 26 weeks', definition: weeksAfter(26) },
  'answered-26': {
    when: 'Completed',
    label: 'Answered at 26 weeks',
    definition: 'Of those due at 26 weeks, the ones in which the person answered, whenever they did.',
    partOf: 'due-26',
  },
} as const satisfies Readonly<Record<string, { label: string; when: string; definition: string; partOf?: string }>>

export type Item = keyof typeof items

// Checked: the keys of a code list are its codes.
export const itemCodes = Object.keys(items) as Item[]

/** Said once for every number: history counts like the service's own work, and is told apart. */
export const importedHistory =
  'Records brought in from an earlier system count in the month in which things happened and are shown beside each number.'

/** Ages by which people are counted, each up to and without the next. */
export const ageBands = {
  'under-16': { label: 'Under 16', from: 0 },
  '16-24': { label: '16 to 24', from: 16 },
  '25-34': { label: '25 to 34', from: 25 },
  '35-49': { label: '35 to 49', from: 35 },
  '50-64': { label: '50 to 64', from: 50 },
  '65-over': { label: '65 and over', from: 65 },
} as const

export type AgeBand = keyof typeof ageBands

/** The band of somebody of this age. */
export function ageBand(age: number): AgeBand {
  // Checked: as above.
  const bands = Object.keys(ageBands) as AgeBand[]
  return bands.findLast((band) => ageBands[band].from <= age) ?? 'under-16'
}

/** The codes of somebody who has work, by what the first conversation says. */
export const inWork: readonly string[] = Object.keys(employmentStatuses).filter((status) =>
  // Checked: as above.
  isInWork(status as keyof typeof employmentStatuses),
)

const notStated = { 'not-stated': { label: 'Preferred not to say' } } as const
const parts = {
  physical: { label: 'Body' },
  psychological: { label: 'Mind' },
  social: { label: 'Life outside work' },
  work: { label: 'Work itself' },
} as const satisfies Readonly<Record<BarrierPart, { label: string }>>

/** Nobody wrote it down. Never a guess, and always shown beside what is known. */
export const notKnown = 'not-known'

/** The letters of the NHS ethnic categories (2001), group by group. */
export const ethnicGroups = {
  white: { label: 'White', letters: ['A', 'B', 'C'] },
  mixed: { label: 'Mixed', letters: ['D', 'E', 'F', 'G'] },
  asian: { label: 'Asian or Asian British', letters: ['H', 'J', 'K', 'L'] },
  black: { label: 'Black or Black British', letters: ['M', 'N', 'P'] },
  other: { label: 'Other ethnic groups', letters: ['R', 'S'] },
} as const

/** How numbers are broken down: of which item, into which cells. Without cells they are as they are found (councils). */
export const breakdowns = {
  'referral-route': {
    of: 'received',
    label: 'Referrals received, by route',
    definition: 'The way by which the first referral of the spell came.',
    cells: routes,
  },
  route: {
    of: 'started',
    label: 'Started, by route',
    definition: 'The way by which the first referral of the spell came.',
    cells: routes,
  },
  work: {
    of: 'started',
    label: 'Started, by work at first appointment',
    definition: 'By the first conversation that was finished. Off sick from a job is in work.',
    cells: { 'in-work': { label: 'In work' }, 'out-of-work': { label: 'Out of work' } },
  },
  age: {
    of: 'started',
    label: 'Started, by age',
    definition: 'Age on the day of the first assessment.',
    cells: ageBands,
  },
  sex: {
    of: 'started',
    label: 'Started, by sex',
    definition: 'As the person answered the equality questions.',
    cells: { female: { label: 'Female' }, male: { label: 'Male' }, other: { label: 'Another answer' }, ...notStated },
  },
  ethnicity: {
    of: 'started',
    label: 'Started, by ethnic group',
    definition: 'As the person answered the equality questions, in the groups of the NHS ethnic categories.',
    cells: { ...ethnicGroups, ...notStated },
  },
  barrier: {
    of: 'started',
    label: 'Started, by main barrier',
    definition: 'Where the main barrier of the first finished conversation lies.',
    cells: parts,
  },
  council: {
    of: 'started',
    label: 'Started, by council',
    definition: 'The council the person lives in, as their record says now.',
    cells: undefined,
  },
  provider: {
    of: 'started',
    label: 'Started, by provider',
    definition: 'The provider that supports the person, as their record says now.',
    cells: undefined,
  },
  'end-reason': {
    of: 'ended-early',
    label: 'Left early, by reason',
    definition: 'The reason that was recorded when support ended.',
    cells: earlyEnds,
  },
} as const satisfies Readonly<
  Record<
    string,
    { of: Item; label: string; definition: string; cells: Readonly<Record<string, { label: string }>> | undefined }
  >
>

export type Breakdown = keyof typeof breakdowns

// Checked: the keys of a code list are its codes.
export const breakdownCodes = Object.keys(breakdowns) as Breakdown[]

/** What a cell of a breakdown is called. */
export function cellLabel(breakdown: Breakdown, cell: string): string {
  if (cell === notKnown) return 'Not known'
  const cells: Readonly<Record<string, { label: string }>> = breakdowns[breakdown].cells ?? {}
  return cells[cell]?.label ?? cell
}

/** The months that can be looked at: this one and those before it, 24 in all, the newest first. */
export function monthsBack(today: Temporal.PlainDate): Temporal.PlainYearMonth[] {
  return Array.from({ length: 24 }, (_, months) => today.toPlainYearMonth().subtract({ months }))
}

/** The month that was asked for, if it is one of those; the last whole one where none was. */
export function monthFrom(asked: string | null, today: Temporal.PlainDate): Temporal.PlainYearMonth | undefined {
  if (asked === null) return today.toPlainYearMonth().subtract({ months: 1 })
  return monthsBack(today).find((month) => month.toString() === asked)
}

/** From when and until when a month lasts on England's clocks, any number of weeks earlier. */
export function edges(month: Temporal.PlainYearMonth, weeksEarlier = 0) {
  const moment = (first: Temporal.PlainYearMonth) =>
    startOfDay(first.toPlainDate({ day: 1 }).subtract({ weeks: weeksEarlier }))
  return { from: moment(month), until: moment(month.add({ months: 1 })) }
}

/** The middle one of some numbers, between the two middle ones where they are even; none of nothing. */
export function middle(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((one, other) => one - other)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
