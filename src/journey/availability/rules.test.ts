import { describe, expect, it } from 'vitest'
import { clock } from '#platform/dates.ts'
import {
  type Exception,
  freeTimesIn,
  type Hours,
  problemsWithException,
  problemsWithHours,
  stretchesOn,
} from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const at = (text: string) => Temporal.Instant.from(text)
const monday = day('2026-01-12')
const member = 'carol'
const morning: Hours = {
  ...{ member, weekdays: [1, 3], starts: '09:00', ends: '12:00', modes: ['phone'], venue: null },
  ...{ fromOn: day('2026-01-01'), untilOn: day('2026-02-02') },
}
const differs = (about: Partial<Exception>): Exception => ({
  ...{ member, kind: 'away', onDay: monday, starts: null, ends: null, modes: [], venue: null },
  ...about,
})
const kept = { hours: [morning], exceptions: [], isAbsent: false, holidays: new Set<string>() }
const spans = (on: Temporal.PlainDate, about: Partial<Parameters<typeof stretchesOn>[1]> = {}) =>
  stretchesOn(on, { ...kept, ...about }).stretches.map(({ startsAt, endsAt }) => `${clock(startsAt)}-${clock(endsAt)}`)

describe('When a coach can be met', () => {
  it('is the usual hours on their days of the week, from the first day until the last', () => {
    expect([spans(monday), spans(day('2026-01-13')), spans(day('2026-01-14'))]).toEqual([
      ['09:00-12:00'],
      [],
      ['09:00-12:00'],
    ])
    expect([spans(day('2025-12-29')), spans(day('2026-01-26')), spans(day('2026-02-02'))]).toEqual([
      [],
      ['09:00-12:00'],
      [],
    ])
  })

  it('is never while they are away, and not on a bank holiday unless it was said for that day', () => {
    const also = differs({ kind: 'also', starts: '14:00', ends: '15:00', modes: ['phone'] })
    const holidays = new Set(['2026-01-12'])

    expect(spans(monday, { isAbsent: true, exceptions: [also] })).toEqual([])
    expect(spans(monday, { holidays })).toEqual([])
    expect(spans(monday, { holidays, exceptions: [also] })).toEqual(['14:00-15:00'])
    expect(spans(monday, { exceptions: [differs({})] })).toEqual([])
    expect(spans(monday, { exceptions: [also] })).toEqual(['09:00-12:00', '14:00-15:00'])
  })

  it('follows the clocks of England when summer time begins', () => {
    const [found] = stretchesOn(day('2026-03-30'), { ...kept, hours: [{ ...morning, untilOn: null }] }).stretches

    expect(found?.startsAt.toString()).toBe('2026-03-30T08:00:00Z')
  })
})

describe('Free times', () => {
  const { stretches } = stretchesOn(monday, kept)
  const free = (about: Partial<Parameters<typeof freeTimesIn>[1]> = {}) =>
    freeTimesIn(stretches, {
      ...{ minutes: 60, gapMinutes: 15, earliest: at('2026-01-05T10:00:00Z'), taken: [], away: [] },
      ...about,
    }).map(({ startsAt }) => clock(startsAt))
  const between = (from: string, to: string) => ({
    startsAt: at(`2026-01-12T${from}:00Z`),
    endsAt: at(`2026-01-12T${to}:00Z`),
  })

  it('follow one another with the gap between them, as many as there is room for', () => {
    expect(free()).toEqual(['09:00', '10:15'])
    expect(free({ minutes: 45, gapMinutes: 0 })).toEqual(['09:00', '09:45', '10:30', '11:15'])
    expect(free({ minutes: 181 })).toEqual([])
    expect(free({ minutes: 180 })).toEqual(['09:00'])
  })

  it('leave what is taken alone and the gap on both sides of it', () => {
    expect(free({ taken: [between('10:00', '10:30')] })).toEqual(['10:45'])
    expect(free({ taken: [between('10:15', '11:00')] })).toEqual(['09:00'])
    expect(free({ taken: [between('10:16', '10:30')] })).toEqual(['09:00', '10:45'])
    expect(free({ away: [between('09:00', '10:58')] })).toEqual(['11:00'])
  })

  it('begin no sooner than is allowed, on the next five minutes', () => {
    expect(free({ earliest: at('2026-01-12T09:01:00Z') })).toEqual(['09:05', '10:20'])
    expect(free({ earliest: at('2026-01-12T11:00:01Z') })).toEqual([])
  })

  it('are not offered twice where hours lie over each other', () => {
    const twice = freeTimesIn([...stretches, ...stretches], {
      ...{ minutes: 60, gapMinutes: 15, earliest: at('2026-01-05T10:00:00Z'), taken: [], away: [] },
    })

    expect(twice.map(({ startsAt }) => clock(startsAt))).toEqual(['09:00', '10:15'])
  })
})

describe('Hours that somebody sets', () => {
  const given = { ...morning, fromOn: monday, untilOn: null }
  const fields = (about: Partial<Parameters<typeof problemsWithHours>[0]>) =>
    problemsWithHours({ ...given, ...about }, []).map(({ field }) => field)

  it('need days, times in their order, a way to meet, and a building for meeting in person', () => {
    expect(fields({})).toEqual([])
    expect(fields({ weekdays: [] })).toEqual(['weekdays'])
    expect(fields({ starts: '12:00' })).toEqual(['ends'])
    expect(fields({ modes: [] })).toEqual(['modes'])
    expect(fields({ modes: ['in-person'] })).toEqual(['venue'])
    expect(fields({ untilOn: monday })).toEqual(['until'])
  })

  it('do not lie over others, named in words', () => {
    const [problem] = problemsWithHours({ ...given, weekdays: [3], starts: '11:00', ends: '13:00' }, [morning])

    expect(problem?.message).toContain('overlap with Monday and Wednesday, 09:00 to 12:00')
    expect(problemsWithHours({ ...given, weekdays: [2] }, [morning])).toEqual([])
    expect(problemsWithHours({ ...given, fromOn: day('2026-02-02') }, [morning])).toEqual([])
  })

  it('may be gone for a whole day, but not for a day that has passed', () => {
    expect(problemsWithException(differs({}), monday)).toEqual([])
    expect(problemsWithException(differs({}), day('2026-01-13')).map(({ field }) => field)).toEqual(['on'])
    expect(problemsWithException(differs({ kind: 'also' }), monday).map(({ field }) => field)).toContain('starts')
  })
})
