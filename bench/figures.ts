import { figuresOf, type Sent } from '#programme/onward-figures/rules.ts'

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
const first = Temporal.PlainDate.from('2025-01-01')

function aYear(rate: number, number: number): Sent[] {
  return Array.from({ length: number }, () => {
    const on = first.add({ days: Math.floor(365 * chance()) })
    const closed = chance() < rate
    const answers = closed || chance() < 0.5
    const answeredOn = answers ? on.add({ days: 1 + Math.floor(14 * chance()) }) : null
    const startedOn = closed && answeredOn ? answeredOn.add({ days: Math.floor(30 * chance()) }) : null
    return { on, answeredOn, startedOn, closed }
  })
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
