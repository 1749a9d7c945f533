/** How far somebody is ready to go. */
export const distances = {
  '3': { label: '3 miles' },
  '10': { label: '10 miles' },
  '25': { label: '25 miles' },
  '60': { label: '60 miles' },
} as const

export type Distance = keyof typeof distances

/** A place on the map, in degrees. */
export type Middle = Readonly<{ latitude: number; longitude: number }>

/** Where somebody looks around, as far as it is known: the middle of it on the map, or only what it is called. */
export type Around = Readonly<{
  typed: string
  outward: string | null
  /** The towns that begin as it was typed, in small letters, where no postcode was. */
  towns: readonly string[]
  middle: Middle | null
  /** How the middle is known: that of the postcode itself, or that of the known locations around it. */
  known: 'postcode' | 'locations' | null
}>

/** A distance in words. */
export function milesInWords(miles: number): string {
  if (miles < 0.75) return 'Less than 1 mile away'
  const whole = Math.round(miles)
  return whole === 1 ? '1 mile away' : `${whole} miles away`
}

const [mostWords, longestTown] = [8, 4]

/** Everything among words that somebody typed which could be the name of a town, in small letters. */
export function phrasesOf(typed: string): string[] {
  const words = typed
    .toLowerCase()
    .split(/[\s,;.]+/u)
    .filter(Boolean)
    .slice(0, mostWords)
  const from = (begin: number) =>
    Array.from({ length: longestTown }, (_, more) => words.slice(begin, begin + more + 1).join(' '))
  return [...new Set(words.flatMap((_, begin) => from(begin)))]
}

/** What is left of words without the town that is among them, and without what leads to it. */
export function wordsWithout(typed: string, town: string): string | null {
  const at = typed.toLowerCase().indexOf(town.toLowerCase())
  const [before, after] = [typed.slice(0, at), typed.slice(at + town.length)]
  const left = `${before.replace(/\b(?:in|near|around|at)\s*$/iu, '')} ${after}`
  return left.replaceAll(/\s+/g, ' ').trim() || null
}

/** How many miles a degree of latitude is. */
export const milesInDegree = 69.09

/** The squares of the map around a middle, row by row, each from its first to its last square; how they are numbered stands with the table. */
export function squaresAround(
  { latitude, longitude }: Middle,
  miles: number,
): Readonly<{ from: number[]; until: number[] }> {
  const [high, wide] = [miles / milesInDegree, miles / (milesInDegree * cosineOf(latitude))]
  const rows = Math.floor((latitude + high) * 20) - Math.floor((latitude - high) * 20) + 1
  const first = Math.floor((latitude - high) * 20)
  const along = (degrees: number) => Math.floor((degrees + 10) * 12.5)
  const starts = Array.from({ length: rows }, (_, row) => (first + row) * 10_000)
  return {
    from: starts.map((start) => start + along(longitude - wide)),
    until: starts.map((start) => start + along(longitude + wide)),
  }
}

/** How much narrower a degree of longitude is than one of latitude. */
export const cosineOf = (latitude: number): number => Math.cos((latitude * Math.PI) / 180)
