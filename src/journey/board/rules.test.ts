import { describe, expect, it } from 'vitest'
import { forecastOf } from './rules.ts'

describe('A forecast of the starts of a month', () => {
  it('is a range around the pace of the last twelve weeks, and begins with who has started', () => {
    expect(forecastOf({ started: 31, lately: 60, daysLately: 60, daysLeft: 10 })).toMatchObject({ least: 35, most: 47 })
  })

  it('is what has started once no day is left', () => {
    expect(forecastOf({ started: 31, lately: 60, daysLately: 60, daysLeft: 0 })).toMatchObject({ least: 31, most: 31 })
  })

  it('is the wider, the more of the month is to come', () => {
    const width = (daysLeft: number) => {
      const found = forecastOf({ started: 0, lately: 60, daysLately: 60, daysLeft })
      return (found?.most ?? 0) - (found?.least ?? 0)
    }

    expect(width(20)).toBeGreaterThan(width(10))
    expect(width(10)).toBeGreaterThan(width(1))
  })

  it('never falls under who has started', () => {
    expect(forecastOf({ started: 4, lately: 5, daysLately: 60, daysLeft: 3 })?.least).toBe(4)
  })

  it('is not made from a handful', () => {
    expect(forecastOf({ started: 2, lately: 4, daysLately: 60, daysLeft: 10 })).toBeUndefined()
  })
})
