import { type Language } from '#platform/language/rules.ts'
import { sayIn } from '#platform/language/say.ts'
import { describe, expect, it } from 'vitest'
import { holidaysFrom } from '#platform/dates.ts'
import {
  arrangementOn,
  dutyOn,
  dutyProblems,
  minutesOn,
  readAt,
  readingOf,
  readInWords,
  usualArrangement,
  type Version,
} from './rules.ts'

const at = (text: string) => Temporal.Instant.from(text)
const day = (text: string) => Temporal.PlainDate.from(text)
const holidays = holidaysFrom([day('2026-01-06')])

describe('The hours in which alerts are read', () => {
  it.each([
    ['within them at once', '2026-01-05T10:00:00Z', '2026-01-05T10:00:00Z'],
    ['before them when they begin', '2026-01-05T07:00:00Z', '2026-01-05T09:00:00Z'],
    ['after them on the next working day, bank holidays left out', '2026-01-05T17:00:00Z', '2026-01-07T09:00:00Z'],
    ['on a Saturday on Monday', '2026-01-10T12:00:00Z', '2026-01-12T09:00:00Z'],
  ])('%s', (_name, asked, read) => {
    expect(readAt(usualArrangement, at(asked), holidays).toString()).toBe(read)
  })

  it.each([
    ['2026-01-05T10:00:00Z', 15, '2026-01-05T10:15:00Z'],
    ['2026-01-05T16:50:00Z', 60, '2026-01-07T09:50:00Z'],
    ['2026-01-10T12:00:00Z', 60, '2026-01-12T10:00:00Z'],
  ])('%s and %i minutes of them is %s', (from, minutes, there) => {
    expect(minutesOn(usualArrangement, { at: at(from), minutes, holidays }).toString()).toBe(there)
  })

  it('are said so that a person can hold us to them, in their language', () => {
    const readIn = (language: Language, asked: Temporal.Instant) =>
      readInWords(sayIn(language), readingOf(usualArrangement, asked, holidays))
    for (const language of ['cy', 'pl', 'ur', 'ar'] as const)
      expect(readIn(language, at('2026-01-10T12:00:00Z'))).not.toMatch(/after|Monday|January/)
    expect(readIn('pl', at('2026-01-05T10:00:00Z'))).toMatch(/^dzisiaj.* 17:00$/)
    expect(readIn('en', at('2026-01-05T10:00:00Z'))).toBe('today, before 17:00')
    expect(readIn('en', at('2026-01-05T16:30:00Z'))).toBe('Wednesday 7 January 2026, after 9:00')
    expect(readIn('en', at('2026-01-10T12:00:00Z'))).toBe('Monday 12 January 2026, after 9:00')
  })
})

describe('What an area arranged', () => {
  const version = (over: Partial<Version>): Version => ({
    ...{ ...usualArrangement, id: 'one', fromOn: day('2026-01-01'), saidAt: at('2026-01-01T10:00:00Z') },
    ...over,
  })

  it('holds from its day on, and of two for one day the one that was said later', () => {
    const versions = [
      version({ minutesNow: 5 }),
      version({ minutesNow: 6, saidAt: at('2026-01-02T10:00:00Z') }),
      version({ minutesNow: 7, fromOn: day('2026-02-01') }),
    ]
    expect(arrangementOn(versions, day('2026-01-31')).minutesNow).toBe(6)
    expect(arrangementOn(versions, day('2026-02-01')).minutesNow).toBe(7)
    expect(arrangementOn(versions, day('2025-12-31'))).toBe(usualArrangement)
  })
})

describe('Duty', () => {
  it('is with whoever was named last for the day', () => {
    const week = { fromOn: day('2026-01-05'), untilOn: day('2026-01-10'), name: 'week' }
    const one = { fromOn: day('2026-01-07'), untilOn: day('2026-01-08'), name: 'day' }
    expect(dutyOn([one, week], day('2026-01-07'))?.name).toBe('day')
    expect(dutyOn([one, week], day('2026-01-08'))?.name).toBe('week')
    expect(dutyOn([one, week], day('2026-01-10'))).toBeUndefined()
  })

  it('is not for the past, backwards, or with one person as both', () => {
    const today = day('2026-01-05')
    const problems = (over: object) =>
      dutyProblems({ lead: 'a', deputy: null, fromOn: today, lastOn: today, ...over }, today).map((one) => one.field)
    expect(problems({})).toEqual([])
    expect(problems({ deputy: 'a' })).toEqual(['deputy'])
    expect(problems({ lastOn: today.subtract({ days: 1 }) })).toEqual(['last', 'last'])
    expect(problems({ lastOn: today.add({ days: 100 }) })).toEqual(['last'])
  })
})
