import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { listCouncils } from '#registers/places/store.ts'
import type { Saying } from '#registers/services/rules.ts'
import { saveListings, saveLocations, saveOwners } from '#registers/services/store.ts'
import { listingOf, offeredOn, locationOf } from './rules.ts'

type MadeUp = Readonly<{
  area: string
  sources: Readonly<{ councils: readonly string[] }>
  staff: readonly Readonly<{ id: string; post: Readonly<{ role: string }> }>[]
}>

/** Made-up local services of an area, in the towns that its councils are named after. */
export async function takeLocalServices(
  db: Db,
  { area, sources, staff }: MadeUp,
  now: Temporal.Instant,
): Promise<void> {
  const by = staff.find(({ post }) => post.role === 'service-manager')?.id ?? null
  const at = now.subtract({ hours: 24 * 400 })
  const saying: Saying = { area, cameFrom: 'member', source: null, note: null, by, at }
  const towns = (await listCouncils(db, dayOf(now)))
    .filter(({ code }) => sources.councils.includes(code))
    .map(({ name }) => name)
  const all = offeredOn(dayOf(now)).map((service, place) => ({
    ...{ service, owner: newId(), location: newId(), town: towns[place % towns.length] ?? 'Town' },
  }))
  const owners = all.map(({ owner: id, service }) => {
    return { id, version: 1, owner: { name: service.runBy, about: null, url: null, email: null } }
  })
  const locations = all.flatMap(({ service: { at: where }, location: id, town }) =>
    where ? [{ id, version: 1, location: locationOf(where, town) }] : [],
  )
  const listings = all.map(({ service, owner, location }) => {
    const there = service.at ? [{ id: newId(), location }] : []
    return { id: newId(), version: 1, listing: listingOf(service, owner, there), origin: 'own' as const }
  })
  await saveOwners(db, saying, owners)
  await saveLocations(db, saying, locations)
  await saveListings(db, saying, listings)
}
