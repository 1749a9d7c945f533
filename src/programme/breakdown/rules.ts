import type { Item } from '#programme/counting/rules.ts'
import { type Grouping, groupLabel, groupsOf, isSeveral, notKnown } from '#programme/grouping/rules.ts'
import type { Measure, Measured, Moment } from '#programme/measuring/rules.ts'

const firstRoute = 'The way by which the first referral of the spell came.'
const home = 'The council the person lives in, as their record says now.'
const holder = 'The provider that supports the person, as their record says now.'
const asked = 'As the person answered the equality questions.'
const heard = 'As the person said at the follow-up; who was not reached says why.'
const thirteenWeeks =
  '7 hours or more a week in each of 13 weeks out of 16, as the person counted them at the follow-up.'

type Definition = Readonly<{ of: Item; by: Grouping; label: string; definition: string }>

/** How numbers are broken down: of which item, by what, and a sentence that says what it goes by. */
export const breakdowns = {
  'referral-route': { of: 'received', by: 'route', label: 'Referrals received, by route', definition: firstRoute },
  'referral-provider': { of: 'received', by: 'provider', label: 'Referrals received, by provider', definition: holder },
  'referral-council': { of: 'received', by: 'council', label: 'Referrals received, by council', definition: home },
  'wait-contact': {
    ...{ of: 'first-contact', by: 'wait-contact', label: 'Days from referral to first contact' },
    definition: 'Days of the calendar from the day of the referral to the first try to reach the person.',
  },
  'wait-assessment': {
    ...{ of: 'started', by: 'wait-assessment', label: 'Days from referral to first assessment' },
    definition: 'Days of the calendar from the day of the referral to the day of the first assessment.',
  },
  route: { of: 'started', by: 'route', label: 'Started, by route', definition: firstRoute },
  work: {
    ...{ of: 'started', by: 'work', label: 'Started, by work at first appointment' },
    definition: 'By the first conversation that was finished. Off sick from a job is in work.',
  },
  age: { of: 'started', by: 'age', label: 'Started, by age', definition: 'Age on the day of the first assessment.' },
  sex: { of: 'started', by: 'sex', label: 'Started, by sex', definition: asked },
  ethnicity: {
    ...{ of: 'started', by: 'ethnicity', label: 'Started, by ethnic group' },
    definition: 'As the person answered the equality questions, in the groups of the NHS ethnic categories.',
  },
  disability: {
    ...{ of: 'started', by: 'disability', label: 'Started, by disability' },
    definition:
      'By the two harmonised questions: a condition of 12 months or more that reduces day-to-day activities. From the equality questions, otherwise from the first conversation.',
  },
  barrier: {
    ...{ of: 'started', by: 'barrier', label: 'Started, by main barrier' },
    definition: 'Where the main barrier of the first finished conversation lies.',
  },
  health: {
    ...{ of: 'started', by: 'health', label: 'Started, by health condition' },
    definition:
      'The kind of condition in the first finished conversation; where there are several, the one the main barrier points to.',
  },
  provider: { of: 'started', by: 'provider', label: 'Started, by provider', definition: holder },
  council: { of: 'started', by: 'council', label: 'Started, by council', definition: home },
  network: {
    ...{ of: 'started', by: 'network', label: 'Started, by primary care network' },
    definition: 'Records hold the GP practice, and no list of which network a practice belongs to.',
  },
  'measured-start': {
    ...{ of: 'started', by: 'measured-start', label: 'Started, by what was measured' },
    definition: 'Who answered each question, or enough of an instrument for its score, at any time in the spell.',
  },
  'contact-result': {
    ...{ of: 'contact', by: 'contact-result', label: 'Contacts, by result', definition: 'What came of the try.' },
  },
  'contact-way': {
    ...{ of: 'contact', by: 'contact-way', label: 'Contacts, by way', definition: 'How the person was tried.' },
  },
  'appointment-mode': {
    ...{ of: 'appointment', by: 'appointment-mode', label: 'Appointments, by how they are held' },
    definition: 'As it was booked.',
  },
  'appointment-result': {
    ...{ of: 'appointment', by: 'appointment-result', label: 'Appointments, by result' },
    definition:
      'The newest result that was not taken back. “Did not attend” is the person alone: who called off in time is cancelled. Not recorded: nobody wrote a result, or it is still to come.',
  },
  outcome: {
    ...{ of: 'completed', by: 'outcome', label: 'Completed, by outcome' },
    definition: 'What the person left with. Somebody may leave with several.',
  },
  'no-outcome': {
    ...{ of: 'completed', by: 'no-outcome', label: 'Completed, with and without an outcome' },
    definition: 'Whether there was any outcome, and the reason where there was none.',
  },
  'work-end': {
    ...{ of: 'completed', by: 'work-end', label: 'Completed, by work at the end' },
    definition: 'As it was recorded when the plan was completed.',
  },
  'measured-end': {
    ...{ of: 'completed', by: 'measured-end', label: 'Completed, by what was measured twice' },
    definition: 'Who answered each question, or the instrument, at least twice: at the beginning and again.',
  },
  'completed-provider': { of: 'completed', by: 'provider', label: 'Completed, by provider', definition: holder },
  'completed-council': { of: 'completed', by: 'council', label: 'Completed, by council', definition: home },
  'end-reason': {
    ...{ of: 'ended-early', by: 'end-reason', label: 'Left early, by reason' },
    definition: 'The reason that was recorded when support ended.',
  },
  'end-when': {
    ...{ of: 'ended-early', by: 'end-when', label: 'Left early, before and after they started' },
    definition: 'Whether the person had been assessed by then.',
  },
  'ended-provider': { of: 'ended-early', by: 'provider', label: 'Left early, by provider', definition: holder },
  'ended-council': { of: 'ended-early', by: 'council', label: 'Left early, by council', definition: home },
  'work-13': { of: 'after-13', by: 'work-13', label: 'Work 13 weeks after the end', definition: heard },
  'lasted-13': {
    ...{ of: 'after-13', by: 'lasted-13', label: 'Whether work has lasted, at 13 weeks', definition: thirteenWeeks },
  },
  'work-26': { of: 'after-26', by: 'work-26', label: 'Work 26 weeks after the end', definition: heard },
  'lasted-26': {
    ...{ of: 'after-26', by: 'lasted-26', label: 'Whether work has lasted, at 26 weeks', definition: thirteenWeeks },
  },
} as const satisfies Readonly<Record<string, Definition>>

