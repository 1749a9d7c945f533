import { describe, expect, it } from 'vitest'
import { comparedBy, differenceOf, howToRead, maskedPeople, rangedInWords, shownOf, tOf } from './rules.ts'

const change = (count: number, mean: number, spread: number | null) => ({
  ...{ count, before: 4, after: 4 + mean, change: mean, spread },
})

describe('A pilot in numbers', () => {
  it('hides a group in which too few were measured, and then compares nothing', () => {
    const [few, many] = [shownOf(change(4, 1, 2), 5), shownOf(change(9, 2, 3), 5)]

    expect(few).toEqual({ count: '*', change: undefined, range: undefined })
    expect(many.count).toBe(9)
    expect(differenceOf(many, few)).toBeUndefined()
  })

  it('gives a mean change its range', () => {
    expect(rangedInWords(shownOf(change(9, 2, 3), 5).range, 2)).toBe('+2.0 (-0.3 to +4.3)')
    expect(rangedInWords(shownOf(change(1, 2, null), 0).range, 2)).toBe('+2.0')
  })

  it('gives the difference of two changes a range that is wider than either', () => {
    const [one, other] = [shownOf(change(30, 2, 3), 0), shownOf(change(12, 1, 3), 0)]
    const difference = differenceOf(one, other)

    expect(difference?.value).toBeCloseTo(1)
    expect((difference?.high ?? 0) - (difference?.low ?? 0)).toBeGreaterThan(
      (other.range?.high ?? 0) - (other.range?.low ?? 0),
    )
  })

  // Student's t, 97.5 %: the printed tables.
  it.each([
    [1, 12.706],
    [4, 2.776],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [1000, 1.962],
  ])('takes t for %i degrees of freedom as the tables have it', (freedom, table) => {
    expect(Math.abs(tOf(freedom) - table)).toBeLessThan(0.006)
  })

  it('hides who stands how where it would say something of somebody', () => {
    const people = maskedPeople(new Map([['new', 12] as const, ['usual', 11] as const, ['back', 1] as const]), 5)

    expect(people.whole).toBe(24)
    expect(people.number('standing', 'back')).toBe('*')
    expect(people.number('standing', 'asked')).toBe(0)
  })

  it('compares by what the pilot named, and says what a comparison cannot say', () => {
    expect(comparedBy(['rulers'])).toEqual(['importance', 'confidence'])
    expect(howToRead('coach')).toContain('may differ from the start')
    for (const allotting of ['everybody', 'chance', 'coach', 'alternate'])
      expect(howToRead(allotting)).not.toMatch(/caused|because of/)
  })
})
