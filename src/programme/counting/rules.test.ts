import { describe, expect, it } from 'vitest'
import {
  ageBand,
  breakdownCodes,
  breakdowns,
  cellLabel,
  edges,
  inWork,
  items,
  middle,
  monthFrom,
  monthsBack,
} from './rules.ts'

const month = (text: string) => Temporal.PlainYearMonth.from(text)
const told = ({ from, until }: ReturnType<typeof edges>) => [from.toString(), until.toString()]
const today = Temporal.PlainDate.from('2026-11-23')

describe('A month', () => {
  it('lasts from midnight to midnight on England’s clocks, summer time included', () => {
    expect(told(edges(month('2026-03')))).toEqual(['2026-03-01T00:00:00Z', '2026-03-31T23:00:00Z'])
    expect(told(edges(month('2026-06')))).toEqual(['2026-05-31T23:00:00Z', '2026-06-30T23:00:00Z'])
    expect(told(edges(month('2026-10')))).toEqual(['2026-09-30T23:00:00Z', '2026-11-01T00:00:00Z'])
  })

  it('asks 13 weeks later about plans completed 91 days before its days', () => {
    expect(told(edges(month('2026-11'), 13))).toEqual(['2026-08-01T23:00:00Z', '2026-08-31T23:00:00Z'])
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

describe('Who is counted where', () => {
  it.each([
    [15, 'under-16'],
    [16, '16-24'],
    [24, '16-24'],
    [25, '25-34'],
    [34, '25-34'],
    [35, '35-49'],
    [50, '50-64'],
    [64, '50-64'],
    [65, '65-over'],
    [101, '65-over'],
  ])('somebody of %i is in the band %s', (age, band) => {
    expect(ageBand(age)).toBe(band)
  })

  it('work of any kind is in work', () => {
    expect(inWork).toEqual(['employed', 'zero-hours', 'self-employed', 'apprentice'])
  })

  it.each(Object.values(items))('$label says in a sentence what counts', ({ definition }) => {
    expect(definition).toMatch(/^[A-Z].{30,}\.$/)
  })

  it.each(breakdownCodes)('%s says what it goes by, and names what is not known', (breakdown) => {
    expect(breakdowns[breakdown].definition).toMatch(/\.$/)
    expect(cellLabel(breakdown, 'not-known')).toBe('Not known')
  })
})

describe('The middle of some numbers', () => {
  it.each([
    [[], undefined],
    [[4], 4],
    [[9, 1, 4], 4],
    [[1, 2, 3, 10], 2.5],
  ])('of %j is %s', (numbers, found) => {
    expect(middle(numbers)).toBe(found)
  })
})
