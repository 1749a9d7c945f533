import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** The words something is offered in, as they stand from a day on. */
export type Wording = Readonly<{ version: number; text: string; from_on: Temporal.PlainDate }>

const firstWordingOn = Temporal.PlainDate.from('2026-11-23')

// Version 1: our own plain words, used until an area has written its own.
const firstWordings = {
  'take-part':
    'I want to take part in WorkWell. A coach may talk with me about my health and my work and keep a record of it. It is my choice, and I can stop at any time.',
  contact: 'WorkWell may contact me in the ways I said are safe.',
  gp: 'WorkWell may tell my GP practice how I am getting on.',
  employer:
    'WorkWell may talk with my employer about what would help me at work. My employer is not told what my health condition is.',
  jobcentre:
    'WorkWell may tell Jobcentre Plus. If I say no, nothing changes for me there, and my benefits stay as they are.',
  onward:
    'When I ask to be referred to another service, WorkWell may tell that service what it needs so that it can help.',
  research:
    'WorkWell may ask me later whether I want to take part in research about the service. I can say no each time.',
  notice: [
    'We keep a record of what you tell us, so that you do not have to say it twice: how to reach you, your work, your health, what would help, and what we did together.',
    'Your coach and the people who work with your coach can see it. Everybody who opens it is written down, and you can ask who did.',
    'We use it to support you and to count how the service is doing. Counts never name you.',
    'Nobody outside the team learns anything about you unless you agreed to it, or somebody is in serious danger. Your answers have no effect on your benefits.',
    'You can see your record, ask for it to be put right, or stop taking part at any time. If you are unhappy with how we use it, tell us, or tell the Information Commissioner’s Office on 0303 123 1113.',
  ].join('\n\n'),
} as const

/** What is offered in words: each of the seven switches, and the privacy notice beside them. */
export type Offered = keyof typeof firstWordings

type OwnWording = Wording & Readonly<{ switch: string }>

/** The newest version of a wording, whether it holds already or not; version 1 where the area has written none. */
export function newestWording(own: readonly OwnWording[], offered: Offered): Wording {
  const versions = own.filter((one) => one.switch === offered).toSorted((one, other) => other.version - one.version)
  return versions[0] ?? { version: 1, text: firstWordings[offered], from_on: firstWordingOn }
}

/** The words something is offered in on a day: the area's newest own wording that has begun, otherwise version 1. */
export function wordingOn(own: readonly OwnWording[], offered: Offered, on: Temporal.PlainDate): Wording {
  return newestWording(
    own.filter((one) => !isBefore(on, one.from_on)),
    offered,
  )
}

/** New words cannot have been shown to anybody before they were written. */
export const wordingProblems = (from: Temporal.PlainDate, today: Temporal.PlainDate): Problem[] =>
  isBefore(from, today) ? [{ field: 'from', message: 'The day must be today or later' }] : []

/** Which of our words were put to somebody: their version, or none of ours, as where a file says what they agreed to. */
export type WordsHeard = number | 'none-of-ours'

/** The versions in which somebody was asked; what is not among them was asked in none of our words. */
export type Versions = Readonly<Partial<Record<Offered, number>>>

type Shown = Readonly<Partial<Record<Offered, Pick<Wording, 'version'>>>>

/** The versions of the words on a page, as its form carries them. */
export const carriedVersions = (shown: Shown): string =>
  Object.entries(shown)
    .map(([code, { version }]) => `${code}.${version}`)
    .join(' ')

/** Which versions somebody read: those that their form carries, whatever the area has written since. */
export function versionsRead(carried: string | null, now: Shown): Versions {
  const shown = new Map((carried ?? '').split(' ').map((one) => [one.split('.')[0], Number(one.split('.')[1])]))
  return Object.fromEntries(
    Object.entries(now).map(([code, words]) => [code, agreedTo(shown.get(code) ?? null, words)]),
  )
}

/** Which version of the words somebody agreed to: the one their page showed, where the area had it by then. */
export function agreedTo(shown: number | null, { version }: Readonly<{ version: number }>): number {
  return shown !== null && Number.isInteger(shown) && shown > 0 && shown <= version ? shown : version
}
