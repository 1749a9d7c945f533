import { organisationKinds, type OrganisationKind } from '#registers/organisations/rules.ts'
import { type Listing, type Opening, referralWays, type Weekday } from '#registers/listing/rules.ts'
import { agesInWords, daysOf, type Location, stateOn } from '#registers/services/rules.ts'

/** An organisation of the registers as other systems read it. */
export type ListedOrganisation = Readonly<{
  id: string
  name: string
  changedAt: Temporal.Instant
  /** What it does in the area; null for one that only runs services of the directory. */
  kind: OrganisationKind | null
  odsCode: string | null
  phone: string | null
  email: string | null
  url: string | null
  about: string | null
  isThere: boolean
}>

/** A published service of the directory as other systems read it. */
export type ListedHelp = Readonly<{
  id: string
  listing: Listing
  changedAt: Temporal.Instant
  kinds: readonly Readonly<{ id: string; name: string; taxonomy: string }>[]
  /** Those that are kept back are not among them. */
  places: readonly Location[]
}>

const headed = (kind: string, { id, changedAt }: Readonly<{ id: string; changedAt: Temporal.Instant }>) => ({
  ...{ resourceType: kind, id },
  meta: {
    // To the microsecond, as it is kept: whoever asks for what changed from then on is given the same again.
    lastUpdated: changedAt.toString(),
    profile: [`https://fhir.hl7.org.uk/StructureDefinition/UKCore-${kind}`],
  },
})

type Way = readonly [system: 'phone' | 'email' | 'url', value: string | null]

/** FHIR has no empty lists and no empty values. */
const some = (name: string, values: readonly unknown[]) => (values.length > 0 ? { [name]: values } : {})
const telecom = (ways: readonly Way[]) =>
  some(
    'telecom',
    ways.flatMap(([system, value]) => (value ? [{ system, value, use: 'work' }] : [])),
  )

/** An organisation that holds records here, refers by its own system, or runs a service: never somebody's name. */
export function organizationOf(listed: ListedOrganisation) {
  const { name, kind, odsCode, phone, email, url, isThere } = listed
  const system = 'https://fhir.nhs.uk/Id/ods-organization-code'
  return {
    ...headed('Organization', listed),
    ...some('identifier', odsCode === null ? [] : [{ system, value: odsCode }]),
    ...{ active: isThere, ...some('type', kind === null ? [] : [{ text: organisationKinds[kind].label }]), name },
    ...telecom([
      ['phone', phone],
      ['email', email],
      ['url', url],
    ]),
  }
}

// FHIR R4: service-provision-conditions.
const paid = { free: 'free', some: 'disc', paid: 'cost' } as const

/** A service of the directory; whom to ask for there stays out, since it can be somebody's name. */
export function healthcareServiceOf(service: ListedHelp, today: Temporal.PlainDate) {
  const { listing, kinds, places } = service
  const state = stateOn(daysOf(listing), today)
  const provision = 'http://terminology.hl7.org/CodeSystem/service-provision-conditions'
  const ages = agesInWords(listing)
  const who = [...(ages === null ? [] : [`Ages: ${ages}`]), ...(listing.eligibility ? [listing.eligibility] : [])]
  return {
    ...headed('HealthcareService', service),
    ...{ active: state === 'open' || state === 'paused', providedBy: { reference: `Organization/${listing.owner}` } },
    ...some(
      'type',
      kinds.map(({ id, name, taxonomy }) => ({
        coding: [{ system: `urn:uuid:${taxonomy}`, code: id, display: name }],
      })),
    ),
    ...some('location', places.flatMap(placeOf)),
    ...{ name: listing.name, ...(listing.summary ? { comment: listing.summary } : {}) },
    ...telecom([
      ...listing.phones.map(({ number }) => ['phone', number] as const),
      ['email', listing.email],
      ['url', listing.url],
    ]),
    serviceProvisionCode: [{ coding: [{ system: provision, code: paid[listing.cost] }] }],
    ...some(
      'eligibility',
      who.map((comment) => ({ comment })),
    ),
    ...some(
      'characteristic',
      listing.languages.map((language) => ({ text: `Language: ${language}` })),
    ),
    ...some(
      'referralMethod',
      listing.ways.map((way) => ({ text: referralWays[way].label })),
    ),
    ...some('availableTime', timesOf(listing.openings)),
    ...some('notAvailable', pausesOf(listing)),
    ...(listing.hours ? { availabilityExceptions: listing.hours } : {}),
  }
}

function placeOf({ name, address, town, postcode }: Location) {
  const display = [name, ...address, town, postcode].filter(Boolean).join(', ')
  return display === '' ? [] : [{ display }]
}

const days: Readonly<Record<Weekday, string>> = {
  ...{ 1: 'mon', 2: 'tue', 3: 'wed', 4: 'thu', 5: 'fri', 6: 'sat', 7: 'sun' },
}

/** Hours of an ordinary week, days with the same hours together. A day that closes at midnight ends within itself. */
function timesOf(openings: readonly Opening[]): readonly object[] {
  const alike = Map.groupBy(openings, ({ opens, closes }) => `${opens} ${closes}`)
  return [...alike.values()].flatMap((same): readonly object[] => {
    const [first] = same
    if (!first) return []
    const daysOfWeek = [...new Set(same.map(({ day }) => days[day]))]
    if (first.opens === '00:00' && first.closes === '00:00') return [{ daysOfWeek, allDay: true }]
    const availableEndTime = first.closes === '00:00' ? '23:59:59' : `${first.closes}:00`
    return [{ daysOfWeek, availableStartTime: `${first.opens}:00`, availableEndTime }]
  })
}

/** When it is paused, and the dates on which it is closed though the week says otherwise. */
function pausesOf({ pausedFrom, pausedUntil, notice, otherHours }: Listing) {
  const until =
    pausedUntil === null ? {} : { end: Temporal.PlainDate.from(pausedUntil).subtract({ days: 1 }).toString() }
  const paused =
    pausedFrom === null ? [] : [{ description: notice || 'Paused', during: { start: pausedFrom, ...until } }]
  const closed = otherHours.filter(({ opens }) => opens === null)
  return [...paused, ...closed.map(({ from, until: end }) => ({ description: 'Closed', during: { start: from, end } }))]
}
