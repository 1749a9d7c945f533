import { describe, expect, it } from 'vitest'
import { against, againstInWords, inPounds, monthsAround, problemsWithEntering, problemsWithMonth } from './rules.ts'

const today = Temporal.PlainDate.from('2026-01-05')
const month = (text: string) => Temporal.PlainYearMonth.from(text)

describe('Money and staff against what was planned', () => {
  it.each([
    [12, 11, '1 less'],
    [12, 12, 'as planned'],
    [12, 14, '2 more'],
    [null, 14, '–'],
    [12, null, '–'],
  ])('planned %s and now %s is %s', (planned, now, words) => {
    expect(againstInWords(against(planned, now), String)).toBe(words)
  })

  it('is read with commas', () => {
    expect(inPounds(1_241_200)).toBe('£1,241,200')
  })
})

describe('Entering a number', () => {
  it('that stands already needs a reason, and another number', () => {
    const fields = (before: number | null, now: number, why: string | null) =>
      problemsWithEntering(before, { now, why }, 'pounds').map(({ field }) => field)

    expect([fields(null, 5, null), fields(5, 5, 'x'), fields(5, 6, null), fields(5, 6, 'x')]).toEqual([
      ...[[], ['pounds'], ['why'], []],
    ])
  })

  it('of money spent waits until the month has begun', () => {
    expect(problemsWithMonth('spent', month('2026-02'), today)).toHaveLength(1)
    expect(problemsWithMonth('spent', month('2026-01'), today)).toEqual([])
    expect(problemsWithMonth('planned', month('2026-02'), today)).toEqual([])
  })

  it('is possible for two years either way', () => {
    expect([monthsAround(today)[0], monthsAround(today).at(-1)].map(String)).toEqual(['2028-01', '2024-01'])
  })
})
