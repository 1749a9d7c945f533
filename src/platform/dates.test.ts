import { describe, expect, test } from 'vitest'
import {
  addWorkingDays,
  ageOn,
  clock,
  dayFromParts,
  dayInWords,
  dayOf,
  holdsOn,
  holidaysFrom,
  inWords,
  isWorkingDay,
  momentAt,
  readDay,
  shortDay,
  startOfDay,
  weeksBetween,
  workingDaysBetween,
} from './dates.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const moment = (text: string) => Temporal.Instant.from(text)
const bankHolidays = holidaysFrom(['2026-12-25', '2026-12-28', '2027-01-01', '2026-04-03', '2026-04-06'].map(day))
const read = (cell: string, within?: Parameters<typeof readDay>[1]) => {
  const found = readDay(cell, within)
  return found.ok ? found.day.toString() : found.why
}

describe('working days', () => {
  test.each([
    ['2026-11-20', 1, '2026-11-23', 'a Friday arrival is due on Monday'],
    ['2026-11-21', 1, '2026-11-23', 'a Saturday arrival too'],
    ['2026-11-23', 2, '2026-11-25', 'two days within a week'],
    ['2026-12-24', 1, '2026-12-29', 'Christmas, a weekend and a substitute day are left out'],
    ['2026-12-24', 4, '2027-01-04', 'and New Year'],
    ['2026-04-02', 2, '2026-04-08', 'Easter'],
    ['2026-11-23', 0, '2026-11-23', 'no days later is the same day'],
    ['2026-11-23', -1, '2026-11-20', 'before a Monday comes a Friday'],
    ['2024-02-28', 2, '2024-03-01', 'a leap day is a day like any other'],
  ])('%s and %i more is %s: %s', (from, n, to) => {
    expect(addWorkingDays(day(from), n, bankHolidays).toString()).toBe(to)
  })

  test('counting forward and counting the days between agree for every day of a year', () => {
    for (let at = 0; at < 366; at += 1) {
      const from = day('2026-01-01').add({ days: at })
      const to = addWorkingDays(from, 10, bankHolidays)
      expect(workingDaysBetween(from, to, bankHolidays)).toBe(10)
      expect(workingDaysBetween(to, from, bankHolidays)).toBe(-10)
    }
  })

  test('nobody is expected to work at a weekend or on a bank holiday', () => {
    expect(
      ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-28'].map((on) => isWorkingDay(day(on), bankHolidays)),
    ).toEqual([true, false, false, false])
  })
})

describe('England’s clocks', () => {
  test('half past eleven at night in universal time is already tomorrow in summer, and still today in winter', () => {
    expect(dayOf(moment('2026-07-01T23:30:00Z')).toString()).toBe('2026-07-02')
    expect(dayOf(moment('2026-12-01T23:30:00Z')).toString()).toBe('2026-12-01')
  })

  test('an appointment keeps its time on the wall across the change of the clocks', () => {
    expect(momentAt(day('2026-03-28'), '10:30').toString()).toBe('2026-03-28T10:30:00Z')
    expect(momentAt(day('2026-03-29'), '10:30').toString()).toBe('2026-03-29T09:30:00Z')
    expect(clock(moment('2026-03-29T09:30:00Z'))).toBe('10:30')
  })

  test('the hour that is skipped in March is an hour later, and of the one that comes twice the first is meant', () => {
    expect(clock(momentAt(day('2026-03-29'), '01:30'))).toBe('02:30')
    expect(momentAt(day('2026-10-25'), '01:30').toString()).toBe('2026-10-25T00:30:00Z')
  })

  test('the days on which the clocks change have 23 and 25 hours', () => {
    const hours = (on: string) =>
      startOfDay(day(on))
        .until(startOfDay(day(on).add({ days: 1 })))
        .total('hours')
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-11-23')]).toEqual([23, 25, 24])
  })
})

describe('times in words', () => {
  const now = moment('2026-11-23T09:00:00Z')
  test.each([
    ['2026-11-23T10:30:00Z', 'today 10:30'],
    ['2026-11-24T10:30:00Z', 'tomorrow 10:30'],
    ['2026-11-22T23:59:59Z', 'yesterday 23:59'],
    ['2026-12-01T14:05:00Z', 'Tuesday 1 December 2026, 14:05'],
    ['2027-06-30T23:30:00Z', 'Thursday 1 July 2027, 00:30'],
  ])('%s is “%s”', (at, words) => {
    expect(inWords(moment(at), now)).toBe(words)
  })

  test('days have their own words', () => {
    expect(dayInWords(day('2026-11-24'), day('2026-11-23'))).toBe('tomorrow')
    expect(dayInWords(day('2028-02-29'), day('2026-11-23'))).toBe('Tuesday 29 February 2028')
    expect(shortDay(day('2026-09-05'))).toBe('5 Sep 2026')
  })
})

