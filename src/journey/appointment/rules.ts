import { clock, dayInWords, dayOf } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { accessNeeds } from '#registers/people/rules.ts'
import { mayTake, type Stage, type Step } from '#journey/episode/rules.ts'
import { dueBy } from '#journey/due/rules.ts'
import type { Times } from '#journey/invitation/rules.ts'

/** What an appointment is for. */
export const purposes = {
  first: { label: 'First conversation' },
  support: { label: 'Support' },
  review: { label: 'Review of the plan' },
  other: { label: 'Something else' },
} as const

export type Purpose = keyof typeof purposes

/** Whether somebody interprets. */
export const interpreters = {
  none: { label: 'No interpreter needed' },
  needed: { label: 'Needed, not booked yet' },
  booked: { label: 'Needed and booked' },
} as const

export type Interpreter = keyof typeof interpreters

/** How far the search for an interpreter has come; nobody comes until it is confirmed. */
export const interpretingStates = {
  'to-ask': { label: 'To be asked for', colour: 'red' },
  asked: { label: 'Asked for, not confirmed', colour: 'orange' },
  confirmed: { label: 'Confirmed', colour: 'green' },
  'not-found': { label: 'Not found', colour: 'red' },
  'not-needed': { label: 'Not needed', colour: 'grey' },
} as const

export type InterpretingState = keyof typeof interpretingStates

/** What can be said of the search. */
export const saidOfInterpreting = {
  asked: interpretingStates.asked,
  confirmed: interpretingStates.confirmed,
  'not-found': interpretingStates['not-found'],
  'not-needed': { ...interpretingStates['not-needed'], label: 'Not needed after all' },
} as const

export type SaidOfInterpreting = keyof typeof saidOfInterpreting

const whoHelpsToTalk: readonly string[] = ['bsl', 'lip-speaker', 'deafblind', 'speech-to-text']

type Needing = Readonly<{ interpreter: string | null; accessNeeds: readonly string[] }>

/** The language or the help to talk that somebody needs an interpreter for; null where they need none. */
export function interpreterWanted({ interpreter, accessNeeds: needs }: Needing): string | null {
  const helps = Object.entries(accessNeeds).flatMap(([need, { label }]) =>
    whoHelpsToTalk.includes(need) && needs.includes(need) ? [label] : [],
  )
  return [...(interpreter === null ? [] : [interpreter]), ...helps].join(', ') || null
}

type Interpreted = Readonly<{ interpreter: Interpreter; interpreting: SaidOfInterpreting | null }>

/** How the search for an interpreter stands: as was last said, otherwise as it was booked. */
export function interpretingOf({ interpreter, interpreting }: Interpreted): InterpretingState {
  if (interpreting !== null) return interpreting
  if (interpreter === 'none') return 'not-needed'
  return interpreter === 'booked' ? 'confirmed' : 'to-ask'
}

/** Who did not come, or called it off. */
export const whoDid = {
  person: { label: 'The person' },
  coach: { label: 'The coach or colleague' },
  service: { label: 'The service, for another reason' },
} as const

export type WhoDid = keyof typeof whoDid

const persons = ['person'] as const
const ours = ['coach', 'service'] as const

/** Why an appointment was missed, cancelled or moved, and whose reason each can be. */
export const reasons = {
  ill: { label: 'Not well', of: persons },
  work: { label: 'Work', of: persons },
  caring: { label: 'Caring for somebody', of: persons },
  transport: { label: 'Transport or cost of getting there', of: persons },
  forgot: { label: 'Forgot', of: persons },
  unwanted: { label: 'Does not want it any more', of: persons },
  unsaid: { label: 'Gave no reason, or not known', of: persons },
  'staff-ill': { label: 'Staff not well', of: ours },
  'staff-away': { label: 'Staff needed elsewhere', of: ours },
  interpreter: { label: 'Interpreter did not come or was not booked', of: ours },
  place: { label: 'Room or equipment', of: ours },
  mistake: { label: 'Booked by mistake', of: ours },
  other: { label: 'Another reason', of: ['person', 'coach', 'service'] },
} as const satisfies Record<string, { label: string; of: readonly WhoDid[] }>

export type Reason = keyof typeof reasons

/** What can be said of an appointment on its own page; moving it is a page of its own. */
export const saidOf = {
  attended: { label: 'Came' },
  missed: { label: 'Did not take place' },
  cancelled: { label: 'Cancelled' },
} as const

/** What became of an appointment. */
export const resultKinds = { ...saidOf, moved: { label: 'Moved to another time' } } as const

export type ResultKind = keyof typeof resultKinds

/** A result as it was given. */
export type GivenResult = Readonly<{ kind: ResultKind; who: WhoDid | null; reason: Reason | null }>

/** What is wrong with a result: who and why are missing, or the reason is not theirs, or it has not taken place yet. */
export function problemsWithResult({ kind, who, reason }: GivenResult, times: Times, now: Temporal.Instant): Problem[] {
  const toCome = Temporal.Instant.compare(now, times.startsAt) < 0
  if (kind === 'attended' || kind === 'missed') {
    if (toCome) return [{ field: 'kind', message: 'It has not begun yet. Cancel or move it instead' }]
    if (kind === 'attended') return []
  }
  if (who === null) return [{ field: 'who', message: 'Select whose doing it was' }]
  if (reason === null) return [{ field: 'reason', message: 'Select why' }]
  const whose: readonly WhoDid[] = reasons[reason].of
  return whose.includes(who) ? [] : [{ field: 'reason', message: 'Select a reason that fits who it was' }]
}

