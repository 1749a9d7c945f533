import { isBefore } from '#platform/dates.ts'
import { milesInWords } from '#registers/around/rules.ts'
import type { Listing } from '#registers/listing/rules.ts'
import { outwardOf } from '#platform/postcode/rules.ts'
import { type Location, waitInWords } from '#registers/services/rules.ts'
import type { OneWord } from '#registers/saying-some/rules.ts'
import { isNarrowed, mostFound, type Wanted } from '#registers/sifting/rules.ts'

/** Where the words somebody looks for were found in a service: its name, what else it is called, its text, or in other words. */
export type Found = 'name' | 'called' | 'text' | 'meaning'

/** One service as a list of what was found shows it. */
export type Hit = Readonly<{
  id: string
  found: Found | null
  /** How far away the nearest of its locations is, in miles; null where that is not known or it is given nowhere in particular. */
  miles: number | null
  /** Whether it is given in the place that was asked, or for the people of it. */
  here: boolean
  /** Which of the words it says, where no service says all of them. */
  says?: Readonly<{ said: readonly string[]; unsaid: readonly string[] }> | undefined
}>

/** One service that was found, with what a list says of it. */
export type Shown = Hit &
  Readonly<{ listing: Listing; owner: string; kinds: readonly string[]; places: readonly Location[] }>

/** Why a service stands in the list, in words; the words looked for are named where they decide. */
export function reasonsOf(one: Shown, wanted: Pick<Wanted, 'words' | 'place'>): string[] {
  const { found, miles, says } = one
  const because = found === null || wanted.words === null ? null : foundInWords[found]
  const away = miles === null ? null : milesInWords(miles)
  const place = placeOf(one, wanted)
  const inWords = { in: `In ${place?.name ?? ''}`, for: `For people in ${place?.name ?? ''}` }
  const remote = one.places.length === 0 && place === null ? 'By phone or online, from anywhere' : null
  return [says ? saysInWords(says) : because, place && inWords[place.how], away ?? remote].filter(
    (part) => part !== null,
  )
}

/** Which of the words a service says and which not, in words. */
const saysInWords = ({ said, unsaid }: NonNullable<Hit['says']>) =>
  `It says ${quoted(said)}${unsaid.length === 0 ? '' : ` and not ${quoted(unsaid)}`}`

const quoted = (words: readonly string[]) => words.map((word) => `“${word}”`).join(', ')

/** The place that was asked, where a service is given in it or is for the people of it, as its address calls it. */
export function placeOf({ here, places }: Shown, { words, place }: Pick<Wanted, 'words' | 'place'>) {
  if (!here) return null
  const asked = (place ?? words ?? '').trim().toLowerCase()
  const isAsked = (town: string) => (place === null ? asked.includes(town) : town.startsWith(asked))
  const town = places.find((one) => one.town !== null && isAsked(one.town.toLowerCase()))?.town
  if (town) return { how: 'in', name: town } as const
  const outward = outwardOf(asked) ?? asked.toUpperCase()
  const isThere = places.some(({ postcode }) => postcode !== null && outwardOf(postcode) === outward)
  return { how: isThere ? 'in' : 'for', name: outward } as const
}

/** The words that were looked for, where no service says all of them and those that say some are shown. */
export type Partly = readonly OneWord[]

/** A town among the words that somebody looks for, and what is left without it. */
export type TownNamed = Readonly<{ name: string; rest: string | null }>

/** The words that nothing shown says, and the others, each a search of its own. */
export const triesFor = (partly: Partly) => ({
  nothing: partly.filter(({ services }) => services === 0).map(({ word }) => word),
  words: partly.filter(({ services }) => services > 0).map(({ word }) => word),
})

/** What is said above services that say some of the words, since none says all of them. */
export const partlyInWords = (wanted: Wanted) =>
  isNarrowed(wanted)
    ? 'No service that fits what you chose says all of these words. These say some of them.'
    : 'No service says all of these words. These say some of them.'

const foundInWords: Readonly<Record<Found, string>> = {
  name: 'Your words are in its name',
  called: 'Your words are in its kind, its other names or who runs it',
  text: 'Your words are in what it does',
  meaning: 'It says the same in other words',
}

/** How long somebody waits and when that was asked last: a waiting time from long ago is none. */
export function waitSaid(
  { waitWeeks, waitOn }: Readonly<{ waitWeeks: number | null; waitOn: Temporal.PlainDate | null }>,
  today: Temporal.PlainDate,
): Readonly<{ words: string | null; isOld: boolean }> {
  const isOld = waitOn !== null && isBefore(waitOn, today.subtract({ months: 3 }))
  return { words: waitInWords(waitWeeks), isOld }
}

/** How many were found, in words. */
export function countInWords(count: number): string {
  if (count > mostFound) return `More than ${mostFound.toLocaleString('en-GB')} services: say more of what you look for`
  return count === 1 ? '1 service' : `${count.toLocaleString('en-GB')} services`
}
