import type { Db } from '#platform/database/transaction.ts'
import { idFrom } from '#platform/ids.ts'
import { findService, listVersions } from '#registers/directory/store.ts'
import { type Listing, mergedListing } from '#registers/listing/rules.ts'
import type { Saying } from '#registers/services/rules.ts'
import { type SaidOfService, saveListings } from '#registers/services/store.ts'
import { pointTo } from '#registers/source/import.ts'
import { listReceived } from '#registers/source/store.ts'
import { joinedInto, joinedWith, partedFrom } from './rules.ts'

/** Two services: the one that was here first and stays, and the other. */
export type Two = Readonly<{ one: string; other: string }>
type Doing = Readonly<{ area: string; by: string; at: Temporal.Instant; today: Temporal.PlainDate }>

const sayingOf = ({ area, by, at }: Doing, note: string): Saying => ({
  ...{ area, cameFrom: 'member', source: null, note, by, at },
})

type There = NonNullable<Awaited<ReturnType<typeof findService>>>
const originOf = ({ origin }: There): SaidOfService['origin'] =>
  origin === 'supplied' || origin === 'feed' ? origin : 'own'
const anew = (service: There, listing: Listing) => ({
  ...{ id: service.id, version: service.version + 1, listing, origin: originOf(service) },
})

const joinedNote = 'Found to be one with'

/** Joins two services that are one: what feeds say of the other is about the one from now on. Both keep their history. False where
 * somebody has just changed one of them. */
export async function joinTwins(db: Db, two: Two, doing: Doing): Promise<boolean> {
  const { area, today } = doing
  const [one, other] = await Promise.all([findService(db, area, two.one), findService(db, area, two.other)])
  if (!one || !other) return false
  const [said] = await listReceived(db, area, one.id)
  // Without a feed behind it, all that the one says is our own and stays.
  const listing = said ? joinedWith(said.listing, one.listing, other.listing) : one.listing
  const note = `${joinedNote} ${other.listing.name}`
  const closed = joinedInto(other.listing, one.listing.name, today)
  // First the other: what stands at its places can stand there once only.
  const left = await saveListings(db, sayingOf(doing, note), [anew(other, closed)])
  const kept = await saveListings(db, sayingOf(doing, note), [anew(one, listing)])
  await pointTo(db, { area, from: other.id, to: one.id })
  return left.size + kept.size === 2
}

/** Takes the joining of two services back: the other stands again as it did, and its feed says it by itself. */
export async function partTwins(
  db: Db,
  two: Two & Readonly<{ joinedAt: Temporal.Instant }>,
  doing: Doing,
): Promise<void> {
  const { area } = doing
  const [one, other] = await Promise.all([findService(db, area, two.one), findService(db, area, two.other)])
  if (!one || !other) return
  const [ownBefore, before] = await Promise.all([
    saidBefore(db, area, one, two.joinedAt),
    saidBefore(db, area, other, two.joinedAt),
  ])
  // The id of a service that came from a feed is made of the feed's own.
  const all = await listReceived(db, area, one.id)
  const said = all.filter(({ source, outerId }) => idFrom(source, 'service', outerId) === other.id)
  const [last] = said
  // What the feed said of it meanwhile is taken, and what was changed here before stays.
  const listing = last ? mergedListing(before.first, before.last, last.listing).listing : before.last
  const note = 'Found to be two after all'
  const parted = partedFrom(one.listing, ownBefore.last, listing)
  await saveListings(db, sayingOf(doing, note), [anew(one, parted)])
  await saveListings(db, sayingOf(doing, note), [anew(other, listing)])
  if (last) await pointTo(db, { area, from: one.id, to: other.id, only: said.map(({ outerId }) => outerId) })
}

/** What was said of a service first, and last before it was joined with another at this moment. */
async function saidBefore(db: Db, area: string, { id, listing }: There, joinedAt: Temporal.Instant) {
  const versions = await listVersions(db, area, id)
  const joined = versions.find(({ at, note }) => at.equals(joinedAt) && note?.startsWith(joinedNote))
  const last = versions.find(({ version }) => joined && version < joined.version)
  return { first: versions.at(-1)?.listing ?? listing, last: last?.listing ?? listing }
}
