import { accesses, type Cost, type Listing, workStandings, type WorkStanding } from '#registers/listing/rules.ts'

/**
 * Languages in which services are given, by which the directory is narrowed down. A listing names them in words; others
 * than these are found by those words.
 */
export const spokenLanguages = {
  albanian: { label: 'Albanian' },
  amharic: { label: 'Amharic' },
  arabic: { label: 'Arabic' },
  bengali: { label: 'Bengali' },
  bsl: { label: 'British Sign Language' },
  bulgarian: { label: 'Bulgarian' },
  cantonese: { label: 'Cantonese' },
  dari: { label: 'Dari' },
  farsi: { label: 'Farsi' },
  french: { label: 'French' },
  gujarati: { label: 'Gujarati' },
  hindi: { label: 'Hindi' },
  hungarian: { label: 'Hungarian' },
  kurdish: { label: 'Kurdish' },
  lithuanian: { label: 'Lithuanian' },
  mandarin: { label: 'Mandarin' },
  pashto: { label: 'Pashto' },
  polish: { label: 'Polish' },
  portuguese: { label: 'Portuguese' },
  punjabi: { label: 'Punjabi' },
  romanian: { label: 'Romanian' },
  somali: { label: 'Somali' },
  spanish: { label: 'Spanish' },
  tamil: { label: 'Tamil' },
  tigrinya: { label: 'Tigrinya' },
  turkish: { label: 'Turkish' },
  ukrainian: { label: 'Ukrainian' },
  urdu: { label: 'Urdu' },
  vietnamese: { label: 'Vietnamese' },
  welsh: { label: 'Welsh' },
} as const

export type SpokenLanguage = keyof typeof spokenLanguages

/** How long somebody is ready to wait. */
export const waits = {
  fortnight: { label: 'Up to 2 weeks', weeks: 2 },
  month: { label: 'Up to 4 weeks', weeks: 4 },
  quarter: { label: 'Up to 13 weeks', weeks: 13 },
} as const

export type Wait = keyof typeof waits

// The codes of the eight kinds of support, in an order that never changes: each is a bit of what is kept.
const kindCodes = [
  ...(['health', 'community', 'council', 'health-promotion', 'money', 'jobcentre', 'training', 'intensive'] as const),
]

export type KindCode = (typeof kindCodes)[number]

/**
 * What a service is narrowed down by, each of which is one bit of a number that stands beside it in every index: so that
 * any number of filters together costs one comparison. The order is kept in the database: a new one is added at the end
 * (there is room for 63), and none ever moves.
 */
const markNames = [
  ...kindCodes.map((code) => `kind:${code}` as const),
  ...(['free', 'some', 'remote', 'dated'] as const),
  ...(['places', 'few', 'full'] as const),
  ...(['in-work', 'off-sick', 'out-of-work'] as const),
  ...(['step-free', 'lift', 'toilet', 'parking', 'loop', 'quiet', 'home'] as const),
  ...(['fortnight', 'month', 'quarter'] as const),
  // Checked: the keys of a code list are its codes.
  ...(Object.keys(spokenLanguages) as SpokenLanguage[]),
  // Of a place alone: where it is, is kept from strangers.
  'kept-back',
] as const

export type Mark = (typeof markNames)[number]

/** The number in which these marks are set, as the database keeps it. */
export function markNumber(marks: Iterable<Mark>): string {
  let number = 0n
  for (const mark of new Set(marks)) number += 1n << BigInt(markNames.indexOf(mark))
  return number.toString()
}

/** What a listing says of itself by which it is narrowed down; who can get in where it is given stands with its locations. */
export function marksOf(listing: Listing, kindsByTerm: Readonly<Record<string, KindCode>>): Mark[] {
  const { kinds, cost, capacity, work, waitWeeks, languages, locations } = listing
  const { validFrom, validUntil, pausedFrom, pausedUntil } = listing
  return [
    ...kinds.flatMap((kind) => (kindsByTerm[kind] ? [`kind:${kindsByTerm[kind]}` as const] : [])),
    ...costMarks[cost],
    ...(locations.length === 0 ? (['remote'] as const) : []),
    ...([validFrom, validUntil, pausedFrom, pausedUntil].some((day) => day !== null) ? (['dated'] as const) : []),
    ...(capacity === null ? [] : [capacity]),
    // Whoever names nobody takes everybody.
    ...(work.length === 0 ? allStandings : work),
    ...waitCodes.filter((code) => waitWeeks !== null && waitWeeks <= waits[code].weeks),
    ...languages.flatMap((language) => languageNamed(language) ?? []),
  ]
}

