import { sql } from 'kysely'
import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Listing, Opening } from '#registers/listing/rules.ts'
import { accessMarks, markNumber } from '#registers/marks/rules.ts'
import { type Location, type Owner, placedByOf, type Saying, searchedOf } from './rules.ts'

/** One version of what is said of a service; version 1 begins it. */
export type SaidOfService = Readonly<{
  id: string
  version: number
  listing: Listing
  /** From where the service came first. */
  origin: 'own' | 'supplied' | 'feed'
}>

/**
 * Says something anew of services, and works out of it what they are searched by; gives the ids of those that were taken.
 * One whose version somebody else has added meanwhile is left as it is.
 */
export async function saveListings(db: Db, saying: Saying, said: readonly SaidOfService[]): Promise<Set<string>> {
  const versions = said.map(({ id, version, listing }) => ({ subject: id, version, document: listing }))
  const taken = await saveVersions(db, saying, 'service', versions)
  const kept = said.filter(({ id }) => taken.has(id))
  if (kept.length === 0) return taken
  const rows = kept.map(({ listing, ...one }) => ({
    ...one,
    ...searchedOf(listing),
    document: listing,
    changed_at: saying.at,
    renewed_at: saying.at,
  }))
  await db
    .insertInto('services.service')
    .columns(serviceColumns)
    .expression(manyRows('services.service', serviceColumns, rows, { area: saying.area, also: '' }))
    .onConflict((there) => there.columns(['area', 'id']).doUpdateSet(anew(changing)))
    .execute()
  await saveParts(db, saying.area, kept)
  await findableByNames(db, saying.area, sql`service.id = any(${kept.map(({ id }) => id)}::uuid[])`)
  return taken
}

const changing = [
  ...(['version', 'owner', 'name', 'summary', 'published', 'located', 'free', 'least_age', 'most_age'] as const),
  ...(['wait_weeks', 'wait_on', 'capacity', 'valid_from', 'valid_until', 'paused_from', 'paused_until'] as const),
  ...(['checked_on', 'changed_at', 'renewed_at', 'marks', 'hours', 'whole_hours', 'document'] as const),
]
const serviceColumns = ['area', 'id', 'origin', 'also', ...changing] as const

type Which = ReturnType<typeof sql<boolean>>

async function saveVersions(
  db: Db,
  { area, cameFrom, source, note, by, at }: Saying,
  about: 'service' | 'owner' | 'location',
  versions: readonly Readonly<{ subject: string; version: number; document: object }>[],
): Promise<Set<string>> {
  if (versions.length === 0) return new Set()
  const columns = [
    ...(['area', 'about', 'subject', 'version', 'document', 'came_from', 'source', 'note', 'by', 'at'] as const),
  ]
  const same = { area, about, came_from: cameFrom, source, note, by, at }
  const saved = await db
    .insertInto('services.version')
    .columns(columns)
    .expression(manyRows('services.version', columns, versions, same))
    .onConflict((there) => there.columns(['area', 'about', 'subject', 'version']).doNothing())
    .returning('subject')
    .execute()
  return new Set(saved.map(({ subject }) => subject))
}

const anew = (columns: readonly string[]) => Object.fromEntries(columns.map((one) => [one, sql.ref(`excluded.${one}`)]))