/** Whether this counts as the person not coming: never when the coach or the service did not. */
export function isNoShow({ kind, who }: Readonly<{ kind: string; who: string | null }>): boolean {
  return kind === 'missed' && who === 'person'
}

/** An appointment with what became of it; `result` is the newest that was not taken back. */
export type Settled = Times & Readonly<{ result: ResultKind | null }>

/** How an appointment stands for whoever looks at it now. */
export const states = {
  'to-come': { label: 'Booked', colour: 'blue' },
  'on-now': { label: 'Now', colour: 'aqua-green' },
  'needs-result': { label: 'Needs a result', colour: 'orange' },
  attended: { label: 'Came', colour: 'green' },
  missed: { label: 'Did not take place', colour: 'red' },
  cancelled: { label: 'Cancelled', colour: 'grey' },
  moved: { label: 'Moved', colour: 'grey' },
} as const

export type State = keyof typeof states

/** Where an appointment stands: a past one without a result needs one. */
export function stateOf({ startsAt, endsAt, result }: Settled, now: Temporal.Instant): State {
  if (result !== null) return result
  if (Temporal.Instant.compare(now, startsAt) < 0) return 'to-come'
  return Temporal.Instant.compare(now, endsAt) < 0 ? 'on-now' : 'needs-result'
}

/** The appointment that comes next of those that still stand, without the one that has just been settled. */
export function nextOf<One extends Settled & Readonly<{ id: string }>>(
  appointments: readonly One[],
  now: Temporal.Instant,
  without?: string,
): One | undefined {
  return appointments
    .filter((one) => one.id !== without && one.result === null && Temporal.Instant.compare(one.startsAt, now) > 0)
    .toSorted((one, other) => Temporal.Instant.compare(one.startsAt, other.startsAt))[0]
}

type Booked = Readonly<{ id: string; result: ResultKind | null; booked_at: Temporal.Instant }>

/** How often an appointment was changed before: every calendar that has it takes the higher number (RFC 5545, SEQUENCE). */
export function sequenceOf(chain: readonly Booked[], { id, result, booked_at: at }: Booked): number {
  const before = chain.filter((one) => one.id !== id && Temporal.Instant.compare(one.booked_at, at) < 0)
  const called = [...before, { result }].filter((one) => one.result === 'cancelled')
  return before.length + called.length
}

/** "Tuesday 13 January 2026, 10:30 to 11:30". */
export function timesInWords({ startsAt, endsAt }: Times, today: Temporal.PlainDate): string {
  return `${dayInWords(dayOf(startsAt), today)}, ${clock(startsAt)} to ${clock(endsAt)}`
}

/** What follows from a result: the next appointment that stands, when to reach out again, and where the episode is. */
export type Following = Readonly<{
  given: Pick<GivenResult, 'kind' | 'who'>
  stage: Stage
  next: Times | undefined
  /** The day on which the next contact is proposed after nobody came. */
  tryAgainOn: Temporal.PlainDate
  /** The day on which it is proposed after people met. */
  keepInTouchOn: Temporal.PlainDate
  nextWorkingDay: Temporal.PlainDate
  /** Where support waits on others: the day on which somebody looks again. */
  checkOn: Temporal.PlainDate | undefined
  today: Temporal.PlainDate
}>

/** The steps that a result takes after "reached", which is at the time of the appointment. */
export function stepsAfter({ given, stage, next, ...days }: Following): Step[] {
  const due = (what: string, on: Temporal.PlainDate): Step => ({ kind: 'due', what, on })
  if (given.kind === 'attended' && stage === 'booked') return [due('assessment', days.today)]
  const nextOn = next && dayOf(next.startsAt)
  const check: Step | undefined =
    stage === 'waiting' && days.checkOn
      ? { kind: 'due', ...dueBy({ what: 'check', on: days.checkOn }, nextOn) }
      : undefined
  const nextDue = check ?? (nextOn && due('appointment', nextOn))
  if (given.kind === 'attended') return [nextDue ?? due('contact', days.keepInTouchOn)]
  const again = isNoShow({ kind: given.kind, who: given.who })
    ? due('contact', days.tryAgainOn)
    : due('booking', days.nextWorkingDay)
  const unbooked: Step[] = mayTake('unbooked', stage) ? [{ kind: 'unbooked' }] : []
  return [...unbooked, ...(next ? [{ kind: 'booked' as const, for: next.startsAt }] : []), nextDue ?? again]
}

/** The steps of a booking: the episode is booked for what comes next, which is not always what was just booked. */
export function stepsOfBooking(next: Times, { stage, moved }: Readonly<{ stage: Stage; moved: boolean }>): Step[] {
  const unbooked: Step[] = moved && mayTake('unbooked', stage) ? [{ kind: 'unbooked' }] : []
  const due = { kind: 'due', what: 'appointment', on: dayOf(next.startsAt) } as const
  return [...unbooked, { kind: 'booked', for: next.startsAt }, due]
}
