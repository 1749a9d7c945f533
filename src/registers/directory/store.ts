import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Listing } from '#registers/listing/rules.ts'
import type { Location, Owner } from '#registers/services/rules.ts'
import type { Names } from './rules.ts'

/** One service with everything that is said of it. */
export async function findService(db: Db, area: string, id: string) {
  const found = await db
    .selectFrom('services.service')
    .select(['id', 'version', 'origin', 'document', 'changed_at as changedAt'])
    .where('area', '=', area)
    .where('id', '=', id)
    .executeTakeFirst()
  // Checked: the document is written from a listing alone; what was added since is missing in none.
  return found && { ...found, listing: found.document as Listing }
}

/** Everything that was said of a service, the newest first. */
export async function listVersions(db: Db, area: string, id: string) {
  const found = await db
    .selectFrom('services.version')
    .select(['version', 'document', 'came_from as cameFrom', 'source', 'note', 'by', 'at'])
    .where('area', '=', area)
    .where('about', '=', 'service')
    .where('subject', '=', id)
    .orderBy('version', 'desc')
    .execute()
  // Checked: as above.
  return found.map(({ document, ...version }) => ({ ...version, listing: document as Listing }))
}

/** What the ids in these listings are called. */
export async function findNames(db: Db, area: string, listings: readonly Listing[]): Promise<Names> {
  const owners = [...new Set(listings.map(({ owner }) => owner))].filter(Boolean)
  const locations = [...new Set(listings.flatMap((one) => one.locations.map(({ location }) => location)))]
  const codes = [...new Set(listings.flatMap((one) => one.served.map(({ code }) => code)))]
  const [boards, councils, owning, places, terms] = await Promise.all([
    db
      .selectFrom('places.board')
      .select(['code as id', 'name'])
      .where('code', '=', sql<string>`any(${codes}::text[])`)
      .execute(),
    db
      .selectFrom('places.council')
      .select(['code as id', 'name'])
      .where('code', '=', sql<string>`any(${codes}::text[])`)
      .execute(),
    db
      .selectFrom('services.owner')
      .select(['id', 'name'])
      .where('area', '=', area)
      .where('id', '=', sql<string>`any(${owners}::uuid[])`)
      .execute(),
    db
      .selectFrom('services.location')
      .select(['id', 'name'])
      .where('area', '=', area)
      .where('id', '=', sql<string>`any(${locations}::uuid[])`)
      .execute(),
    db.selectFrom('services.term').select(['id', 'name']).where('area', '=', area).execute(),
  ])
  const named = (rows: readonly Readonly<{ id: string; name: string }>[]) =>
    new Map(rows.map(({ id, name }) => [id, name]))
  return {
    ...{ owners: named(owning), terms: named(terms), locations: named(places) },
    places: named([...boards, ...councils]),
  }
}

/** The locations of a listing, each with its address. */
export async function listLocations(db: Db, area: string, ids: readonly string[]) {
  const found = await db
    .selectFrom('services.location')
    .select(['id', 'version', 'document'])
    .where('area', '=', area)
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .orderBy('name')
    .execute()
  // Checked: the document is written from a location alone.
  return found.map(({ document, ...one }) => ({ ...one, location: document as Location }))
}

/** Who runs services, as it is known. */
export async function findOwner(db: Db, area: string, id: string) {
  const found = await db
    .selectFrom('services.owner')
    .select(['id', 'version', 'document'])
    .where('area', '=', area)
    .where('id', '=', id)
    .executeTakeFirst()
  // Checked: the document is written from an owner alone.
  return found && { id: found.id, version: found.version, owner: found.document as Owner }
}

/** Who runs a service, by its exact name in whatever letters. */
export async function findOwnerByName(db: Db, area: string, name: string) {
  return db
    .selectFrom('services.owner')
    .select(['id', 'name'])
    .where('area', '=', area)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .where(sql<boolean>`document ->> 'joinedInto' is null`)
    .executeTakeFirst()
}
