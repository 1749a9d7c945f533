import { isBefore, shortDay } from '#platform/dates.ts'
import {
  accesses,
  capacities,
  costs,
  differingParts,
  type Listing,
  listingParts,
  type Part,
  referralWays,
  workStandings,
} from '#registers/listing/rules.ts'
import { otherHoursInWords } from '#registers/typed-lines/rules.ts'
import {
  agesInWords,
  dayIn,
  type Location,
  openingsInWords,
  type ServiceDays,
  stateOn,
  waitInWords,
} from '#registers/services/rules.ts'

/** What the ids in a listing are called. */
export type Names = Readonly<{
  owners: ReadonlyMap<string, string>
  terms: ReadonlyMap<string, string>
  locations: ReadonlyMap<string, string>
  /** Boards and councils, by their codes. */
  places: ReadonlyMap<string, string>
}>

/** One thing that a version says differently from the one before it. */
export type Difference = Readonly<{ part: Part; label: string; before: string | null; after: string | null }>

/** What one listing says differently from another, part by part, in words. */
export function differencesInWords(before: Listing, after: Listing, names: Names): Difference[] {
  return differingParts(before, after)
    .filter((part) => part !== 'source')
    .map((part) => ({
      ...{ part, label: listingParts[part].label },
      ...{ before: inWords(part, before, names), after: inWords(part, after, names) },
    }))
}

type Word = (listing: Listing, names: Names) => string | null

const day = (written: string | null) => {
  const found = dayIn(written)
  return found ? shortDay(found) : null
}
const list = (words: readonly string[]) => (words.length === 0 ? null : words.join(', '))
const called = (names: ReadonlyMap<string, string>, ids: readonly string[]) =>
  list(ids.map((id) => names.get(id) ?? 'One that is no longer known'))

/** How each part of a listing is read. */
const worded: Readonly<Record<Part, Word>> = {
  name: ({ name }) => name,
  foundBy: ({ foundBy }) => foundBy,
  summary: ({ summary }) => summary,
  owner: ({ owner }, { owners }) => called(owners, [owner]),
  kinds: ({ kinds }, { terms }) => called(terms, kinds),
  notice: ({ notice }) => notice,
  url: ({ url }) => url,
  email: ({ email }) => email,
  phones: ({ phones }) => list(phones.map(({ number, about }) => (about ? `${number} (${about})` : number))),
  contact: ({ contact }) => contact,
  leastAge: ({ leastAge }) => leastAge?.toString() ?? null,
  mostAge: ({ mostAge }) => mostAge?.toString() ?? null,
  work: ({ work }) => list(work.map((one) => workStandings[one].label)),
  eligibility: ({ eligibility }) => eligibility,
  ways: ({ ways }) => list(ways.map((one) => referralWays[one].label)),
  howToRefer: ({ howToRefer }) => howToRefer,
  languages: ({ languages }) => list(languages),
  cost: ({ cost }) => costs[cost].label,
  costOptions: ({ costOptions }) => list(costOptions.map(({ what, pence }) => `${what}${pounds(pence)}`)),
  openings: ({ openings }, names) => list(byLocation(openings, names, openingsInWords)),
  otherHours: ({ otherHours }, names) => list(byLocation(otherHours, names, otherHoursInWords)),
  hours: ({ hours }) => hours,
  served: ({ served }, { places }) => list(served.map(({ code }) => places.get(code) ?? code)),
  locations: ({ locations }, names) =>
    called(
      names.locations,
      locations.map(({ location }) => location),
    ),
  waitWeeks: ({ waitWeeks }) => waitInWords(waitWeeks),
  waitOn: ({ waitOn }) => day(waitOn),
  capacity: ({ capacity }) => (capacity ? capacities[capacity].label : null),
  validFrom: ({ validFrom }) => day(validFrom),
  validUntil: ({ validUntil }) => day(validUntil),
  pausedFrom: ({ pausedFrom }) => day(pausedFrom),
  pausedUntil: ({ pausedUntil }) => day(pausedUntil),
  checkedOn: ({ checkedOn }) => day(checkedOn),
  source: ({ source }) => source,
  staffOnly: ({ staffOnly }) => (staffOnly ? 'Yes' : 'No'),
}

type Somewhere = Readonly<{ location: string | null }>

// Hours at one of several locations say which.
function byLocation<One extends Somewhere>(
  all: readonly One[],
  { locations }: Names,
  inWords: (some: One[]) => string[],
) {
  return [...Map.groupBy(all, ({ location }) => location)].flatMap(([location, some]) =>
    inWords(some).map((line) => (location === null ? line : `${locations.get(location) ?? 'One location'}: ${line}`)),
  )
}

const pounds = (pence: number | null) => (pence === null ? '' : `: £${(pence / 100).toFixed(2)}`)

/** One part of a listing in words; null where nothing is said of it. */
export function inWords(part: Part, listing: Listing, names: Names): string | null {
  return worded[part](listing, names)
}

/** For whom a service is, in one sentence after the other. */
export function whoInWords(listing: Listing, names: Names): string | null {
  const ages = agesInWords(listing)
  const said = [ages === null ? null : `Ages ${ages}`, inWords('work', listing, names), listing.eligibility]
  return list(said.filter((one) => one !== null).map((one) => one.replace(/\.?$/, '.')))?.replaceAll('.,', '.') ?? null
}

/** How a service stands on a day, with the days that explain it. */
export function standingInWords(days: ServiceDays, today: Temporal.PlainDate): string {
  const state = stateOn(days, today)
  const { validFrom, validUntil, pausedFrom, pausedUntil } = days
  if (state === 'closed') return `since ${validUntil ? shortDay(validUntil) : 'some time'}`
  if (state === 'to-come') return `from ${validFrom ? shortDay(validFrom) : 'some day'}`
  if (state === 'paused')
    return `since ${pausedFrom ? shortDay(pausedFrom) : 'some time'}${pausedUntil ? `, open again from ${shortDay(pausedUntil)}` : ''}`
  const coming = [
    pausedFrom && isBefore(today, pausedFrom) ? `paused from ${shortDay(pausedFrom)}` : null,
    validUntil ? `closes on ${shortDay(validUntil)}` : null,
  ]
  return coming.filter((one) => one !== null).join(', ')
}

/** How somebody gets into a location and takes part there. */
export function accessInWords({ access, accessWords }: Location): string | null {
  const known = access.map((code) => Object.entries(accesses).find(([one]) => one === code)?.[1].label ?? code)
  return list([...known, ...(accessWords ? [accessWords] : [])])
}

/** The address of a location on one line. */
export function addressInWords({ address, town, county, postcode }: Location): string {
  return [...address, town, county, postcode].filter(Boolean).join(', ')
}
