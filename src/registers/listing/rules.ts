/** The days of the week, Monday first, with what Open Referral calls them. */
export const weekdays = {
  1: { label: 'Monday', short: 'Mon', code: 'MO' },
  2: { label: 'Tuesday', short: 'Tue', code: 'TU' },
  3: { label: 'Wednesday', short: 'Wed', code: 'WE' },
  4: { label: 'Thursday', short: 'Thu', code: 'TH' },
  5: { label: 'Friday', short: 'Fri', code: 'FR' },
  6: { label: 'Saturday', short: 'Sat', code: 'SA' },
  7: { label: 'Sunday', short: 'Sun', code: 'SU' },
} as const

export type Weekday = keyof typeof weekdays

/** How somebody comes to a service. */
export const referralWays = {
  self: { label: 'People ask for it themselves' },
  coach: { label: 'A coach or other professional refers' },
  gp: { label: 'A GP or health professional refers' },
  jobcentre: { label: 'The Jobcentre refers' },
  use: { label: 'People use it themselves, and nobody is referred' },
} as const

export type ReferralWay = keyof typeof referralWays

/** Whether anybody can be referred to a service at all: not to an emergency number, nor to a page that people use themselves. */
export const takesReferrals = ({ ways }: Readonly<{ ways: readonly ReferralWay[] }>): boolean => !ways.includes('use')

/** For whom a service is, by how they stand to work. */
export const workStandings = {
  'in-work': { label: 'In work' },
  'off-sick': { label: 'Off sick from a job' },
  'out-of-work': { label: 'Out of work' },
} as const

export type WorkStanding = keyof typeof workStandings

/** What a service costs the person. */
export const costs = {
  free: { label: 'Free' },
  some: { label: 'Free for some people' },
  paid: { label: 'Has to be paid for' },
} as const

export type Cost = keyof typeof costs

/** Whether a service has room. */
export const capacities = {
  places: { label: 'Has places' },
  few: { label: 'Few places left' },
  full: { label: 'Full, with a waiting list' },
} as const

export type Capacity = keyof typeof capacities

/** What helps somebody to get in and take part. */
export const accesses = {
  'step-free': { label: 'Step-free way in' },
  lift: { label: 'Lift' },
  toilet: { label: 'Accessible toilet' },
  parking: { label: 'Blue Badge parking' },
  loop: { label: 'Hearing loop' },
  quiet: { label: 'Quiet room' },
  home: { label: 'Home visits' },
} as const

export type Phone = Readonly<{ number: string; about: string | null }>
export type CostOption = Readonly<{ what: string; pence: number | null }>
export type Opening = Readonly<{ day: Weekday; opens: string; closes: string; location: string | null }>

/** Dates on which a service is open at other times than in an ordinary week, or not at all where no time stands. */
export type OtherHours = Readonly<{
  from: string
  /** The last of the dates. */
  until: string
  opens: string | null
  closes: string | null
  location: string | null
}>

/** Where those live whom a service is for. */
export type Served = Readonly<{ kind: 'country' | 'board' | 'council' | 'outward'; code: string }>

/**
 * What is said of a service, whole: plain values that are kept version by version, compared part by part and put together
 * from what two sources say. Days are written as 2026-01-05, so that what was kept years ago reads the same.
 */
export type Listing = Readonly<{
  name: string
  /** Words by which people look for it that stand nowhere else in the listing: short names, other ways of saying it. */
  foundBy: string | null
  summary: string
  owner: string
  kinds: readonly string[]
  url: string | null
  email: string | null
  phones: readonly Phone[]
  contact: string | null
  leastAge: number | null
  mostAge: number | null
  work: readonly WorkStanding[]
  eligibility: string | null
  ways: readonly ReferralWay[]
  howToRefer: string | null
  languages: readonly string[]
  cost: Cost
  costOptions: readonly CostOption[]
  openings: readonly Opening[]
  /** Holidays and other exceptions. */
  otherHours: readonly OtherHours[]
  hours: string | null
  served: readonly Served[]
  locations: readonly Readonly<{ id: string; location: string }>[]
  waitWeeks: number | null
  waitOn: string | null
  capacity: Capacity | null
  validFrom: string | null
  /** The first day on which it is closed for good. */
  validUntil: string | null
  pausedFrom: string | null
  /** The first day on which it is open again. */
  pausedUntil: string | null
  /** Why it is paused or closed, and what to use in its place. */
  notice: string | null
  /** The day on which somebody last saw that all of it is right. */
  checkedOn: string | null
  /** From where it is known. */
  source: string | null
  /** Shown to staff alone and never published, because its address or existence keeps somebody safe. */
  staffOnly: boolean
}>

