import { dayInWords, longDay } from '#platform/dates.ts'
import { type Rhythm, rhythms } from '#journey/rhythm/rules.ts'
import { type AnswerCode, answers } from '#journey/request/rules.ts'
import { type SupportKind, supportKinds, timeInWords } from '#journey/support/log/rules.ts'
import { daysInWords, daysWaited, type WaitsFor, waitsFor } from '#journey/support/pause/rules.ts'
import { type Outcome, outcomes } from '#journey/support/week-limit/rules.ts'
import { type Happening, type ReadAt, within } from '#journey/timeline/rules.ts'

type Told = Readonly<{ id: string; episode: string; at: Temporal.Instant; by: string | null }>
type Today = Temporal.PlainDate

const base = ({ id, at, by }: Told) => ({ id, at, by })

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

type Promised = Told & Readonly<{ every: Rhythm }>

/** How often a person was promised to hear from their coach from then on. */
export function rhythmTold(promised: Promised): Happening {
  const { episode, every } = promised
  const what =
    every === 'none'
      ? 'Nothing is promised any more about how often they hear from their coach'
      : `Promised to hear from their coach ${within(rhythms[every].label)}`
  return { ...base(promised), kind: 'contact', what, href: `/episodes/${episode}/rhythm` }
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
