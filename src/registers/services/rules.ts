import { isBefore } from '#platform/dates.ts'
import { outwardOf } from '#platform/postcode/rules.ts'
import { type Listing, type Opening, type Weekday, weekdays } from '#registers/listing/rules.ts'
import { hoursOf, type KindCode, markNumber, marksOf, wholeHoursOf } from '#registers/marks/rules.ts'

/** The product's own list of kinds of support, known by the same id in every area and every feed. */
export const supportTaxonomy = {
  id: '06055ed7-3a35-5433-b1ae-fa4db7218563',
  name: 'Onward support',
  about: 'The eight kinds of support that WorkWell passes people on to.',
} as const

/** The kinds of onward support that the letter to Integrated Care Boards names for WorkWell. */
export const supportKinds = {
  '215b4eb7-f9c0-5db0-857e-727b6970a3e7': {
    ...({ code: 'health', label: 'GP or other health care' } as const),
    about: 'Further treatment by a GP or another health professional.',
  },
  '4226e6f6-43b3-5558-a9c3-d477379c2bbc': {
    ...({ code: 'community', label: 'Community services' } as const),
    about: 'Groups, charities and helplines in the community.',
  },
  '8a99554d-28bf-5410-a68e-c41c35a4f384': {
    ...({ code: 'council', label: 'Council services' } as const),
    about: 'Housing, social care, family and other services of a council.',
  },
  '2b5cbc3b-6b37-53ad-af77-f704f0976455': {
    ...({ code: 'health-promotion', label: 'Health promotion' } as const),
    about: 'Programmes that help people to get and stay well.',
  },
  '8ea8fbdb-f0ef-5d03-86a3-495b8c29fd23': {
    ...({ code: 'money', label: 'Debt and money' } as const),
    about: 'Debt advice, benefits advice and help with money worries.',
  },
  'b7962e51-d059-5076-9b30-5e02f35351cb': {
    ...({ code: 'jobcentre', label: 'Jobcentre Plus' } as const),
    about: 'What the Jobcentre offers to people in and out of work.',
  },
  'c3a7f1bc-cfa8-5cff-9cb2-67a99998a105': {
    ...({ code: 'training', label: 'Education and training' } as const),
    about: 'Courses, skills and careers advice.',
  },
  'ea79430c-39f5-5479-b23c-c489326f5250': {
    ...({ code: 'intensive', label: 'More intensive support' } as const),
    about: 'Programmes with their own rules of entry, such as Access to Work and Connect to Work.',
  },
} as const

export type SupportKind = keyof typeof supportKinds

/** Whether a kind is one of the product's own list. */
export const isSupportKind = (kind: string): kind is SupportKind => Object.hasOwn(supportKinds, kind)

/** How a service stands on a day. Only to one that takes people can anybody be referred, at whatever hour; the others stay to be seen. */
export const serviceStates = {
  open: { label: 'Taking people' },
  paused: { label: 'Paused' },
  closed: { label: 'Closed' },
  'to-come': { label: 'To come' },
} as const

export type ServiceState = keyof typeof serviceStates

/** The days from which how a service stands follows. */
export type ServiceDays = Readonly<{
  validFrom: Temporal.PlainDate | null
  validUntil: Temporal.PlainDate | null
  pausedFrom: Temporal.PlainDate | null
  pausedUntil: Temporal.PlainDate | null
}>

/** How a service stands on a day. */
export function stateOn({ validFrom, validUntil, pausedFrom, pausedUntil }: ServiceDays, day: Temporal.PlainDate) {
  if (validUntil && !isBefore(day, validUntil)) return 'closed'
  if (validFrom && isBefore(day, validFrom)) return 'to-come'
  const isPaused = pausedFrom && !isBefore(day, pausedFrom) && (pausedUntil === null || isBefore(day, pausedUntil))
  return isPaused ? 'paused' : 'open'
}

/** The days of a listing. */
export function daysOf({ validFrom, validUntil, pausedFrom, pausedUntil }: Listing): ServiceDays {
  return {
    ...{ validFrom: dayIn(validFrom), validUntil: dayIn(validUntil) },
    ...{ pausedFrom: dayIn(pausedFrom), pausedUntil: dayIn(pausedUntil) },
  }
}

/** A day as listings write it. */
export const dayIn = (day: string | null): Temporal.PlainDate | null =>
  day === null ? null : Temporal.PlainDate.from(day)

