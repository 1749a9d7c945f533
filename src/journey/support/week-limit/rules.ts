import { dayInWords, dayOf, isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { mayTake, type Stage, type Standing } from '#journey/episode/rules.ts'

/** What a review at the week limit comes to. */
export const outcomes = {
  'carry-on': { label: 'Carry on', hint: 'There is a reason to go on longer than the weeks agreed here' },
  completing: { label: 'Move towards completion', hint: 'Finish what is open and complete the plan' },
} as const

export type Outcome = keyof typeof outcomes

/** How near the end of the agreed weeks is. */
export const limitStates = {
  far: { label: 'Within the weeks' },
  near: { label: 'Review soon' },
  due: { label: 'Review due' },
  'standing-still': { label: 'The clock stands' },
} as const

export type LimitState = keyof typeof limitStates

/** Days before the limit from which a review is prompted: our own choice, as on the coach's day. */
const nearDays = 14

/** The weeks of support: how many are used, how long the clock stood, and by when they are reviewed. */
export type LimitPrompt = Readonly<{
  state: LimitState
  weeksUsed: number
  pausedDays: number
  reviewBy: Temporal.PlainDate
  words: string
}>

type Clock = Pick<Standing, 'plan_agreed_at' | 'limit_on' | 'paused_at' | 'paused_days' | 'ended_at'>

/**
 * In which week of the weeks agreed here a plan is, as its clock counts: days of waiting on others are left out, and
 * while somebody waits it stands. Undefined before a plan is agreed and after support has ended.
 */
export function weekOfLimit(standing: Clock, today: Temporal.PlainDate) {
  const { plan_agreed_at: agreedAt, limit_on: limitOn, paused_at: pausedAt, paused_days: paused } = standing
  if (!agreedAt || !limitOn || standing.ended_at) return undefined
  const counted = (until: Temporal.PlainDate) =>
    Math.max(0, dayOf(agreedAt).until(until, { largestUnit: 'days' }).days - paused)
  const day = counted(pausedAt ? dayOf(pausedAt) : today)
  return { week: Math.floor(day / 7) + 1, of: Math.ceil(counted(limitOn) / 7) }
}

/**
 * What is said of the week limit. It asks for a review and never ends anything. Days spent waiting on others do not
 * count, and a review that said "carry on" moves the day on which it asks again.
 */
export function limitPrompt(
  standing: Clock & Pick<Standing, 'stage'>,
  today: Temporal.PlainDate,
  carriesOnUntil: Temporal.PlainDate | null = null,
): LimitPrompt | undefined {
  const { stage, plan_agreed_at: agreedAt, limit_on: limitOn, paused_at: pausedAt } = standing
  if (!agreedAt || !limitOn || !mayTake('supported', stage)) return undefined
  const waiting = stage === 'waiting' && pausedAt ? Math.max(0, daysFrom(dayOf(pausedAt), today)) : 0
  const pausedDays = standing.paused_days + waiting
  const limit = limitOn.add({ days: waiting })
  const reviewBy = carriesOnUntil && isBefore(limit, carriesOnUntil) ? carriesOnUntil : limit
  const counted = weekOfLimit(standing, today)
  if (!counted) return undefined
  const state = stage === 'waiting' ? 'standing-still' : stateFor(reviewBy, today)
  const found = { state, ...counted, pausedDays, reviewBy } as const
  return { state, weeksUsed: counted.week - 1, pausedDays, reviewBy, words: inWords(found, today) }
}

function stateFor(reviewBy: Temporal.PlainDate, today: Temporal.PlainDate): LimitState {
  if (!isBefore(today, reviewBy)) return 'due'
  return isBefore(today.add({ days: nearDays }), reviewBy) ? 'far' : 'near'
}

function daysFrom(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  return from.until(to, { largestUnit: 'days' }).days
}

type Counted = Pick<LimitPrompt, 'state' | 'pausedDays' | 'reviewBy'> & Readonly<{ week: number; of: number }>

function inWords({ state, week, of, pausedDays, reviewBy }: Counted, today: Temporal.PlainDate) {
  const used = `Week ${week} of ${of}`
  const paused = pausedDays > 0 ? `, ${pausedDays} ${pausedDays === 1 ? 'day' : 'days'} of waiting not counted` : ''
  const day = dayInWords(reviewBy, today)
  if (state !== 'due') return `${used}${paused}. Review by ${day}.`
  return `${used}${paused}. The review ${reviewBy.equals(today) ? 'is due today' : `was due ${day}`}.`
}

/** Why support is not reviewed while an episode stands here; undefined when it is. */
export function whyNotReviewed(stage: Stage): string | undefined {
  if (mayTake('supported', stage)) return undefined
  return mayTake('due', stage) && stage !== 'aftercare'
    ? 'Support is reviewed once a plan is agreed.'
    : 'Support has ended. There is nothing left to review.'
}

type Given = Readonly<{ outcome: Outcome; until: Temporal.PlainDate | null; reason: string | null }>

/** What is wrong with a review, if anything: carrying on has a day to come, within a year, and a reason. */
export function problemsWithReview({ outcome, until, reason }: Given, today: Temporal.PlainDate): Problem[] {
  if (outcome !== 'carry-on') return []
  const problem = (field: string, message: string): Problem[] => [{ field, message }]
  return [
    ...(until === null ? problem('until', 'Enter the day until which support carries on') : []),
    ...(until && !isBefore(today, until) ? problem('until', 'Enter a day to come') : []),
    ...(until && isBefore(today.add({ years: 1 }), until) ? problem('until', 'Enter a day within a year') : []),
    ...(reason === null ? problem('reason', 'Enter why support carries on') : []),
  ]
}
