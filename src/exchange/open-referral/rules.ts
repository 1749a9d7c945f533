import { type IdFrom, known, schedulesOf } from '#exchange/open-hours/rules.ts'
import { capacities, type Listing, referralWays, workStandings } from '#registers/listing/rules.ts'
import { accessInWords } from '#registers/directory/rules.ts'
import { linesIn } from '#registers/typed-lines/rules.ts'
import { daysOf, type Location, type Owner, stateOn, waitInWords } from '#registers/services/rules.ts'

/** What a reader of the open directory is told first: which standard it speaks. */
export const standardSpoken = (origin: string) => ({
  version: 'HSDS-UK-3.0',
  profile: 'https://docs.openreferraluk.org/en/latest/',
  openapi_url: 'https://docs.openreferraluk.org/en/latest/openapi30.json',
  publisher: origin,
})

/** A published service with what it points to. */
export type Published = Readonly<{
  id: string
  listing: Listing
  changedAt: Temporal.Instant
  owner: Owner
}>

/** A kind of service with the list it stands in. */
export type Term = Readonly<{
  id: string
  name: string
  about: string
  parent: string | null
  taxonomy: string
  taxonomyName: string
}>

/** A location of a service, as both know each other. */
export type Place = Readonly<{ id: string; service: string; locationId: string; location: Location }>

const statuses = {
  open: 'active',
  paused: 'temporarily closed',
  closed: 'defunct',
  'to-come': 'inactive',
} as const

/** A service as lists of the standard show it. */
export function serviceItem({ id, listing, changedAt, owner }: Published, today: Temporal.PlainDate) {
  return known({
    ...{ id, organization_id: listing.owner, name: listing.name },
    ...{ description: listing.summary, url: listing.url, email: listing.email },
    status: statuses[stateOn(daysOf(listing), today)],
    fees: listing.cost === 'free' ? null : listing.cost === 'some' ? 'Free for some people' : 'Has to be paid for',
    ...{ minimum_age: listing.leastAge, maximum_age: listing.mostAge, assured_date: listing.checkedOn },
    ...{ alert: listing.notice, last_modified: changedAt.toString({ smallestUnit: 'second' }) },
    eligibility_description: [...listing.work.map((one) => workStandings[one].label), listing.eligibility ?? '']
      .filter(Boolean)
      .join('. '),
    application_process: [...listing.ways.map((one) => referralWays[one].label), listing.howToRefer ?? '']
      .filter(Boolean)
      .join('. '),
    wait_time: waitSaid(listing),
    organization: organizationItem(listing.owner, owner),
  })
}

// The standard has a text for it and no day of its own: a wait is worth as much as the day on which it was true.
function waitSaid({ waitWeeks, waitOn }: Listing): string | null {
  const words = waitInWords(waitWeeks)
  return words === null || waitOn === null ? words : `${words} (checked on ${waitOn})`
}

function organizationItem(id: string, { name, about, url, email }: Owner) {
  // The standard wants a description of everybody; a name is the least that is true.
  return known({ id, name, description: about ?? name, website: url, email })
}

type Whole = Published &
  Readonly<{
    terms: readonly Term[]
    places: readonly Place[]
    /** What the boards and councils are called whose people it is for, by their codes. */
    names: ReadonlyMap<string, string>
  }>

/** The codes of the boards and councils for whose people services are. */
export function placesServed(services: readonly Pick<Published, 'listing'>[]) {
  const served = services.flatMap(({ listing }) => listing.served)
  const of = (wanted: 'board' | 'council') => served.filter(({ kind }) => kind === wanted).map(({ code }) => code)
  return { boards: of('board'), councils: of('council') }
}

/** A service with everything that is published of it. */
export function serviceWhole(service: Whole, today: Temporal.PlainDate, idFrom: IdFrom) {
  const { id, listing, terms, places, names } = service
  const own = (...words: readonly string[]) => idFrom(id, ...words)
  const phones = listing.phones.map(({ number, about }) =>
    known({ id: own('phone', number), number, description: about }),
  )
  const asked = linesIn(listing.contact)
  const contacts = (asked.length === 0 ? ['Enquiries'] : asked).map((line, place) => {
    const { number, ...contact } = contactIn(line)
    const direct = number === undefined ? [] : [{ id: own('phone', number), number }]
    const phonesOf = place === 0 ? [...phones, ...direct] : direct
    return known({ ...contact, id: own('contact', `${place}`), service_id: id, phones: phonesOf })
  })
  return known({
    ...serviceItem(service, today),
    schedules: schedulesOf(listing, places, own),
    service_areas: listing.served.map(({ kind, code }) => ({
      ...{ id: own('served', kind, code), service_id: id, extent_type: kind, service_area: code },
      name: kind === 'outward' ? `Postcodes that begin with ${code}` : (names.get(code) ?? code),
    })),
    capacities: capacitiesOf(id, listing, own),
    service_at_locations: places.map((place) => known({ ...placeItem(place), location: locationWhole(place, idFrom) })),
    languages: listing.languages.map((name) => ({ id: own('language', name), service_id: id, name })),
    cost_options: listing.costOptions.map(({ what, pence }) =>
      known({
        ...{ id: own('cost', what), service_id: id, option: what },
        ...{ amount: pence === null ? null : pence / 100, currency: pence === null ? null : 'GBP' },
      }),
    ),
    contacts: asked.length === 0 && phones.length === 0 ? [] : contacts,
    attributes: terms.map((term) => ({
      ...{ id: own('attribute', term.id), link_id: id, link_type: 'service', taxonomy_term_id: term.id },
      taxonomy_term: termItem(term),
    })),
  })
}