export type Breakdown = keyof typeof breakdowns

// Checked: the keys of a code list are its codes.
export const breakdownCodes = Object.keys(breakdowns) as Breakdown[]

/** Two breakdowns of one item across each other. A breakdown stands in one table at most, or its numbers could be worked out. */
export const crossings = {
  'end-reason-when': { rows: 'end-reason', columns: 'end-when' },
  'appointment-mode-result': { rows: 'appointment-result', columns: 'appointment-mode' },
} as const satisfies Readonly<Record<string, { rows: Breakdown; columns: Breakdown }>>

export type Crossing = keyof typeof crossings

// Checked: as above.
export const crossingCodes = Object.keys(crossings) as Crossing[]

/** The breakdowns of an item, and its tables. */
export function breakdownsOf(item: Item): Breakdown[] {
  return breakdownCodes.filter((code) => breakdowns[code].of === item)
}
export function crossingsOf(item: Item): Crossing[] {
  return crossingCodes.filter((code) => breakdowns[crossings[code].rows].of === item)
}

/** What a cell of a breakdown is called. */
export function cellLabel(breakdown: Breakdown, cell: string): string {
  return groupLabel(breakdowns[breakdown].by, cell)
}

/** Whether one row may fall into several cells, which then do not add up to the item. */
export function mayOverlap(breakdown: Breakdown): boolean {
  return isSeveral(breakdowns[breakdown].by)
}

export type Counts = Readonly<Record<string, number>>

/** An item as it was counted, taken apart in every way: never shown like this to those who may not see the people. */
export type Family = Readonly<{
  count: number
  imported: number
  /** Days since the referral, each with how often. */
  days: Counts
  cells: Readonly<Partial<Record<Breakdown, Counts>>>
  /** Rows by columns. */
  crossings: Readonly<Partial<Record<Crossing, Readonly<Record<string, Counts>>>>>
}>

/** What was signed before an item was asked for does not have it. */
export type Families = Readonly<Partial<Record<Item, Family>>>

/** Everything of a month as it was counted: only for those inside the reporting boundary. */
export type Figures = Readonly<{
  families: Families
  measures: Readonly<Record<Moment, Readonly<Partial<Record<Measure, Measured>>>>>
}>

/** The cells of a breakdown: those of its list in their order, then what else was found by name, and last what is not recorded. */
export function cellsIn(breakdown: Breakdown, found: Counts): string[] {
  const { by } = breakdowns[breakdown]
  const listed = Object.keys(groupsOf(by) ?? {})
  const others = Object.keys(found)
    .filter((code) => code !== notKnown && !listed.includes(code))
    .toSorted((one, other) => one.localeCompare(other, 'en-GB'))
  return [...listed, ...others, ...(isSeveral(by) ? [] : [notKnown])]
}
