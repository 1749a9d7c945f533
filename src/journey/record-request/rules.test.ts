import { describe, expect, it } from 'vitest'
import { countPressing, dueOn, standsOn } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('A request about a record', () => {
  it('is due one calendar month after it was asked, at the end of a shorter month on its last day', () => {
    expect(dueOn(day('2026-01-05')).toString()).toBe('2026-02-05')
    expect(dueOn(day('2026-01-31')).toString()).toBe('2026-02-28')
  })

  it.each([
    ['2026-01-28', 'open'],
    ['2026-01-29', 'soon'],
    ['2026-02-05', 'soon'],
    ['2026-02-06', 'late'],
  ])('that is due on 5 February is on %s: %s', (today, standing) => {
    expect(standsOn(day('2026-01-05'), day(today))).toBe(standing)
  })

  it('is counted as late, as due soon or as due later, and once', () => {
    const asked = ['2026-01-01', '2026-01-05', '2026-02-01'].map((on) => ({ askedOn: day(on) }))
    expect(countPressing(asked, day('2026-02-03'))).toEqual({ late: 1, soon: 1, later: 1 })
  })
})
