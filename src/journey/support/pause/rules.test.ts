import { describe, expect, it } from 'vitest'
import { daysWaited, problemsWithEnd, problemsWithPause, whyNotPaused } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const around = {
  ...{ today: day('2026-02-02'), assessedAt: Temporal.Instant.from('2026-01-12T10:00:00Z'), lastResumedOn: null },
}
const given = { waits: 'nhs', whom: null, since: day('2026-02-02'), check: day('2026-02-03') } as const
const fields = (more: Partial<Parameters<typeof problemsWithPause>[0]>, lastResumedOn: string | null = null) =>
  problemsWithPause({ ...given, ...more }, { ...around, lastResumedOn: lastResumedOn ? day(lastResumedOn) : null }).map(
    ({ field }) => field,
  )

describe('Support may wait', () => {
  it('since a day from the first conversation to today, and is looked at again on a day to come', () => {
    expect(fields({})).toEqual([])
    expect(fields({ since: day('2026-01-12') })).toEqual([])
    expect(fields({ since: day('2026-01-11') })).toEqual(['since'])
    expect(fields({ since: day('2026-02-03') })).toEqual(['since'])
    expect(fields({ check: day('2026-02-02') })).toEqual(['check'])
  })

  it('not since a day of an earlier waiting, so that no day is counted twice', () => {
    expect(fields({ since: day('2026-01-20') }, '2026-01-20')).toEqual([])
    expect(fields({ since: day('2026-01-19') }, '2026-01-20')).toEqual(['since'])
  })

  it('for something else only when it is named', () => {
    expect(fields({ waits: 'other' })).toEqual(['whom'])
    expect(fields({ waits: 'other', whom: 'The landlord' })).toEqual([])
  })

  it('from the first conversation until support has ended', () => {
    expect(whyNotPaused('active')).toBeUndefined()
    expect(whyNotPaused('booked')).toContain('once the first conversation')
    expect(whyNotPaused('ended')).toContain('Support has ended')
  })
})

describe('Waiting', () => {
  it('ends on a day since it began and until today', () => {
    const end = (on: string) => problemsWithEnd({ on: day(on), since: day('2026-02-02'), today: day('2026-02-16') })

    expect([end('2026-02-02'), end('2026-02-16')]).toEqual([[], []])
    expect([end('2026-02-01').length, end('2026-02-17').length]).toEqual([1, 1])
  })

  it('is counted in days, also over the night in which summer time begins', () => {
    expect(daysWaited(day('2026-03-28'), day('2026-03-30'))).toBe(2)
    expect(daysWaited(day('2026-03-28'), day('2026-03-28'))).toBe(0)
  })
})
