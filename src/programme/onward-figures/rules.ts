/** Fewer answers than these are not shown: one case more or less would say another thing, and of whom. */
export const fewestAnswers = 20

// Our own default: what was sent later than this before today had no time yet to come to an end.
const settlingDays = 28

/** The days on which what is counted was sent: a year, which ended long enough ago for answers to have come. */
export function countedDays(today: Temporal.PlainDate) {
  const until = today.subtract({ days: settlingDays })
  return { from: until.subtract({ years: 1 }).add({ days: 1 }), until }
}

/** What came of one onward referral that was sent. */
export type Sent = Readonly<{
  /** The day on which the service was asked. */
  on: Temporal.PlainDate
  /** The day on which the service answered for the first time; null where it has not. */
  answeredOn: Temporal.PlainDate | null
  /** The day on which it started, by whoever said so first; null where nobody has. */
  startedOn: Temporal.PlainDate | null
  /** Whether the service has said how it ended: that it declines, or what came of it. */
  closed: boolean
}>

export type Interval = Readonly<{ low: number; high: number }>

// The quantile of the normal distribution that leaves 2.5 % on each side.
const z = 1.959963984540054

/**
 * The 95 % interval of a rate by the score method of Wilson (Probable inference, the law of succession, and statistical
 * inference; Journal of the American Statistical Association 22, 1927, 209-212), which Brown, Cai and DasGupta (Statistical
 * Science 16, 2001, 101-133) advise for small numbers: it stays between 0 and 1, and covers a rate near either.
 */
export function wilson(hits: number, all: number): Interval {
  const [rate, square] = [hits / all, z ** 2]
  const middle = (rate + square / (2 * all)) / (1 + square / all)
  const half = (z / (1 + square / all)) * Math.sqrt((rate * (1 - rate)) / all + square / (4 * all ** 2))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** The middle of some numbers; of an even number of them, between the two in the middle. */
export function medianOf(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((one, other) => one - other)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}

export type Closure = Readonly<{ closed: number; sent: number; rate: number; interval: Interval }>
export type Median = Readonly<{ days: number; n: number }>

/** How a service closes the loop; each is undefined where fewer than twenty answers are behind it. */
export type ServiceFigures = Readonly<{
  closure: Closure | undefined
  toAnswer: Median | undefined
  toStart: Median | undefined
}>

/** How a service answers what it was sent. */
export function figuresOf(sent: readonly Sent[]): ServiceFigures {
  const answers = sent.flatMap(({ on, answeredOn }) => (answeredOn ? [on.until(answeredOn).days] : []))
  const starts = sent.flatMap(({ on, startedOn }) => (startedOn ? [on.until(startedOn).days] : []))
  const closed = sent.filter((one) => one.closed).length
  const enough = answers.length >= fewestAnswers
  return {
    closure: enough
      ? { closed, sent: sent.length, rate: closed / sent.length, interval: wilson(closed, sent.length) }
      : undefined,
    ...{ toAnswer: medianIn(answers), toStart: medianIn(starts) },
  }
}

// A start may be written down for a day before the service was asked: somebody went there by themselves.
function medianIn(days: readonly number[]): Median | undefined {
  const median = days.length < fewestAnswers ? undefined : medianOf(days.map((one) => Math.max(0, one)))
  return median === undefined ? undefined : { days: median, n: days.length }
}

const percent = (rate: number): string => `${Math.round(rate * 100)} %`
const notShown = `Fewer than ${fewestAnswers} answers: not shown`

function closureInWords(closure: Closure | undefined): string {
  if (!closure) return notShown
  const { closed, sent, rate, interval } = closure
  return `${percent(rate)} (${closed} of ${sent}), range ${percent(interval.low)} to ${percent(interval.high)}`
}

function medianInWords(median: Median | undefined): string {
  if (!median) return notShown
  const { days, n } = median
  return `${days} ${days === 1 ? 'day' : 'days'} in the middle, of ${n} times`
}

/** The figures of a service in words, each with how many answers are behind it and its range. */
export const figureRows = ({ closure, toAnswer, toStart }: ServiceFigures) => [
  { label: 'Told us how it ended', value: closureInWords(closure) },
  { label: 'Time to the first answer', value: medianInWords(toAnswer) },
  { label: 'Time until it started', value: medianInWords(toStart) },
]

/** The same in one sentence, as they are kept with what is said against them. */
export const figuresInWords = (figures: ServiceFigures): string =>
  figureRows(figures)
    .map(({ label, value }) => `${label}: ${value}`)
    .join('; ')

/** Whether anything is shown that could be contested. */
const isAnyShown = ({ closure, toAnswer, toStart }: ServiceFigures): boolean =>
  [closure, toAnswer, toStart].some((one) => one !== undefined)

/** That a service says its figures are not right, and what the area answered. */
export type Contest = Readonly<{
  id: string
  words: string
  /** The figures as they stood when it was said. */
  stood: string
  byName: string
  at: Temporal.Instant
  answer: string | null
  answeredAt: Temporal.Instant | null
  answeredBy: string | null
}>

/** Who reads which services refer people in: those who run the service, and those who plan services. */
export const referringReaders = [
  'senior-coach',
  'service-manager',
  'administrator',
  'area-lead',
  'council-lead',
] as const

/** How far what a service contests has come. */
export const contestStates = {
  open: { label: 'Waits for an answer' },
  answered: { label: 'Answered' },
} as const

export type ContestState = keyof typeof contestStates

/** What is contested and has no answer yet. */
export const openContest = (all: readonly Contest[]): Contest | undefined =>
  all.find(({ answeredAt }) => answeredAt === null)

/** Why a service cannot contest its figures now; undefined where it can. */
export function whyNotContest(figures: ServiceFigures, all: readonly Contest[]): string | undefined {
  if (!isAnyShown(figures)) return 'No figures are shown yet: there is nothing to contest'
  return openContest(all) ? 'What was said before waits for an answer first' : undefined
}
