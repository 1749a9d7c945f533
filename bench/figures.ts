import { type Counted, figuresOf } from '#programme/onward-figures/rules.ts'

// A year of made-up answers in a few areas, each with the rate they were made with beside what is shown of them.

/** Numbers from 0 to below 1 that look like chance and are the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const chance = seeded(20_260_105)

function aYear(rate: number, sent: number): Counted {
  const made = Array.from({ length: sent }, () => {
    const closed = chance() < rate
    const answered = closed || chance() < 0.5 ? 1 + Math.floor(14 * chance()) : undefined
    return { closed, answered, started: closed && answered ? answered + Math.floor(30 * chance()) : undefined }
  })
  const [answers, starts] = [made.flatMap(({ answered = [] }) => answered), made.flatMap(({ started = [] }) => started)]
  return {
    ...{ sent, closed: made.filter(({ closed }) => closed).length, answers: answers.length, starts: starts.length },
    ...{ toAnswer: middleOf(answers), toStart: middleOf(starts) },
  }
}

function middleOf(days: readonly number[]): number | null {
  const sorted = days.toSorted((one, other) => one - other)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

const percent = (rate: number) => `${(100 * rate).toFixed(1)} %`.padStart(7)
const say = (line: string) => process.stdout.write(`${line}\n`)

say('area  made with  sent  closed    rate  95 % interval       holds it  days to answer  days to start')
const held = Array.from({ length: 15 }, (_, area) => {
  const [rate, sent] = [0.2 + 0.7 * chance(), 15 + Math.floor(300 * chance())]
  const { closure, toAnswer, toStart } = figuresOf(aYear(rate, sent))
  const head = `${String(area + 1).padStart(4)}  ${percent(rate).padStart(9)}  ${String(sent).padStart(4)}`
  if (!closure) {
    say(`${head}  fewer than 20 answers: not shown`)
    return undefined
  }
  const { closed, interval } = closure
  const holds = interval.low <= rate && rate <= interval.high
  const range = `${percent(interval.low)} to ${percent(interval.high)}`
  const days = `${String(toAnswer?.days ?? '-').padStart(14)}  ${String(toStart?.days ?? '-').padStart(13)}`
  say(
    `${head}  ${String(closed).padStart(6)} ${percent(closure.rate)}  ${range}  ${(holds ? 'yes' : 'no').padStart(8)}  ${days}`,
  )
  return holds
}).filter((one) => one !== undefined)
say(`${held.filter(Boolean).length} of ${held.length} intervals hold the rate they were made with.`)
