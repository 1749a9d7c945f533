import { outwardOf } from '#platform/postcode/rules.ts'
import { type CostOption, emptyListing, type Listing, type Phone, type Served } from '#registers/listing/rules.ts'
import { isSupportKind, type Location, type Owner } from '#registers/services/rules.ts'
import {
  lineIn,
  listIn,
  outerIdIn,
  partsOf,
  type Remark,
  type Said,
  saidIn,
  wordsIn,
} from '#exchange/feeds/values/rules.ts'
import { hoursOf, placesIn } from '#exchange/feeds/where/rules.ts'

/** Gives what a feed knows by an id of its own the id that it has here. */
export type IdOf = (of: 'service' | 'owner' | 'location' | 'at' | 'list' | 'kind', outer: string) => string

/** What is known before a service is read: from where, the day, and what the feed said of it last. */
export type Around = Readonly<{ source: string; today: Temporal.PlainDate; idOf: IdOf; before: Listing | undefined }>

/** A kind of service as a feed names it, with the list it stands in. */
export type Kind = Readonly<{ id: string; name: string; about: string; list: Readonly<{ id: string; name: string }> }>

/** A service of a feed in our own words, with what comes along with it. */
export type Spoken = Readonly<{
  outerId: string
  id: string
  listing: Listing
  owner: Readonly<{ id: string; owner: Owner }>
  locations: readonly Readonly<{ id: string; location: Location }>[]
  kinds: readonly Kind[]
  /** What of it could not be read and was left out. */
  remarks: readonly string[]
}>

/** A service that cannot be taken, and why. */
export type Refused = Readonly<{ outerId: string | null; name: string | null; reasons: readonly string[] }>

/**
 * Reads one service of a feed that speaks Open Referral UK, 3.0 or 1.0: the two call the same things by different names,
 * and many feeds mix them, so that each is looked for under both.
 */
export function readService(value: unknown, around: Around): Spoken | Refused {
  const said = saidIn(value)
  const outerId = outerIdIn(said['id'])
  const name = lineIn(said['name'])
  const remarks: string[] = []
  const remark: Remark = (sentence) => remarks.push(sentence)
  const owner = ownerIn(saidIn(said['organization'] ?? said['organisation']), around, remark)
  const reasons = [
    ...(outerId === null ? ['It has no id'] : []),
    ...(name === null ? ['It has no name'] : []),
    ...(owner === null ? ['It does not say who runs it'] : []),
  ]
  if (outerId === null || name === null || owner === null) return { outerId, name, reasons }
  const places = placesIn(said, { idOf: around.idOf, outerId, remark })
  const kinds = kindsIn(said, around)
  const listing: Listing = {
    ...{ ...emptyListing, ...wordsOf(said, remark), ...daysOf(said, around, remark), ...forWhom(said, remark) },
    ...{ name, owner: owner.id, source: around.source, phones: phonesIn(said), contact: contactIn(said) },
    ...costOf(said),
    ...{ kinds: [...new Set(kinds.map(({ id }) => id))].toSorted(), languages: languagesIn(said) },
    ...hoursOf(said, { places, today: around.today, remark }),
    locations: places.map(({ id, at }) => ({ id: at, location: id })),
  }
  const locations = places.map(({ id, location }) => ({ id, location }))
  return { outerId, id: around.idOf('service', outerId), listing, owner, locations, kinds, remarks }
}

/** Whether a list holds only the beginning of a service, which has to be asked for by itself. */
export function isShort(value: unknown): boolean {
  return !whole.some((name) => name in saidIn(value))
}

const whole = [
  ...(['schedules', 'regular_schedules', 'service_at_locations', 'contacts', 'phones', 'languages'] as const),
  ...(['cost_options', 'service_areas', 'attributes', 'service_taxonomys', 'eligibilitys'] as const),
]

function ownerIn(said: Said, { idOf }: Around, remark: Remark) {
  const [outer, name] = [outerIdIn(said['id']), lineIn(said['name'])]
  if (name === null) return null
  const read = partsOf(said, remark)
  const url = read.link('website') ?? read.link('url')
  const owner: Owner = { name, about: read.words('description'), url, email: read.email('email') }
  return { id: idOf('owner', outer ?? name.toLowerCase()), owner }
}

function wordsOf(said: Said, remark: Remark) {
  const read = partsOf(said, remark)
  const weeks = /^(\d{1,3}) weeks?$/.exec(read.line('wait_time') ?? '')?.[1]
  const wait = /^no wait$/i.test(read.line('wait_time') ?? '') ? 0 : weeks === undefined ? null : Number(weeks)
  const modified = read.day('last_modified')
  return {
    ...{ summary: read.words('description') ?? lineIn(said['name']) ?? '', foundBy: read.line('alternate_name') },
    ...{ url: read.link('url'), email: read.email('email'), notice: read.words('alert', 1000) },
    ...{ howToRefer: read.words('application_process'), waitWeeks: wait, waitOn: wait === null ? null : modified },
  }
}

/** The days from which how it stands follows: a feed says only that it is closed now, so the day stays as first seen. */
function daysOf(said: Said, { today, before }: Around, remark: Remark) {
  const read = partsOf(said, remark)
  const status = read.line('status')?.toLowerCase() ?? 'active'
  const seen = read.day('last_modified') ?? today.toString()
  const checkedOn = read.day('assured_date')
  if (checkedOn !== null && checkedOn > today.toString()) remark(`assured_date ${checkedOn} is still to come`)
  const isPaused = status === 'temporarily closed' || status === 'inactive'
  return {
    pausedFrom: isPaused ? (before?.pausedFrom ?? seen) : null,
    validUntil: status === 'defunct' ? (before?.validUntil ?? seen) : null,
    checkedOn: checkedOn !== null && checkedOn <= today.toString() ? checkedOn : null,
  }
}

