import { dayInWords, dayOf, isBefore, weeksBetween } from '#platform/dates.ts'
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

type Clock = Pick<Standing, 'stage' | 'plan_agreed_at' | 'limit_on' | 'paused_at' | 'paused_days'>

/**
 * What is said of the week limit. It asks for a review and never ends anything. Days spent waiting on others do not
 * count, and a review that said "carry on" moves the day on which it asks again.
 */
export function limitPrompt(
  standing: Clock,
  today: Temporal.PlainDate,
  carriesOnUntil: Temporal.PlainDate | null = null,
): LimitPrompt | undefined {
  const { stage, plan_agreed_at: agreedAt, limit_on: limitOn, paused_at: pausedAt } = standing
  if (!agreedAt || !limitOn || !mayTake('supported', stage)) return undefined
  const waiting = stage === 'waiting' && pausedAt ? Math.max(0, daysFrom(dayOf(pausedAt), today)) : 0
  const pausedDays = standing.paused_days + waiting
  const limit = limitOn.add({ days: waiting })
  const reviewBy = carriesOnUntil && isBefore(limit, carriesOnUntil) ? carriesOnUntil : limit
  const weeksUsed = Math.max(0, weeksBetween(dayOf(agreedAt).add({ days: pausedDays }), today))
  const state = stage === 'waiting' ? 'standing-still' : stateFor(reviewBy, today)
  return { state, weeksUsed, pausedDays, reviewBy, words: inWords({ state, weeksUsed, pausedDays, reviewBy }, today) }
}

function stateFor(reviewBy: Temporal.PlainDate, today: Temporal.PlainDate): LimitState {
  if (!isBefore(today, reviewBy)) return 'due'
  return isBefore(today.add({ days: nearDays }), reviewBy) ? 'far' : 'near'
}

function daysFrom(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  return from.until(to, { largestUnit: 'days' }).days
}

function inWords({ state, weeksUsed, pausedDays, reviewBy }: Omit<LimitPrompt, 'words'>, today: Temporal.PlainDate) {
  const used = `${weeksUsed} ${weeksUsed === 1 ? 'week' : 'weeks'} of support`
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
