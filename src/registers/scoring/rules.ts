/** What a number means, by the lowest number of each band. */
export type Bands = Readonly<Record<number, string>>

/** From which change on two scores differ by more than the questionnaire's own error, and who says so. */
export type ReliableChange = Readonly<{ by: number; source: string }>

/** How the items of an instrument make one score, and where each part of the rule comes from. */
export type Scoring = Readonly<{
  label: string
  /** How many questions count, and the least and the most that each may add; nothing where only a score is known here. */
  items?: Readonly<{ count: number; least: number; most: number }>
  range: readonly [least: number, most: number]
  /** What the sum is multiplied by. */
  times?: number
  /** Up to so many open items take the mean of the others; more, and there is no score. */
  mostMissing: number
  bands: Bands
  better: 'lower' | 'higher'
  source: string
  change?: ReliableChange
}>

const severity = { 0: 'minimal', 5: 'mild', 10: 'moderate', 15: 'moderately severe', 20: 'severe' }
const phqManual = 'Patient Health Questionnaire manual'
const fourSteps = { least: 0, most: 3 }
const none = 'no published margin is kept here'

/**
 * Every instrument of which a score is known here, whether its wording is shown or not. A margin without a source that was
 * seen is left out: an area may set one, and say where it has it from.
 */
export const scorings = {
  'phq-9': {
    label: 'PHQ-9 (low mood)',
    items: { count: 9, ...fourSteps },
    range: [0, 27],
    mostMissing: 2,
    bands: severity,
    better: 'lower',
    source: `${phqManual}; up to two open questions take the mean of the others, as is usual`,
    change: { by: 6, source: 'NHS Talking Therapies manual: reliable change of the PHQ-9' },
  },
  'phq-8': {
    label: 'PHQ-8 (low mood)',
    items: { count: 8, ...fourSteps },
    range: [0, 24],
    mostMissing: 1,
    bands: severity,
    better: 'lower',
    source: `${phqManual}: the PHQ-9 without its last question; ${none}`,
  },
  'phq-2': {
    label: 'PHQ-2 (low mood, short)',
    items: { count: 2, ...fourSteps },
    range: [0, 6],
    mostMissing: 0,
    bands: {},
    better: 'lower',
    source: `${phqManual}: the first two questions of the PHQ-9; ${none}`,
  },
  'phq-15': {
    label: 'PHQ-15 (bodily symptoms)',
    items: { count: 15, least: 0, most: 2 },
    range: [0, 30],
    mostMissing: 0,
    bands: {},
    better: 'lower',
    source: `${phqManual}; ${none}`,
  },
  'gad-7': {
    label: 'GAD-7 (anxiety)',
    items: { count: 7, ...fourSteps },
    range: [0, 21],
    mostMissing: 1,
    bands: { 0: 'minimal', 5: 'mild', 10: 'moderate', 15: 'severe' },
    better: 'lower',
    source: `${phqManual}; one open question takes the mean of the others, as is usual`,
    change: { by: 4, source: 'NHS Talking Therapies manual: reliable change of the GAD-7' },
  },
  'gad-2': {
    label: 'GAD-2 (anxiety, short)',
    items: { count: 2, ...fourSteps },
    range: [0, 6],
    mostMissing: 0,
    bands: {},
    better: 'lower',
    source: `${phqManual}: the first two questions of the GAD-7; ${none}`,
  },
  wsas: {
    label: 'WSAS (work and social adjustment)',
    items: { count: 5, least: 0, most: 8 },
    range: [0, 40],
    mostMissing: 1,
    bands: { 0: 'below 10', 10: '10 to 20', 21: 'above 20' },
    better: 'lower',
    source:
      'NHS Data Dictionary: where one question is open (work, for somebody who does not work) it takes the mean of the others; with more there is no score',
  },
  'who-5': {
    label: 'WHO-5 (well-being)',
    items: { count: 5, least: 0, most: 5 },
    range: [0, 100],
    times: 4,
    mostMissing: 0,
    bands: { 0: 'low', 51: 'not low' },
    better: 'higher',
    source: `World Health Organization: the sum times four; ${none}`,
  },
  gse: {
    label: 'General Self-Efficacy Scale',
    items: { count: 10, least: 1, most: 4 },
    range: [10, 40],
    mostMissing: 0,
    bands: {},
    better: 'higher',
    source: `the sum of ten answers; ${none}`,
  },
  swemwbs: {
    label: 'SWEMWBS (mental well-being, short), sum before conversion',
    items: { count: 7, least: 1, most: 5 },
    range: [7, 35],
    mostMissing: 0,
    bands: {},
    better: 'higher',
    source: `University of Warwick: the sum of seven answers, not yet converted to the metric scale; ${none}`,
  },
  wemwbs: {
    label: 'WEMWBS (mental well-being)',
    items: { count: 14, least: 1, most: 5 },
    range: [14, 70],
    mostMissing: 0,
    bands: {},
    better: 'higher',
    source: `University of Warwick: the sum of fourteen answers; ${none}`,
  },
  'whodas-12': {
    label: 'WHODAS 2.0, 12 questions',
    items: { count: 12, least: 0, most: 4 },
    range: [0, 48],
    mostMissing: 0,
    bands: {},
    better: 'lower',
    source: `World Health Organization: the sum of twelve answers; ${none}`,
  },
  wai: {
    label: 'Work Ability Index, as scored on paper',
    range: [7, 49],
    mostMissing: 0,
    bands: { 7: 'poor', 28: 'moderate', 37: 'good', 44: 'excellent' },
    better: 'higher',
    source: `Finnish Institute of Occupational Health; ${none}`,
  },
  'eq-vas': {
    label: 'EQ VAS (health today), as marked on paper',
    range: [0, 100],
    mostMissing: 0,
    bands: {},
    better: 'higher',
    source: `EuroQol Group; ${none}`,
  },
} as const satisfies Readonly<Record<string, Scoring>>