/** A listing of which nothing has been said yet. */
export const emptyListing: Listing = {
  ...{ name: '', foundBy: null, summary: '', owner: '', kinds: [], url: null, email: null, phones: [] },
  ...{ contact: null, leastAge: null, mostAge: null, work: [], eligibility: null, ways: [], howToRefer: null },
  ...{
    languages: [],
    cost: 'free',
    costOptions: [],
    openings: [],
    otherHours: [],
    hours: null,
    served: [],
    locations: [],
  },
  ...{ waitWeeks: null, waitOn: null, capacity: null, validFrom: null, validUntil: null, pausedFrom: null },
  ...{ pausedUntil: null, notice: null, checkedOn: null, source: null, staffOnly: false },
}

export type Part = keyof Listing

/** What each part of a listing is called, in the order in which it is read. */
export const listingParts: Readonly<Record<Part, Readonly<{ label: string }>>> = {
  name: { label: 'Name' },
  foundBy: { label: 'Also found by' },
  summary: { label: 'What it does' },
  owner: { label: 'Who runs it' },
  kinds: { label: 'Kinds of support' },
  notice: { label: 'Notice' },
  url: { label: 'Website' },
  email: { label: 'Email' },
  phones: { label: 'Phone' },
  contact: { label: 'Whom to ask for' },
  leastAge: { label: 'Youngest age' },
  mostAge: { label: 'Oldest age' },
  work: { label: 'For people' },
  eligibility: { label: 'Who it is for' },
  ways: { label: 'Who can refer' },
  howToRefer: { label: 'How to refer' },
  languages: { label: 'Languages' },
  cost: { label: 'Cost' },
  costOptions: { label: 'Prices' },
  openings: { label: 'Open' },
  otherHours: { label: 'Other hours' },
  hours: { label: 'About the hours' },
  served: { label: 'Where people live' },
  locations: { label: 'Locations' },
  waitWeeks: { label: 'Waiting time' },
  waitOn: { label: 'Waiting time checked' },
  capacity: { label: 'Room' },
  validFrom: { label: 'Open from' },
  validUntil: { label: 'Closed from' },
  pausedFrom: { label: 'Paused from' },
  pausedUntil: { label: 'Open again from' },
  checkedOn: { label: 'Last checked' },
  source: { label: 'Source' },
  staffOnly: { label: 'Shown to staff only' },
}

// Checked: the keys of the record are the parts of a listing.
const partNames = Object.keys(listingParts) as Part[]

/** Which parts two listings say differently. */
export function differingParts(one: Listing, other: Listing): Part[] {
  return partNames.filter((part) => !isSame(one[part], other[part]))
}

// What was kept comes back with the names of its parts in another order than it was written in.
const isSame = (one: unknown, other: unknown) => one === other || written(one) === written(other)

const written = (value: unknown) =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )

/** What came of putting together what a source says anew with what stands here. */
export type Merged = Readonly<{
  listing: Listing
  /** What was taken from the source. */
  taken: readonly Part[]
  /** What both changed, and differently: what stands here stays, and somebody decides. */
  disputed: readonly Part[]
}>

/**
 * Puts together what a source said before (base), what stands here, and what the source says now, part by part. What only
 * the source changed is taken, what was changed here stays, and of what both changed differently neither is lost.
 */
export function mergedListing(base: Listing, here: Listing, now: Listing): Merged {
  const theirs = differingParts(base, now)
  const ours = new Set(differingParts(base, here))
  const agreed = new Set(partNames.filter((part) => isSame(here[part], now[part])))
  const taken = theirs.filter((part) => !ours.has(part))
  const disputed = theirs.filter((part) => ours.has(part) && !agreed.has(part))
  return { listing: { ...here, ...only(now, taken) }, taken, disputed }
}

/** A listing with these parts as another says them. */
export function withParts(here: Listing, other: Listing, parts: readonly Part[]): Listing {
  return { ...here, ...only(other, parts) }
}

const only = (listing: Listing, parts: readonly Part[]): Partial<Listing> =>
  Object.fromEntries(parts.map((part) => [part, listing[part]]))
