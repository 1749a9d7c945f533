import { describe, expect, it } from 'vitest'
import { holidaysFrom } from '#platform/dates.ts'
import * as rules from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const now = Temporal.Instant.from('2026-01-05T10:00:00Z')
const proposed: rules.Proposed = {
  ...{ mode: 'phone', place: null, member: 'carol', interpreter: 'none', access: null, anyway: false },
  ...{ day: day('2026-01-13'), time: '10:30', minutes: 60 },
}
const against = {
  ...{ now, hours: { officeFrom: '09:00', officeUntil: '17:00' } },
  ...{ holidays: holidaysFrom([day('2026-04-03')]), members: { carol: { label: 'Carol Coach' } } },
  ...{ person: { needs: null, interpreter: null }, isAway: () => false, standing: [] },
}
const look = (given: Partial<rules.Proposed> = {}, about: Partial<Parameters<typeof rules.look>[1]> = {}) =>
  rules.look({ ...proposed, ...given }, { ...against, ...about })
const fields = (...given: Parameters<typeof look>) => look(...given).problems.map(({ field }) => field)

describe('A time that is proposed', () => {
  it('is to come', () => {
    expect(fields({ day: day('2026-01-05'), time: '10:00' })).toEqual(['day'])
    expect(fields({ day: day('2026-01-05'), time: '10:01' })).toEqual([])
  })

  it('is one that England’s clocks show', () => {
    expect(fields({ day: day('2026-03-29'), time: '01:30' })).toEqual(['time'])
    expect(look({ day: day('2026-07-14') }).times.startsAt.toString()).toBe('2026-07-14T09:30:00Z')
  })

  it('does not overlap with another of the same person, and may follow it at once', () => {
    const at = (time: string, minutes: number) => ({ id: 'other', ...rules.timesOf(proposed.day, time, minutes) })

    expect(fields({}, { standing: [at('11:00', 60)] })).toEqual(['time'])
    expect(fields({}, { standing: [at('09:30', 60), at('11:30', 60)] })).toEqual([])
    expect(fields({}, { standing: [at('11:00', 60)], moving: { id: 'other' } })).toEqual([])
  })

  it('has a place where people meet in person, and a colleague who is there', () => {
    expect(fields({ mode: 'in-person' })).toEqual(['place'])
    expect(fields({ member: 'nobody' })).toEqual(['member'])
  })

  it('has thought of what the person needs', () => {
    const person = { needs: 'Step-free access', interpreter: null }

    expect(fields({}, { person })).toEqual(['access'])
    expect(fields({ access: 'Ground floor room' }, { person })).toEqual([])
  })
})

describe('What should be known before booking', () => {
  it.each([
    ['a bank holiday', { day: day('2026-04-03') }, 'Friday 3 April 2026 is a bank holiday'],
    ['a weekend', { day: day('2026-01-10') }, 'at the weekend'],
    ['before hours', { time: '08:59' }, 'outside the hours'],
    ['after hours', { time: '16:01' }, 'outside the hours'],
  ])('is that it is %s', (_what, given, words) => {
    expect(look(given).warnings.join()).toContain(words.replace('Friday ', ''))
    expect(look({ ...given, anyway: true }).warnings).toEqual([])
  })

  it('is nothing on an ordinary day in the hours of the area', () => {
    expect([...look({ time: '09:00' }).warnings, ...look({ time: '16:00' }).warnings]).toEqual([])
  })

  it('is that the colleague is away or an interpreter is missing', () => {
    expect(look({}, { isAway: () => true }).warnings).toEqual(['Carol Coach is away on this day.'])
    expect(look({}, { person: { needs: null, interpreter: 'Punjabi' } }).warnings.join()).toContain('Punjabi')
  })
})

describe('Free time', () => {
  const day = Temporal.PlainDate.from('2026-01-13')
  const at = (time: string) => Temporal.Instant.from(`2026-01-13T${time}:00Z`)
  const free = (taken: readonly (readonly [string, string])[], now: string) =>
    rules
      .freeTimes(
        taken.map(([from, until]) => ({ startsAt: at(from), endsAt: at(until) })),
        { day, now: at(now), officeFrom: '08:00', officeUntil: '18:00' },
      )
      .map(({ startsAt, endsAt }) => `${startsAt.toString().slice(11, 16)} to ${endsAt.toString().slice(11, 16)}`)

  it('is what no appointment holds of the hours in which people are met, from the next quarter of an hour on', () => {
    expect(free([], '07:00')).toEqual(['08:00 to 18:00'])
    expect(free([], '10:05')).toEqual(['10:15 to 18:00'])
    expect(
      free(
        [
          ['11:00', '12:00'],
          ['09:00', '09:30'],
        ],
        '07:00',
      ),
    ).toEqual([...['08:00 to 09:00', '09:30 to 11:00', '12:00 to 18:00']])
  })

  it('has no stretch that is too short for an appointment, and none in the past or twice', () => {
    expect(
      free(
        [
          ['08:00', '12:00'],
          ['12:20', '18:00'],
        ],
        '07:00',
      ),
    ).toEqual([])
    expect(
      free(
        [
          ['09:00', '10:00'],
          ['09:30', '11:00'],
        ],
        '10:30',
      ),
    ).toEqual(['11:00 to 18:00'])
    expect(free([], '17:45')).toEqual([])
  })
})
