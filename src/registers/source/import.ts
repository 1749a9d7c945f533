import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { emptyListing, type Listing, type Opening, referralWays, workStandings } from '#registers/listing/rules.ts'
import { saveProposals } from '#registers/proposing/store.ts'
import { saveListings, saveOwners, saveTerms } from '#registers/services/store.ts'
import { type Saying, supportKinds, supportTaxonomy } from '#registers/services/rules.ts'
import { type FromSource, doingsAbout } from './rules.ts'
import { findEdition, listKnown, saveEdition, saveReceived } from './store.ts'

const file = fileURLToPath(new URL('../../../data/services/national-services.json', import.meta.url))

/** The name under which what comes with the product is known as a source. */
const productSource = 'workwell'

const words = z.string().min(1)
const day = z.iso.date().nullable()
const hours = z.object({ days: z.array(z.number().int().min(1).max(7)), opens: z.iso.time(), closes: z.iso.time() })
const national = z.object({
  owners: z.array(z.object({ id: z.uuid(), name: words })),
  services: z.array(
    z.strictObject({
      ...{ id: z.uuid(), code: words, name: words, owner: words, kinds: z.array(words), summary: words },
      ...{ url: z.url().nullable(), foundBy: words.optional(), notice: words.optional() },
      phones: z.array(z.object({ number: words, about: words.nullable() })).optional(),
      openings: z.array(hours).optional(),
      ...{ hours: words.optional(), languages: z.array(words).optional() },
      // Checked: the keys of the code lists are their codes.
      ways: z.array(z.enum(Object.keys(referralWays) as [keyof typeof referralWays])),
      // Checked: as above.
      work: z.array(z.enum(Object.keys(workStandings) as [keyof typeof workStandings])).optional(),
      ...{ leastAge: z.number().int().optional(), eligibility: words.optional(), howToRefer: words.optional() },
      ...{ validUntil: day.optional(), checkedOn: day, source: words },
    }),
  ),
})

/** The national services that come with the product, as they stand in data/, with those who run them. */
function readNationalServices() {
  const text = readFileSync(file, 'utf8')
  const { owners, services } = national.parse(JSON.parse(text))
  const owned = new Map(owners.map(({ id, name }) => [name, id]))
  const kinds = new Map(Object.entries(supportKinds).map(([id, { code }]) => [code, id]))
  const listings = services.map(({ id, code, owner, openings = [], ...said }): FromSource => {
    const served: Listing['served'] = [{ kind: 'country', code: 'England' }]
    const own = { owner: owned.get(owner) ?? '', kinds: said.kinds.map((kind) => kinds.get(kind) ?? '').toSorted() }
    const rest = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
    const listing = { ...emptyListing, ...rest, ...own, openings: openings.flatMap(eachDay), served }
    return { outerId: code, id, listing }
  })
  return { stamp: createHash('sha256').update(text).digest('hex'), owners, listings }
}

const eachDay = ({ days, opens, closes }: z.output<typeof hours>): Opening[] =>
  // Checked: the shape of the file allows 1 to 7 alone.
  days.map((one) => ({ day: one as Opening['day'], opens, closes, location: null }))

type Supplying = Readonly<{ area: string; at: Temporal.Instant }>

/**
 * Brings an area the kinds of support and the national services of this version of the product. What the area changed in
 * them stays; where both say something different, the area is asked. What is there already costs one look.
 */
export async function supplyServices(db: Db, { area, at }: Supplying): Promise<void> {
  const { stamp, owners, listings } = readNationalServices()
  if ((await findEdition(db, area)) === stamp) return
  const terms = Object.entries(supportKinds).map(([id, { label, about }]) => ({ id, name: label, about }))
  await saveTerms(db, area, supportTaxonomy, terms)
  const saying: Saying = { area, cameFrom: 'supplied', source: productSource, note: null, by: null, at }
  const empty = { about: null, url: null, email: null }
  await saveOwners(
    db,
    saying,
    owners.map(({ id, name }) => ({ id, version: 1, owner: { name, ...empty } })),
  )
  await takeListings(db, saying, listings)
  await saveEdition(db, { area, stamp, at })
}

/** How many services a source added and changed, and of how many it says something that was changed here as well. */
type Taken = Readonly<{ added: number; changed: number; disputed: number }>

/** Takes what a source says of services: the common way of what comes with the product and of every feed. */
async function takeListings(db: Db, saying: Saying, said: readonly FromSource[]): Promise<Taken> {
  const { area, at } = saying
  const source = saying.source ?? ''
  const doings = doingsAbout(said, await listKnown(db, area, source))
  const added = doings.filter((one) => one.what === 'add')
  const changed = doings.filter((one) => one.what === 'change')
  const origin = saying.cameFrom === 'supplied' ? ('supplied' as const) : ('feed' as const)
  await saveListings(db, saying, [
    ...added.map(({ id, listing }) => ({ id, version: 1, listing, origin })),
    ...changed
      .filter(({ taken }) => taken.length > 0)
      .map(({ id, version, listing }) => ({ id, version: version + 1, listing, origin })),
  ])
  const ids = new Map(doings.map(({ outerId, id }) => [outerId, id]))
  await saveReceived(
    db,
    { area, source, at },
    said.map((one) => ({ ...one, id: ids.get(one.outerId) ?? one.id })),
  )
  const disputed = changed.flatMap(({ id, version, proposed, taken }) => {
    if (proposed === null) return []
    const base = taken.length > 0 ? version + 1 : version
    return [{ id: newId(), service: id, base, listing: proposed, note: `As ${source} has it now` }]
  })
  await saveProposals(db, { area, cameFrom: saying.cameFrom, by: null, at }, disputed)
  return { added: added.length, changed: changed.length, disputed: disputed.length }
}