// Whether there is room, in words: of how many places there are nobody tells us.
function capacitiesOf(id: string, { capacity, waitOn, checkedOn }: Listing, own: IdFrom) {
  if (capacity === null) return []
  const unit = { id: own('capacity', 'places'), name: 'places' }
  const { label: description } = capacities[capacity]
  const available = capacity === 'full' ? 0 : null
  return [known({ id: own('capacity'), service_id: id, unit, description, available, updated: waitOn ?? checkedOn })]
}

// "Duty adviser, Jo Green, 01632 960001": the post, and whoever has it, with a number of their own.
function contactIn(line: string) {
  const [title = line, ...rest] = line.split(',').map((part) => part.trim())
  const email = rest.find((part) => /^\S+@\S+$/.test(part))
  const number = rest.find((part) => /^[\d\s+()]{6,}$/.test(part))
  const name = rest.filter((part) => part !== email && part !== number).join(', ')
  return { title, name: name || title, email, number }
}

const placeItem = ({ id, service, locationId }: Place) => ({ id, service_id: service, location_id: locationId })

/** A location as lists of the standard show it. */
function locationItem({ locationId, location }: Place) {
  const { name, kind, latitude, longitude } = location
  return known({ id: locationId, location_type: kind, name, latitude, longitude })
}

function locationWhole(place: Place, idFrom: IdFrom) {
  const { locationId, location } = place
  const { address, town, county, postcode } = location
  const [first, ...others] = address
  const access = accessInWords(location)
  const written = first !== undefined && postcode !== null
  return known({
    ...locationItem(place),
    // The standard wants every line of an address; one of which there is too little is left out.
    addresses: !written
      ? []
      : [
          known({
            ...{ id: idFrom(locationId, 'address'), location_id: locationId, address_1: first },
            ...{ address_2: others.join(', '), city: town ?? county ?? 'England', state_province: county ?? 'England' },
            ...{ postal_code: postcode, country: 'GB', address_type: 'physical' },
          }),
        ],
    accessibility:
      access === null ? [] : [{ id: idFrom(locationId, 'access'), location_id: locationId, description: access }],
  })
}

/** That a service is given at a location, as lists of the standard show it. */
export const atLocationItem = (place: Place, service: Published, today: Temporal.PlainDate) => ({
  ...{ ...placeItem(place), location: locationItem(place), service: serviceItem(service, today) },
})

/** The same with everything that is published of both. */
export function atLocationWhole(place: Place, service: Whole, today: Temporal.PlainDate, idFrom: IdFrom) {
  const whole = serviceWhole({ ...service, places: [] }, today, idFrom)
  return { ...placeItem(place), location: locationWhole(place, idFrom), service: whole }
}

/** A kind of service. */
export const termItem = ({ id, name, about, parent, taxonomy, taxonomyName }: Term) =>
  known({ id, name, description: about, parent_id: parent, taxonomy: taxonomyName, taxonomy_id: taxonomy })

/** A list of kinds. */
export const taxonomyItem = ({ id, name, about }: Readonly<{ id: string; name: string; about: string }>) => ({
  id,
  name,
  description: about,
})

/** One page of a list, counted as the standard counts. */
export function pageOf<Item>(contents: readonly Item[], { page, perPage, total }: Counted) {
  const pages = Math.max(1, Math.ceil(total / perPage))
  return {
    ...{ total_items: total, total_pages: pages, page_number: page, size: contents.length },
    ...{ first_page: page === 1, last_page: page >= pages, empty: contents.length === 0, contents },
  }
}

type Counted = Readonly<{ page: number; perPage: number; total: number }>

/** How many are given at a time where nobody says, and at most. */
export const [usualPage, largestPage] = [50, 500]
