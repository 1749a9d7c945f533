import { describe, expect, it } from 'vitest'
import { edges, items, middle, monthCounted, monthFrom, monthsBack } from './rules.ts'

const month = (text: string) => Temporal.PlainYearMonth.from(text)
const told = ({ from, until }: ReturnType<typeof edges>) => [from.toString(), until.toString()]
const today = Temporal.PlainDate.from('2026-11-23')

describe('A month', () => {
  it('lasts from midnight to midnight on England’s clocks, summer time included', () => {
    expect(told(edges(month('2026-03')))).toEqual(['2026-03-01T00:00:00Z', '2026-03-31T23:00:00Z'])
    expect(told(edges(month('2026-06')))).toEqual(['2026-05-31T23:00:00Z', '2026-06-30T23:00:00Z'])
    expect(told(edges(month('2026-10')))).toEqual(['2026-09-30T23:00:00Z', '2026-11-01T00:00:00Z'])
  })

  it('asks about plans completed so long ago that everybody was due and had a month to answer', () => {
    const due = (item: 'after-13' | 'after-26', completedOn: string, weeks: number) => {
      const reported = monthCounted(item, month('2026-08'))
      const last = Temporal.PlainDate.from(completedOn)
      expect(reported.toString()).toBe(last.toPlainYearMonth().toString())
      return last.add({ weeks }).toString()
    }

    expect(due('after-13', '2026-04-30', 13)).toBe('2026-07-30')
    expect(due('after-26', '2026-01-31', 26)).toBe('2026-08-01')
    expect(monthCounted('completed', month('2026-08')).toString()).toBe('2026-08')
  })

  it('can be looked at for two years, this one included', () => {
    const found = monthsBack(today).map(String)
    expect([found.length, found[0], found.at(-1)]).toEqual([24, '2026-11', '2024-12'])
  })

  it('is the last whole one where none is asked for, and none where it is out of reach', () => {
    expect(monthFrom(null, today)?.toString()).toBe('2026-10')
    expect(monthFrom('2026-11', today)?.toString()).toBe('2026-11')
    expect(['2026-12', '2024-11', 'soon'].map((asked) => monthFrom(asked, today))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('What is counted', () => {
  it.each(Object.values(items))('$label says in a sentence what counts', ({ definition }) => {
    expect(definition).toMatch(/^[A-Z].{30,}\.$/)
  })
})

describe('The middle of some numbers', () => {
  it.each([
    [[], undefined],
    [[4], 4],
    [[9, 1, 4], 4],
    [[1, 2, 3, 10], 2.5],
    [[7, 7, 7, 1], 7],
  ])('of %j is %s', (numbers, found) => {
    const often = new Map(numbers.map((number) => [number, numbers.filter((other) => other === number).length]))
    expect(middle(often)).toBe(found)
  })
})
