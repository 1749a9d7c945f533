import { type BarrierPart, employmentStatuses, type healthKinds } from '#journey/assessment/rules.ts'
import { isInWork, noOutcomeReasons, outcomes } from '#journey/completion/rules.ts'
import { results as contactResults } from '#journey/contact/rules.ts'
import { earlyEnds } from '#journey/episode/rules.ts'
import { results as followUpResults } from '#journey/follow-up/rules.ts'
import { modes } from '#journey/invitation/rules.ts'
import { ways } from '#journey/reaching/rules.ts'
import { measures } from '#programme/measuring/rules.ts'
import { routes } from '#registers/organisations/rules.ts'

type Labels = Readonly<Record<string, Readonly<{ label: string }>>>

/** Nobody wrote it down. Never a guess, and always shown beside what is known. */
export const notKnown = 'not-known'

/** Somebody was asked and would rather not say. */
const notStated = { 'not-stated': { label: 'Preferred not to say' } } as const

/** The codes by which records say so, those of earlier systems included. */
export const notStatedCodes: readonly string[] = ['not-said', 'not-stated', 'prefer-not-to-say', 'Z']

/** Ages by which people are counted, each up to and without the next. */
export const ageBands = {
  'under-16': { label: 'Under 16', from: 0 },
  '16-24': { label: '16 to 24', from: 16 },
  '25-34': { label: '25 to 34', from: 25 },
  '35-49': { label: '35 to 49', from: 35 },
  '50-64': { label: '50 to 64', from: 50 },
  '65-over': { label: '65 and over', from: 65 },
} as const

/** Waits by which people are counted, in days of the calendar, each up to and without the next. */
export const waits = {
  'same-day': { label: 'On the same day', from: 0 },
  '1-2': { label: '1 or 2 days', from: 1 },
  '3-5': { label: '3 to 5 days', from: 3 },
  '6-10': { label: '6 to 10 days', from: 6 },
  '11-20': { label: '11 to 20 days', from: 11 },
  '21-40': { label: '21 to 40 days', from: 21 },
  'over-40': { label: 'More than 40 days', from: 41 },
} as const

/** The codes of somebody who has work, by what the first conversation says. */
export const inWork: readonly string[] = Object.keys(employmentStatuses).filter((status) =>
  // Checked: the keys of a code list are its codes.
  isInWork(status as keyof typeof employmentStatuses),
)

const work = { 'in-work': { label: 'In work' }, 'out-of-work': { label: 'Out of work' } } as const

/** Work at the end of support and after it. */
const workLater = {
  'at-work': { label: 'In work' },
  'off-sick': { label: 'In work, and off sick' },
  'out-of-work': { label: 'Out of work' },
} as const

/** Work at a follow-up, and why it is not known. */
const workFollowedUp = {
  ...workLater,
  'not-reached': followUpResults['not-reached'],
  declined: followUpResults.declined,
  died: followUpResults.died,
} as const

/** Whether work has lasted: 7 hours or more in each of 13 weeks out of 16. */
const lasted = {
  'of-16-hours': { label: 'Lasted, with 16 hours a week or more' },
  lasted: { label: 'Lasted, with 7 hours a week or more' },
  'not-lasted': { label: 'Did not last so long' },
} as const

const barrierParts = {
  physical: { label: 'Body' },
  psychological: { label: 'Mind' },
  social: { label: 'Life outside work' },
  work: { label: 'Work itself' },
} as const satisfies Readonly<Record<BarrierPart, { label: string }>>

type HealthKind = keyof typeof healthKinds

/** Health conditions under the headings of the published tables, with our kinds that stand under each. */
export const healthGroups = {
  'mental-health': { label: 'Mental health', kinds: ['low-mood-anxiety', 'mental-other'] },
  musculoskeletal: { label: 'Muscles, bones and joints', kinds: ['arms-hands', 'legs-feet', 'back-neck'] },
  autism: { label: 'Autism, ADHD or another way of being neurodivergent', kinds: ['neurodivergent'] },
  heart: { label: 'Heart, blood pressure or circulation', kinds: ['heart'] },
  learning: { label: 'Learning difficulties or disability', kinds: ['learning'] },
  other: {
    label: 'Another condition',
    kinds: [
      'sight',
      'hearing',
      'speech',
      'skin',
      'breathing',
      'digestion',
      'diabetes',
      'epilepsy',
      'progressive',
      'other',
    ],
  },
} as const satisfies Readonly<Record<string, { label: string; kinds: readonly HealthKind[] }>>

