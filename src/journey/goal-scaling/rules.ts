import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** The five levels of Goal Attainment Scaling, from the least to the most; nought is what was agreed to be likely. */
export const levels = {
  much_less: { number: -2, label: 'Much less than hoped' },
  less: { number: -1, label: 'Less than hoped' },
  expected: { number: 0, label: 'As hoped' },
  more: { number: 1, label: 'More than hoped' },
  much_more: { number: 2, label: 'Much more than hoped' },
} as const

export type LevelCode = keyof typeof levels

// Checked: the keys of a code list are its codes.
export const levelCodes = Object.keys(levels) as LevelCode[]

/** The code of a level by its number. */
export function levelOf(number: number): LevelCode {
  return levelCodes.find((code) => levels[code].number === number) ?? 'expected'
}

/** A level as it is written: +1, 0, −2. */
export function signed(level: number): string {
  return level > 0 ? `+${level}` : `${level}`.replace('-', '−')
}

/** How much a goal matters to the person beside the others. */
export const weights = {
  '1': { label: 'As much as any other' },
  '2': { label: 'Twice as much' },
  '3': { label: 'Three times as much' },
} as const

// Checked: the keys of a code list are its codes.
const weightCodes = Object.keys(weights) as (keyof typeof weights)[]

/** The code of a weight; a goal counts as much as any other unless somebody said otherwise. */
export function weightOf(weight: number | undefined): keyof typeof weights {
  return weightCodes.find((code) => Number(code) === weight) ?? '1'
}

/** Who said where a goal stands. */
export const raters = {
  together: { label: 'The person and I, together' },
  person: { label: 'The person alone' },
  staff: { label: 'I, from what I know' },
} as const

export type Rater = keyof typeof raters

/** What a goal would look like at each level, where it stood then, and how much it weighs. */
export type Scale = Readonly<{ id: string; goal: string; number: number; weight: number; baseline: number }> &
  Readonly<{ words: Readonly<Record<LevelCode, string>>; setAt: Temporal.Instant; by: string | null }>

/** Where a goal stood on a day. */
export type Rating = Readonly<{ id: string; goal: string; scale: string; level: number }> &
  Readonly<{ on: Temporal.PlainDate; ratedBy: Rater; by: string | null }>

/** One goal as far as its score goes: how much it weighs and the level it has reached. */
export type Weighed = Readonly<{ weight: number; level: number }>

/** How much goals are taken to move together: the figure of those who made the method, and the usual one. */
const together = 0.3

/**
 * The T score of several goals (Kiresuk and Sherman 1968): 50 where everything went as hoped. None without goals.
 * T = 50 + 10 × Σ(w×x) ÷ √(0.7 × Σw² + 0.3 × (Σw)²)
 */
export function tScoreOf(goals: readonly Weighed[]): number | null {
  if (goals.length === 0) return null
  const sum = (each: (goal: Weighed) => number) => goals.reduce((so, goal) => so + each(goal), 0)
  const spread = (1 - together) * sum(({ weight }) => weight ** 2) + together * sum(({ weight }) => weight) ** 2
  return 50 + (10 * sum(({ weight, level }) => weight * level)) / Math.sqrt(spread)
}

/** A T score as it is shown, to one place. */
export function shownScore(score: number): string {
  return (Math.round(score * 10) / 10).toFixed(1)
}

/** Ratings by the levels that hold now; those by earlier levels are not compared with them. */
export function comparable(scale: Scale, ratings: readonly Rating[]): readonly Rating[] {
  return ratings.filter((rating) => rating.scale === scale.id)
}

/** The level a goal had reached by the end of a day: the newest rating, or where it stood when its levels were set. */
export function levelBy(scale: Scale, ratings: readonly Rating[], on?: Temporal.PlainDate): number {
  const until = comparable(scale, ratings).filter((rating) => on === undefined || !isBefore(on, rating.on))
  const [newest] = until.toSorted((one, other) => inTime(other, one))
  return newest?.level ?? scale.baseline
}

/** Where each goal with levels stands now, in words for the plan. */
export function standings(scales: readonly Scale[], ratings: readonly Rating[]): ReadonlyMap<string, string> {
  return new Map(
    scales.map((scale) => {
      const { label, number } = levels[levelOf(levelBy(scale, ratings))]
      return [scale.goal, `Now: ${label.toLowerCase()} (${signed(number)})`]
    }),
  )
}

function inTime(one: Rating, other: Rating): number {
  return Temporal.PlainDate.compare(one.on, other.on) || one.id.localeCompare(other.id)
}

export type TPoint = Readonly<{ key: string; on: Temporal.PlainDate | undefined; score: number }>

/** The T score at the beginning and on each day on which something was rated; every goal with levels counts each time. */
export function scoresOver(scales: readonly Scale[], ratings: readonly Rating[]): TPoint[] {
  const counted = scales.flatMap((scale) => comparable(scale, ratings))
  const days = [...new Map(counted.map(({ on }) => [on.toString(), on])).values()].toSorted((one, other) =>
    Temporal.PlainDate.compare(one, other),
  )
  const at = (on: Temporal.PlainDate) =>
    tScoreOf(scales.map((scale) => ({ weight: scale.weight, level: levelBy(scale, ratings, on) })))
  const first = tScoreOf(scales.map(({ weight, baseline: level }) => ({ weight, level })))
  return [
    { key: 'baseline', on: undefined, score: first },
    ...days.map((on) => ({ key: `${on}`, on, score: at(on) })),
  ].flatMap(({ score, ...point }) => (score === null ? [] : [{ ...point, score }]))
}

/** What is wrong with a rating, if anything. */
export function problemsWithRating(
  on: Temporal.PlainDate,
  setOn: Temporal.PlainDate,
  today: Temporal.PlainDate,
): Problem[] {
  if (isBefore(today, on)) return [{ field: 'on', message: 'Enter today or a day that has been' }]
  if (isBefore(on, setOn)) return [{ field: 'on', message: 'Enter a day since the levels were set' }]
  return []
}
