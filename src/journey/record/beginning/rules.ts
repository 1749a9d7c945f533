import { dayInWords, dayOf, inWords, startOfDay } from '#platform/dates.ts'
import { everyReason, handoverReasons } from '#journey/allocation/rules.ts'
import { type Decision, decided } from '#journey/decision/rules.ts'
import { earlyEnds, type Step } from '#journey/episode/rules.ts'
import { type Answer } from '#journey/passing-on/rules.ts'
import { partCodes, type Summary } from '#journey/summary/rules.ts'
import { type MainBarrier, mainBarriers } from '#journey/referral/rules.ts'
import { type Happening, labelIn, type ReadAt, stepWords, within } from '#journey/timeline/rules.ts'
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
    // Written down later than it came: of that day no time is known.
    dayOnly: told.at.equals(startOfDay(dayOf(told.at))),
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
    text: [labelIn(everyReason, reason), note],
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

type PassedOn = Told &
  Summary &
  Readonly<{ from: string | null; to: string | null; answer: Answer; words: string | null }>

/** That somebody was passed on to another coach with a summary, or that the other asked back. */
export function passedOnTold({ from, to, answer, words, ...told }: PassedOn): Happening {
  const { id, at, by } = told
  return {
    ...{ id, at, by, kind: 'coach' },
    what:
      answer === 'accepted'
        ? `Passed on from ${from ?? 'a coach'} to ${to ?? 'another'}`
        : `${to ?? 'The other coach'} asked back`,
    text: answer === 'accepted' ? [...partCodes.map((part) => told[part]), words] : [words],
    href: `/passing-on/${id}`,
  }
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

type TakenBack = Readonly<{
  id: string
  at: Temporal.Instant
  note: string | null
  organisation: string | null
  referrer: string | null
  by: string | null
}>

/** That whoever referred took the referral back: a note, and no end. */
export function withdrawalTold({ id, at, note, organisation, referrer, by }: TakenBack): Happening {
  return {
    ...{ id, at, by: null, kind: 'message' },
    what: `Referral taken back by ${organisation ?? referrer ?? 'whoever made it'}`,
    text: [note, 'The person decides what follows'],
    mark: by === null ? 'Not read yet' : undefined,
    href: `/referrals/${id}`,
  }
}
