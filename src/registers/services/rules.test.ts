import { describe, expect, it } from 'vitest'
import { emptyListing, type Opening } from '#registers/listing/rules.ts'
import { daysOf, openingsInWords, stateOn } from './rules.ts'

const on = (day: string) => Temporal.PlainDate.from(day)
const state = (said: object, day: string) => stateOn(daysOf({ ...emptyListing, ...said }), on(day))

describe('How a service stands', () => {
  it('follows from its days: to come until it opens, closed from the day on which it closes', () => {
    const said = { validFrom: '2026-02-01', validUntil: '2026-03-01' }

    expect(['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map((day) => state(said, day))).toEqual([
      ...['to-come', 'open', 'open', 'closed'],
    ])
  })

  it('is paused until the day on which it is open again, and without one until somebody says so', () => {
    const said = { pausedFrom: '2026-01-05', pausedUntil: '2026-01-12' }

    expect(['2026-01-04', '2026-01-05', '2026-01-11', '2026-01-12'].map((day) => state(said, day))).toEqual([
      ...['open', 'paused', 'paused', 'open'],
    ])
    expect(state({ pausedFrom: '2026-01-05' }, '2030-01-01')).toBe('paused')
  })
})

describe('The hours of a service', () => {
  const open = (day: Opening['day'], opens: string, closes: string): Opening => ({ day, opens, closes, location: null })

  it('are said together for days that are alike', () => {
    const week = ([1, 2, 3, 4, 5] as const).map((day) => open(day, '09:00', '17:00'))

    expect(openingsInWords([...week, open(6, '10:00', '12:30')])).toEqual([
      ...['Monday to Friday 9:00 to 17:00', 'Saturday 10:00 to 12:30'],
    ])
    expect(openingsInWords([open(2, '17:00', '00:00'), open(4, '17:00', '00:00')])).toEqual([
      'Tuesday and Thursday 17:00 to midnight',
    ])
    expect(openingsInWords([open(1, '00:00', '00:00')])).toEqual(['Monday all day and night'])
  })
})