export type ScoredCode = keyof typeof scorings

/** How an instrument is scored; undefined where it has no score. */
export function scoringOf(code: string): Scoring | undefined {
  return Object.entries<Scoring>(scorings).find(([known]) => known === code)?.[1]
}

/** What the answers of an instrument add up to, by its own rule for questions that were left open; none where too many were. */
export function scoreOf({ items, times = 1, mostMissing }: Scoring, given: readonly number[]): number | null {
  if (items === undefined || given.length === 0 || items.count - given.length > mostMissing) return null
  const sum = given.reduce((so, answer) => so + answer, 0)
  return Math.round((sum / given.length) * items.count) * times
}

/** The band in which a number lies. */
export function bandOf(bands: Bands, number: number): string | null {
  return Object.entries(bands).findLast(([from]) => Number(from) <= number)?.[1] ?? null
}

/** Why a score cannot be one of this instrument; nothing when it can. */
export function problemWithScore({ range: [least, most], times = 1 }: Scoring, score: number): string | undefined {
  if (!Number.isInteger(score) || score < least || score > most) return `Enter a whole number from ${least} to ${most}`
  return score % times === 0
    ? undefined
    : `Enter a number that divides by ${times}: the sum of the answers times ${times}`
}

/** How two scores compare. */
export const comparisons = {
  better: { label: 'Better, by the margin or more' },
  worse: { label: 'Worse, by the margin or more' },
  within: { label: 'Less than the margin apart' },
} as const

export type Comparison = keyof typeof comparisons

/** How a score compares with an earlier one, by the margin from which on they truly differ. */
export function comparisonOf(
  { better }: Pick<Scoring, 'better'>,
  { by }: Pick<ReliableChange, 'by'>,
  [earlier, later]: readonly [number, number],
): Comparison {
  if (Math.abs(later - earlier) < by) return 'within'
  return later < earlier === (better === 'lower') ? 'better' : 'worse'
}
