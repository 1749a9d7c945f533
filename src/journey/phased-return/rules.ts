import { isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { type DayOff, type SickPayRule, type Unpaid, usualDaysOff } from '#registers/sick-pay/rules.ts'

/** The days of a week, Monday first. */
export const weekdays = {
  1: { label: 'Monday', short: 'Mon' },
  2: { label: 'Tuesday', short: 'Tue' },
  3: { label: 'Wednesday', short: 'Wed' },
  4: { label: 'Thursday', short: 'Thu' },
  5: { label: 'Friday', short: 'Fri' },
  6: { label: 'Saturday', short: 'Sat' },
  7: { label: 'Sunday', short: 'Sun' },
} as const

/** One week of it: on which days somebody works, for how many hours on each, and what they do. */
export type Week = Readonly<{
  days: readonly number[]
  /** Hours on each of these days. */
  hours: number
  duties: string | null
  /** Whether the three look at it together at the end of the week. */
  review: boolean
}>

/** The usual job, and since when somebody is off. Money in pence. */
export type Job = Readonly<{
  days: readonly number[]
  /** Hours of a usual week. */
  hours: number
  weeklyPay: number | null
  offSince: Temporal.PlainDate | null
}>

/** A phased return as it was laid out at one moment. */
export type PhasedReturn = Job &
  Readonly<{ id: string; number: number; beginsOn: Temporal.PlainDate; weeks: readonly Week[] }>

/** One week as it is read: its first and last day, its hours, and what may be paid in it as a guide, in pence. */
export type LaidOut = Week &
  Readonly<{
    number: number
    from: Temporal.PlainDate
    until: Temporal.PlainDate
    total: number
    /** The share of the usual pay for the hours that are worked; null where the pay is not known. */
    pay: number | null
    /** What sick pay may be due; null where it cannot be told. */
    sick: SickPayInWeek | null
  }>

/** Why no sick pay is due for days of a week, with the rule that says so; null where no usual day is off. */
export type NotDue = Readonly<{ why: Exclude<Unpaid, 'unknown'>; rule: SickPayRule }> | Readonly<{ why: 'at-work' }>

/** For how many days of a week sick pay may be due and how much, why not for the others, and by which rules. */
export type SickPayInWeek = Readonly<{
  days: number
  amount: number
  notDue: readonly NotDue[]
  rules: readonly SickPayRule[]
}>

/** The weeks of a phased return with their days, hours and guide to pay. */
export function laidOut(plan: PhasedReturn, rules: readonly SickPayRule[]): LaidOut[] {
  const { beginsOn, weeks, weeklyPay, hours: usual } = plan
  const paid = sickPayIn(plan, rules)
  return weeks.map((week, place) => {
    const from = beginsOn.add({ weeks: place })
    const total = roundedHours(week.days.length * week.hours)
    const pay = weeklyPay === null ? null : Math.round((weeklyPay * Math.min(total, usual)) / usual)
    return { ...week, number: place + 1, from, until: from.add({ days: 6 }), total, pay, sick: paid?.(from) ?? null }
  })
}

// Hours are entered with two places at most.
function roundedHours(hours: number): number {
  return Math.round(hours * 100) / 100
}

/** What sick pay may be due in the week from a day on; undefined where it is not known since when somebody is off. */
function sickPayIn({ beginsOn, weeks, offSince, days, weeklyPay }: PhasedReturn, rules: readonly SickPayRule[]) {
  if (offSince === null || rules.length === 0) return undefined
  const isOff = (day: Temporal.PlainDate) => {
    if (isBefore(day, beginsOn)) return true
    const week = weeks[Math.floor(beginsOn.until(day, { largestUnit: 'days' }).days / 7)]
    return !week?.days.includes(day.dayOfWeek)
  }
  const until = beginsOn.add({ weeks: weeks.length }).subtract({ days: 1 })
  const off = usualDaysOff({ rules, usual: { days, weeklyPay }, since: offSince, until, isOff })
  return (from: Temporal.PlainDate) =>
    dueFor([0, 1, 2, 3, 4, 5, 6].flatMap((n) => off.get(from.add({ days: n }).toString()) ?? []))
}

function dueFor(off: readonly DayOff[]): SickPayInWeek | null {
  if (off.some(({ unpaid }) => unpaid === 'unknown')) return null
  const notDue = off.flatMap(({ unpaid, rule }) =>
    unpaid === null || unpaid === 'unknown' ? [] : [{ why: unpaid, rule }],
  )
  return {
    days: off.length - notDue.length,
    amount: Math.round(off.reduce((sum, { pay }) => sum + pay, 0)),
    notDue: off.length === 0 ? [{ why: 'at-work' }] : notDue.filter(isFirstOfItsKind),
    rules: [...new Set(off.map(({ rule }) => rule))],
  }
}

const isFirstOfItsKind = ({ why }: NotDue, place: number, all: readonly NotDue[]) =>
  all.findIndex((one) => one.why === why) === place

/** The rates and rules of sick pay that the weeks rest on, the earliest first. */
export function rulesOf(weeks: readonly Pick<LaidOut, 'sick'>[]): SickPayRule[] {
  const used = new Set(weeks.flatMap(({ sick }) => sick?.rules ?? []))
  return [...used].toSorted((one, other) => Temporal.PlainDate.compare(one.fromOn, other.fromOn))
}

/** The first day back at the usual hours: the day after the last week. */
export function fullFrom({ beginsOn, weeks }: Pick<PhasedReturn, 'beginsOn' | 'weeks'>): Temporal.PlainDate {
  return beginsOn.add({ weeks: weeks.length })
}

/** How a return begins and how long it takes, to lay the weeks out from. */
export type Outline = Readonly<{ job: Job; weeks: number; firstDays: number; firstHours: number }>

/**
 * Weeks that grow evenly from the first to the usual job, the days spread over the week so that rest lies between. The
 * last week is the one before the usual hours; it is a draft that the three change.
 */
export function proposedWeeks({ job, weeks, firstDays, firstHours }: Outline): Week[] {
  const daily = job.hours / job.days.length
  return Array.from({ length: weeks }, (_, place) => {
    const share = place / weeks
    const days = Math.round(firstDays + (job.days.length - firstDays) * share)
    const hours = Math.round((firstHours + (daily - firstHours) * share) * 2) / 2
    return { days: spread(job.days, days), hours, duties: null, review: place % 2 === 1 || place === weeks - 1 }
  })
}

/** So many of these days, as far from each other as they can be. */
export function spread(days: readonly number[], wanted: number): number[] {
  if (wanted >= days.length) return [...days]
  if (wanted <= 1) return days.slice(0, Math.max(0, wanted))
  const step = (days.length - 1) / (wanted - 1)
  return Array.from({ length: wanted }, (_, place) => days[Math.round(place * step)] ?? 0)
}

/** What is wrong with the job as it was entered, if anything. */
export function jobProblems(job: Job, beginsOn: Temporal.PlainDate): Problem[] {
  const { days, hours, offSince } = job
  const found: (Problem | false)[] = [
    days.length === 0 && { field: 'usual', message: 'Select the days on which they usually work' },
    days.length > 0 &&
      hours > days.length * 24 && { field: 'hours', message: 'This is more hours than these days have' },
    offSince !== null &&
      isBefore(beginsOn, offSince) && { field: 'off', message: 'They cannot be off only after they are back' },
    offSince !== null &&
      isBefore(offSince, beginsOn.subtract({ years: 3 })) && {
        field: 'off',
        message: 'Enter a day within the last three years',
      },
  ]
  return found.filter((problem) => problem !== false)
}

/** How a return is to begin, as it was entered. */
export function outlineProblems({ job, firstDays, firstHours }: Outline): Problem[] {
  const daily = job.hours / job.days.length
  const found: (Problem | false)[] = [
    firstDays > job.days.length && { field: 'firstDays', message: 'This is more days than they usually work' },
    firstHours > daily && { field: 'firstHours', message: `They usually work ${inHours(daily)} on a day` },
  ]
  return found.filter((problem) => problem !== false)
}

/** What is wrong with the weeks, each at the field where it is put right. */
export function weekProblems(weeks: readonly Week[]): Problem[] {
  if (weeks.length === 0) return [{ field: 'days1', message: 'Lay out one week at least' }]
  return weeks.flatMap(({ days, hours }, place) => {
    const field = (name: string) => `${name}${place + 1}`
    if (days.length === 0 && hours > 0)
      return [{ field: field('days'), message: `Select the days of week ${place + 1}` }]
    if (days.length > 0 && hours === 0)
      return [{ field: field('hours'), message: `Enter how many hours a day in week ${place + 1}` }]
    return []
  })
}

/** What stands out and may be right all the same. */
export function remarksOn({ weeks, hours }: Pick<PhasedReturn, 'weeks' | 'hours'>): string[] {
  const totals = weeks.map((week) => week.days.length * week.hours)
  const over = totals.findIndex((total) => total > hours + 1e-9)
  const less = totals.findIndex((total, place) => place > 0 && total < (totals[place - 1] ?? 0))
  return [
    ...(over < 0 ? [] : [`Week ${over + 1} has more hours than a usual week.`]),
    ...(less < 0 ? [] : [`Week ${less + 1} has fewer hours than the week before.`]),
    ...(weeks.some(({ review }) => review) ? [] : ['No week ends with a look at how it goes.']),
  ]
}

/** Why no sick pay is due for days of a week, in a sentence. */
export function notDueInWords(one: NotDue): string {
  if (one.why === 'at-work') return 'They work on all their usual days.'
  const { waitingDays, mostWeeks, leastInRow, leastEarned } = one.rule
  const words = {
    waiting: `The first ${waitingDays} days of work missed are not paid.`,
    over: `It is paid for ${mostWeeks} weeks at most, and these are over.`,
    short: `Only ${leastInRow} or more days off in a row count.`,
    earnings: `It is not due to those who earn less than ${inPounds(leastEarned ?? 0)} a week.`,
  } as const
  return words[one.why]
}

/** The rate of sick pay from a day on, in words, with where it is from. */
export function rateInWords({ weekly, share, fromOn, source }: SickPayRule): string {
  const less = share === null ? '' : `, or ${share}% of what they earn where that is less`
  return `${inPounds(weekly)} a week from ${longDay(fromOn)}${less}. Source: ${source}.`
}

/** "7.5 hours" */
export function inHours(hours: number): string {
  return `${roundedHours(hours)} ${hours === 1 ? 'hour' : 'hours'}`
}

/** "£73.95" */
export function inPounds(pence: number): string {
  return `£${(pence / 100).toFixed(2)}`
}

/** "Monday, Wednesday and Friday", or that no day is worked. */
export function daysInWords(days: readonly number[]): string {
  const names = Object.entries(weekdays).flatMap(([day, { label }]) => (days.includes(Number(day)) ? [label] : []))
  return names.length === 0 ? 'No days' : new Intl.ListFormat('en-GB').format(names)
}
