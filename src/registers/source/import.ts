import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { emptyListing, type Listing, type Opening, referralWays, workStandings } from '#registers/listing/rules.ts'
import { saveProposals } from '#registers/proposing/store.ts'
import { saveListings, saveLocations, saveOwners, saveTerms } from '#registers/services/store.ts'
import { type Location, type Owner, type Saying, supportKinds, supportTaxonomy } from '#registers/services/rules.ts'
import { type FromSource, doingsAbout, saysTheSame } from './rules.ts'
import {
  findEdition,
  listKnown,
  listStanding,
  saveEdition,
  saveMissing,
  saveReceived,
  saveSeen,
  saveService,
} from './store.ts'

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
  const kinds = new Map<string, string>(Object.entries(supportKinds).map(([id, { code }]) => [code, id]))
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
  await takeListings(db, { ...saying, key: productSource, seen: at }, listings)
  await saveEdition(db, { area, stamp, at })
}

/** Who says it and when, under which name the source is known, and when the reading began in which it says it. */
export type Taking = Saying & Readonly<{ key: string; seen: Temporal.Instant }>

/** What came of what a source says of services: each of them is in one of the first three. */
export type Taken = Readonly<{
  added: readonly string[]
  changed: number
  unchanged: number
  /** Of how many it says something that was changed here as well, so that somebody decides. */
  disputed: number
  /** How many it had not said for a while. */
  back: number
}>

/** Takes what a source says of services: the common way of what comes with the product and of every feed. */
export async function takeListings(db: Db, taking: Taking, said: readonly FromSource[]): Promise<Taken> {
  const { key, seen, ...saying } = taking
  const { area, at } = saying
  const same = { area, source: key, seen }
  const outerIds = said.map(({ outerId }) => outerId)
  const known = await listKnown(db, area, key, outerIds)
  const doings = doingsAbout(said, known)
  const added = doings.filter((one) => one.what === 'add')
  const changed = doings.filter((one) => one.what === 'change')
  const origin = saying.cameFrom === 'supplied' ? ('supplied' as const) : ('feed' as const)
  await saveListings(db, saying, [
    ...added.map(({ id, listing }) => ({ id, version: 1, listing, origin })),
    ...changed
      .filter(({ taken }) => taken.length > 0)
      .map(({ id, version, listing }) => ({ id, version: version + 1, listing, origin })),
  ])
  const back = await saveSeen(db, same, outerIds)
  const ids = new Map(doings.map(({ outerId, id }) => [outerId, id]))
  const marks = new Map(known.map(({ outerId, mark }) => [outerId, mark]))
  const asBefore = new Set(doings.flatMap((one) => (one.what === 'nothing' ? [one.outerId] : [])))
  const anew = said.filter(({ outerId, mark = null }) => !asBefore.has(outerId) || marks.get(outerId) !== mark)
  const received = anew.map((one) => ({ ...one, id: ids.get(one.outerId) ?? one.id }))
  await saveReceived(db, { ...same, at }, received)
  const disputed = changed.flatMap(({ id, version, proposed, taken }) => {
    if (proposed === null) return []
    const base = taken.length > 0 ? version + 1 : version
    return [{ id: newId(), service: id, base, listing: proposed, note: `As ${saying.source} has it now` }]
  })
  await saveProposals(db, { area, cameFrom: saying.cameFrom, by: null, at }, disputed)
  const unchanged = doings.length - added.length - changed.length
  return { added: added.map(({ id }) => id), changed: changed.length, unchanged, disputed: disputed.length, back }
}

/** What comes along with the services of a source: who runs them, where they are given, and their kinds. */
export type Along = Readonly<{
  owners: readonly Readonly<{ id: string; owner: Owner }>[]
  locations: readonly Readonly<{ id: string; location: Location }>[]
  kinds: readonly Readonly<{ list: Kind; kinds: readonly Kind[] }>[]
}>
type Kind = Readonly<{ id: string; name: string; about: string }>

/** Takes what comes along with services, before them. What somebody here has written last stays. */
export async function takeAlong(db: Db, { key: _, seen: __, ...saying }: Taking, along: Along): Promise<void> {
  const { area } = saying
  const owners = await changedOf(
    db,
    { area, about: 'owner' },
    along.owners.map(({ id, owner }) => ({ id, now: owner })),
  )
  await saveOwners(
    db,
    saying,
    owners.map(({ id, version, now }) => ({ id, version, owner: now })),
  )
  const given = along.locations.map(({ id, location }) => ({ id, now: location }))
  const locations = await changedOf(db, { area, about: 'location' }, given)
  await saveLocations(
    db,
    saying,
    locations.map(({ id, version, now }) => ({ id, version, location: now })),
  )
  for (const { list, kinds } of along.kinds) await saveTerms(db, area, list, kinds)
}

type About = Readonly<{ area: string; about: 'owner' | 'location' }>

/** Of these those that are new or said differently, with the version they become. */
async function changedOf<Now extends object>(
  db: Db,
  { area, about }: About,
  said: readonly Readonly<{ id: string; now: Now }>[],
) {
  if (said.length === 0) return []
  const once = [...new Map(said.map((one) => [one.id, one])).values()]
  const ids = once.map(({ id }) => id)
  const standing = await listStanding(db, { area, about }, ids)
  const known = new Map(standing.map((one) => [one.id, one]))
  return once.flatMap(({ id, now }) => {
    const there = known.get(id)
    if (!there) return [{ id, now, version: 1 }]
    const isOurs = there.cameFrom === 'member' || there.cameFrom === 'owner'
    return isOurs || saysTheSame(there.document, now) ? [] : [{ id, now, version: there.version + 1 }]
  })
}

/** Keeps that a source still says these services, without saying anything new of them; gives how many had been missing. */
export function keepSeen(
  db: Db,
  { area, key, seen }: Pick<Taking, 'area' | 'key' | 'seen'>,
  outerIds: readonly string[],
): Promise<number> {
  return saveSeen(db, { area, source: key, seen }, outerIds)
}

/** Marks what a source did not say in a reading that began then; gives how many. Nothing of it is removed or closed. */
export function keepMissing(
  db: Db,
  { area, key, seen, at }: Pick<Taking, 'area' | 'key' | 'seen' | 'at'>,
): Promise<number> {
  return saveMissing(db, { area, source: key, seen }, at)
}

type Pointing = Readonly<{ area: string; from: string; to: string; only?: readonly string[] }>

/** Lets what sources say of one service be said of another from now on; of these ids alone where they are named. */
export function pointTo(db: Db, pointing: Pointing): Promise<void> {
  return saveService(db, pointing)
}
