import { describe, expect, it } from 'vitest'
import {
  changedMonths,
  monthsOf,
  type Planned,
  plannedMonths,
  problemsWithProfile,
  programmeYear,
  yearFrom,
} from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const planned = (plan: string, month: string, starts: number): Planned => ({
  ...{ plan, starts, month: Temporal.PlainYearMonth.from(month), why: null, enteredOn: day('2026-04-01'), by: 'Max' },
})
const months = plannedMonths(monthsOf(2026), [planned('b', '2026-05', 40), planned('a', '2026-05', 30)])

describe('A profile of planned starts', () => {
  it('is of a year from April to March', () => {
    expect(programmeYear(day('2026-03-31'))).toBe(2025)
    expect(programmeYear(day('2026-04-01'))).toBe(2026)
    expect(monthsOf(2026).map(String).slice(0, 1)).toEqual(['2026-04'])
    expect(monthsOf(2026).map(String).at(-1)).toBe('2027-03')
    expect([yearFrom(null, day('2026-11-26')), yearFrom('next', day('2026-11-26'))]).toEqual([2026, undefined])
  })

  it('keeps what was planned first beside what holds now', () => {
    expect(months[1]).toMatchObject({ now: { starts: 40 }, first: { starts: 30 } })
    expect(months[0]).toMatchObject({ now: undefined, first: undefined })
  })

  it('is changed with a reason, and only where a number is new', () => {
    const problems = (starts: Record<string, number | null>, why: string | null = null) =>
      problemsWithProfile(months, { starts, why }).map(({ field }) => field)

    expect(
      changedMonths(months, { 'starts-4': 12, 'starts-5': 40, 'starts-6': null }).map(({ starts }) => starts),
    ).toEqual([12])
    expect(problems({ 'starts-4': 12, 'starts-5': 40 })).toEqual([])
    expect(problems({ 'starts-5': 41 })).toEqual(['why'])
    expect(problems({ 'starts-5': 41 }, 'A coach joins')).toEqual([])
    expect(problems({ 'starts-5': null })).toEqual(['starts-5'])
    expect(problems({ 'starts-5': 40 })).toEqual(['starts-4'])
  })
})
