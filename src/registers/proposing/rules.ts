import type { Problem, Typed } from '#platform/form/rules.ts'
import { isBefore } from '#platform/dates.ts'
import { hoursIn, linesIn, phoneIn, priceIn, servedIn, wordsIn } from '#registers/typed-lines/rules.ts'
import {
  type Capacity,
  type Cost,
  type Listing,
  mergedListing,
  type ReferralWay,
  type Served,
  withParts,
  type WorkStanding,
} from '#registers/listing/rules.ts'
import { isSupportKind } from '#registers/services/rules.ts'

/** Who proposes what the directory should say; of these, those who decide say it at once. */
export const proposers = [
  ...(['coach', 'senior-coach', 'clinician', 'administrator', 'service-manager'] as const),
  'system-administrator',
] as const
export const deciders = ['administrator', 'service-manager', 'system-administrator'] as const

/** What somebody in this role may do about the directory. */
export const mayOf = (role: string) => ({
  decide: deciders.some((one) => one === role),
  propose: proposers.some((one) => one === role),
})

/** What is typed of a service, field by field. */
export type TypedListing = Readonly<{
  name: string
  summary: string
  kinds: readonly string[]
  foundBy: string | null
  url: string | null
  email: string | null
  phones: string | null
  contact: string | null
  leastAge: number | null
  mostAge: number | null
  work: readonly WorkStanding[]
  eligibility: string | null
  ways: readonly ReferralWay[]
  howToRefer: string | null
  languages: string | null
  cost: Cost
  prices: string | null
  openings: string | null
  /** The hours at each location, by its id. */
  hoursAt: Readonly<Record<string, string>>
  hours: string | null
  served: string | null
  /** Boards and councils, as the form names them. */
  places: readonly string[]
  locations: readonly string[]
  waitWeeks: number | null
  capacity: Capacity | null
  validFrom: Temporal.PlainDate | null
  notice: string | null
  source: string | null
  staffOnly: boolean
  checked: boolean
}>

type Around = Readonly<{ before: Listing; owner: string; today: Temporal.PlainDate }>

/** What the listing says once this is taken; parts that the form does not show stay as they are. */
export function listingFrom(typed: TypedListing, { before, owner, today }: Around): Listing {
  const { phones, languages, prices, openings, hoursAt, served, places, locations, checked, validFrom, ...same } = typed
  const given = before.locations.filter(({ location }) => locations.includes(location))
  const hours = [hoursIn(openings), ...given.map(({ location }) => hoursIn(hoursAt[location] ?? null, location))]
  const waited = typed.waitWeeks === before.waitWeeks && !checked ? before.waitOn : today.toString()
  return {
    ...{ ...before, ...same, owner, phones: linesIn(phones).map(phoneIn) },
    kinds: [...typed.kinds, ...before.kinds.filter((kind) => !isSupportKind(kind))].toSorted(),
    languages: wordsIn(languages),
    costOptions: linesIn(prices).map(priceIn),
    openings: hours.flatMap((one) => one.openings),
    otherHours: hours.flatMap((one) => one.otherHours),
    served: [
      ...wordsIn(served).flatMap((word) => servedIn(word) ?? []),
      ...places.flatMap((key) => placeIn(key) ?? []),
    ],
    locations: given,
    waitOn: typed.waitWeeks === null ? null : waited,
    validFrom: validFrom?.toString() ?? null,
    checkedOn: checked ? today.toString() : before.checkedOn,
  }
}

/** What is wrong with what was typed, where one line or word of it cannot be read; locations by what they are called. */
export function problemsWith(typed: TypedListing, named: Named = {}): Problem[] {
  const { served, leastAge, mostAge, url } = typed
  const wrongPlace = wordsIn(served).find((word) => servedIn(word) === undefined)
  const problem = (field: string, message: string): Problem[] => [{ field, message }]
  return [
    ...problemsWithHours(typed, named),
    ...(wrongPlace ? problem('served', `“${wrongPlace}” is not the first half of a postcode, like M14`) : []),
    ...(leastAge !== null && mostAge !== null && leastAge > mostAge
      ? problem('mostAge', 'The oldest age must not be below the youngest')
      : []),
    ...(url !== null && !/^https?:\/\/[^\s/.]+\.[^\s]+$/.test(url)
      ? problem('url', 'Enter a web address that begins with https://')
      : []),
  ]
}

