import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Listing } from '#registers/listing/rules.ts'
import type { Saying } from '#registers/services/rules.ts'
import { type SaidOfService, saveListings, saveLocations, saveOwners } from '#registers/services/store.ts'
import { type Entry, entryDifferences, entryIn, type EntryKind, joinedEntry, perPage } from './rules.ts'

const versions = (db: Db, area: string, kind: EntryKind, id: string) =>
  db
    .selectFrom('services.version')
    .select(['version', 'document', 'came_from as cameFrom', 'source', 'note', 'by', 'at'])
    .where('area', '=', area)
    .where('about', '=', kind)
    .where('subject', '=', id)
    .orderBy('version', 'desc')

/** Everything that was said of an owner or a location, the newest first. */
export async function listEntryVersions(db: Db, area: string, kind: EntryKind, id: string) {
  const found = await versions(db, area, kind, id).execute()
  return found.map(({ document, ...one }) => ({ ...one, entry: entryIn(kind, document) }))
}

type Which = Readonly<{ area: string; kind: EntryKind; id: string; version?: number }>

/** An owner or a location as it stands, or as it was in one version. */
export async function findEntry(db: Db, { area, kind, id, version }: Which) {
  const found = await versions(db, area, kind, id)
    .$if(version !== undefined, (all) => all.where('version', '=', version ?? 0))
    .limit(1)
    .executeTakeFirst()
  return found && { id, version: found.version, entry: entryIn(kind, found.document) }
}

type Looking = Readonly<{ area: string; kind: EntryKind; words: string | null; page: number }>

/** Owners or locations whose name, or town, begins with what somebody typed, by name; those joined with another are left out. */
export async function listEntries(db: Db, { area, kind, words, page }: Looking) {
  const typed = `${(words ?? '').toLowerCase().replaceAll(/[%_\\]/g, '')}%`
  const owners = db
    .selectFrom('services.owner as one')
    .select(['one.id', 'one.name', sql<string | null>`one.document ->> 'url'`.as('where')])
    .select(
      sql<number>`(select count(*)::integer from services.service where service.area = one.area
        and service.owner = one.id)`.as('services'),
    )
    .where('one.area', '=', area)
    .where(sql<boolean>`lower(one.name) like ${typed}`)
    .where(sql<boolean>`one.document ->> 'joinedInto' is null`)
  const locations = db
    .selectFrom('services.location as one')
    .select(['one.id', 'one.name', 'one.town as where'])
    .select(
      sql<number>`(select count(*)::integer from services.at_location as at where at.area = one.area
        and at.location = one.id)`.as('services'),
    )
    .where('one.area', '=', area)
    .where(sql<boolean>`(lower(one.name) like ${typed} or lower(one.town) like ${typed})`)
    .where(sql<boolean>`one.document ->> 'joinedInto' is null`)
  const some = kind === 'owner' ? owners : locations
  const [rows, counted] = await Promise.all([
    db
      .selectFrom(some.as('some'))
      .selectAll()
      .orderBy(sql`lower(name)`)
      .orderBy('id')
      .limit(perPage)
      .offset((page - 1) * perPage)
      .execute(),
    db
      .selectFrom(some.as('some'))
      .select((row) => row.fn.countAll<number>().as('number'))
      .executeTakeFirstOrThrow(),
  ])
  return { rows, number: Number(counted.number) }
}

/** The services that an owner runs, or that are given at a location. */
export async function listServicesOf(db: Db, area: string, kind: EntryKind, id: string) {
  const found = await db
    .selectFrom('services.service as service')
    .select(['service.id', 'service.name', 'service.version', 'service.origin', 'service.document'])
    .where('service.area', '=', area)
    .$if(kind === 'owner', (all) => all.where('service.owner', '=', id))
    .$if(kind === 'location', (all) =>
      all.where((is) =>
        is.exists(
          is
            .selectFrom('services.at_location as at')
            .select('at.id')
            .where('at.area', '=', area)
            .where('at.location', '=', id)
            .whereRef('at.service', '=', 'service.id'),
        ),
      ),
    )
    .orderBy('service.name')
    .execute()
  // Checked: the document is written from a listing alone.
  return found.map(({ document, ...one }) => ({ ...one, listing: document as Listing }))
}

type SaidOfEntry = Readonly<{ id: string; version: number; entry: Entry }>

/** Says something anew of an owner or a location; false where somebody else was first. */
export async function saveEntry(db: Db, saying: Saying, { id, version, entry }: SaidOfEntry): Promise<boolean> {
  const taken =
    entry.kind === 'owner'
      ? await saveOwners(db, saying, [{ id, version, owner: entry.document }])
      : await saveLocations(db, saying, [{ id, version, location: entry.document }])
  return taken.has(id)
}

type Joining = Readonly<{ kind: EntryKind; kept: SaidOfEntry; gone: SaidOfEntry }>

/**
 * Joins two owners or two locations that are the same: the services of one go to the other, each in a version of its own,
 * and the one that is gone says where to. The one that stays says from then on what only the other said. Nothing that was
 * said before is lost. How many services went over; undefined where somebody else has just changed the one that stays.
 */
export async function joinEntries(db: Db, saying: Saying, { kind, kept: stays, gone }: Joining) {
  const filled = joinedEntry(stays.entry, gone.entry)
  const isMore = entryDifferences(stays.entry, filled).length > 0
  if (isMore && !(await saveEntry(db, saying, { ...stays, entry: filled }))) return undefined
  const { id: kept } = stays
  const services = await listServicesOf(db, saying.area, kind, gone.id)
  const said = services.map(({ id, version, origin, listing }) => ({
    ...{ id, version: version + 1, origin: originOf(origin) },
    listing: kind === 'owner' ? { ...listing, owner: kept } : movedTo(listing, gone.id, kept),
  }))
  if (said.length > 0) await saveListings(db, saying, said)
  const entry: Entry =
    gone.entry.kind === 'owner'
      ? { kind: 'owner', document: { ...gone.entry.document, joinedInto: kept } }
      : { kind: 'location', document: { ...gone.entry.document, joinedInto: kept } }
  await saveEntry(db, saying, { ...gone, entry })
  return said.length
}

function movedTo(listing: Listing, gone: string, kept: string): Listing {
  const to = <One extends Readonly<{ location: string | null }>>(one: One): One =>
    one.location === gone ? { ...one, location: kept } : one
  const isThere = listing.locations.some(({ location }) => location === kept)
  const left = isThere ? listing.locations.filter(({ location }) => location !== gone) : listing.locations
  return {
    ...listing,
    ...{ locations: left.map(to), openings: listing.openings.map(to), otherHours: listing.otherHours.map(to) },
  }
}

const originOf = (origin: string): SaidOfService['origin'] =>
  origin === 'supplied' || origin === 'feed' ? origin : 'own'
