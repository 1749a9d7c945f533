import { describe, expect, it } from 'vitest'
import { problemsWithDay } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const today = day('2026-01-05')

describe('A day in a plan', () => {
  it('may be today, and may be left open', () => {
    expect(problemsWithDay('due', { given: today, today })).toEqual([])
    expect(problemsWithDay('due', { given: null, today })).toEqual([])
  })

  it('may not be yesterday', () => {
    expect(problemsWithDay('due', { given: day('2026-01-04'), today })).toEqual([
      { field: 'due', message: 'Enter today or a day to come' },
    ])
  })

  it('that has passed since it was entered may stay as it was', () => {
    const stored = day('2025-12-31')
    expect(problemsWithDay('due', { given: stored, stored, today })).toEqual([])
  })

  it('may be two years away and not a day more', () => {
    expect(problemsWithDay('due', { given: day('2028-01-05'), today })).toEqual([])
    expect(problemsWithDay('due', { given: day('2028-01-06'), today })).toHaveLength(1)
  })
})