type Named = Readonly<Record<string, Readonly<{ label: string }>>>

/** What is wrong with hours, each line that cannot be read, and of which location they are. */
export function problemsWithHours(
  { openings, hoursAt }: Pick<TypedListing, 'openings' | 'hoursAt'>,
  named: Named = {},
): Problem[] {
  const texts = [
    { field: 'openings', of: 'Hours', text: openings },
    ...Object.entries(hoursAt).map(([place, text]) => {
      const label = named[place]?.label
      return { field: hoursField(place), of: label === undefined ? 'Hours at a location' : `Hours at ${label}`, text }
    }),
  ]
  return texts.flatMap(({ field, of, text }) => {
    const { wrong } = hoursIn(text)
    const isDated = /^\d/.test(wrong[0] ?? '')
    const like = isDated ? '24 Dec 2026 to 1 Jan 2027: closed' : 'Monday to Friday 9:00 to 17:00'
    const lines = wrong.map((line) => `“${line}”`).join(' and ')
    return wrong.length === 0 ? [] : [{ field, message: `${of}: write ${lines} like ${like}` }]
  })
}

/** What the field is called in which the hours at one location are typed. */
export const hoursField = (location: string): string => `openings-${location}`

/** The hours that were typed for each location of a service. */
export function hoursAtIn(typed: Typed, { locations }: Pick<Listing, 'locations'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    locations.map(({ location }) => [location, [typed[hoursField(location)]].flat().at(-1) ?? '']),
  )
}

/** What a board or a council is called among the choices of the form. */
export const placeKey = ({ kind, code }: Pick<Served, 'kind' | 'code'>): string => `${kind}-${code.toLowerCase()}`

function placeIn(key: string): Served | undefined {
  const [, kind, code = ''] = /^(board|council)-(.+)$/.exec(key) ?? []
  return kind === 'board' || kind === 'council' ? { kind, code: code.toUpperCase() } : undefined
}

/** What may be done about how a service stands. */
export const standingChanges = {
  pause: { label: 'Pause it', hint: 'It stays to be seen, and nobody can be referred until it opens again' },
  close: { label: 'Close it for good', hint: 'It stays to be seen, so that older plans read right' },
  open: { label: 'Open it again', hint: 'Takes a pause or a closing back' },
} as const

export type StandingChange = keyof typeof standingChanges

export type TypedStanding = Readonly<{
  what: StandingChange
  from: Temporal.PlainDate | null
  until: Temporal.PlainDate | null
  notice: string | null
}>

/** What the listing says once a service is paused, closed or opened again. */
export function withStanding(before: Listing, { what, from, until, notice }: TypedStanding, today: Temporal.PlainDate) {
  const [first, last] = [(from ?? today).toString(), until?.toString() ?? null]
  const days = {
    pause: { pausedFrom: first, pausedUntil: last, validUntil: null },
    close: { pausedFrom: null, pausedUntil: null, validUntil: first },
    open: { pausedFrom: null, pausedUntil: null, validUntil: null },
  } as const
  return { ...before, ...days[what], notice }
}

/** What is wrong with the days and words of pausing or closing. */
export function problemsWithStanding(
  { what, from, until, notice }: TypedStanding,
  today: Temporal.PlainDate,
): Problem[] {
  const first = from ?? today
  return [
    ...(what === 'pause' && until && !isBefore(first, until)
      ? [{ field: 'until', message: 'Enter a day after the one on which the pause begins' }]
      : []),
    ...(what === 'close' && notice === null
      ? [{ field: 'notice', message: 'Say why, and what people can use instead' }]
      : []),
  ]
}

/** What a proposal would make of a listing that others may have changed since: what was proposed counts. */
export function proposedOver(base: Listing, here: Listing, proposed: Listing) {
  const { listing, disputed } = mergedListing(base, here, proposed)
  return { listing: withParts(listing, proposed, disputed), disputed }
}

/** What became of something that was said: it stands there, waits for a decision, or somebody else was first. */
export const becameWords = {
  stands: 'Saved. What was said before stays in the history.',
  waits: 'Your proposal was sent. It stands in the directory once it has been accepted.',
  overtaken: 'Somebody has just changed this service. Look at it first.',
} as const

export type Became = keyof typeof becameWords
