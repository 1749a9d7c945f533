import { IntlMessageFormat } from 'intl-messageformat'
import { clock, dayInWords, dayOf, inWords, longDay } from '#platform/dates.ts'
import { catalogueOf } from './catalogues.ts'
import { directionOf, type Language, languages } from './rules.ts'

export type Values = Readonly<Record<string, string | number>>

/**
 * Says an English text in a reader's language. A text may hold values and plurals in ICU MessageFormat: "{n, plural, one
 * {# message} other {# messages}}". What no catalogue has is said in English, which is better than nothing.
 */
export type Say = ((text: string, values?: Values) => string) & Voice

type Voice = Readonly<{
  language: Language
  /** The parts of a text, with each value as it was given: for values that are more than text. */
  parts<Value>(text: string, values: Readonly<Record<string, Value | string | number>>): readonly (Value | string)[]
  /** Every form a count takes, by its plural category, for script that counts: {"one":"# sign","other":"# signs"}. */
  forms(text: string): string
  /** What stands between a day and a time. */
  comma: string
  /** "24 November 2026" */
  day(day: Temporal.PlainDate): string
  /** "tomorrow" or "Tuesday 24 November 2026" */
  dayInWords(day: Temporal.PlainDate, today: Temporal.PlainDate): string
  /** "tomorrow 10:30" or "Tuesday 24 November 2026, 10:30" */
  inWords(moment: Temporal.Instant, now: Temporal.Instant): string
}>

/** The one who says things in this language. */
export function sayIn(language: Language): Say {
  return voices[language]
}

const voice = (language: Language): Say => {
  const { locale } = languages[language]
  const parts: Say['parts'] = (text, values) => {
    const said = formatOf(language, text).format(values)
    return Array.isArray(said) ? said : [said]
  }
  const say = (text: string, values?: Values): string =>
    values === undefined ? plain(language, text) : parts(text, isolated(language, values)).join('')
  const isEnglish = locale === 'en-GB'
  const comma = directionOf(language) ? '،' : ','
  const day = (one: Temporal.PlainDate) => (isEnglish ? longDay(one) : one.toLocaleString(locale, longest))
  const inDays = (one: Temporal.PlainDate, today: Temporal.PlainDate) =>
    isEnglish ? dayInWords(one, today) : nearOrNamed(locale, one, today)
  return Object.assign(say, {
    forms: (text: string) => JSON.stringify(formsOf(locale, (n) => say(text, { n }))),
    ...{ language, parts, comma, day, dayInWords: inDays },
    inWords: (moment: Temporal.Instant, now: Temporal.Instant) =>
      isEnglish ? inWords(moment, now) : `${inDays(dayOf(moment), dayOf(now))}${comma} ${clock(moment)}`,
  })
}

// Among words written from the right a name or a reference would fall apart: the marks (U+2068, U+2069) keep its own order.
function isolated(language: Language, values: Values): Values {
  if (!directionOf(language)) return values
  // Not an address of a page: a program that makes a link of it would take the mark along.
  const keepsApart = (value: string | number) => typeof value === 'string' && !/^https?:/.test(value)
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, keepsApart(value) ? `\u2068${value}\u2069` : value]),
  )
}

/** What is said for a number of each category, with the number marked; a form may do without it, as a dual does. */
function formsOf(locale: string, said: (n: number) => string): Readonly<Record<string, string>> {
  const rules = new Intl.PluralRules(locale)
  const samples = Array.from({ length: 101 }, (_one, n) => n).toReversed()
  const known = rules.resolvedOptions().pluralCategories.map((category): [string, string] => {
    const n = samples.find((one) => rules.select(one) === category) ?? 100_000
    return [category, said(n).replace(n.toLocaleString(locale), '#')]
  })
  return Object.fromEntries(known)
}

const longest = { day: 'numeric', month: 'long', year: 'numeric', calendar: 'gregory' } as const

function nearOrNamed(locale: string, day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const away = today.until(day, { largestUnit: 'days' }).days
  if (Math.abs(away) <= 1) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(away, 'day')
  return day.toLocaleString(locale, { ...longest, weekday: 'long' })
}

function plain(language: Language, text: string): string {
  return catalogueOf(language)?.messages[text] ?? text
}

// A text is read once: reading its grammar costs more than everything else about it.
const formats = new Map<string, IntlMessageFormat>()

function formatOf(language: Language, text: string): IntlMessageFormat {
  const key = `${language} ${text}`
  const known = formats.get(key)
  if (known) return known
  const made = new IntlMessageFormat(plain(language, text), languages[language].locale, undefined, { ignoreTag: true })
  formats.set(key, made)
  return made
}

const voices: Readonly<Record<Language, Say>> = {
  en: voice('en'),
  'easy-read': voice('easy-read'),
  cy: voice('cy'),
  pl: voice('pl'),
  ur: voice('ur'),
  ar: voice('ar'),
}
