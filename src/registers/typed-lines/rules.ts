import { shortDay } from '#platform/dates.ts'
import { outwardOf } from '#platform/postcode/rules.ts'
import {
  type CostOption,
  type Listing,
  type Opening,
  type OtherHours,
  type Phone,
  type Served,
  type Weekday,
  weekdays,
} from '#registers/listing/rules.ts'
import { dayIn, openingsInWords } from '#registers/services/rules.ts'

/** What stands on each line of a text. */
export const linesIn = (text: string | null): string[] => (text ?? '').split('\n').flatMap((line) => line.trim() || [])

/** What stands between commas or on lines of its own. */
export const wordsIn = (text: string | null): string[] =>
  (text ?? '').split(/[,;\n]/).flatMap((word) => word.trim() || [])

/** A number with what it is for: "01632 960001, textphone". */
export function phoneIn(line: string): Phone {
  const [, number = line, about = ''] = /^([\d\s+()]+)(.*)$/.exec(line) ?? []
  return { number: number.trim() || line, about: about.replace(/^[,:\s-]+/, '').trim() || null }
}

/** What something costs: "Course: 12.50". */
export function priceIn(line: string): CostOption {
  const [, what = line, pounds = null] = /^(.*?)[:\s]+£?(\d+(?:\.\d\d)?)$/.exec(line) ?? []
  return { what: what.trim(), pence: pounds === null ? null : Math.round(Number(pounds) * 100) }
}

/** Where people live whom a service is for: the first half of a postcode, or all of England. */
export function servedIn(word: string): Served | undefined {
  if (/^england$/i.test(word)) return { kind: 'country', code: 'England' }
  const outward = outwardOf(word)
  return outward === undefined ? undefined : { kind: 'outward', code: outward }
}

// Checked: the keys of the list are its days.
const days = Object.keys(weekdays).map(Number) as Weekday[]
const dayNamed = (word: string) => days.find((day) => weekdays[day].label.toLowerCase().startsWith(word.slice(0, 3)))
const clockTime = String.raw`(\d{1,2}[:.]\d\d|midnight)`
const between = String.raw`${clockTime}\s*(?:to|-|–)\s*${clockTime}`
const hoursLine = new RegExp(`^([a-z,& -]+?)\\s+(?:${between}|all day and night)$`)

/** The hours that one line says: days, then from when to when; undefined where it cannot be read. */
export function openingsIn(line: string, location: string | null = null): Opening[] | undefined {
  const [, named = '', from = 'midnight', until = 'midnight'] = hoursLine.exec(line.toLowerCase()) ?? []
  const open = daysNamed(named)
  const [opens, closes] = [timeIn(from), timeIn(until)]
  if (open === undefined || opens === undefined || closes === undefined) return undefined
  return open.map((day) => ({ day, opens, closes, location }))
}

function daysNamed(words: string): Weekday[] | undefined {
  const row = /^([a-z]+)\s*(?:to|-|–)\s*([a-z]+)$/.exec(words.trim())
  const single = (row ? row.slice(1) : words.split(/,|&|\band\b/)).map((word) => dayNamed(word.trim()))
  const [first, last] = single
  if (words.trim() === '' || single.some((day) => day === undefined)) return undefined
  if (row && first !== undefined && last !== undefined) return days.filter((day) => day >= first && day <= last)
  return single.filter((day) => day !== undefined)
}

function timeIn(text: string): string | undefined {
  if (text === 'midnight') return '00:00'
  const [hour = '', minute = ''] = text.split(/[:.]/)
  return Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}` : undefined
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const date = String.raw`(\d{1,2} [a-z]{3,9} \d{4})`
const otherLine = new RegExp(`^${date}(?:\\s*(?:to|-|–)\\s*${date})?\\s*:?\\s*(?:closed|${between})$`)

// A line about dates begins with one; every other is about days of the week.
const isAboutDates = (line: string): boolean => /^\d/.test(line)

/** Other hours on some dates, or none: "24 Dec 2026 to 1 Jan 2027: closed"; undefined where it cannot be read. */
export function otherHoursIn(line: string, location: string | null = null): OtherHours | undefined {
  const [, first = '', last = first, from, until] = otherLine.exec(line.toLowerCase().replaceAll(/\s+/g, ' ')) ?? []
  const [begins, ends] = [dateIn(first), dateIn(last)]
  if (begins === undefined || ends === undefined || ends < begins) return undefined
  const same = { from: begins, until: ends, location }
  if (from === undefined || until === undefined) return { ...same, opens: null, closes: null }
  const [opens, closes] = [timeIn(from), timeIn(until)]
  return opens === undefined || closes === undefined ? undefined : { ...same, opens, closes }
}

function dateIn(text: string): string | undefined {
  const [day = '', month = '', year = ''] = text.split(' ')
  const number = months.indexOf(month.slice(0, 3)) + 1
  if (number === 0) return undefined
  const written = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
  const last = Temporal.PlainYearMonth.from({ year: Number(year), month: number }).daysInMonth
  return Number(day) >= 1 && Number(day) <= last ? written : undefined
}

/** Days with other hours, in the words in which they are typed. */
export function otherHoursInWords(others: readonly OtherHours[]): string[] {
  return others.map(({ from, until, opens, closes }) => {
    const [first, last] = [wordOf(from), wordOf(until)]
    const hours = opens === null || closes === null ? 'closed' : `${short(opens)} to ${closing(closes)}`
    return `${first === last ? first : `${first} to ${last}`}: ${hours}`
  })
}

const wordOf = (written: string) => {
  const day = dayIn(written)
  return day ? shortDay(day) : written
}
const short = (time: string) => time.replace(/^0/, '')
const closing = (time: string) => (time === '00:00' ? 'midnight' : short(time))

/** All the hours at one location, or those at none in particular, a line each. */
export function hoursLines({ openings, otherHours }: Pick<Listing, 'openings' | 'otherHours'>, at: string | null) {
  const here = <One extends Readonly<{ location: string | null }>>(all: readonly One[]) =>
    all.filter(({ location }) => location === at)
  return [...openingsInWords(here(openings)), ...otherHoursInWords(here(otherHours))]
}

/** The hours that a text says, and the first line of it that cannot be read. */
export function hoursIn(text: string | null, location: string | null = null) {
  const lines = linesIn(text)
  const weekly = lines.filter((line) => !isAboutDates(line))
  const dated = lines.filter(isAboutDates)
  const isWrong = (line: string) =>
    (isAboutDates(line) ? otherHoursIn(line, location) : openingsIn(line, location)) === undefined
  return {
    openings: weekly.flatMap((line) => openingsIn(line, location) ?? []),
    otherHours: dated.flatMap((line) => otherHoursIn(line, location) ?? []),
    wrong: lines.filter(isWrong),
  }
}

/** A listing as the form shows it. */
export function shownListing(listing: Listing) {
  return {
    phones: listing.phones.map(({ number, about }) => (about ? `${number}, ${about}` : number)).join('\n'),
    languages: listing.languages.join(', '),
    prices: listing.costOptions
      .map(({ what, pence }) => (pence === null ? what : `${what}: ${(pence / 100).toFixed(2)}`))
      .join('\n'),
    openings: hoursLines(listing, null).join('\n'),
    served: listing.served
      .filter(({ kind }) => kind === 'country' || kind === 'outward')
      .map(({ code }) => code)
      .join(', '),
  }
}