/** Where several are recorded, which the main barrier points to; none where it points to none of them. */
export const pointsTo: Readonly<Record<string, keyof typeof healthGroups>> = {
  'low-mood': 'mental-health',
  anxiety: 'mental-health',
  stress: 'mental-health',
  confidence: 'mental-health',
  past: 'mental-health',
  pain: 'musculoskeletal',
  moving: 'musculoskeletal',
}

/** The letters of the NHS ethnic categories (2001), group by group. */
export const ethnicGroups = {
  white: { label: 'White', letters: ['A', 'B', 'C'] },
  mixed: { label: 'Mixed', letters: ['D', 'E', 'F', 'G'] },
  asian: { label: 'Asian or Asian British', letters: ['H', 'J', 'K', 'L'] },
  black: { label: 'Black or Black British', letters: ['M', 'N', 'P'] },
  other: { label: 'Other ethnic groups', letters: ['R', 'S'] },
} as const

const sexes = {
  female: { label: 'Female' },
  male: { label: 'Male' },
  other: { label: 'Another answer' },
  ...notStated,
} as const

/** The harmonised pair of questions on long-lasting conditions, read together as the Equality Act does. */
const disabilities = {
  disabled: { label: 'Disabled under the Equality Act' },
  'not-disabled': { label: 'Not disabled' },
  ...notStated,
} as const

/** What became of an appointment: not coming is the person's, never ours. */
const appointmentResults = {
  attended: { label: 'Came' },
  'no-show': { label: 'Did not attend' },
  ours: { label: 'Did not take place because of us' },
  cancelled: { label: 'Cancelled' },
  moved: { label: 'Moved to another time' },
} as const

const endedWhen = {
  before: { label: 'Before they started' },
  after: { label: 'After they started' },
} as const

/** Whether somebody left with an outcome, or why not. */
const withOutcome = { 'with-outcome': { label: 'With at least one outcome' }, ...noOutcomeReasons } as const

/** How rows are put into groups. Without a list they are as they are found (councils); with `several` a row may be in many. */
const groupings = {
  route: { cells: routes },
  provider: { cells: undefined },
  council: { cells: undefined },
  // Records hold the practice, and nothing says to which network it belongs.
  network: { cells: {} },
  'wait-contact': { cells: waits },
  'wait-assessment': { cells: waits },
  work: { cells: work },
  age: { cells: ageBands },
  sex: { cells: sexes },
  ethnicity: { cells: { ...ethnicGroups, ...notStated } },
  disability: { cells: disabilities },
  barrier: { cells: barrierParts },
  health: { cells: { ...healthGroups, several: { label: 'Several, none of them the main one' } } },
  'measured-start': { cells: measures, several: true },
  'measured-end': { cells: measures, several: true },
  'contact-result': { cells: contactResults },
  'contact-way': { cells: ways },
  'appointment-mode': { cells: modes },
  'appointment-result': { cells: appointmentResults },
  outcome: { cells: outcomes, several: true },
  'no-outcome': { cells: withOutcome },
  'work-end': { cells: workLater },
  'end-reason': { cells: earlyEnds },
  'end-when': { cells: endedWhen },
  'work-13': { cells: workFollowedUp },
  'work-26': { cells: workFollowedUp },
  'lasted-13': { cells: lasted },
  'lasted-26': { cells: lasted },
} as const satisfies Readonly<Record<string, { cells: Labels | undefined; several?: true }>>

export type Grouping = keyof typeof groupings

/** The groups of a grouping, where they are a list. */
export function groupsOf(grouping: Grouping): Labels | undefined {
  return groupings[grouping].cells
}

/** Whether one row may fall into several groups, which then do not add up. */
export function isSeveral(grouping: Grouping): boolean {
  return 'several' in groupings[grouping]
}

/** What a group is called; names that are no codes (a council, a provider) are called as they are. */
export function groupLabel(grouping: Grouping, code: string): string {
  return code === notKnown ? 'Not recorded' : (groupsOf(grouping)?.[code]?.label ?? code)
}

/** What a grouping may read beside the counted row: the person, the first conversation, the completion and so on. */
export type Source =
  | 'person'
  | 'equality'
  | 'home'
  | 'provider'
  | 'talk'
  | 'barrier'
  | 'kinds'
  | 'pair'
  | 'completion'
  | 'heard13'
  | 'heard26'
  | 'contact'
  | 'meeting'
  | 'became'
