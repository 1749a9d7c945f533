import { describe, expect, it } from 'vitest'
import { holidaysFrom } from '#platform/dates.ts'
import { dueOn, isFetchable, longerDueOn, mayTakeLonger, problemsWithTelling, standsInWords } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const holidays = holidaysFrom([day('2026-05-04'), day('2026-04-06')])

describe('A copy of a record', () => {
  it.each([
    ['2026-01-05', '2026-02-05'],
    ['2026-01-31', '2026-03-02'],
    ['2026-03-31', '2026-04-30'],
    ['2026-04-02', '2026-05-05'],
  ])('that was asked for on %s is due on %s', (asked, due) => expect(dueOn(day(asked), holidays).toString()).toBe(due))

  it.each([
    ['2026-01-06', '2026-04-07'],
    ['2026-01-31', '2026-04-30'],
    ['2026-01-05', '2026-04-07'],
    ['2026-02-04', '2026-05-05'],
  ])('that was asked for on %s and takes longer is due on %s', (asked, due) =>
    expect(longerDueOn(day(asked), holidays).toString()).toBe(due),
  )

  it('may take longer once, and only while the first month runs', () => {
    const open = { releasedAt: null, closedAt: null, firstDueOn: day('2026-02-05'), longerToldOn: null }

    expect(mayTakeLonger(open, day('2026-02-05'))).toBe(true)
    expect(mayTakeLonger(open, day('2026-02-06'))).toBe(false)
    expect(mayTakeLonger({ ...open, longerToldOn: day('2026-01-20') }, day('2026-02-01'))).toBe(false)
    const told = (on: string) => problemsWithTelling({ told: day(on), askedOn: day('2026-01-05') }, day('2026-01-20'))
    expect(['2026-01-04', '2026-01-05', '2026-01-20', '2026-01-21'].map((on) => told(on).length)).toEqual([1, 0, 0, 1])
  })

  it.each([
    ['2026-02-05', 'Due soon'],
    ['2026-02-06', 'Overdue'],
    ['2026-01-20', 'Open'],
  ])('due on 5 February stands on %s as “%s”', (today, label) => {
    const standing = { releasedAt: null, closedAt: null, dueOn: day('2026-02-05') }

    expect(standsInWords(standing, day(today)).label).toBe(label)
  })

  it('can be fetched until its last day, and never where it went by post', () => {
    const given = { way: 'space', untilOn: day('2026-03-04') }

    expect(isFetchable(given, day('2026-03-04'))).toBe(true)
    expect(isFetchable(given, day('2026-03-05'))).toBe(false)
    expect(isFetchable({ way: 'post', untilOn: null }, day('2026-02-01'))).toBe(false)
  })
})
