import type { Decision } from '#journey/decision/rules.ts'
import type { Outcome, NoOutcomeReason } from '#journey/completion/rules.ts'
import type { Result } from '#journey/contact/rules.ts'
import type { SpokenEnd, WayTold } from '#journey/ending/rules.ts'
import type { Health, InWork, Result as Answered, SameEmployer, Weeks } from '#journey/follow-up/rules.ts'
import type { Mode } from '#journey/invitation/rules.ts'
import type { Purpose, Reason, ResultKind, WhoDid } from '#journey/appointment/rules.ts'
import type { Way } from '#journey/reaching/rules.ts'
import type { SupportKind } from '#journey/support/log/rules.ts'
import type { WaitsFor } from '#journey/support/pause/rules.ts'
import { between, type Chance, drawn, oneOf } from '#exchange/population/invented/rules.ts'

/**
 * What a stage keeps of a made-up journey beside its steps. The same object stands at every step it caused, and a change
 * of time names the appointment before it.
 */
export type Happening =
  | Readonly<{ of: 'decision'; decision: Decision; whereTo: string | null }>
  | Readonly<{ of: 'allocation'; caseload: number }>
  | Contact
  | Appointment
  | CameOf
  | Readonly<{ of: 'support'; kind: SupportKind; minutes: number; done: string }>
  | Readonly<{ of: 'pause'; waitsFor: WaitsFor; days: number }>
  | Readonly<{ of: 'resumption'; pause: Happening }>
  | Readonly<{ of: 'concern'; seen: string; done: string; closes: boolean }>
  | Ending
  | Completion
  | FollowUp

export type Contact = Readonly<{ of: 'contact'; way: Way; result: Result; note: string | null }>
export type Appointment = Readonly<{
  of: 'appointment'
  purpose: Purpose
  mode: Mode
  startsAt: Temporal.Instant
  minutes: number
  movedFrom: Appointment | null
}>
export type CameOf = Readonly<{
  of: 'result'
  appointment: Appointment
  kind: ResultKind
  who: WhoDid | null
  reason: Reason | null
}>
export type Ending = Readonly<{
  of: 'ending'
  as: SpokenEnd
  said: string | null
  told: WayTold | null
  handedTo: string | null
}>
export type Completion = Readonly<{
  of: 'completion'
  outcomes: readonly Outcome[]
  noOutcome: NoOutcomeReason | null
  inWork: boolean
  workAbility: number
}>
export type FollowUp = Readonly<{
  of: 'follow-up'
  weeks: Weeks
  result: Answered
  inWork: InWork | null
  sameEmployer: SameEmployer | null
  health: Health | null
}>

const elsewhere = [
  'The Jobcentre’s own work coach',
  'The council’s employment team',
  'The recovery college',
  'Their GP',
]

/** What was decided about a referral, and where somebody was helped on to who is not eligible. */
export const decidedOn = (chance: Chance, decision: Decision): Happening => ({
  of: 'decision',
  decision,
  whereTo: decision === 'not-eligible' ? oneOf(chance, elsewhere) : null,
})

const unanswered = { 'no-answer': 0.55, 'message-left': 0.45 } as const
const spokenNotes = [
  'Said what we do and what we do not; wants to hear more.',
  'Mornings are best. Works shifts.',
  'Nervous about leaving the house; begins by telephone.',
  null,
  null,
]

/** A try to reach somebody that nobody answered, each in another way than the one before. */
export function unansweredTry(chance: Chance, number: number): Contact {
  const way = (['mobile', 'text', 'letter'] as const)[number % 3] ?? 'mobile'
  return { of: 'contact', way, result: way === 'mobile' ? drawn(chance, unanswered) : 'message-left', note: null }
}

/** A try that was answered. */
export function answeredTry(chance: Chance, result: 'reached' | 'declined' | 'call-back'): Contact {
  return { of: 'contact', way: chance() < 0.85 ? 'mobile' : 'text', result, note: oneOf(chance, spokenNotes) }
}

/** A short call in the course of support. */
export const keptInTouch = (chance: Chance): Contact => ({
  of: 'contact',
  way: chance() < 0.7 ? 'mobile' : 'text',
  result: 'reached',
  note: oneOf(chance, ['Going all right. Next steps as agreed.', 'A hard week; sleeping badly.', null]),
})

const modes = { phone: 0.48, 'in-person': 0.34, video: 0.18 } as const

/** A time that was agreed on. */
export function anAppointment(
  chance: Chance,
  purpose: Purpose,
  startsAt: Temporal.Instant,
  movedFrom: Appointment | null = null,
): Appointment {
  const minutes = purpose === 'first' ? 60 : oneOf(chance, [30, 45, 45])
  const mode = movedFrom?.mode ?? drawn(chance, modes)
  return { of: 'appointment', purpose, mode, startsAt, minutes, movedFrom }
}

// About 88% of appointments are kept (our own assumption, from talking therapies' usual tenth of missed ones).
const cameOf = { attended: 0.88, missed: 0.08, moved: 0.04 } as const
const personsReasons = { forgot: 0.3, ill: 0.25, unsaid: 0.2, caring: 0.1, work: 0.1, transport: 0.05 } as const