const costMarks: Readonly<Record<Cost, readonly Mark[]>> = { free: ['free', 'some'], some: ['some'], paid: [] }
// Checked: the keys of the code lists are their codes.
const allStandings = Object.keys(workStandings) as WorkStanding[]
// Checked: as above.
const waitCodes = Object.keys(waits) as Wait[]

/** The marks of what helps somebody to get in, which a service has where one of its locations does. */
// Checked: as above.
export const accessMarks = Object.keys(accesses) as (keyof typeof accesses)[]

// How services and people write a language that has several names.
const otherNames: Readonly<Record<string, SpokenLanguage>> = {
  ...{ 'british sign language': 'bsl', persian: 'farsi', bangla: 'bengali', sylheti: 'bengali', panjabi: 'punjabi' },
  ...{ chinese: 'mandarin', putonghua: 'mandarin', sorani: 'kurdish', kurmanji: 'kurdish', cymraeg: 'welsh' },
  ...{ polski: 'polish', pushto: 'pashto', pashtu: 'pashto', اردو: 'urdu', العربية: 'arabic' },
}

/** The language that somebody named in words, where it is one by which the directory is narrowed down. */
export function languageNamed(words: string): SpokenLanguage | undefined {
  const named = words
    .toLowerCase()
    .replace(/[(,/;].*$/u, '')
    .trim()
  return isSpoken(named) ? named : otherNames[named]
}

const isSpoken = (named: string): named is SpokenLanguage => Object.hasOwn(spokenLanguages, named)

/** When a service is open: its usual hours, and those of holidays and other exceptions. */
export type Hours = Pick<Listing, 'openings' | 'otherHours'>

const hoursOfWeek = 7 * 24

/**
 * The hours of the week, from Monday midnight, in which a service is open for at least a part of each, as bits. One that has
 * hours of their own on some dates may be open at any.
 */
export function hoursOf({ openings, otherHours }: Hours): string {
  if (otherHours.length > 0) return '1'.repeat(hoursOfWeek)
  return bitsOf(openings, { first: Math.floor, last: Math.ceil })
}

/** The hours of the week that a service is open from beginning to end, in every week, so that no minute has to be looked at. */
export function wholeHoursOf({ openings, otherHours }: Hours): string {
  return bitsOf(otherHours.length > 0 ? [] : openings, { first: Math.ceil, last: Math.floor })
}

type Rounding = Readonly<Record<'first' | 'last', (hours: number) => number>>

// What closes at midnight, or only on the next day, closes at 00:00 or before it opens.
function bitsOf(openings: Hours['openings'], { first, last }: Rounding): string {
  const open = new Set(
    openings.flatMap(({ day, opens, closes }) => {
      const [from, until] = [minuteOf(opens), minuteOf(closes)]
      const begins = first(from / 60)
      const length = last((until > from ? until : until + 24 * 60) / 60) - begins
      return Array.from({ length: Math.max(0, length) }, (_, place) => ((day - 1) * 24 + begins + place) % hoursOfWeek)
    }),
  )
  return Array.from({ length: hoursOfWeek }, (_, hour) => (open.has(hour) ? '1' : '0')).join('')
}

const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** Which hour of the week a day and a time of it is in: Monday 0:00 to 0:59 is 0. */
export const hourOfWeek = (dayOfWeek: number, hour: number): number => (dayOfWeek - 1) * 24 + hour

/** A moment, as hours of the week are told. */
export type Moment = Readonly<{ day: string; dayOfWeek: number; clock: string }>

/** Whether a service says that it is open at this time: on a date that has hours of its own, by these alone. */
export function isOpenAt({ openings, otherHours }: Hours, { day, dayOfWeek, clock }: Moment): boolean {
  const others = otherHours.filter(({ from, until }) => from <= day && day <= until)
  if (others.length > 0)
    return others.some(({ opens, closes }) => opens !== null && opens <= clock && (closes === null || clock < closes))
  const now = (dayOfWeek - 1) * 24 * 60 + minuteOf(clock)
  return openings.some((opening) => {
    const [first, last] = [minuteOf(opening.opens), minuteOf(opening.closes)]
    const from = (opening.day - 1) * 24 * 60 + first
    const length = (last > first ? last : last + 24 * 60) - first
    const since = (now - from + 7 * 24 * 60) % (7 * 24 * 60)
    return since < length
  })
}
