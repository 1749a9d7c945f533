import { describe, expect, it } from 'vitest'
import { readSickPayRules } from './import.ts'
import { ruleOn, type Usual, usualDaysOff, weeklyRate } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const rules = readSickPayRules()
const weekdays: Usual = { days: [1, 2, 3, 4, 5], weeklyPay: 50_000 }

/** Somebody off since a day, who works on these days of the week from another on, until a third. */
const off = (span: string, works: readonly number[], usual: Usual = weekdays) => {
  const [since = '', back = '', until = ''] = span.split(' ')
  const isOff = (one: Temporal.PlainDate) =>
    Temporal.PlainDate.compare(one, day(back)) < 0 || !works.includes(one.dayOfWeek)
  return usualDaysOff({ rules, usual, since: day(since), until: day(until), isOff })
}
const paidOf = (days: ReturnType<typeof off>) =>
  new Map([...days].flatMap(([one, { pay, unpaid }]) => (unpaid === null ? [[one, pay]] : [])))
const paid = (...of: Parameters<typeof off>) => paidOf(off(...of))
/** Why the days of a week are not paid, each reason once. */
const unpaidIn = (days: ReturnType<typeof off>, monday: string) =>
  [...new Set([0, 1, 2, 3, 4, 5, 6].map((n) => days.get(day(monday).add({ days: n }).toString())?.unpaid))].filter(
    (why) => why,
  )
const inWeek = (days: ReadonlyMap<string, number>, monday: string) =>
  [0, 1, 2, 3, 4, 5, 6].map((n) => day(monday).add({ days: n }).toString()).filter((one) => days.has(one))