describe('weeks, ages and spans', () => {
  test('twelve weeks are over on the eighty-fourth day and not before', () => {
    expect([83, 84, 85].map((days) => weeksBetween(day('2026-01-05'), day('2026-01-05').add({ days })))).toEqual([
      11, 12, 12,
    ])
  })

  test('somebody born on a leap day has a birthday on 29 February, or on 1 March of a common year', () => {
    expect(['2026-02-28', '2026-03-01'].map((on) => ageOn(day('2008-02-29'), day(on)))).toEqual([17, 18])
    expect(['2024-02-28', '2024-02-29'].map((on) => ageOn(day('2008-02-29'), day(on)))).toEqual([15, 16])
  })

  test('a birthday counts from its own day', () => {
    expect(['2026-11-22', '2026-11-23'].map((on) => ageOn(day('2010-11-23'), day(on)))).toEqual([15, 16])
  })

  test('what holds until a day holds up to the day before it', () => {
    const span = { fromOn: day('2024-10-01'), untilOn: day('2026-04-01') }
    expect(['2024-09-30', '2024-10-01', '2026-03-31', '2026-04-01'].map((on) => holdsOn(span, day(on)))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(holdsOn({ ...span, untilOn: null }, day('2099-01-01'))).toBe(true)
  })
})

describe('dates as areas export them', () => {
  test.each([
    '01/02/2025',
    '1/2/2025',
    '01-02-2025',
    '01.02.2025',
    '2025-02-01',
    '2025/02/01',
    '20250201',
    '1 Feb 2025',
    '1st February 2025',
    'Sat 1 Feb 2025',
    '01-Feb-2025',
    '1 FEB, 2025',
    '45689',
    '45689.4375',
    ' 01/02/2025 10:30 ',
    '01/02/2025 10:30:00 AM',
    '2025-02-01T00:00:00',
    '2025-02-01 00:00:00.000',
    '2025-02-01T08:00:00Z',
    '2025-01-31T23:30:00-05:00',
    '1  Feb  2025',
  ])('“%s” is 1 February 2025', (cell) => {
    expect(read(cell)).toBe('2025-02-01')
  })

  test('a moment in universal time is the day it was on England’s clocks', () => {
    expect(read('2025-06-30T23:30:00Z')).toBe('2025-07-01')
  })

  test.each([
    ['31/02/2025', 'There is no 31 February 2025'],
    ['29/02/2023', 'There is no 29 February 2023'],
    ['00/01/2025', 'There is no 0 January 2025'],
    ['02/25/2025', 'There is no month 25: days are read with the day first'],
    ['1 Fbr 2025', 'There is no month Fbr: days are read with the day first'],
    ['', 'No date is given'],
    ['soon', '“soon” is not a date we can read: write it like 27/03/2026'],
    ['Feb 2025', '“Feb 2025” is not a date we can read: write it like 27/03/2026'],
    ['01/02-2025', '“01/02-2025” is not a date we can read: write it like 27/03/2026'],
    ['01022025', '“01022025” is not a date we can read: write it like 27/03/2026'],
    ['01/02/25', 'The year could be 1925 or 2025: write it in full'],
    ['01/02/0205', '1 February 205 is too early: give a day from 1 January 1850'],
    ['2025-02-30T10:00:00Z', '“2025-02-30T10:00:00Z” is not a time that there is'],
  ])('“%s” is refused: %s', (cell, why) => {
    expect(read(cell)).toBe(why)
  })

  test('29 February is a day in a leap year', () => {
    expect(read('29/02/2024')).toBe('2024-02-29')
  })

  test('two digits of a year are enough where only one century makes sense', () => {
    const started = { earliest: day('2024-10-01'), latest: day('2027-12-31') }
    const born = { earliest: day('1906-01-01'), latest: day('2010-11-23') }
    expect(read('01-Feb-25', started)).toBe('2025-02-01')
    expect(read('01/02/60', born)).toBe('1960-02-01')
    expect(read('01/02/08', born)).toBe('The year could be 1908 or 2008: write it in full')
    expect(read('01/02/24', started)).toBe('1 February 2024 is too early: give a day from 1 October 2024')
  })

  test('a day far outside what was asked is refused with the limit', () => {
    const born = { earliest: day('1906-01-01'), latest: day('2010-11-23') }
    expect(read('01/02/2025', born)).toBe('1 February 2025 is too late: give a day up to 23 November 2010')
    expect(read('45689', born)).toBe('1 February 2025 is too late: give a day up to 23 November 2010')
  })

  test('days across three centuries is read back from each way of writing it', () => {
    for (let on = day('1901-01-01'); on.year < 2190; on = on.add({ days: 13 })) {
      const { day: d, month: m, year: y } = on
      for (const cell of [on.toString(), `${d}/${m}/${y}`, shortDay(on)]) expect(read(cell)).toBe(on.toString())
    }
  })
})

test('a day, a month and a year are read wherever the month is a number or a name, and refused when one is missing', () => {
  expect(dayFromParts({ day: '27', month: 'March', year: '2026' })).toEqual({ ok: true, day: day('2026-03-27') })
  expect(dayFromParts({ day: '27', month: 'sept', year: '2026' })).toEqual({ ok: true, day: day('2026-09-27') })
  expect(dayFromParts({ day: '27', month: '', year: '2026' }).ok).toBe(false)
  expect(dayFromParts({ day: '', month: '3', year: '2026' }).ok).toBe(false)
  expect(dayFromParts({ day: '27', month: '3', year: '20266' }).ok).toBe(false)
})
