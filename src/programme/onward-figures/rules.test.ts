import { describe, expect, it } from 'vitest'
import { type Counted, countedDays, figuresOf, wilson } from './rules.ts'

const of = (answers: number, more: Partial<Counted> = {}): Counted => ({
  ...{ sent: 40, closed: answers, answers, toAnswer: 3, starts: 0, toStart: null, ...more },
})

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

describe('How a service closes the loop', () => {
  it('is not shown below twenty answers, and is from twenty on, of everything it was sent', () => {
    expect(figuresOf(of(19, { starts: 19, toStart: 8 }))).toEqual({
      ...{ closure: undefined, toAnswer: undefined, toStart: undefined },
    })
    const { closure, toAnswer, toStart } = figuresOf(of(20, { starts: 21, toStart: 0 }))
    expect(closure).toMatchObject({ closed: 20, sent: 40, rate: 0.5 })
    expect([toAnswer, toStart]).toEqual([
      { days: 3, n: 20 },
      { days: 0, n: 21 },
    ])
  })

  it('has the interval that Wilson gives, which stays between none and all', () => {
    // Worked out by hand for 8 of 10; 0 of 20 and 20 of 20 are z²/(n+z²) and its counterpart.
    expect(wilson(8, 10).low).toBeCloseTo(0.4902, 4)
    expect(wilson(8, 10).high).toBeCloseTo(0.9433, 4)
    expect(wilson(0, 20)).toEqual({ low: 0, high: expect.closeTo(0.1611, 4) })
    expect(wilson(20, 20)).toEqual({ low: expect.closeTo(0.8389, 4), high: 1 })
  })

  it('has an interval that holds the true rate in about 95 of 100 services, over a year of made-up answers', () => {
    const chance = seeded(20_260_105)
    const services = Array.from({ length: 4000 }, () => {
      const [rate, sent] = [0.1 + 0.8 * chance(), 20 + Math.floor(180 * chance())]
      const closed = Array.from({ length: sent }, () => chance() < rate).filter(Boolean).length
      const { low, high } = wilson(closed, sent)
      return low <= rate && rate <= high
    })
    const held = services.filter(Boolean).length / services.length

    expect(held).toBeGreaterThan(0.94)
    expect(held).toBeLessThan(0.96)
  })

  it('counts a year that ended four weeks ago', () => {
    const { from, until } = countedDays(Temporal.PlainDate.from('2026-03-01'))
    expect([from.toString(), until.toString()]).toEqual(['2025-02-02', '2026-02-01'])
  })
})
