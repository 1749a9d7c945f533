import { describe, expect, it } from 'vitest'
import { masked, type PolicyCode, share, shownAs } from './rules.ts'

const counted = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([code, count]) => ({ code, count }))
const group = (counts: Readonly<Record<string, number>>, policy: PolicyCode = 'hes-1-7-round5') => {
  const { total, cells } = masked(counted(counts), policy)
  return { ...Object.fromEntries(cells), total }
}

describe('A number on its way to those who may not see the people', () => {
  it.each([
    ['hes-1-7-round5', 0, 0],
    ['hes-1-7-round5', 1, '*'],
    ['hes-1-7-round5', 4, '*'],
    ['hes-1-7-round5', 7, '*'],
    ['hes-1-7-round5', 8, 10],
    ['hes-1-7-round5', 11, 10],
    ['hes-1-7-round5', 13, 15],
    ['hes-1-7-round5', 18, 20],
    ['hes-1-7-round5', 23, 25],
    ['hes-1-7-round5', 98, 100],
    ['hes-1-7-round5', 103, 105],
    ['fitnote-under-5', 0, 0],
    ['fitnote-under-5', 4, '*'],
    ['fitnote-under-5', 6, 6],
    ['ons-10-5', 9, '*'],
    ['ons-10-5', 11, 10],
    ['ons-10-5', 13, 15],
    ['ons-10-5', 18, 20],
    ['exact', 1, 1],
  ] as const)('by %s, %i is shown as %s', (policy, count, shown) => {
    expect(shownAs(count, policy)).toBe(shown)
  })
})

describe('A group of numbers with its total', () => {
  it('rounds the total from what it really is', () => {
    expect(group({ a: 3, b: 2, c: 12, d: 18 })).toEqual({ a: '*', b: '*', c: 10, d: 20, total: 35 })
  })

  it('hides the next smallest beside a single hidden number, which the total would give away', () => {
    expect(group({ a: 3, b: 12, c: 18 })).toEqual({ a: '*', b: '*', c: 20, total: 35 })
  })

  it('leaves nought alone when it looks for the next smallest', () => {
    expect(group({ a: 3, b: 0, c: 18, d: 20 })).toEqual({ a: '*', b: 0, c: '*', d: 20, total: 40 })
  })

  it('hides the total of a group of one small number', () => {
    expect(group({ a: 0, b: 5 })).toEqual({ a: 0, b: '*', total: '*' })
  })

  it('shows everything as it is to those who see the people', () => {
    expect(group({ a: 3, b: 12 }, 'exact')).toEqual({ a: 3, b: 12, total: 15 })
  })
})

describe('A share', () => {
  it('is not worked out from a hidden number, and there is none of nobody', () => {
    expect([share('*', 200), share(20, '*'), share(0, 0), share(50, 200)]).toEqual(['*', '*', undefined, 25])
  })
})
