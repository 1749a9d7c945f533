import { describe, expect, it } from 'vitest'
import { numbersFrom } from '#test/chance.ts'
import { type SickPayRule, weeklyRate } from '#registers/sick-pay/rules.ts'
import {
  daysInWords,
  fullFrom,
  type Job,
  jobProblems,
  laidOut,
  notDueInWords,
  type PhasedReturn,
  proposedWeeks,
  rateInWords,
  remarksOn,
  rulesOf,
  spread,
  type Week,
  weekProblems,
} from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const job: Job = { days: [1, 2, 3, 4, 5], hours: 37.5, weeklyPay: 50_000, offSince: day('2026-04-20') }
const week = (days: number[], hours: number): Week => ({ days, hours, duties: null, review: false })
const plan = (more: Partial<PhasedReturn> = {}): PhasedReturn => ({
  ...{ ...job, id: 'one', number: 1, beginsOn: day('2026-06-01') },
  weeks: [week([1, 3], 4), week([1, 3, 5], 5)],
  ...more,
})
const rules: readonly SickPayRule[] = [
  {
    ...{ fromOn: day('2025-04-06'), weekly: 11_875, share: null, waitingDays: 3, leastEarned: 12_500 },
    ...{ leastInRow: 4, linkDays: 56, mostWeeks: 28, source: 'Until April 2026' },
  },
  {
    ...{ fromOn: day('2026-04-06'), weekly: 12_325, share: 80, waitingDays: 0, leastEarned: null },
    ...{ leastInRow: 1, linkDays: 56, mostWeeks: 28, source: 'Since April 2026' },
  },
]

describe('A phased return', () => {
  it('says of each week its days, its hours, and what it may pay', () => {
    const [first, second] = laidOut(plan(), rules)

    expect(first).toMatchObject({ number: 1, total: 8, pay: 10_667, sick: { days: 3, amount: 7395 } })
    expect([first?.from.toString(), first?.until.toString()]).toEqual(['2026-06-01', '2026-06-07'])
    expect(second).toMatchObject({ number: 2, total: 15, pay: 20_000, sick: { days: 2, amount: 4930 } })
    expect(fullFrom(plan()).toString()).toBe('2026-06-15')
  })

  it('shows no pay that is not known, and no sick pay where it is not known since when they are off', () => {
    expect(laidOut(plan({ weeklyPay: null }), rules)[0]).toMatchObject({ pay: null, sick: { days: 3, amount: 7395 } })
    expect(laidOut(plan({ offSince: null }), rules)[0]?.sick).toBeNull()
    expect(laidOut(plan({ beginsOn: day('2024-01-08'), offSince: day('2024-01-01') }), rules)[0]?.sick).toBeNull()
  })

  it('changes in its middle with the rules of the day', () => {
    const across = { beginsOn: day('2026-03-30'), offSince: day('2026-02-02') }
    const weeks = [week([1, 3, 5], 4), week([1, 3, 5], 4)]

    expect(laidOut(plan({ ...across, weeks }), rules).map(({ sick }) => sick?.days)).toEqual([0, 2])
  })

  it('says why no sick pay is due, and names each rate that it rests on', () => {
    const across = { beginsOn: day('2026-03-30'), offSince: day('2026-02-02') }
    const weeks = [week([1, 3, 5], 4), week([1, 3, 5], 4), week([1, 2, 3, 4, 5], 7.5)]
    const laid = laidOut(plan({ ...across, weeks }), rules)
    const long = laidOut(plan({ beginsOn: day('2026-12-07'), offSince: day('2026-04-06') }), rules)
    const why = (one: (typeof laid)[number] | undefined) => one?.sick?.notDue.map(notDueInWords)

    expect(laid.map(why)).toEqual([
      ['Only 4 or more days off in a row count.'],
      [],
      ['They work on all their usual days.'],
    ])
    expect(rulesOf(laid).map(rateInWords)).toEqual([
      '£118.75 a week from 6 April 2025. Source: Until April 2026.',
      '£123.25 a week from 6 April 2026, or 80% of what they earn where that is less. Source: Since April 2026.',
    ])
    expect(why(long[0])).toEqual(['It is paid for 28 weeks at most, and these are over.'])
    expect(rulesOf(long)).toEqual([rules[1]])
  })

  it('begins three days into a week just as well as on a Monday', () => {
    const [first] = laidOut(plan({ beginsOn: day('2026-06-04'), weeks: [week([4, 1], 4)] }), rules)

    expect(first?.sick?.days).toBe(3)
  })
})

