import { type Listing, type Opening, weekdays } from '#registers/listing/rules.ts'

/** The standard leaves out what is not known. */
export function known<T extends object>(said: T): T {
  const isSaid = (value: unknown) => value !== null && value !== undefined && value !== '' && !isEmptyList(value)
  // Checked: only parts that may be left out are.
  return Object.fromEntries(Object.entries(said).filter(([, value]) => isSaid(value))) as T
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0

/** Makes the same id from the same words, for the parts of a service that have none of their own here. */
export type IdFrom = (...words: readonly string[]) => string

/** Where a service is given, as the hours there name it. */
type Place = Readonly<{ id: string; locationId: string }>

/** When a service is open, as the standard has it: each week and on single dates, and from when until when there is one at all. */
export function schedulesOf(listing: Listing, places: readonly Place[], own: IdFrom) {
  const { openings, otherHours, hours } = listing
  const valid = validOf(listing)
  const placeOf = (location: string | null) => places.find(({ locationId }) => locationId === location)?.id
  const alike = Map.groupBy(openings, ({ opens, closes, location }) => `${opens} ${closes} ${location ?? ''}`)
  const weekly = [...alike].flatMap(([key, [first, ...rest]]) => {
    if (!first) return []
    const days = [first, ...rest].map(({ day }: Opening) => weekdays[day].code).join(',')
    const at = placeOf(first.location)
    return known({
      ...{ id: own('schedule', key), freq: 'WEEKLY' as const, interval: 1, byday: days, description: hours },
      ...{ opens_at: `${first.opens}:00`, closes_at: `${first.closes}:00`, service_at_location_id: at, ...valid },
    })
  })
  const dated = otherHours.map(({ from, until, opens, closes, location }) =>
    known({
      ...{ id: own('other hours', from, until, location ?? ''), valid_from: from, valid_to: until },
      ...{ opens_at: opens && `${opens}:00`, closes_at: closes && `${closes}:00` },
      ...{ description: opens === null ? 'Closed' : null, service_at_location_id: placeOf(location) },
    }),
  )
  const all = [...weekly, ...dated]
  return all.length > 0 || hours === null ? all : [{ id: own('schedule'), description: hours }]
}

// From when until when there is a service at all. The standard has it with the hours of the week, and names the last day it
// is there. Days without hours are exceptions to whoever reads it, so that without a week it is not said.
const validOf = ({ validFrom, validUntil }: Listing) => ({
  valid_from: validFrom,
  valid_to: validUntil && Temporal.PlainDate.from(validUntil).subtract({ days: 1 }).toString(),
})