/** Writes anew what hangs on services in tables of their own, each row with whether everybody may read it. */
async function saveParts(db: Db, area: string, said: readonly SaidOfService[]): Promise<void> {
  const these = sql`area = ${area} and service = any(${said.map(({ id }) => id)}::uuid[])`
  const rowsOf = (table: string, columns: readonly string[], parts: (listing: Listing) => readonly object[]) => {
    const rows = said.flatMap(({ id, listing, origin }) => {
      const same = { service: id, published: !listing.staffOnly, supplied: origin === 'supplied' }
      return parts(listing).map((part, place) => ({ ...same, ...part, place }))
    })
    return manyRows(table, ['area', ...columns], rows, { area })
  }
  const term = ['service', 'term', 'published', 'supplied']
  const terms = rowsOf('services.service_term', term, ({ kinds }) => kinds.map((one) => ({ term: one })))
  await sql`delete from services.service_term where ${these}`.execute(db)
  await sql`insert into services.service_term (area, service, term, published, supplied) ${terms}`.execute(db)
  const places = rowsOf('services.at_location', ['id', 'service', 'location'], ({ locations }) => locations)
  await sql`delete from services.at_location where ${these}`.execute(db)
  await sql`insert into services.at_location (area, id, service, location) ${places}`.execute(db)
  const hours = ['service', 'place', 'location', 'day', 'opens', 'closes', 'published']
  // Those of a location are open to all once it is seen that the location is.
  const kept = (one: Opening) => (one.location === null ? one : { ...one, published: false })
  const openings = rowsOf('services.opening', hours, (listing) => listing.openings.map(kept))
  await sql`delete from services.opening where ${these}`.execute(db)
  await sql`insert into services.opening (area, ${sql.join(hours.map((one) => sql.ref(one)))}) ${openings}`.execute(db)
  const served = rowsOf('services.served', ['service', 'kind', 'code', 'published'], (listing) => listing.served)
  await sql`delete from services.served where ${these}`.execute(db)
  await sql`insert into services.served (area, service, kind, code, published) ${served}`.execute(db)
}

/** Lets services be found by what else they are called, who runs them, their kinds and the towns they are in. */
async function findableByNames(db: Db, area: string, which: Which): Promise<void> {
  await sql`
    update services.service set also = concat_ws(' ', service.document ->> 'foundBy', owner.name,
      (select string_agg(term.name, ' ' order by term.name) from services.service_term join services.term
        on term.area = service_term.area and term.id = service_term.term
        where service_term.area = service.area and service_term.service = service.id),
      (select string_agg(location.town, ' ' order by location.town) from services.at_location join services.location
        on location.area = at_location.area and location.id = at_location.location
        where at_location.area = service.area and at_location.service = service.id and (location.published or not service.published))),
      marks = (service.marks & ~(${markNumber(accessMarks)}::bigint)) | coalesce((select bit_or(access.mark)
        from services.at_location join services.location
        on location.area = at_location.area and location.id = at_location.location
        join unnest(${[...accessMarks]}::text[], ${accessMarks.map((mark) => markNumber([mark]))}::bigint[])
          as access(code, mark) on location.document -> 'access' ? access.code
        where at_location.area = service.area and at_location.service = service.id), 0)
    from services.owner
    where service.area = ${area} and owner.area = service.area and owner.id = service.owner and ${which}`.execute(db)
  await sql`delete from services.word using services.service
    where word.area = ${area} and service.area = word.area and service.id = word.service and ${which}`.execute(db)
  await sql`
    insert into services.word (area, word, service, weight, marks, hours, published, supplied)
    select service.area, found.lexeme, service.id,
      case when 'A' = any(found.weights) then 3 when 'B' = any(found.weights) then 2 else 1 end, service.marks,
      service.hours, service.published, service.origin = 'supplied'
    from services.service cross join lateral unnest(service.words) as found
    where service.area = ${area} and ${which}`.execute(db)
  await findableNearby(db, area, which)
  await sql`
    with placed as (update services.at_location set published = service.published and location.published,
        supplied = service.origin = 'supplied'
      from services.service, services.location
      where at_location.area = ${area} and service.area = at_location.area and service.id = at_location.service
        and location.area = at_location.area and location.id = at_location.location and ${which}
      returning at_location.service, at_location.location, at_location.published)
    update services.opening set published = placed.published from placed where opening.area = ${area}
      and opening.service = placed.service and opening.location = placed.location`.execute(db)
  await knowSpelling(db, area, which)
}

/** Lets services be found by where on the map their locations are. */
async function findableNearby(db: Db, area: string, which: Which): Promise<void> {
  await sql`delete from services.near using services.service
    where near.area = ${area} and service.area = near.area and service.id = near.service and ${which}`.execute(db)
  await sql`
    insert into services.near (area, cell, service, location, latitude, longitude, marks, hours)
    select service.area, floor(latitude * 20)::integer * 10000 + floor((longitude + 10) * 12.5)::integer, service.id,
      location.id, latitude, longitude,
      service.marks | case when location.published then 0 else ${markNumber(['kept-back'])}::bigint end, service.hours
    from services.service join services.at_location as at on at.area = service.area and at.service = service.id join services.location
      on location.area = at.area and location.id = at.location where service.area = ${area} and latitude is not null and longitude is not null and ${which}`.execute(
    db,
  )
}

