import { dayInWords, isBefore } from '#platform/dates.ts'
import type { Standing, Step } from '#journey/episode/rules.ts'

/** What is due next, in words a coach uses. Stages may name other things; those are shown as they are. */
export const dueWords: Readonly<Record<string, string>> = {
  'first-try': 'First contact',
  contact: 'Contact',
  'call-back': 'Call back',
  booking: 'Book an appointment',
  decline: 'Decide what follows a no',
  'call-first': 'Thinks of stopping, and asked for a call first',
  leaving: 'They do not take part any more: end support',
  appointment: 'Appointment',
  assessment: 'First conversation to write up',
  plan: 'Plan to agree',
  review: 'Review of the weeks of support',
  completion: 'Complete the plan',
  check: 'Check what is being waited for',
  'follow-up-13': '13-week follow-up',
  'follow-up-26': '26-week follow-up',
}

/** What is to be done next on an episode, and when. */
export type Due<What extends string = string> = Readonly<{ what: What; on: Temporal.PlainDate }>

/**
 * What is due next, or the appointment that is booked where it comes no later: a day set for a contact never hides it. An
 * ending, or a no that somebody decides about, does not wait for an appointment.
 */
export function dueBy<What extends string>(
  next: Due<What>,
  bookedOn: Temporal.PlainDate | undefined,
): Due<What | 'appointment'> {
  const waits = next.what !== 'leaving' && next.what !== 'decline'
  return bookedOn && waits && !isBefore(next.on, bookedOn) ? { what: 'appointment', on: bookedOn } : next
}

/** The day on which somebody looks again at what is waited for, as was last said and not taken back. */
export function checkOn(steps: readonly Readonly<{ id: string; step: Step }>[]): Temporal.PlainDate | undefined {
  const takenBack = new Set(steps.flatMap(({ step }) => (step.kind === 'withdrawn' ? [step.step] : [])))
  const last = steps.findLast(({ id, step }) => step.kind === 'due' && step.what === 'check' && !takenBack.has(id))
  return last?.step.kind === 'due' ? last.step.on : undefined
}

type Around = Readonly<{
  today: Temporal.PlainDate
  /** The day of the appointment that comes next, where one is booked. */
  bookedOn: Temporal.PlainDate | undefined
}>

/** The step that sets what is due next, unless an appointment or a check that comes no later than that stays due. */
export function dueUnlessSooner(
  next: Due,
  { next_due_what: what, next_due_on: on }: Pick<Standing, 'next_due_what' | 'next_due_on'>,
  { today, bookedOn }: Around,
): Step | undefined {
  const due = dueBy(next, bookedOn)
  const stays = what === 'appointment' || what === 'check'
  if (stays && on && !isBefore(on, today) && !isBefore(due.on, on)) return undefined
  return { kind: 'due', ...due }
}

type Kept = Pick<Standing, 'stage' | 'next_due_on' | 'next_due_what' | 'follow_up_13_on' | 'follow_up_26_on'>

/** What comes next for somebody, follow-ups after the end of support included; undefined when nothing does. */
export function nextOf(standing: Kept): Due | undefined {
  const { next_due_on: on, next_due_what: what } = standing
  const due: Due[] = on ? [{ what: what ?? 'contact', on }] : []
  if (standing.stage !== 'aftercare') return due[0]
  const { follow_up_13_on: after13, follow_up_26_on: after26 } = standing
  const asked: Due[] = [
    ...(after13 ? [{ what: 'follow-up-13', on: after13 }] : []),
    ...(after26 ? [{ what: 'follow-up-26', on: after26 }] : []),
  ]
  return [...due, ...asked].toSorted((one, other) => Temporal.PlainDate.compare(one.on, other.on))[0]
}

/** "13-week follow-up, Thursday 25 February 2027" */
export function inWords({ what, on }: Due, today: Temporal.PlainDate): string {
  return `${dueWords[what] ?? what}, ${dayInWords(on, today)}`
}