describe('Weeks that are laid out', () => {
  it('grow from the first to the usual ones, with rest between the days', () => {
    const weeks = proposedWeeks({ job, weeks: 4, firstDays: 2, firstHours: 4 })

    expect(weeks.map(({ days }) => days)).toEqual([
      [1, 5],
      [1, 3, 5],
      [1, 2, 4, 5],
      [1, 2, 4, 5],
    ])
    expect(weeks.map(({ hours }) => hours)).toEqual([4, 5, 6, 6.5])
    expect(weeks.map(({ review }) => review)).toEqual([false, true, false, true])
  })

  it('never have more hours than a usual week, nor fewer than the week before', () => {
    for (const [days, firstDays, firstHours, weeks] of outlines) {
      const one = { ...job, days: job.days.slice(0, days), hours: days * 7.5 }
      const laid = proposedWeeks({ job: one, weeks, firstDays, firstHours })
      expect(remarksOn({ weeks: laid, hours: one.hours })).toEqual([])
      expect(weekProblems(laid)).toEqual([])
    }
  })

  it('are spread over the days there are', () => {
    expect(spread([1, 2, 3, 4, 5], 1)).toEqual([1])
    expect(spread([1, 2, 3, 4, 5], 3)).toEqual([1, 3, 5])
    expect(spread([2, 6], 5)).toEqual([2, 6])
    expect(spread([2, 6], 0)).toEqual([])
  })

  it('are wrong without days or hours, each at its own field', () => {
    expect(weekProblems([week([], 4), week([1], 0), week([], 0)]).map(({ field }) => field)).toEqual([
      'days1',
      'hours2',
    ])
    expect(weekProblems([]).map(({ field }) => field)).toEqual(['days1'])
  })

  it('are remarked on where they are more than usual, go back, or are never looked at', () => {
    expect(remarksOn({ weeks: [week([1, 2], 8), week([1], 8)], hours: 15 })).toEqual([
      'Week 1 has more hours than a usual week.',
      'Week 2 has fewer hours than the week before.',
      'No week ends with a look at how it goes.',
    ])
  })
})

describe('The usual job', () => {
  const wrong = (more: Partial<Job>) => jobProblems({ ...job, ...more }, day('2026-06-01')).map(({ field }) => field)

  it('has days, hours that fit into them, and a first day off before the return', () => {
    expect(wrong({})).toEqual([])
    expect(wrong({ days: [] })).toEqual(['usual'])
    expect(wrong({ days: [1], hours: 25 })).toEqual(['hours'])
    expect(wrong({ offSince: day('2026-06-02') })).toEqual(['off'])
    expect(wrong({ offSince: day('2023-05-31') })).toEqual(['off'])
  })

  it('is told by the names of its days', () => {
    expect(daysInWords([1, 3, 5])).toBe('Monday, Wednesday and Friday')
    expect(daysInWords([])).toBe('No days')
  })
})

const outlines = [1, 2, 3, 4, 5].flatMap((days) =>
  [1, 2, 3, 4, 5]
    .filter((first) => first <= days)
    .flatMap((first) =>
      [1, 3.5, 7.5].flatMap((hours) => [1, 4, 12].map((weeks) => [days, first, hours, weeks] as const)),
    ),
)

/** Some of these days, never none. */
function someOf(days: readonly number[], number: (below: number) => number): number[] {
  const some = days.filter(() => number(2) === 0)
  return some.length > 0 ? some : days.slice(0, 1)
}

/** A return that could be laid out: any job, any beginning on either side of April 2026, up to twelve weeks of any days. */
function anyReturn(number: (below: number) => number): PhasedReturn {
  const days = someOf([1, 2, 3, 4, 5, 6, 7], number)
  const beginsOn = day('2025-09-01').add({ days: number(500) })
  return plan({
    ...{ days, hours: days.length * (2 + number(9)), beginsOn },
    weeklyPay: number(5) === 0 ? null : 5000 + number(120_000),
    offSince: beginsOn.subtract({ days: number(200) }),
    weeks: Array.from({ length: 1 + number(12) }, () =>
      week(number(6) === 0 ? [] : someOf(days, number), number(20) / 2),
    ),
  })
}

describe('What any phased return may pay', () => {
  it('never pays a day twice: no more than the usual pay and a week of sick pay, and no sick pay for a day of work', () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const made = anyReturn(numbersFrom(seed))
      const weeks = laidOut(made, rules)
      const highest = Math.max(...rules.map((rule) => weeklyRate(rule, made)))

      expect(weeks.map(({ from }) => from.toString())).toEqual(
        weeks.map((_, place) => made.beginsOn.add({ weeks: place }).toString()),
      )
      for (const [place, { days, total, pay, sick, from, until }] of weeks.entries()) {
        const free = made.days.filter((one) => !days.includes(one)).length
        expect(from.until(until).days).toBe(6)
        expect(total).toBeCloseTo((made.weeks[place]?.hours ?? 0) * days.length, 2)
        if (pay !== null) expect(pay).toBeLessThanOrEqual(made.weeklyPay ?? 0)
        expect(sick?.days ?? 0).toBeLessThanOrEqual(free)
        expect(sick?.amount ?? 0).toBeLessThanOrEqual(Math.ceil((highest * free) / made.days.length))
        expect(Number.isSafeInteger(sick?.amount ?? 0)).toBe(true)
      }
      const paid = weeks.reduce((sum, { sick }) => sum + (sick?.days ?? 0), 0)
      expect(paid).toBeLessThanOrEqual(28 * made.days.length + 1)
    }
  })

  it('is sick pay for each day off since April 2026, and never less of it where somebody works less', () => {
    let since = 0
    for (let seed = 1; seed <= 300; seed += 1) {
      // Of the weeks for which it is paid at most, none is used up before.
      const any = anyReturn(numbersFrom(seed))
      const made = { ...any, offSince: any.beginsOn }
      const dueIn = (weeks: readonly Week[]) =>
        laidOut({ ...made, weeks }, rules).reduce((sum, { sick }) => sum + (sick?.days ?? 0), 0)

      expect(dueIn(made.weeks.map((one) => ({ ...one, days: [] })))).toBeGreaterThanOrEqual(dueIn(made.weeks))
      if (made.beginsOn.toString() < '2026-04-06') continue
      since += 1
      const free = made.weeks.reduce((sum, { days }) => sum + made.days.filter((one) => !days.includes(one)).length, 0)
      expect(dueIn(made.weeks)).toBe(free)
    }
    expect(since).toBeGreaterThan(50)
  })
})

