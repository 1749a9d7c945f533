import { newId } from '#platform/ids.ts'
import { emptyListing, type Listing } from '#registers/listing/rules.ts'
import type { Location, Saying } from '#registers/services/rules.ts'
import { saveListings, saveLocations, saveOwners } from '#registers/services/store.ts'
import { supplyServices } from '#registers/source/import.ts'
import type { TestApp } from '#test/app.ts'

/** The kind under which services of money and debt stand. */
export const moneyKind = '8ea8fbdb-f0ef-5d03-86a3-495b8c29fd23'

/** Brings an area the national services. */
export const withNationalServices = (app: TestApp, area = 'north') =>
  app.inArea(area, (db) => supplyServices(db, { area, at: app.clock.now }))

type Given = Partial<Listing> & Readonly<{ area?: string; runBy?: string; at?: Partial<Location> | undefined }>

/** A local service of an area, at one location where that is given. */
export async function aService(app: TestApp, given: Given = {}): Promise<string> {
  const { area = 'north', runBy: name = 'Riverside Trust', at, ...said } = given
  const [id, owner, location] = [newId(), newId(), newId()]
  const saying: Saying = { area, cameFrom: 'member', source: null, note: null, by: null, at: app.clock.now }
  await withNationalServices(app, area)
  await app.inArea(area, async (db) => {
    const runBy = { name, about: null, url: null, email: null }
    await saveOwners(db, saying, [{ id: owner, version: 1, owner: runBy }])
    if (at) await saveLocations(db, saying, [{ id: location, version: 1, location: { ...hall, ...at } }])
    const locations = at ? [{ id: newId(), location }] : []
    const listing = { ...emptyListing, ...usual, ...said, owner, locations }
    await saveListings(db, saying, [{ id, version: 1, listing, origin: 'own' }])
  })
  return id
}

/** Many services of an area at once, each by its id with its name; they are counted as the database counts them by itself. */
export async function manyServices(app: TestApp, area: string, said: readonly Partial<Listing>[]) {
  const first = await aService(app, { area, name: 'The first of many', summary: 'Begins.' })
  const saying: Saying = { area, cameFrom: 'feed', source: null, note: null, by: null, at: app.clock.now }
  const { rows } = await app.owner.query<{ owner: string }>('select owner from services.service where id = $1', [first])
  const owner = rows[0]?.owner ?? ''
  const listings = said.map((one) => {
    const listing = { ...emptyListing, ...usual, kinds: [], ...one, owner, locations: [] }
    return { id: newId(), version: 1, listing, origin: 'feed' as const }
  })
  await app.inArea(area, (db) => saveListings(db, saying, listings))
  await app.owner.query('analyze services.word')
  return listings.map(({ id, listing }) => [id, listing.name] as const)
}

const usual = { name: 'Riverside debt advice', summary: 'Advice on money worries, face to face.', kinds: [moneyKind] }
const hall: Location = {
  ...{ name: 'Riverside Hall', kind: 'physical', address: ['1 High Street'], town: 'Riverton', county: null },
  ...{ postcode: 'ZA1 1ZZ', latitude: null, longitude: null, access: ['step-free'], accessWords: null },
  staffOnly: false,
}
