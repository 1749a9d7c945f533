/** The clock by which the service lives: England's, summer time included. */
export const zone = 'Europe/London'

const months = 'January February March April May June July August September October November December'.split(' ')
const weekdays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

/** The day it is in England at this moment. */
export function dayOf(moment: Temporal.Instant): Temporal.PlainDate {
  return moment.toZonedDateTimeISO(zone).toPlainDate()
}

/** The time on England's clocks at this moment. */
export function timeOf(moment: Temporal.Instant): Temporal.PlainTime {
  return moment.toZonedDateTimeISO(zone).toPlainTime()
}

/**
 * The moment when England's clocks show this time on this day. An hour that the clocks skip in March is taken as an hour
 * later; of an hour that comes twice in October the first is meant.
 */
export function momentAt(day: Temporal.PlainDate, time: Temporal.PlainTime | string): Temporal.Instant {
  return day.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone).toInstant()
}

/** The first moment of this day; the day ends where the next begins, 23, 24 or 25 hours later. */
export function startOfDay(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime(zone).toInstant()
}

/** Days on which nobody is expected to work besides Saturdays and Sundays, as 2026-12-25. */
export type Holidays = ReadonlySet<string>

/** Bank holidays in the shape in which the rules about working days take them. */
export function holidaysFrom(days: Iterable<Temporal.PlainDate>): Holidays {
  return new Set(Array.from(days, (day) => day.toString()))
}

/** Whether the service is expected to work on this day. */
export function isWorkingDay(day: Temporal.PlainDate, holidays: Holidays): boolean {
  return day.dayOfWeek <= 5 && !holidays.has(day.toString())
}

/**
 * The nth working day after this one (before it when n is negative), as clocks such as "a first try within two working
 * days" count: the day itself is day nought, so none of it has to be left when something arrives late on it.
 */
export function addWorkingDays(day: Temporal.PlainDate, n: number, holidays: Holidays): Temporal.PlainDate {
  const step = n < 0 ? { days: -1 } : { days: 1 }
  let found = day
  for (let left = Math.abs(n); left > 0;) {
    found = found.add(step)
    if (isWorkingDay(found, holidays)) left -= 1
  }
  return found
}

/** How many working days have gone by after the first day, the last one counted; below nought when it lies before. */
export function workingDaysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate, holidays: Holidays): number {
  if (isBefore(to, from)) return 0 - workingDaysBetween(to, from, holidays)
  const weeks = weeksBetween(from, to)
  let count = weeks * 5
  for (let day = from.add({ weeks }); isBefore(day, to);) {
    day = day.add({ days: 1 })
    if (day.dayOfWeek <= 5) count += 1
  }
  return count - [...holidays].filter((holiday) => fallsOnWeekdayWithin(holiday, from, to)).length
}

function fallsOnWeekdayWithin(holiday: string, after: Temporal.PlainDate, to: Temporal.PlainDate): boolean {
  const day = Temporal.PlainDate.from(holiday)
  return day.dayOfWeek <= 5 && isBefore(after, day) && !isBefore(to, day)
}

/** Whether one day comes before another. */
export function isBefore(day: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(day, other) < 0
}

/** Something that holds from one day on and until another, which is the first on which it no longer does; null is no end. */
export type Dated = Readonly<{ fromOn: Temporal.PlainDate; untilOn: Temporal.PlainDate | null }>

/** Whether it holds on this day. */
export function holdsOn(dated: Dated, on: Temporal.PlainDate): boolean {
  return !isBefore(on, dated.fromOn) && (dated.untilOn === null || isBefore(on, dated.untilOn))
}

/** How many whole weeks lie between two days. */
export function weeksBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  return Math.trunc(from.until(to, { largestUnit: 'days' }).days / 7)
}

/** How old somebody is on a day. Born on 29 February, they come of age on 1 March of a year without one. */
export function ageOn(born: Temporal.PlainDate, day: Temporal.PlainDate): number {
  const hadBirthday = day.month * 100 + day.day >= born.month * 100 + born.day
  return day.year - born.year - (hadBirthday ? 0 : 1)
}

/** "24 November 2026" */
export function longDay(day: Temporal.PlainDate): string {
  return `${day.day} ${months[day.month - 1]} ${day.year}`
}

/** "November 2026" */
export function monthInWords({ month, year }: Temporal.PlainYearMonth): string {
  return `${months[month - 1]} ${year}`
}

/** "24 Nov 2026", for tables. */
export function shortDay(day: Temporal.PlainDate): string {
  return `${day.day} ${months[day.month - 1]?.slice(0, 3)} ${day.year}`
}

/** "10:30" on England's clocks. */
export function clock(moment: Temporal.Instant): string {
  return timeOf(moment).toString({ smallestUnit: 'minute' })
}

/** "today", "tomorrow", "yesterday" or "Tuesday 24 November 2026". */
export function dayInWords(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const away = today.until(day, { largestUnit: 'days' }).days
  const near = new Map([
    [-1, 'yesterday'],
    [0, 'today'],
    [1, 'tomorrow'],
  ]).get(away)
  return near ?? `${weekdays[day.dayOfWeek - 1]} ${longDay(day)}`
}

/** "tomorrow 10:30" or "Tuesday 24 November 2026, 10:30". */
export function inWords(moment: Temporal.Instant, now: Temporal.Instant): string {
  const day = dayInWords(dayOf(moment), dayOf(now))
  return `${day}${day.includes(' ') ? ',' : ''} ${clock(moment)}`
}