const changeOn = day('2026-04-06')
const known = day('2025-04-06')
const numberOf = (one: Temporal.PlainDate) => known.until(one, { largestUnit: 'days' }).days
const changed = numberOf(changeOn)

/** The same, where every other one is back in the usual weeks for a while and off again, a time off far from the first. */
function anyReturnWithGaps(number: (below: number) => number): PhasedReturn {
  const made = anyReturn(number)
  const usual = Array.from({ length: 7 + number(4) }, () => week([...made.days], 4))
  const again = [week([], 0), ...made.weeks.slice(0, 2)]
  return number(2) === 0 ? made : { ...made, weeks: [...made.weeks.slice(0, 1), ...usual, ...again] }
}

/**
 * What the law gives for each week, counted day by day and in whole numbers, apart from how the product counts. Before 6
 * April 2026: four days off in a row or more count, those within 56 days of each other as one, its first three days of work
 * are waited for, and nothing is due below £125 a week. Since then each day off counts. A time in which no day of work is
 * missed is none.
 */
function byTheLaw({ days, weeks, weeklyPay, offSince, beginsOn }: PhasedReturn) {
  const [first, begins] = [numberOf(offSince ?? beginsOn), numberOf(beginsOn)]
  const last = begins + 7 * weeks.length - 1
  // The first known day, 6 April 2025, is a Sunday.
  const weekdayOf = (n: number) => ((((n + 6) % 7) + 7) % 7) + 1
  const isOff = (n: number) =>
    n >= first &&
    n <= last &&
    (n < begins || weeks[Math.floor((n - begins) / 7)]?.days.includes(weekdayOf(n)) === false)
  const counts = (n: number) => {
    let [from, until] = [n, n]
    while (isOff(from - 1)) from -= 1
    while (isOff(until + 1)) until += 1
    const missed = Array.from({ length: until - from + 1 }, (_, at) => from + at)
    return missed.some((one) => days.includes(weekdayOf(one))) && missed.length >= (n < changed ? 4 : 1)
  }
  const due = new Map<number, 'before' | 'since'>()
  let [newest, waited, paid] = [-Infinity, 0, 0]
  for (let n = first; n <= last; n += 1) {
    if (!isOff(n) || !counts(n)) continue
    if (n - newest - 1 > 56) [waited, paid] = [0, 0]
    newest = n
    if (!days.includes(weekdayOf(n))) continue
    if (n < changed && waited < 3) waited += 1
    else if (paid < 28 * days.length && (n >= changed || weeklyPay === null || weeklyPay >= 12_500)) {
      paid += 1
      due.set(n, n < changed ? 'before' : 'since')
    }
  }
  return weeks.map((_, place) => {
    const week = [0, 1, 2, 3, 4, 5, 6].map((one) => begins + 7 * place + one)
    const [before, since] = (['before', 'since'] as const).map((of) => week.filter((n) => due.get(n) === of).length)
    // A fifth of a penny is the smallest part there is of four fifths of a pay.
    const fifths = (before ?? 0) * 11_875 * 5 + (since ?? 0) * Math.min(12_325 * 5, (weeklyPay ?? Infinity) * 4)
    return { days: (before ?? 0) + (since ?? 0), amount: fifths / (5 * days.length) }
  })
}

describe('The sick pay of any phased return', () => {
  it('is what the law gives, before 6 April 2026, over that day and since', () => {
    const seen = { before: 0, over: 0, since: 0 }
    for (let seed = 1; seed <= 600; seed += 1) {
      const made = anyReturnWithGaps(numbersFrom(seed))
      const end = fullFrom(made)
      const isSince = Temporal.PlainDate.compare(made.offSince ?? made.beginsOn, changeOn) >= 0
      seen[isSince ? 'since' : Temporal.PlainDate.compare(end, changeOn) <= 0 ? 'before' : 'over'] += 1
      const expected = byTheLaw(made)

      for (const [place, { sick }] of laidOut(made, rules).entries()) {
        const of = `seed ${seed}, week ${place + 1}`
        expect(`${of}: ${sick?.days}`).toBe(`${of}: ${expected[place]?.days}`)
        expect(Math.abs((sick?.amount ?? 0) - (expected[place]?.amount ?? 0)), of).toBeLessThanOrEqual(0.5 + 1e-6)
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(100)
  })
})
