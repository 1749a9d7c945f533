import { describe, expect, it } from 'vitest'
import { type Counted, linesOf, toldOf } from './rules.ts'

const some = (count: number, more: Partial<Counted> = {}): Counted => ({
  ...{ month: '2026-01', practice: 'mill lane surgery', name: 'Mill Lane Surgery', what: null, days: null },
  ...{ again: false, count, ...more },
})
const elms = { practice: 'elms practice', name: 'Elms Practice' }
const numbers = (counted: readonly Counted[], below: number) => {
  const { all, held, middle, results, waits, askings, practices } = toldOf(counted, below)
  const of = (lines: readonly Readonly<{ number: unknown }>[]) => lines.map(({ number }) => number)
  const places = practices.map((line) => [line.name, line.all, ...of(line.results), line.held, line.middle, line.again])
  return { all, held, middle, results: of(results), waits: of(waits), askings: of(askings), places }
}

describe('The requests for a fit note of a month', () => {
  it('are counted by practice and result, by how long people waited, and by who had asked before', () => {
    const counted = [
      some(9, { what: 'supported', days: 2 }),
      some(6, { what: 'supported', days: 14, again: true }),
      some(12, { ...elms, what: 'clinician', days: 5 }),
      some(2, { ...elms, what: 'declined', days: 15 }),
      some(7),
    ]

    expect(numbers(counted, 0)).toEqual({
      ...{ all: 36, held: 29, middle: 5, results: [7, 15, 12, 2], waits: [9, 12, 6, 2], askings: [30, 6] },
      places: [
        ['Mill Lane Surgery', 22, 7, 15, 0, 0, 15, 2, 6],
        ['Elms Practice', 14, 0, 0, 12, 2, 14, 5, 0],
      ],
    })
  })

  it('hide small numbers, and count practices with few requests together', () => {
    const counted = [
      some(20, { what: 'supported', days: 2 }),
      some(20, { what: 'declined', days: 5 }),
      some(3, { ...elms, what: 'supported', days: 2 }),
      some(4, { practice: 'park', name: 'Park', what: 'declined', days: 5 }),
    ]
    const { all, places } = numbers(counted, 5)

    expect(all).toBe(47)
    expect(places.map(([name, count]) => [name, count])).toEqual([
      ['Mill Lane Surgery', 40],
      ['Practices with fewer than 5 requests', 7],
    ])
    expect(places[1]?.slice(2)).toEqual([0, '*', 0, '*', 7, 5, '*'])
  })

  it('do not give a small number away by how many conversations were held, or by how long they took', () => {
    const { held, middle, results, waits } = numbers([some(3), some(30, { what: 'supported', days: 2 })], 5)

    expect(results[0]).toBe('*')
    expect([held, middle, ...waits]).toEqual(['*', '*', '*', '*', '*', '*'])
  })

  it('are none where nobody asked, and nothing is taken apart where few did', () => {
    expect(numbers([], 5)).toMatchObject({ all: 0, held: 0, middle: undefined, places: [] })
    expect(numbers([some(4)], 5)).toMatchObject({ all: '*', held: '*', askings: ['*', '*'] })
  })

  it('keep their headings in the file, with the rule for small numbers beside each', () => {
    const lines = linesOf(toldOf([some(6, { what: 'supported', days: 3 })], 5), {
      month: '2026-01',
      area: 'n',
      below: 5,
    })

    expect(lines[1]).toEqual({
      ...{ month: '2026-01', area: 'n', group: 'requests', code: 'held', label: 'Conversations held' },
      ...{ number: 6, middle_days: 3, rule: 'under-5' },
    })
    expect(lines.at(-4)).toMatchObject({
      group: 'practice',
      practice: 'Mill Lane Surgery',
      code: 'supported',
      number: 6,
    })
  })
})