function forWhom(said: Said, remark: Remark) {
  const ages = [said, ...listIn(said['eligibilitys'])].map((one) => {
    const read = partsOf(one, remark)
    return { least: read.number('minimum_age', 0, 130), most: read.number('maximum_age', 0, 130) }
  })
  const [least, most] = [ages.find((one) => one.least !== null)?.least, ages.find((one) => one.most !== null)?.most]
  const inOrder = least == null || most == null || least <= most
  if (!inOrder) remark(`minimum_age ${least} is above maximum_age ${most}`)
  const areas = listIn(said['service_areas']).map(servedIn)
  const inWords = areas.flatMap((one) => (typeof one === 'string' ? one : []))
  const eligibility = [
    wordsIn(said['eligibility_description']),
    ...listIn(said['eligibilitys']).map((one) => wordsIn(one['eligibility'])),
    ...(inWords.length > 0 ? [`For people in: ${[...new Set(inWords)].join(', ')}`] : []),
  ].filter((one) => one !== null)
  return {
    leastAge: inOrder ? whole10(least) : null,
    mostAge: inOrder && most !== 130 ? whole10(most) : null,
    eligibility: eligibility.length > 0 ? eligibility.join('\n') : null,
    served: areas.flatMap((one) => (one !== null && typeof one !== 'string' ? one : [])),
  }
}

const whole10 = (age: number | null | undefined) => (age == null ? null : Math.floor(age))

/** Where people live: as we write it ourselves, by the code of a council, or in words that only people read. */
function servedIn(said: Said): Served | string | null {
  const [kind, code] = [lineIn(said['extent_type']), lineIn(said['service_area']) ?? lineIn(said['name'])]
  if (code !== null && (kind === 'country' || kind === 'board' || kind === 'council')) return { kind, code }
  if (code !== null && kind === 'outward' && outwardOf(code) === code) return { kind, code }
  const place = /\b(E92000001|E0[6-9]\d{6})\b/.exec(`${lineIn(said['uri'])} ${lineIn(said['extent'])}`)?.[1]
  if (place === 'E92000001' || /^(england|national)$/i.test(code ?? '')) return { kind: 'country', code: 'England' }
  return place === undefined ? code : { kind: 'council', code: place }
}

function phonesIn(said: Said): Phone[] {
  const all = [...listIn(said['phones']), ...listIn(said['contacts']).flatMap((one) => listIn(one['phones']))]
  const phones = all.flatMap((one): Phone[] => {
    const number = lineIn(one['number'], 60)
    return number === null ? [] : [{ number, about: lineIn(one['description'], 200) }]
  })
  return [...new Map(phones.map((one) => [one.number, one])).values()]
}

function contactIn(said: Said): string | null {
  const [first] = listIn(said['contacts'])
  const name = lineIn(first?.['name']) ?? lineIn(first?.['title'])
  return name === 'Enquiries' ? null : name
}

function costOf(said: Said) {
  const fees = wordsIn(said['fees'], 1000)
  const options = listIn(said['cost_options']).flatMap((one): CostOption[] => {
    const pounds = Number(one['amount'] ?? Number.NaN)
    const what = lineIn(one['option']) ?? lineIn(one['amount_description'])
    return what === null ? [] : [{ what, pence: Number.isFinite(pounds) ? Math.round(pounds * 100) : null }]
  })
  const isPaid = options.some(({ pence }) => (pence ?? 0) > 0)
  const isFree = fees === null || /\b(free|no (charge|cost|fee))/i.test(fees)
  const ours = fees === 'Free for some people' || fees === 'Has to be paid for'
  const inWords = fees === null || ours || /^free\.?$/i.test(fees) ? [] : [{ what: fees, pence: null }]
  const some = fees === 'Free for some people' || (isFree && fees !== null && (isPaid || fees.includes('£')))
  const cost: Listing['cost'] = some ? 'some' : isFree && !isPaid ? 'free' : 'paid'
  return { cost, costOptions: [...options, ...inWords] }
}

function languagesIn(said: Said): string[] {
  const names = listIn(said['languages']).map((one) => lineIn(one['name'], 80) ?? lineIn(one['language'], 80))
  return [...new Set(names.filter((one) => one !== null))]
}

/** The kinds a feed names a service by: attributes in 3.0, taxonomies of the service in 1.0. */
function kindsIn(said: Said, { idOf }: Around): Kind[] {
  const terms = [
    ...listIn(said['attributes']).map((one) => saidIn(one['taxonomy_term'])),
    ...listIn(said['service_taxonomys']).map((one) => saidIn(one['taxonomy'])),
  ]
  return terms.flatMap((term): Kind[] => {
    const [outer, name] = [outerIdIn(term['id']), lineIn(term['name'])]
    if (outer === null || name === null) return []
    const list = lineIn(term['taxonomy']) ?? lineIn(term['vocabulary']) ?? 'Kinds without a list'
    const id = isSupportKind(outer) ? outer : idOf('kind', outer)
    return [
      { id, name, about: lineIn(term['description'], 1000) ?? name, list: { id: idOf('list', list), name: list } },
    ]
  })
}
