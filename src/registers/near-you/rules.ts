import type { Listing, Opening } from '#registers/listing/rules.ts'
import { languageNamed, type SpokenLanguage, spokenLanguages } from '#registers/marks/rules.ts'
import type { Around } from '#registers/around/rules.ts'
import type { Partly, Shown, TownNamed } from '#registers/seeking/rules.ts'
import { openingsInWords, sameHours } from '#registers/services/rules.ts'
import { inAddress, type Wanted } from '#registers/sifting/rules.ts'

/** What somebody without an account looked for, and one page of what was found. */
export type Found = Readonly<{
  area: Readonly<{ area: string; name: string; phone: string | null }>
  wanted: Wanted
  found: readonly Shown[]
  count: number
  page: number
  around: Around | null
  shownFor: string | null
  partly: Partly | null
  townNamed: TownNamed | null
  /** Under what it is kept what was typed, for its reader alone. */
  kept: string | null
  /** The town that was asked, where it stands in the address. */
  town: string | null
  /** Whether the address is of a search that is not known here: somebody else's, or one of long ago. */
  isForgotten: boolean
  today: Temporal.PlainDate
  /** The moment, as hours of the week are told. */
  at: Readonly<{ day: string; dayOfWeek: number; clock: string }>
}>

/** Where the public pages of an area's directory begin. */
export const nearYou = (area: string) => `/in/${area}/support-near-you`

type Addressed = Readonly<{ area: Readonly<{ area: string }> }> & Pick<Found, 'wanted' | 'kept' | 'town'>

/**
 * The address of what was found, for another page of it and to be passed on: with what was chosen from lists and the name of
 * a town, and under what the rest is kept. The language of the page is one thing, that of the support another.
 */
export function addressOf({ area, wanted, kept, town }: Addressed, page?: number): string {
  const { kind, open, cost, language: speaks } = wanted
  const more = { speaks: speaks ?? undefined, place: town ?? undefined, kept: kept ?? undefined }
  const said = inAddress({ kind, open, cost }, { ...more, page: page === undefined ? undefined : `${page}` })
  return said === '' ? nearYou(area.area) : `${nearYou(area.area)}?${said}`
}

/** What a form sends to look for the same with a change to it. */
export function sentFor(wanted: Wanted, change: Partial<Wanted>): Readonly<Record<string, string>> {
  const { words, place, kind, language, cost, open, exactly } = { ...wanted, ...change }
  const ticked = { cost: cost === null ? '' : 'on', open: open ? 'on' : '', exactly: exactly ? 'on' : '' }
  const typed = { words: words ?? '', place: place ?? '', kind: kind ?? '', speaks: language ?? '' }
  return Object.fromEntries(Object.entries({ ...typed, ...ticked }).filter(([, value]) => value !== ''))
}

const tags: Readonly<Record<SpokenLanguage, string>> = {
  ...{ albanian: 'sq', amharic: 'am', arabic: 'ar', bengali: 'bn', bsl: 'bfi', bulgarian: 'bg', cantonese: 'yue' },
  ...{ dari: 'fa-AF', farsi: 'fa', french: 'fr', gujarati: 'gu', hindi: 'hi', hungarian: 'hu', kurdish: 'ku' },
  ...{ lithuanian: 'lt', mandarin: 'zh', pashto: 'ps', polish: 'pl', portuguese: 'pt', punjabi: 'pa' },
  ...{ romanian: 'ro', somali: 'so', spanish: 'es', tamil: 'ta', tigrinya: 'ti', turkish: 'tr', ukrainian: 'uk' },
  ...{ urdu: 'ur', vietnamese: 'vi', welsh: 'cy' },
}

/**
 * The languages in which support is given, each in its own words, so that whoever speaks it finds it in any language; and in
 * those of the page.
 */
export const ownNames = (locale: string) =>
  Object.fromEntries(
    Object.entries(spokenLanguages).map(([code, { label }]) => [code, { label: ownName(code, label, locale) }]),
  )

function ownName(code: string, label: string, locale: string): string {
  const tag = tagOf(code)
  const inPage = tag === undefined || locale === 'en-GB' ? undefined : nameIn(tag, locale)
  const [own, here] = tag === undefined ? [] : [nameIn(tag, tag), inPage ?? label]
  return own === undefined || here === undefined || own === here ? (here ?? label) : `${own} (${here})`
}

const tagOf = (code: string | undefined) => Object.entries(tags).find(([one]) => one === code)?.[1]

function nameIn(tag: string, locale: string): string | undefined {
  if (tag === tags.bsl) return undefined
  return new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' }).of(tag)
}

/** A language that a listing names, in the words of the page; undefined where these have none for it. */
export function languageIn(locale: string, named: string): string | undefined {
  const tag = /^english$/i.test(named.trim()) ? 'en' : tagOf(languageNamed(named))
  return tag === undefined ? undefined : nameIn(tag, locale)
}

/** How a listing says that a service is reached, for a page in this language. */
export const reachingIn = (locale: string, { phones, url, email, contact, openings, hours }: Reached) => ({
  ...{ phones, url, email, contact, hours },
  openings: openingsIn(locale, openings),
})

/** What a listing says of how a service is reached. */
export type Reached = Pick<Listing, 'phones' | 'url' | 'email' | 'contact' | 'openings' | 'hours'>

// When a service is open, in the language of the page: the days with the same hours on one line.
const openingsIn = (locale: string, openings: readonly Opening[]): string[] =>
  locale === 'en-GB' ? openingsInWords(openings) : hoursIn(locale, openings)

const hoursIn = (locale: string, openings: readonly Opening[]): string[] =>
  sameHours(openings).map(({ days, opening }) => `${daysIn(locale, days)}: ${timesOf(opening)}`)

function daysIn(locale: string, days: readonly number[]): string {
  // The first of January 2024 was a Monday.
  const named = days.map((day) => new Temporal.PlainDate(2024, 1, day).toLocaleString(locale, { weekday: 'long' }))
  const inRow = days.length > 2 && (days.at(-1) ?? 0) - (days[0] ?? 0) === days.length - 1
  return inRow ? `${named[0] ?? ''} – ${named.at(-1) ?? ''}` : new Intl.ListFormat(locale).format(named)
}

// Kept apart: among words written from the right, the later hour would stand first.
function timesOf({ opens, closes }: Opening): string {
  const until = closes === '00:00' ? '24:00' : closes
  return `\u2066${opens.replace(/^0/, '')}–${until.replace(/^0/, '')}\u2069`
}
