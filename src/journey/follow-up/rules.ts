import { isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import type { Stage } from '#journey/episode/rules.ts'

/** When we ask how things stand, in weeks after the plan was completed. */
export const followUps = { '13': { label: '13 weeks' }, '26': { label: '26 weeks' } } as const

export type Weeks = 13 | 26

/** Reads the weeks of an address. */
export function weeksIn(text: string): Weeks | undefined {
  return text === '13' ? 13 : text === '26' ? 26 : undefined
}

/** What came of a follow-up. Only the first has answers; the others say why there are none. */
export const results = {
  answered: { label: 'They answered' },
  'not-reached': { label: 'They could not be reached' },
  declined: { label: 'They do not want to answer' },
  died: { label: 'They have died' },
} as const

export type Result = keyof typeof results

/** How somebody was tried. */
export const channels = {
  telephone: { label: 'Phone call' },
  text: { label: 'Text message' },
  email: { label: 'Email' },
  post: { label: 'Letter' },
} as const

export type Channel = keyof typeof channels

export const inWork = {
  yes: { label: 'Yes' },
  'off-sick': { label: 'Yes, but off sick now' },
  no: { label: 'No' },
} as const

export type InWork = keyof typeof inWork

export const sameEmployer = {
  yes: { label: 'Yes, the same employer' },
  no: { label: 'No, another employer' },
  self: { label: 'They work for themselves' },
} as const

export type SameEmployer = keyof typeof sameEmployer

export const health = {
  better: { label: 'Better' },
  same: { label: 'About the same' },
  worse: { label: 'Worse' },
} as const

export type Health = keyof typeof health

export const adjustments = {
  yes: { label: 'Yes, all of them' },
  some: { label: 'Some of them' },
  no: { label: 'No' },
  none: { label: 'They had none' },
} as const

export type Adjustments = keyof typeof adjustments

/** Tries without reaching somebody after which a follow-up closes: our own default, as for a first contact. */
export const triesBeforeClosing = 3

/** How many tries count: several in one way on one day are one, as before a first contact. */
export function countedTries(attempts: readonly Readonly<{ tried_on: Temporal.PlainDate; channel: string }>[]): number {
  return new Set(attempts.map(({ tried_on, channel }) => `${tried_on} ${channel}`)).size
}

// Our own default: a call a little early is better than one that is missed.
const opensDaysBefore = 14

/** A follow-up of one episode, as far as it has come. */
export type State = Readonly<{
  stage: Stage
  weeks: Weeks
  /** The day it is due; none when it is done or the next one has taken its place. */
  dueOn: Temporal.PlainDate | null
  done: boolean
  today: Temporal.PlainDate
}>

/** Why this follow-up cannot be recorded now, in words a coach can act on. Empty when it can. */
export function reasonsNotToFollowUp({ stage, weeks, dueOn, done, today }: State): string[] {
  if (done) return [`The follow-up at ${weeks} weeks is already recorded`]
  if (stage !== 'aftercare') return ['Only a completed plan is followed up, until its last follow-up']
  if (dueOn === null) return [`The follow-up at ${weeks} weeks is no longer due`]
  const opensOn = dueOn.subtract({ days: opensDaysBefore })
  return isBefore(today, opensOn) ? [`This follow-up opens on ${longDay(opensOn)}`] : []
}

/** A follow-up as it is entered. */
export type Given = Readonly<{
  result: Result
  tries: number
  heardOn: Temporal.PlainDate
  completedOn: Temporal.PlainDate | null
  today: Temporal.PlainDate
  inWork: InWork | null
  sameEmployer: SameEmployer | null
  hours: number | null
  health: Health | null
  weeksOf7Hours: number | null
  weeksOf16Hours: number | null
}>

/** What a follow-up still lacks, or says against itself. */
export function problemsWithFollowUp(given: Given): Problem[] {
  return [...dayProblems(given), ...(given.result === 'answered' ? answerProblems(given) : closingProblems(given))]
}

function dayProblems({ heardOn, completedOn, today }: Given): Problem[] {
  if (isBefore(today, heardOn)) return [{ field: 'heard', message: 'Enter today or a day that has passed' }]
  if (!completedOn || !isBefore(heardOn, completedOn)) return []
  return [{ field: 'heard', message: `The plan was completed on ${longDay(completedOn)}: enter a later day` }]
}

function answerProblems(given: Given): Problem[] {
  const working = given.inWork === 'yes' || given.inWork === 'off-sick'
  const problems: readonly (Problem | false)[] = [
    given.inWork === null && { field: 'inWork', message: 'Select whether they are in work' },
    working && given.sameEmployer === null && { field: 'sameEmployer', message: 'Select who they work for' },
    working && given.hours === null && { field: 'hours', message: 'Enter how many hours they work in a usual week' },
    given.health === null && { field: 'health', message: 'Select how their health is' },
    (given.weeksOf16Hours ?? 0) > (given.weeksOf7Hours ?? 16) && {
      field: 'weeksOf16Hours',
      message: 'Weeks of 16 hours or more cannot outnumber weeks of 7 hours or more',
    },
  ]
  return problems.filter((problem) => problem !== false)
}

function closingProblems({ result, tries }: Given): Problem[] {
  if (result !== 'not-reached' || tries >= triesBeforeClosing) return []
  const left = triesBeforeClosing - tries
  return [
    { field: 'result', message: `Try ${left === 1 ? 'once more' : `${left} more times`} first, and record each try` },
  ]
}

/** Why a follow-up that was recorded cannot be taken back now. Empty when it can. */
export function reasonsNotToTakeBack(weeks: Weeks, standing: readonly Readonly<{ weeks: Weeks }>[]): string[] {
  return weeks === 13 && standing.some((one) => one.weeks === 26)
    ? ['The follow-up at 26 weeks was recorded after it. Take that one back first']
    : []
}

/** Which follow-up a result settles: after a death nothing more is asked. */
export function settles(weeks: Weeks, result: Result): Weeks {
  return result === 'died' ? 26 : weeks
}

/**
 * Whether work has lasted: 7 hours or more in each of 13 weeks out of 16 (IPSPC guidance, which also asks for the Living
 * Wage and counts 16 hours separately; pay is not asked here). Undefined when nobody counted the weeks.
 */
export function jobOutcome(counted: Readonly<{ weeksOf7Hours: number | null; weeksOf16Hours: number | null }>) {
  if (counted.weeksOf7Hours === null) return undefined
  const lasted = counted.weeksOf7Hours >= 13
  return { lasted, of16Hours: lasted && (counted.weeksOf16Hours ?? 0) >= 13 }
}
