import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { newId } from '#platform/ids.ts'
import { accesses, emptyListing, type Listing, type Opening } from '#registers/listing/rules.ts'
import { spokenLanguages } from '#registers/marks/rules.ts'
import { isSupportKind, type Location, supportKinds } from '#registers/services/rules.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

// The same numbers each time, so that two runs search the same directory. The product is of whole numbers of 32 bits: as one
// of the language's own it lost its last digits, and the same 350 services came again and again.
let seed = 7
function chance(): number {
  seed = (seed + 0x6d2b79f5) | 0
  const mixed = Math.imul(seed ^ (seed >>> 15), seed | 1)
  const again = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61))
  return ((again ^ (again >>> 14)) >>> 0) / 2 ** 32
}
/** One of a list, by chance. */
export const oneOf = <One>(list: readonly One[]): One => {
  const one = list[Math.floor(chance() * list.length)]
  if (one === undefined) throw new Error('Nothing to choose from')
  return one
}

/** Words that services really say, a few of them in every second service and most in hardly any. */
export const words = [
  ...new Set(
    ['solutions.csv', 'services/national-services.json', 'same-words.json', 'places/councils.csv']
      .map((file) => readFileSync(`${root}data/${file}`, 'utf8').toLowerCase())
      .flatMap((text) => text.match(/[a-z]{4,}/g) ?? []),
  ),
]
const word = () => words[Math.floor(words.length * chance() ** 3)] ?? 'advice'
/** So many words that services say. */
export const phrase = (length: number) => Array.from({ length }, word).join(' ')

const beginnings = 'Ash Barn Brad Brom Chel Cran Dal Dun Elm Farn Hal Hex Kel Lang Mar Nor Oak Pen Red Strat'.split(' ')
const endings = 'bourne bridge bury by combe dale field ford ham hurst ley low mere mouth ton'.split(' ')

/** Towns all over England, each with the first half of its postcodes. */
export const towns = Array.from({ length: 300 }, (_, place) => ({
  town: `${beginnings[place % 20]}${endings[Math.floor(place / 20)]}`,
  outward: `${'BLMNRSTW'[place % 8]}${1 + Math.floor(place / 8)}`,
  latitude: 50.5 + chance() * 4.5,
  longitude: -4 + chance() * 4,
}))

type Places = readonly Readonly<{ id: string; location: Location }>[]

/** A building in one of the towns. */
export function locationIn({ town, outward, latitude, longitude }: (typeof towns)[number]): Location {
  const inward = `${Math.floor(chance() * 9)}AA`
  return {
    ...{ name: `${town} ${phrase(1)} hall`, kind: 'physical', address: ['1 High Street'], town, county: null },
    ...{ postcode: `${outward} ${inward}`, latitude: latitude + chance() * 0.1, longitude: longitude + chance() * 0.1 },
    ...{ access: Object.keys(accesses).filter(() => chance() < 0.4), accessWords: null, staffOnly: false },
  }
}

/** The eight kinds of support. */
export const kinds = Object.keys(supportKinds).filter(isSupportKind)
const spoken = Object.values(spokenLanguages).map(({ label }) => label)
const hours: readonly Opening[] = ([1, 2, 3, 4, 5] as const).map((day) => ({
  ...{ day, opens: '09:00', closes: '17:00', location: null },
}))

/** A service as one of a hundred thousand might be. */
export function aListing(runBy: string, places: Places): Listing {
  const located = chance() < 0.85
  const waitWeeks = chance() < 0.4 ? Math.floor(chance() * 30) : null
  return {
    ...{ ...emptyListing, owner: runBy, name: phrase(3), summary: phrase(14), kinds: [oneOf(kinds)] },
    ...{
      cost: oneOf(['free', 'free', 'some', 'paid'] as const),
      waitWeeks,
      waitOn: waitWeeks === null ? null : '2026-01-01',
    },
    ...{ capacity: chance() < 0.3 ? oneOf(['places', 'few', 'full'] as const) : null },
    ...{ languages: chance() < 0.3 ? ['English', oneOf(spoken)] : [] },
    ...{ openings: chance() < 0.7 ? hours : [], leastAge: chance() < 0.5 ? 18 : null },
    ...{ validUntil: chance() < 0.1 ? '2025-06-01' : null, work: chance() < 0.2 ? ['in-work'] : [] },
    locations: located ? [{ id: newId(), location: oneOf(places).id }] : [],
  }
}