/** A day that was read, or the sentence that says why it could not be. */
export type ReadDay = Readonly<{ ok: true; day: Temporal.PlainDate } | { ok: false; why: string }>

/** The days between which an answer makes sense: from birth to today, from the start of the programme to next year. */
export type Within = Readonly<{ earliest: Temporal.PlainDate; latest: Temporal.PlainDate }>

// Outside these a year is a slip of the keyboard (0205, 20025), whatever was asked.
const ever = { earliest: Temporal.PlainDate.from('1850-01-01'), latest: Temporal.PlainDate.from('2199-12-31') }

type Parts = Readonly<{ day: string; month: string; year: string }>

const refused = (why: string): ReadDay => ({ ok: false, why })

/** The day that somebody gave as day, month and year; the month may be a name. */
export function dayFromParts({ day, month, year }: Parts, within: Within = ever): ReadDay {
  const numbers = { day: whole(day), month: monthNumber(month), year: whole(year) }
  if (Number.isNaN(numbers.day + numbers.year) || !/^(\d{2}|\d{4})$/.test(year.trim())) {
    return refused('Enter a day, a month and a year, for example 27 3 2026')
  }
  if (!(numbers.month >= 1 && numbers.month <= 12)) {
    return refused(`There is no month ${month.trim()}: days are read with the day first`)
  }
  return year.trim().length === 4 ? realDay(numbers, within) : inItsCentury(numbers, within)
}

/**
 * The day in a cell of somebody's spreadsheet or export: 01/02/2025 (the day first, always), 2025-02-01, 1 Feb 2025,
 * 01-Feb-25, 20250201 or the number in which Excel keeps a day. What could mean two days is refused, never guessed.
 */
export function readDay(cell: string, within: Within = ever): ReadDay {
  const text = cell.trim().replace(/\s+/g, ' ').slice(0, 60)
  if (text === '') return refused('No date is given')
  if (isMoment.test(text)) return dayOfMoment(text, within)
  const parts = partsIn(text)
  if (parts) return dayFromParts(parts, within)
  if (/^\d{5}(\.\d{1,15})?$/.test(text)) return excelDay(Number.parseInt(text, 10), within)
  return refused(`“${text}” is not a date we can read: write it like 27/03/2026`)
}

const time = String.raw`(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?[AaPp][Mm])?)?`
const shapes = [
  String.raw`(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})`,
  String.raw`(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})`,
  String.raw`(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})`,
  String.raw`(?<day>\d{1,2})([\/.-])(?<month>\d{1,2})\2(?<year>\d{4}|\d{2})`,
  String.raw`(?:[A-Za-z]{3,9},? )?(?<day>\d{1,2})(?:st|nd|rd|th)?[ -](?<month>[A-Za-z]{3,9})[ ,-]{1,2}(?<year>\d{4}|\d{2})`,
].map((shape) => new RegExp(`^${shape}${time}$`))

const isMoment = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)$/

// 23:30 in universal time is already tomorrow on England's clocks while summer time lasts.
function dayOfMoment(text: string, within: Within): ReadDay {
  try {
    return realDay(dayOf(Temporal.Instant.from(text.replace(' ', 'T'))), within)
  } catch {
    return refused(`“${text}” is not a time that there is`)
  }
}

function partsIn(text: string): Parts | undefined {
  const found = shapes.map((shape) => shape.exec(text)?.groups).find((groups) => groups !== undefined)
  return found && { day: found['day'] ?? '', month: found['month'] ?? '', year: found['year'] ?? '' }
}

function whole(digits: string): number {
  return /^\d{1,4}$/.test(digits.trim()) ? Number(digits) : Number.NaN
}

function monthNumber(given: string): number {
  const word = given.trim().toLowerCase()
  if (!/^[a-z]{3,}$/.test(word)) return whole(given)
  const spelled = word === 'sept' ? 'sep' : word
  return months.findIndex((month) => month.toLowerCase() === spelled || month.slice(0, 3).toLowerCase() === spelled) + 1
}

type Numbers = Readonly<{ day: number; month: number; year: number }>

function realDay(numbers: Numbers, { earliest, latest }: Within): ReadDay {
  const written = `${numbers.day} ${months[numbers.month - 1]} ${numbers.year}`
  if (!isReal(numbers)) return refused(`There is no ${written}`)
  const day = Temporal.PlainDate.from(numbers)
  if (isBefore(day, earliest)) return refused(`${written} is too early: give a day from ${longDay(earliest)}`)
  if (isBefore(latest, day)) return refused(`${written} is too late: give a day up to ${longDay(latest)}`)
  return { ok: true, day }
}

function isReal({ day, month, year }: Numbers): boolean {
  return day >= 1 && year >= 1 && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth
}

function inItsCentury(numbers: Numbers, within: Within): ReadDay {
  const years = [1900, 2000].map((century) => century + numbers.year)
  const [last, present] = years.map((year) => realDay({ ...numbers, year }, within))
  if (last?.ok && present?.ok) return refused(`The year could be ${years.join(' or ')}: write it in full`)
  return last?.ok ? last : (present ?? refused('Write the year in full'))
}

// Excel counts from 1 January 1900 as day 1 and has a 29 February 1900 that never was: right from 1 March 1900 on.
function excelDay(serial: number, within: Within): ReadDay {
  const { day, month, year } = Temporal.PlainDate.from('1899-12-30').add({ days: serial })
  return realDay({ day, month, year }, within)
}
