import { isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

// Our own list. Papers are looked at by the employer; no copy is kept here.
const items = {
  'right-to-work': {
    label: 'Can show their right to work in the UK',
    hint: 'A passport, a birth certificate with a paper that has their National Insurance number, or a share code',
  },
  'ni-number': { label: 'Knows their National Insurance number', hint: 'The HMRC app or a letter has it' },
  bank: { label: 'Has a bank account for the pay' },
  email: { label: 'Has an email address that they look at', hint: 'One that an employer can take seriously' },
  online: { label: 'Can get online to look for jobs and apply' },
  cv: { label: 'Has a CV that is up to date' },
  references: { label: 'Has two people who would give a reference' },
  telling: {
    label: 'Has decided what to say about their health, and when',
    hint: 'It is their choice. Asking for adjustments can begin at the interview',
  },
  money: {
    label: 'Knows how work would change their money',
    hint: 'For example a better-off calculation with a benefits adviser',
  },
  travel: { label: 'Knows how to get to work and back' },
  caring: { label: 'Has care for children or others arranged' },
  clothes: { label: 'Has clothes for interviews and for work' },
  checks: {
    label: 'Has the checks or cards that their kind of job asks for',
    hint: 'For example a criminal record check, a driving licence, or a safety card',
  },
} as const

export type ReadinessItem = keyof typeof items

/** What has to be there before a job begins. */
export const readinessItems: Readonly<Record<ReadinessItem, Readonly<{ label: string; hint?: string }>>> = items

// Checked: the keys of the code list are its codes.
export const readinessCodes = Object.keys(readinessItems) as ReadinessItem[]

/** Whether something is there. */
export const readinessStates = {
  'in-place': { label: 'Already in place' },
  'to-do': { label: 'To do' },
  'not-needed': { label: 'Not needed' },
} as const

export type ReadinessState = keyof typeof readinessStates

/** How things stand that have to be there; what nobody has asked about yet is missing. */
export type Readiness = Readonly<Partial<Record<ReadinessItem, ReadinessState>>>

/** How much is there, in a line: "2 already in place, 1 to do, 1 not needed, 9 not asked yet". */
export function readinessInWords(readiness: Readiness): string {
  const states = readinessCodes.map((code) => readiness[code])
  const number = (state: ReadinessState | undefined) => states.filter((one) => one === state).length
  const parts = [
    `${number('in-place')} already in place`,
    `${number('to-do')} to do`,
    ...(number('not-needed') > 0 ? [`${number('not-needed')} not needed`] : []),
    ...(number(undefined) > 0 ? [`${number(undefined)} not asked yet`] : []),
  ]
  return parts.join(', ')
}

/** What somebody is helped with. */
export const helpKinds = {
  cv: { label: 'CV', heading: 'CV', example: 'For example: CV for warehouse jobs' },
  application: {
    label: 'Application',
    heading: 'Applications',
    example: 'The job and where, for example: baker, Mill Bakery',
  },
  interview: {
    label: 'Interview',
    heading: 'Interviews',
    example: 'The job and where, for example: baker, Mill Bakery',
  },
} as const

export type HelpKind = keyof typeof helpKinds

/** What can come of it. */
export const helpResults = {
  begun: { label: 'Begun' },
  ready: { label: 'Ready to send' },
  sent: { label: 'Sent' },
  invited: { label: 'Invited to an interview' },
  'no-answer': { label: 'No answer came' },
  practised: { label: 'Practised together' },
  held: { label: 'The interview was held' },
  'did-not-go': { label: 'They did not go' },
  'turned-down': { label: 'The employer said no' },
  offered: { label: 'The job was offered' },
} as const

export type HelpResult = keyof typeof helpResults

/** What can come of each kind of help. */
export const resultsOf: Readonly<Record<HelpKind, readonly HelpResult[]>> = {
  cv: ['begun', 'ready'],
  application: ['begun', 'sent', 'invited', 'no-answer', 'turned-down', 'offered'],
  interview: ['practised', 'held', 'did-not-go', 'turned-down', 'offered'],
}

export type HelpStep = Readonly<{
  id: string
  number: number
  result: HelpResult
  on_day: Temporal.PlainDate
  note: string | null
  taken_back_at: Temporal.Instant | null
}>

/** A CV, an application or an interview with what came of it. */
export type Help = Readonly<{ id: string; kind: HelpKind; what: string; steps: readonly HelpStep[] }>

/** The steps that stand, the newest first. */
export function standingHelp<One extends HelpStep>(steps: readonly One[]): One[] {
  return steps.filter((step) => step.taken_back_at === null).toSorted((one, other) => other.number - one.number)
}

/** Counts everything that was ever written of it, so that a change meanwhile is seen. */
export function helpVersion({ steps }: Pick<Help, 'steps'>): number {
  return steps.length + steps.filter((step) => step.taken_back_at !== null).length
}

/** "Sent on 5 January 2026": how it stands, in a line. */
export function helpInWords({ result, on_day: on }: Pick<HelpStep, 'result' | 'on_day'>): string {
  return `${helpResults[result].label}, ${longDay(on)}`
}

type Given = Readonly<{ kind: HelpKind | null; result: HelpResult; on: Temporal.PlainDate }>

/** What is wrong with a step as it was entered, if anything. */
export function helpProblems({ kind, result, on }: Given, today: Temporal.PlainDate): Problem[] {
  const found: (Problem | false)[] = [
    kind !== null &&
      !resultsOf[kind].includes(result) && {
        field: 'result',
        message: `“${helpResults[result].label}” does not go with “${helpKinds[kind].label}”: choose another`,
      },
    isBefore(today, on) && { field: 'on', message: 'Enter today or a day that has passed' },
  ]
  return found.filter((problem) => problem !== false)
}

/** Whether a list that was sent says nothing but what stands. */
export function isAlready(there: Readiness, sent: Readiness): boolean {
  const states: Readonly<Record<string, string | undefined>> = there
  return Object.entries(sent).every(([item, state]) => states[item] === state)
}