describe('Sick pay on days that are not worked', () => {
  it('is due for each of the three other days of a return on two days, since 6 April 2026', () => {
    const days = paid('2026-04-06 2026-05-04 2026-05-31', [1, 3])

    expect(inWeek(days, '2026-05-04')).toEqual(['2026-05-05', '2026-05-07', '2026-05-08'])
    expect(days.get('2026-05-05')).toBe(12325 / 5)
  })

  it('was due before that only within four or more days off in a row, weekends too', () => {
    const [spread, together] = [
      paid('2026-01-05 2026-02-02 2026-03-01', [1, 3]),
      paid('2026-01-05 2026-02-02 2026-03-01', [1, 2]),
    ]

    expect(inWeek(spread, '2026-02-02')).toEqual(['2026-02-05', '2026-02-06'])
    expect(inWeek(paid('2026-01-05 2026-02-02 2026-03-01', [1, 3, 5]), '2026-02-02')).toEqual([])
    expect(inWeek(together, '2026-02-02')).toEqual(['2026-02-04', '2026-02-05', '2026-02-06'])
  })

  it('began after three days of work, and at once where the time before was within eight weeks', () => {
    const fresh = paid('2026-01-05 2026-02-02 2026-02-01', [])

    expect(inWeek(fresh, '2026-01-05')).toEqual(['2026-01-08', '2026-01-09'])
    expect(inWeek(fresh, '2026-01-12')).toHaveLength(5)
    const offIn = (text: string) => (one: Temporal.PlainDate) => text.split(' ').some((span) => within(one, span))
    const [since, until] = [day('2025-05-05'), day('2026-03-31')]
    const twice = (spans: string) => paidOf(usualDaysOff({ rules, usual: weekdays, since, until, isOff: offIn(spans) }))
    expect(inWeek(twice('2025-05-05/2025-05-18 2025-07-07/2025-07-13'), '2025-07-07')).toHaveLength(5)
    expect(inWeek(twice('2025-05-05/2025-05-18 2025-07-21/2025-07-27'), '2025-07-21')).toHaveLength(2)
  })

  it('counts the days of a short time off over the day of the change by the rule of each: from 6 April on they count', () => {
    const short = off('2026-04-04 2026-04-07 2026-04-07', [1, 2, 3, 4, 5], {
      days: [1, 2, 3, 4, 5, 6],
      weeklyPay: 50_000,
    })

    expect([...short].map(([one, { unpaid }]) => [one, unpaid])).toEqual([
      ['2026-04-04', 'short'],
      ['2026-04-06', null],
    ])
  })

  it('begins on the first day since then, and each day counts by itself', () => {
    expect([...paid('2026-06-03 2026-06-04 2026-06-04', [1, 2, 3, 4, 5]).keys()]).toEqual(['2026-06-03'])
  })

  it('ends after 28 weeks', () => {
    const days = paid('2026-04-06 2027-04-01 2026-12-31', [])

    expect(days.size).toBe(140)
    expect([...days.keys()].at(-1)).toBe('2026-10-16')
  })

  it('is the lower of the flat rate and four fifths of what they earn, and was not due to those who earned little', () => {
    const [now, then] = [ruleOn(rules, day('2026-05-01')), ruleOn(rules, day('2026-03-01'))]
    const usual = { days: [1, 2, 3], weeklyPay: 12_000 }

    expect(now && weeklyRate(now, usual)).toBe(9600)
    expect(now && weeklyRate(now, { ...usual, weeklyPay: null })).toBe(12325)
    expect(then && weeklyRate(then, usual)).toBe(11875)
    expect(paid('2026-01-05 2026-03-01 2026-02-28', [], usual).size).toBe(0)
  })

  it('is not shown where no rule is known', () => {
    expect(paid('2022-01-03 2022-03-01 2022-02-28', []).size).toBe(0)
    expect(unpaidIn(off('2022-01-03 2022-03-01 2022-02-28', []), '2022-02-07')).toEqual(['unknown'])
  })

  it('says of each day off that is not paid why it is not', () => {
    const why = (span: string, works: number[], monday: string) => unpaidIn(off(span, works), monday)

    expect(why('2026-04-06 2027-04-01 2026-12-31', [], '2026-11-02')).toEqual(['over'])
    expect(why('2026-01-05 2026-02-02 2026-03-01', [], '2026-01-05')).toEqual(['waiting'])
    expect(why('2026-01-05 2026-02-02 2026-03-01', [1, 3, 5], '2026-02-09')).toEqual(['short'])
    expect(why('2026-06-01 2026-07-06 2026-08-02', [1, 3], '2026-07-06')).toEqual([])
    const little = off('2026-01-05 2026-03-01 2026-02-28', [], { days: [1, 2, 3], weeklyPay: 12_000 })
    expect(unpaidIn(little, '2026-02-02')).toEqual(['earnings'])
  })

  it('counts the weeks before the first known rule towards the most that is paid', () => {
    const days = off('2022-11-07 2023-06-05 2023-07-02', [1, 3])

    expect(unpaidIn(days, '2022-12-05')).toEqual(['unknown'])
    expect(unpaidIn(days, '2023-06-12')).toEqual(['short', 'over'])
    expect(unpaidIn(off('2022-11-07 2023-07-03 2023-07-02', []), '2023-06-12')).toEqual(['over'])
  })

  it('never pays more in a week than the rate of the week, and only for days they usually work', () => {
    for (const works of subsets) {
      const days = paid('2026-02-16 2026-03-16 2026-06-28', works)
      for (let monday = day('2026-02-16'); monday.month < 7; monday = monday.add({ days: 7 })) {
        const sum = inWeek(days, monday.toString()).reduce((all, one) => all + (days.get(one) ?? 0), 0)
        expect(sum).toBeLessThanOrEqual(12325 + 1e-6)
      }
      expect([...days.keys()].every((one) => day(one).dayOfWeek <= 5)).toBe(true)
    }
  })
})

const subsets = Array.from({ length: 32 }, (_, bits) => [1, 2, 3, 4, 5].filter((one) => bits & (1 << (one - 1))))

function within(one: Temporal.PlainDate, span: string): boolean {
  const [from = '', until = ''] = span.split('/')
  return Temporal.PlainDate.compare(one, day(from)) >= 0 && Temporal.PlainDate.compare(one, day(until)) <= 0
}