/** Who runs services of the directory. */
export type Owner = Readonly<{
  name: string
  about: string | null
  url: string | null
  email: string | null
  /** Whom to ask for, a line each; what was kept earlier says nothing of it. */
  contact?: string | null
  /** With which it was joined, since both were the same. */
  joinedInto?: string | null
}>

/** A building where services are given. */
export type Location = Readonly<{
  name: string
  kind: 'physical' | 'postal' | 'virtual'
  address: readonly string[]
  town: string | null
  county: string | null
  postcode: string | null
  latitude: number | null
  longitude: number | null
  access: readonly string[]
  accessWords: string | null
  /** Its address keeps somebody safe: staff see it, and it is not published. */
  staffOnly: boolean
  /** With which it was joined, since both were the same. */
  joinedInto?: string | null
}>

/** What of a listing is searched, filtered, sorted or counted by, under the names of its columns. */
export function searchedOf(listing: Listing) {
  return {
    ...{ owner: listing.owner, name: listing.name, summary: listing.summary },
    ...{ published: !listing.staffOnly, located: listing.locations.length > 0, free: listing.cost === 'free' },
    ...{ least_age: listing.leastAge, most_age: listing.mostAge, capacity: listing.capacity },
    ...{ wait_weeks: listing.waitWeeks, wait_on: listing.waitOn, checked_on: listing.checkedOn },
    ...{ valid_from: listing.validFrom, valid_until: listing.validUntil },
    ...{ paused_from: listing.pausedFrom, paused_until: listing.pausedUntil },
    ...{ marks: markNumber(marksOf(listing, kindsByTerm)), hours: hoursOf(listing) },
    whole_hours: wholeHoursOf(listing),
  }
}

const kindsByTerm: Readonly<Record<string, KindCode>> = Object.fromEntries(
  Object.entries(supportKinds).map(([term, { code }]) => [term, code]),
)

/** By what a location is found, under the names of its columns. */
export function placedByOf({ name, town, postcode, latitude, longitude, staffOnly }: Location) {
  const outward = postcode ? (outwardOf(postcode) ?? null) : null
  return { name, town, outward, latitude, longitude, published: !staffOnly }
}

/** "Monday to Friday 9:00 to 17:00", days with the same hours together. */
export function openingsInWords(openings: readonly Opening[]): string[] {
  return sameHours(openings).map(({ days, opening }) => `${daysInWords(days)} ${hoursInWords(opening)}`)
}

/** The days with the same hours together, in the order of the first of each. */
export function sameHours(openings: readonly Opening[]) {
  const hours = Map.groupBy(openings, ({ opens, closes, location }) => `${opens} ${closes} ${location ?? ''}`)
  return [...hours.values()].flatMap((same) => {
    const days = same.map(({ day }) => day).toSorted((one, other) => one - other)
    return same.slice(0, 1).map((opening) => ({ days, opening }))
  })
}

function hoursInWords(opening: Opening): string {
  if (opening.opens === '00:00' && opening.closes === '00:00') return 'all day and night'
  const closes = opening.closes === '00:00' ? 'midnight' : opening.closes.replace(/^0/, '')
  return `${opening.opens.replace(/^0/, '')} to ${closes}`
}

function daysInWords(days: readonly Weekday[]): string {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return ''
  const inRow = days.length > 2 && last - first === days.length - 1
  if (inRow) return `${weekdays[first].label} to ${weekdays[last].label}`
  return days.map((day) => weekdays[day].label).join(' and ')
}

/** How long somebody waits, in words. */
export function waitInWords(weeks: number | null): string | null {
  if (weeks === null) return null
  if (weeks === 0) return 'No wait'
  return weeks === 1 ? '1 week' : `${weeks} weeks`
}

/** The ages a service is for, in words; null where it is for any. */
export function agesInWords({ leastAge, mostAge }: Pick<Listing, 'leastAge' | 'mostAge'>): string | null {
  if (leastAge !== null && mostAge !== null) return `${leastAge} to ${mostAge}`
  if (leastAge !== null) return `${leastAge} or over`
  return mostAge === null ? null : `Up to ${mostAge}`
}

/** Who says something of the directory, when, and whence. */
export type Saying = Readonly<{
  area: string
  cameFrom: 'member' | 'owner' | 'feed' | 'supplied'
  source: string | null
  note: string | null
  by: string | null
  at: Temporal.Instant
}>
