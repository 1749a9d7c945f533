import { dayInWords, dayOf, inWords } from '#platform/dates.ts'
import { allocationReasons, handoverReasons } from '#journey/allocation/rules.ts'
import { type Decision, decided } from '#journey/decision/rules.ts'
import { earlyEnds, type Step } from '#journey/episode/rules.ts'
import { type MainBarrier, mainBarriers } from '#journey/referral/rules.ts'
import { type Happening, type Kind, labelIn, type ReadAt, within } from '#journey/timeline/rules.ts'
import { planTypes } from '#registers/areas/rules.ts'
import { type Route, routes } from '#registers/organisations/rules.ts'

type Told = Readonly<{ id: string; at: Temporal.Instant; by: string | null }>

type Referral = Told &
  Readonly<{
    route: Route
    reason: string | null
    mainBarrier: MainBarrier | null
    referrer: string | null
    organisation: string | null
  }>

/** That a referral came, in the words of who sent it. */
export function referralTold({ route, reason, mainBarrier, referrer, organisation, ...told }: Referral): Happening {
  const from = [referrer, organisation].filter((one) => one !== null).join(', ')
  return {
    ...told,
    kind: 'referral',
    what: `Referral received: ${within(routes[route].label)}`,
    text: [from, mainBarrier && `Main difficulty: ${within(mainBarriers[mainBarrier].label)}`, reason],
    href: `/referrals/${told.id}`,
  }
}

type Decided = Told &
  Readonly<{
    decision: Decision
    referral: string
    reason: string | null
    whereTo: string | null
    takenBackBecause: string | null
  }>

/** What was decided about a referral, and where somebody was helped on to. */
export function decisionTold({ decision, referral, reason, whereTo, takenBackBecause, ...told }: Decided): Happening {
  return {
    ...told,
    kind: 'referral',
    what: decided[decision],
    text: [reason, whereTo && `Helped on to: ${whereTo}`, takenBackBecause && `Taken back: ${takenBackBecause}`],
    mark: takenBackBecause === null ? undefined : 'Taken back',
    href: `/referrals/${referral}`,
  }
}

type Allocated = Told & Readonly<{ coach: string | null; reason: string; note: string | null }>

/** Which coach a person was given, and why. */
export function allocationTold({ coach, reason, note, ...told }: Allocated): Happening {
  return {
    ...told,
    kind: 'coach',
    what: `Coach: ${coach ?? 'a member who has left'}`,
    text: [labelIn(allocationReasons, reason), note],
  }
}

type HandedOver = Told & Readonly<{ from: string; to: string; reason: string; note: string | null }>

/** That another provider took over, and what it was told first. */
export function handoverTold({ from, to, reason, note, ...told }: HandedOver): Happening {
  return {
    ...told,
    kind: 'coach',
    what: `Handed over from ${from} to ${to}`,
    text: [labelIn(handoverReasons, reason), note],
  }
}

/** What is said of a step that has no more to tell than itself, and of which part of the story it is. */
export const stepWords: Readonly<Record<Step['kind'], Readonly<{ kind: Kind; what: string }>>> = {
  received: { kind: 'referral', what: 'Referral received' },
  accepted: { kind: 'referral', what: 'Accepted' },
  allocated: { kind: 'coach', what: 'Coach changed' },
  'handed-over': { kind: 'coach', what: 'Handed over to another provider' },
  tried: { kind: 'contact', what: 'Tried to reach' },
  reached: { kind: 'contact', what: 'Spoken to' },
  booked: { kind: 'appointment', what: 'Appointment made' },
  unbooked: { kind: 'appointment', what: 'Appointment did not take place' },
  assessed: { kind: 'conversation', what: 'First conversation finished' },
  'plan-agreed': { kind: 'plan', what: 'Plan agreed' },
  supported: { kind: 'support', what: 'Support given' },
  paused: { kind: 'support', what: 'Waiting on others' },
  resumed: { kind: 'support', what: 'Carried on after waiting' },
  due: { kind: 'contact', what: 'Next step set' },
  completed: { kind: 'end', what: 'Support completed' },
  'followed-up': { kind: 'end', what: 'Asked how things are after support' },
  ended: { kind: 'end', what: 'Ended early' },
  withdrawn: { kind: 'end', what: 'Taken back' },
}

type Names = Readonly<{ coach: string | null }>

/** A step that has no more to tell than itself, such as one of history that was brought in. */
export function stepTold({ step, coach, ...told }: Told & Names & Readonly<{ step: Step }>, { now }: ReadAt) {
  return { ...told, ...stepWords[step.kind], text: [detailOf(step, coach, now)] } satisfies Happening
}

function detailOf(step: Step, coach: string | null, now: Temporal.Instant): string | undefined {
  if (step.kind === 'received') return routes[step.route].label
  if (step.kind === 'allocated') return step.coach ? `Now ${coach ?? 'a member who has left'}` : 'Nobody for the moment'
  if (step.kind === 'booked') return inWords(step.for, now)
  if (step.kind === 'plan-agreed') return planTypes[step.planType].label
  if (step.kind === 'due') return dayInWords(step.on, dayOf(now))
  if (step.kind === 'followed-up') return `After ${step.weeks} weeks`
  return step.kind === 'ended' ? earlyEnds[step.as].label : undefined
}
