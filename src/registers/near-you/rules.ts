import { type SpokenLanguage, spokenLanguages } from '#registers/marks/rules.ts'
import type { Around } from '#registers/around/rules.ts'
import type { Shown } from '#registers/seeking/rules.ts'
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
  today: Temporal.PlainDate
  /** The moment, as hours of the week are told. */
  at: Readonly<{ day: string; dayOfWeek: number; clock: string }>
}>

/** Where the public pages of an area's directory begin. */
export const nearYou = (area: string) => `/in/${area}/support-near-you`

/** The address of what was looked for, with a change to it. The language of the page is one thing, that of the support another. */
export function addressOf(
  { area, wanted }: Pick<Found, 'area' | 'wanted'>,
  change: Partial<Wanted>,
  page?: number,
): string {
  const { language, ...rest } = { ...wanted, ...change }
  const more = { speaks: language ?? undefined, page: page === undefined ? undefined : `${page}` }
  return `${nearYou(area.area)}?${inAddress(rest, more)}`
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
