import { type SpokenLanguage, spokenLanguages } from '#registers/marks/rules.ts'
import type { Around } from '#registers/around/rules.ts'
import type { Partly, Shown, TownNamed } from '#registers/seeking/rules.ts'
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

/** The languages in which support is given, each in its own words, so that whoever speaks it finds it in any language. */
export const ownNames = Object.fromEntries(
  Object.entries(spokenLanguages).map(([code, { label }]) => [code, { label: ownName(code, label) }]),
)

function ownName(code: string, label: string): string {
  const tag = Object.entries(tags).find(([one]) => one === code)?.[1] ?? 'en'
  if (tag === 'bfi') return label
  const named = new Intl.DisplayNames([tag], { type: 'language', fallback: 'none' }).of(tag)
  return named === undefined || named === label ? label : `${named} (${label})`
}
