import { dayInWords, longDay } from '#platform/dates.ts'
import { type Result, results } from '#journey/action/rules.ts'
import {
  type Content,
  differences,
  inOneLine,
  type ReviewResult,
  reviewResults,
  type WayAgreed,
  waysAgreed,
} from '#journey/plan/rules.ts'
import { type AnswerCode, answers } from '#journey/request/rules.ts'
import { type SupportKind, supportKinds, timeInWords } from '#journey/support/log/rules.ts'
import { daysInWords, daysWaited, type WaitsFor, waitsFor } from '#journey/support/pause/rules.ts'
import { type Outcome, outcomes } from '#journey/support/week-limit/rules.ts'
import { type Happening, type ReadAt, within } from '#journey/timeline/rules.ts'
import { planTypes } from '#registers/areas/rules.ts'

type Told = Readonly<{ id: string; episode: string; at: Temporal.Instant; by: string | null }>
type Today = Temporal.PlainDate

const base = ({ id, at, by }: Told) => ({ id, at, by })

type Agreed = Told & Readonly<{ number: number; how: WayAgreed; content: Content; before: Content | null }>

/** A version of the plan as it was agreed: the goals of the first, and afterwards what is different. */
export function agreementTold(agreed: Agreed): Happening {
  const { episode, number, how, content, before } = agreed
  const changes = before ? differences(before, content).map(inOneLine) : content.goals.map(({ words }) => `“${words}”`)
  return {
    ...base(agreed),
    ...{ kind: 'plan', dayOnly: true },
    what: number === 1 ? `Plan agreed: ${planTypes[content.type].label}` : `Plan agreed again, version ${number}`,
    text: [...changes, `Agreed ${within(waysAgreed[how].label)}`],
    href: `/episodes/${episode}/plan/versions`,
  }
}

type Review = Told & Readonly<{ result: ReviewResult; said: string; next_on: Today | null }>

/** That the plan was looked at together, and what it came to. */
export function reviewTold(review: Review, { today }: ReadAt): Happening {
  const { episode, result, said, next_on: next } = review
  return {
    ...base(review),
    ...{ kind: 'plan', dayOnly: true },
    what: `Plan reviewed: ${within(reviewResults[result].label)}`,
    text: [said, next && `Next review ${dayInWords(next, today)}`],
    href: `/episodes/${episode}/plan`,
  }
}

type ActionResult = Told & Readonly<{ what: string; result: Result; note: string | null; own: boolean }>

/** What came of an action. */
export function resultTold(of: ActionResult): Happening {
  return {
    ...base({ ...of, by: of.own ? 'the person themselves' : of.by }),
    ...{ kind: 'plan', dayOnly: true },
    what: `${results[of.result].label}: ${within(of.what)}`,
    text: [of.note],
    href: `/episodes/${of.episode}/plan`,
  }
}

type Entry = Told &
  Readonly<{
    kind: SupportKind
    minutes: number
    done: string
    next_on: Today | null
    withdrawnAt: Temporal.Instant | null
  }>

/** Help that was given: of what kind, for how long, and what was done. */
export function entryTold(entry: Entry, { today }: ReadAt): Happening {
  const { episode, kind, minutes, done, next_on: next, withdrawnAt } = entry
  return {
    ...base(entry),
    ...{ kind: 'support', dayOnly: true },
    what: `${supportKinds[kind].label}, ${timeInWords(minutes)}`,
    text: [done, next && `In touch again ${dayInWords(next, today)}`],
    mark: withdrawnAt === null ? undefined : 'Taken back',
    href: `/episodes/${episode}/support#${entry.id}`,
  }
}

type Pause = Told & Readonly<{ waitsFor: WaitsFor; whom: string | null; note: string | null; checkOn: Today }>

/** That support waits: for whom or what, and until when. */
export function pauseTold(pause: Pause, { today }: ReadAt): Happening {
  return {
    ...base(pause),
    ...{ kind: 'support', dayOnly: true },
    what: `Waiting: ${within(waitsFor[pause.waitsFor].label)}`,
    text: [pause.whom, pause.note, `Look again ${dayInWords(pause.checkOn, today)}`],
    href: `/episodes/${pause.episode}/pause`,
  }
}

type Look = Told & Readonly<{ checkOn: Today; note: string | null }>

/** That somebody looked, and it is still waited for. */
export function waitingLookTold(look: Look, { today }: ReadAt): Happening {
  return {
    ...base(look),
    kind: 'support',
    what: 'Still waiting',
    text: [look.note, `Look again ${dayInWords(look.checkOn, today)}`],
    href: `/episodes/${look.episode}/pause`,
  }
}

type Resumption = Told & Readonly<{ since: Today; on: Today; note: string | null }>

/** That support goes on. */
export function resumptionTold(resumed: Resumption): Happening {
  return {
    ...base(resumed),
    ...{ kind: 'support', dayOnly: true },
    what: `Carried on after ${daysInWords(daysWaited(resumed.since, resumed.on))} of waiting`,
    text: [resumed.note],
    href: `/episodes/${resumed.episode}/pause`,
  }
}

type WeekReview = Told &
  Readonly<{ outcome: Outcome; until_on: Today | null; reason: string | null; weeksUsed: number }>

/** What a review at the week limit came to. */
export function weekReviewTold(review: WeekReview): Happening {
  const { outcome, until_on: until, reason, weeksUsed } = review
  return {
    ...base(review),
    kind: 'support',
    what: `Weeks of support reviewed after ${weeksUsed}: ${within(outcomes[outcome].label)}`,
    text: [until && `Until ${longDay(until)}`, reason],
    href: `/episodes/${review.episode}/review`,
  }
}

type FromOutside = Readonly<{
  id: string
  at: Temporal.Instant
  note: string | null
  by_name: string | null
  request: string
  organisation: string
  answer: AnswerCode
  readBy: string | null
}>

/** What somebody outside answered through a link. */
export function answerTold({ id, at, note, by_name, request, organisation, answer, readBy }: FromOutside): Happening {
  return {
    ...{ id, at, by: null, kind: 'message' },
    what: `Answer from ${organisation}${answer === 'told' ? '' : `: ${within(answers[answer].label)}`}`,
    text: [note, by_name && `Answered by ${by_name}`],
    mark: readBy === null ? 'Not read yet' : undefined,
    href: `/requests/${request}`,
  }
}