/** Whether somebody comes. */
export const whatComesOf = (chance: Chance) => drawn(chance, cameOf)

export function theResult(chance: Chance, appointment: Appointment, kind: keyof typeof cameOf): CameOf {
  if (kind === 'attended') return { of: 'result', appointment, kind, who: null, reason: null }
  const ours = chance() < (kind === 'moved' ? 0.3 : 0.08)
  const reason = ours ? oneOf(chance, ['staff-ill', 'staff-away'] as const) : drawn(chance, personsReasons)
  return { of: 'result', appointment, kind, who: ours ? 'coach' : 'person', reason }
}

const given: Readonly<Record<SupportKind, readonly string[]>> = {
  coaching: [
    'Went through the week: what worked, what was too much.',
    'Practised what to say to the manager.',
    'Looked at three vacancies together and chose one.',
    'Talked about sleep and a plan for bad mornings.',
  ],
  employer: ['Rang the manager together about a phased return.', 'Wrote to the employer with what was agreed.'],
  adjustments: ['Listed what at work makes it worse, and what would help.', 'Began the form for Access to Work.'],
  'follow-up': ['Short look at how things are.'],
  other: ['Filled in the form for help with travel.'],
}
const kinds = { coaching: 0.6, employer: 0.12, adjustments: 0.12, 'follow-up': 0.11, other: 0.05 } as const

/** Help that was given. */
export function help(chance: Chance): Happening {
  const kind = drawn(chance, kinds)
  return { of: 'support', kind, minutes: 15 * between(chance, 1, 4), done: oneOf(chance, given[kind]) }
}

const waits = { nhs: 0.5, 'access-to-work': 0.2, employer: 0.15, council: 0.1, service: 0.05 } as const

/** Support that waits on others. */
export const aPause = (chance: Chance, days: number): Happening => ({
  of: 'pause',
  waitsFor: drawn(chance, waits),
  days,
})

/** A worry that was written down; most are closed within days. */
export const aConcern = (chance: Chance): Extract<Happening, { of: 'concern' }> => ({
  of: 'concern',
  seen: oneOf(chance, ['Said: some days I do not see the point.', 'Said they have not slept or eaten for three days.']),
  done: 'Asked directly, stayed on the phone, agreed a call with the GP today.',
  closes: chance() < 0.9,
})

const words: Readonly<Record<'declined' | 'left-early', readonly string[]>> = {
  declined: ['I am getting help already.', 'Now is not the time.', 'I thought it was something else.'],
  'left-early': ['I have found something by myself.', 'It is too much at the moment.', 'I am moving away.'],
}

/** Why a spell of support ended before its time. */
export function anEnding(chance: Chance, as: 'declined' | 'left-early' | 'unreachable' | 'duplicate'): Ending {
  const said = as === 'declined' || as === 'left-early' ? oneOf(chance, words[as]) : null
  const told = as === 'duplicate' ? null : as === 'unreachable' ? 'letter' : 'telephone'
  return { of: 'ending', as, said, told, handedTo: null }
}

const withWork: readonly (readonly Outcome[])[] = [
  ['same-job', 'absence-ended'],
  ['same-job', 'adjustments'],
  ['remained', 'health-barrier'],
  ['remained'],
  ['same-employer', 'hours-up'],
]
const withoutWork: readonly (readonly Outcome[])[] = [
  ['new-job'],
  ['new-job', 'health-barrier'],
  ['job-search', 'health-barrier'],
  ['training'],
  ['health-barrier'],
  ['onward'],
]

/** What somebody left with: one in eight without any of the outcomes (our own assumption). */
export function aCompletion(chance: Chance, hadWork: boolean): Completion {
  const outcomes = chance() < 0.12 ? [] : oneOf(chance, hadWork ? withWork : withoutWork)
  const noOutcome =
    outcomes.length > 0 ? null : oneOf(chance, ['health', 'life', 'work', 'waiting', 'unknown'] as const)
  const inWork = hadWork || outcomes.includes('new-job')
  return { of: 'completion', outcomes, noOutcome, inWork, workAbility: between(chance, noOutcome ? 2 : 5, 9) }
}

const heard = { answered: 0.7, 'not-reached': 0.24, declined: 0.06 } as const
const healthThen = { better: 0.45, same: 0.42, worse: 0.13 } as const

/** How things stood 13 or 26 weeks later. */
export function aFollowUp(chance: Chance, weeks: Weeks, inWork: boolean): FollowUp {
  const result = drawn(chance, heard)
  if (result !== 'answered') return { of: 'follow-up', weeks, result, inWork: null, sameEmployer: null, health: null }
  const still = chance() < (inWork ? 0.85 : 0.15)
  const sameEmployer = still ? oneOf(chance, ['yes', 'yes', 'no'] as const) : null
  return {
    of: 'follow-up',
    weeks,
    result,
    inWork: still ? 'yes' : 'no',
    sameEmployer,
    health: drawn(chance, healthThen),
  }
}