/** Keeps the words of services by which a word with one wrong letter is put right, each word once. */
async function knowSpelling(db: Db, area: string, which: Which): Promise<void> {
  await sql`
    insert into services.spelling (area, key, word)
    select ${area}, key, word from (select distinct lower(found[1]) as word from services.service
      cross join lateral regexp_matches(concat_ws(' ', name, also, summary), '[[:alpha:]]{4,}', 'g') as found
      where service.area = ${area} and ${which}) as known
    cross join lateral (select word as key
      union select left(word, place - 1) || substr(word, place + 1) from generate_series(1, length(word)) as place) as keys
    where not exists (select from services.spelling as there
      where there.area = ${area} and there.key = known.word and there.word = known.word)
    on conflict do nothing`.execute(db)
}

/** Says something anew of those who run services; gives the ids of those that were taken. */
export async function saveOwners(
  db: Db,
  saying: Saying,
  said: readonly Readonly<{ id: string; version: number; owner: Owner }>[],
): Promise<Set<string>> {
  const versions = said.map(({ id, owner, version }) => ({ subject: id, version, document: owner }))
  const taken = await saveVersions(db, saying, 'owner', versions)
  const columns = ['area', 'id', 'version', 'name', 'changed_at', 'document'] as const
  const rows = said.filter(({ id }) => taken.has(id))
  if (rows.length === 0) return taken
  const written = rows.map(({ id, version, owner }) => ({ id, version, name: owner.name, document: owner }))
  await db
    .insertInto('services.owner')
    .columns(columns)
    .expression(manyRows('services.owner', columns, written, { area: saying.area, changed_at: saying.at }))
    .onConflict((there) => there.columns(['area', 'id']).doUpdateSet(anew(columns.slice(2))))
    .execute()
  await findableByNames(db, saying.area, sql`service.owner = any(${[...taken]}::uuid[])`)
  return taken
}

/** Says something anew of locations; gives the ids of those that were taken. */
export async function saveLocations(
  db: Db,
  saying: Saying,
  said: readonly Readonly<{ id: string; version: number; location: Location }>[],
): Promise<Set<string>> {
  const { area, at } = saying
  const versions = said.map(({ id, version, location }) => ({ subject: id, version, document: location }))
  const taken = await saveVersions(db, saying, 'location', versions)
  const rows = said.filter(({ id }) => taken.has(id))
  if (rows.length === 0) return taken
  const columns = [
    ...(['area', 'id', 'version', 'name', 'town', 'outward'] as const),
    ...(['latitude', 'longitude', 'published', 'document'] as const),
  ]
  const written = rows.map(({ location, ...one }) => ({ ...one, ...placedByOf(location), document: location }))
  await db
    .insertInto('services.location')
    .columns(columns)
    .expression(manyRows('services.location', columns, written, { area }))
    .onConflict((there) => there.columns(['area', 'id']).doUpdateSet(anew(columns.slice(2))))
    .execute()
  const moved = sql<boolean>`service.id in (select service from services.at_location
    where at_location.area = ${area} and at_location.location = any(${[...taken]}::uuid[]))`
  await sql`update services.service set renewed_at = ${at} where service.area = ${area} and ${moved}`.execute(db)
  await findableByNames(db, area, moved)
  return taken
}

type Taxonomy = Readonly<{ id: string; name: string; about: string }>

/** Keeps a list of kinds of service with its kinds, as they are called now. */
export async function saveTerms(db: Db, area: string, taxonomy: Taxonomy, terms: readonly Taxonomy[]): Promise<void> {
  await db
    .insertInto('services.taxonomy')
    .values({ area, ...taxonomy })
    .onConflict((there) => there.columns(['area', 'id']).doUpdateSet(taxonomy))
    .execute()
  await db
    .insertInto('services.term')
    .values(terms.map((term) => ({ area, taxonomy: taxonomy.id, parent: null, ...term })))
    .onConflict((there) =>
      there
        .columns(['area', 'id'])
        .doUpdateSet((row) => ({ name: row.ref('excluded.name'), about: row.ref('excluded.about') })),
    )
    .execute()
}
