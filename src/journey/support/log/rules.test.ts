import { describe, expect, it } from 'vitest'
import { problemsWithDays, timeInWords, whyNotSupported } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const around = { agreedOn: day('2026-01-12'), today: day('2026-01-20') }
const fields = (on: string | null, next: string | null = null) =>
  problemsWithDays({ on: on ? day(on) : null, next: next ? day(next) : null }, around).map(({ field }) => field)

describe('Help that is written down', () => {
  it('was given between the plan and today, and the next is to come', () => {
    expect([fields('2026-01-12'), fields('2026-01-20'), fields(null, '2026-01-20')]).toEqual([[], [], []])
    expect([fields('2026-01-11'), fields('2026-01-21'), fields(null, '2026-01-19')]).toEqual([['on'], ['on'], ['next']])
  })

  it('begins with the plan and ends with support', () => {
    expect(whyNotSupported('plan-agreed')).toBeUndefined()
    expect(whyNotSupported('waiting')).toBeUndefined()
    expect(whyNotSupported('assessed')).toContain('once a plan is agreed')
    expect(whyNotSupported('aftercare')).toContain('Support has ended')
  })

  it.each([
    [1, '1 minute'],
    [45, '45 minutes'],
    [60, '1 hour'],
    [125, '2 hours 5 minutes'],
  ])('of %i minutes took %s', (minutes, words) => {
    expect(timeInWords(minutes)).toBe(words)
  })
})
