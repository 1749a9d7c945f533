import { writtenPostcode } from '#platform/postcode/rules.ts'
import { type Opening, type OtherHours, type Weekday, weekdays } from '#registers/listing/rules.ts'
import type { Location } from '#registers/services/rules.ts'
import { lineIn, listIn, outerIdIn, partsOf, type Remark, type Said, saidIn } from '#exchange/feeds/values/rules.ts'

type Place = Readonly<{ id: string; at: string; location: Location; said: Said }>
type Placing = Readonly<{ idOf: (of: 'location' | 'at', outer: string) => string; outerId: string; remark: Remark }>

/** Where a service is given, each place once. */
export function placesIn(said: Said, { idOf, outerId, remark }: Placing): Place[] {
  const places = listIn(said['service_at_locations']).flatMap((one): Place[] => {
    const place = saidIn(one['location'])
    const [outer, location] = [outerIdIn(place['id']), locationIn(place, remark)]
    if (outer === null) return []
    return [{ id: idOf('location', outer), at: idOf('at', `${outerId} ${outer}`), location, said: one }]
  })
  return [...new Map(places.map((one) => [one.id, one])).values()]
}

function locationIn(said: Said, remark: Remark): Location {
  const read = partsOf(said, remark)
  const [address = {}] = [...listIn(said['addresses']), ...listIn(said['physical_addresses'])]
  const lines = [address['address_1'], address['address_2']].flatMap((line) => lineIn(line) ?? [])
  const typed = lineIn(address['postal_code'])
  const postcode = typed === null ? undefined : writtenPostcode(typed)
  if (typed !== null && postcode === undefined) remark(`postal_code “${typed.slice(0, 40)}” is no postcode`)
  const town = lineIn(address['city'])
  const kind = read.line('location_type')
  const ways = [...listIn(said['accessibility']), ...listIn(said['accessibility_for_disabilities'])]
  const access = ways.flatMap((one) => lineIn(one['description'], 500) ?? lineIn(one['accessibility'], 500) ?? [])
  const [latitude, longitude] = [read.number('latitude', 49, 61.5), read.number('longitude', -9, 2.5)]
  const isPlaced = latitude !== null && longitude !== null
  return {
    ...{ name: read.line('name') ?? lines[0] ?? town ?? 'A place without a name', address: lines, town },
    ...{ kind: kind === 'postal' || kind === 'virtual' ? kind : 'physical', county: lineIn(address['state_province']) },
    ...{ postcode: postcode ?? null, latitude: isPlaced ? latitude : null, longitude: isPlaced ? longitude : null },
    ...{ access: [], accessWords: access.length > 0 ? access.join('. ') : null, staffOnly: false },
  }
}

type Timing = Readonly<{ places: readonly Place[]; today: Temporal.PlainDate; remark: Remark }>
type Timed = Readonly<{ one: Said; location: string | null }>

/** When it is open in an ordinary week and on single dates, here or at one of its places, and what else is said of it. */
export function hoursOf(said: Said, { places, today, remark }: Timing) {
  const at = new Map(places.map((place) => [outerIdIn(place.said['id']), place.id]))
  const own = schedulesOf(said).map((one): Timed => {
    const location = at.get(outerIdIn(one['service_at_location_id'])) ?? null
    return { one, location }
  })
  const there = places.flatMap((place) => schedulesOf(place.said).map((one): Timed => ({ one, location: place.id })))
  const [dated, weekly] = [[...own, ...there].filter(isDated), [...own, ...there].filter((timed) => !isDated(timed))]
  const openings = weekly.flatMap((timed) => openingsIn(timed, remark))
  const words = weekly.flatMap(({ one }) => lineIn(one['description'], 1000) ?? [])
  return {
    openings: unique(openings),
    otherHours: unique(dated.flatMap((timed) => otherHoursIn(timed, today, remark))),
    hours: words.length > 0 ? [...new Set(words)].join('. ') : null,
  }
}

const unique = <One>(all: readonly One[]) => [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]

const schedulesOf = (said: Said) =>
  [...(['schedules', 'regular_schedules', 'regular_schedule', 'holiday_schedules'] as const)].flatMap((name) =>
    listIn(said[name]),
  )

/** Holidays and other exceptions: dates without days of the week. */
const isDated = ({ one }: Timed) =>
  lineIn(one['freq']) === null &&
  lineIn(one['byday']) === null &&
  lineIn(one['weekday']) === null &&
  (lineIn(one['valid_to']) ?? lineIn(one['end_date'])) !== null

function otherHoursIn({ one, location }: Timed, today: Temporal.PlainDate, remark: Remark): OtherHours[] {
  const read = partsOf(one, remark)
  const [until, from] = [read.day('valid_to') ?? read.day('end_date'), read.day('valid_from') ?? read.day('start_date')]
  // What is over would only be in the way.
  if (until === null || until < today.toString() || (from ?? until) > until) return []
  const isClosed = one['closed'] === true || lineIn(one['opens_at']) === null
  const [opens, closes] = isClosed ? [null, null] : [read.time('opens_at'), read.time('closes_at')]
  const isOpen = opens !== null && closes !== null
  return [{ from: from ?? until, until, opens: isOpen ? opens : null, closes: isOpen ? closes : null, location }]
}

// Checked: the keys of the list are its days.
const days = Object.keys(weekdays).map(Number) as Weekday[]

function openingsIn({ one: said, location }: Timed, remark: Remark): Opening[] {
  if (/monthly/i.test(lineIn(said['freq']) ?? '')) return []
  const named = `${lineIn(said['byday']) ?? lineIn(said['weekday']) ?? ''}`.toUpperCase().split(/[,;\s]+/)
  const open = days.filter((day) => named.some((one) => one.replace(/^[+-]?\d/, '').startsWith(weekdays[day].code)))
  if (open.length === 0) return []
  const read = partsOf(said, remark)
  const [opens, closes] = [read.time('opens_at'), read.time('closes_at')]
  if (opens === null || closes === null) return []
  return open.map((day) => ({ day, opens, closes, location }))
}
