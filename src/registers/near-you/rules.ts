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
  town: TownNamed | null
  /** Whether what was typed is kept, for the next page of it. */
  isKept: boolean
  today: Temporal.PlainDate
  /** The moment, as hours of the week are told. */
  at: Readonly<{ day: string; dayOfWeek: number; clock: string }>
}>

/** Where the public pages of an area's directory begin. */
export const nearYou = (area: string) => `/in/${area}/support-near-you`

/**
 * The address of another page of what was found. What was typed is kept on our side and stands in no address; where nothing
 * was, what was chosen from lists does. The language of the page is one thing, that of the support another.
 */
export function addressOf({ area, wanted, isKept }: Pick<Found, 'area' | 'wanted' | 'isKept'>, page: number): string {
  const { kind, open, language } = wanted
  const speaks = language ?? undefined
  const chosen = isKept ? {} : { kind, open, ...(wanted.cost === null ? {} : { cost: wanted.cost }) }
  const more = isKept ? { kept: 'yes' } : { speaks }
  return `${nearYou(area.area)}?${inAddress(chosen, { ...more, page: `${page}` })}`
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
