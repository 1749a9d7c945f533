import { isBefore } from '#platform/dates.ts'
import { milesInWords } from '#registers/around/rules.ts'
import type { Listing } from '#registers/listing/rules.ts'
import { type Location, waitInWords } from '#registers/services/rules.ts'
import { mostFound, type Wanted } from '#registers/sifting/rules.ts'

/** Where the words somebody looks for were found in a service: its name, what else it is called, its text, or in other words. */
export type Found = 'name' | 'called' | 'text' | 'meaning'

/** One service as a list of what was found shows it. */
export type Hit = Readonly<{
  id: string
  found: Found | null
  /** How far away the nearest of its locations is, in miles; null where that is not known or it is given nowhere in particular. */
  miles: number | null
}>

/** One service that was found, with what a list says of it. */
export type Shown = Hit &
  Readonly<{ listing: Listing; owner: string; kinds: readonly string[]; places: readonly Location[] }>

/** Why a service stands in the list, in words; the words looked for are named where they decide. */
export function reasonsOf({ found, miles }: Hit, { words }: Pick<Wanted, 'words'>, remote: boolean): string[] {
  const because = found === null || words === null ? null : foundInWords[found]
  const where = miles === null ? (remote ? 'By phone or online, from anywhere' : null) : milesInWords(miles)
  return [because, where].filter((one) => one !== null)
}

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
