/** Fewer answers than these are not shown: one case more or less would say another thing, and of whom. */
export const fewestAnswers = 20

// Our own default: what was sent later than this before today had no time yet to come to an end.
const settlingDays = 28

/** The days on which what is counted was sent: a year, which ended long enough ago for answers to have come. */
export function countedDays(today: Temporal.PlainDate) {
  const until = today.subtract({ days: settlingDays })
  return { from: until.subtract({ years: 1 }).add({ days: 1 }), until }
}

/**
 * Of how many a service was sent last its figures are made: our own choice. With so many the interval is not three percent
 * wide, and more would not make it another figure.
 */
export const mostSent = 5000

/** What came of everything that a service was sent. */
export type Counted = Readonly<{
  sent: number
  /** Of how many the service has said how it ended: that it declines, or what came of it. */
  closed: number
  /** How many it has answered, and the middle of the days until it did for the first time. */
  answers: number
  toAnswer: number | null
  /** How many began, by whoever said so first, and the middle of the days until they did: none where it was before. */
  starts: number
  toStart: number | null
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

export type Closure = Readonly<{ closed: number; sent: number; rate: number; interval: Interval }>
export type Median = Readonly<{ days: number; n: number }>

/** How a service closes the loop; each is undefined where fewer than twenty answers are behind it. */
export type ServiceFigures = Readonly<{
  closure: Closure | undefined
  toAnswer: Median | undefined
  toStart: Median | undefined
}>

/** How a service answers what it was sent. */
export const figuresOf = ({ sent, closed, answers, toAnswer, starts, toStart }: Counted): ServiceFigures => ({
  closure: answers < fewestAnswers ? undefined : { closed, sent, rate: closed / sent, interval: wilson(closed, sent) },
  ...{ toAnswer: middleOf(toAnswer, answers), toStart: middleOf(toStart, starts) },
})

const middleOf = (days: number | null, n: number): Median | undefined =>
  days === null || n < fewestAnswers ? undefined : { days, n }

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
