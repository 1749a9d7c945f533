import { type RawBuilder, sql } from 'kysely'
import { planningForValues } from '#platform/database/planning.ts'
import type { Db } from '#platform/database/transaction.ts'
import { outwardOf } from '#platform/postcode/rules.ts'
import type { Listing } from '#registers/listing/rules.ts'
import { findPostcode } from '#registers/places/store.ts'
import type { Owner } from '#registers/services/rules.ts'
import type { Place, Published, Term } from './rules.ts'

/**
 * Whose directory is read: one area's, or, without an area, that of all areas whose rows are in this database, in which a
 * national service stands once, as the first of them has it.
 */
export type Reach = Readonly<{ area: string | undefined }>

/** What a reader of the open directory narrows it down by. */
export type Filters = Readonly<{
  search: string | null
  term: string | null
  taxonomy: string | null
  organization: string | null
  modifiedAfter: Temporal.Instant | null
  minimumAge: number | null
  maximumAge: number | null
  day: number | null
  startTime: string | null
  endTime: string | null
  postcode: string | null
  metres: number | null
}>

/** A row of one area, which may be another than that of the next. */
export type Key = Readonly<{ area: string; id: string }>

/** The services or, at locations, what is given where, that a reader looks for: one page of them and how many there are. */
export async function listKeys(
  db: Db,
  { area }: Reach,
  filters: Filters,
  { of, page, perPage }: Readonly<{ of: 'services' | 'places'; page: number; perPage: number }>,
): Promise<Readonly<{ keys: Key[]; total: number }>> {
  const narrower = [...conditions(filters), ...(await nearby(db, filters))]
  const said = await listSaid(db, area, filters)
  const matching = of === 'services' ? services(area, narrower, said) : places(area, narrower, said)
  const keys = sql<Key>`select one.area, one.id from (${matching}) as one order by one.id, one.area
    limit ${perPage} offset ${(page - 1) * perPage}`
  const counted = sql<{ total: number }>`select count(*)::integer as total from (${matching}) as one`
  // Planned for what is asked: of a kind there are a few or very many.
  const [found, [count]] = await planningForValues(db, async () => [
    (await keys.execute(db)).rows,
    (await counted.execute(db)).rows,
  ])
  return { keys: found, total: count?.total ?? 0 }
}

type Sql = RawBuilder<unknown>

const all = (some: readonly Sql[]) => sql.join([sql`true`, ...some], sql` and `)

/**
 * Published services; a national one once, as the first area has it, where no area is named. What is `said` of them, words
 * and kinds, has tables of its own, which say what is published: services are looked at only for what else is asked.
 */
function services(area: string | undefined, narrower: readonly Sql[], said: readonly Sql[]): Sql {
  const [first, ...others] = said
  if (first && narrower.length === 0)
    return sql`select one.area, one.service as id from ${first} as one
      where ${once(area, 'one', sql`one.supplied`)} and ${among(others, 'one.area', 'one.service')}`
  return sql`select service.area, service.id from services.service where service.published
    and ${once(area, 'service', sql`service.origin = 'supplied'`)} and ${all(narrower)}
    and ${among(said, 'service.area', 'service.id')}`
}

/** The same at their locations. */
function places(area: string | undefined, narrower: readonly Sql[], said: readonly Sql[]): Sql {
  const of = sql`join services.service on service.area = at.area and service.id = at.service`
  return sql`select at.area, at.id from services.at_location as at ${narrower.length > 0 ? of : sql``} where at.published
    and ${once(area, 'at', sql`at.supplied`)} and ${all(narrower)} and ${among(said, 'at.area', 'at.service')}`
}

const once = (area: string | undefined, row: string, supplied: Sql) =>
  area === undefined
    ? sql`(not ${supplied} or ${sql.ref(row)}.area = (select min(area.area) from areas.area))`
    : sql`${sql.ref(row)}.area = ${area}`

const among = (said: readonly Sql[], area: string, service: string) =>
  all(said.map((one) => sql`(${sql.ref(area)}, ${sql.ref(service)}) in (select of.area, of.service from ${one} as of)`))

function conditions(filters: Filters) {
  const { taxonomy, organization, modifiedAfter, minimumAge, maximumAge } = filters
  const { day, startTime, endTime } = filters
  return [
    taxonomy === null
      ? null
      : sql`exists (select from services.service_term as of where of.area = service.area and of.service = service.id
          and of.term in (select id from services.term where term.area = service.area and term.taxonomy = ${taxonomy}::uuid))`,
    organization === null ? null : sql`service.owner = ${organization}::uuid`,
    modifiedAfter === null ? null : sql`service.changed_at >= ${modifiedAfter.toString()}::timestamptz`,
    minimumAge === null ? null : sql`service.least_age >= ${minimumAge}`,
    maximumAge === null ? null : sql`service.most_age <= ${maximumAge}`,
    day === null && startTime === null && endTime === null
      ? null
      : sql`exists (select from services.opening where opening.area = service.area and opening.service = service.id
          and (${day}::integer is null or opening.day = ${day}::integer)
          and (${startTime}::time is null or opening.opens >= ${startTime}::time)
          and (${endTime}::time is null or (opening.closes <= ${endTime}::time and opening.closes > '00:00')))`,
  ].filter((one) => one !== null)
}

/** By words and kind: published services that have all the words, each in any of its forms, and those of the kind. */
async function listSaid(db: Db, area: string | undefined, { search, term }: Filters): Promise<Sql[]> {
  const { rows } = await sql<{ stem: string }>`
    select lexeme as stem from unnest(to_tsvector('english', ${search ?? ''})) limit 8`.execute(db)
  // Nothing has a search of which no word is left.
  const stems = search !== null && rows.length === 0 ? [''] : rows.map(({ stem }) => stem)
  const open = (from: string, which: Sql) =>
    sql`(select area, service, supplied from ${sql.table(from)} where area = ${area ?? everyArea} and published and ${which})`
  return [
    // Words are read by their own area alone; without one, those of what is published by a function.
    ...stems.map((stem) => (area ? open('services.word', sql`word = ${stem}`) : sql`services.published_with(${stem})`)),
    ...(term === null ? [] : [open('services.service_term', sql`term = ${term}::uuid`)]),
  ]
}

const everyArea = sql`any(array(select area.area from areas.area))`

/** By postcode: for whom a service is, or, with a distance, how far it is from where the postcode is. */
async function nearby(db: Db, { postcode, metres }: Filters) {
  if (postcode === null) return []
  if (metres !== null) return [await within(db, postcode, metres)]
  const located = await findPostcode(db, postcode)
  const outward = outwardOf(postcode) ?? ''
  const parts = located?.parts ?? []
  const councils = parts.flatMap(({ council }) => council ?? [])
  const boards = parts.flatMap(({ boardOns }) => boardOns ?? [])
  const countries = parts.length === 0 ? ['England'] : parts.map(({ country }) => country)
  return [
    sql`(not exists (select from services.served where served.area = service.area and served.service = service.id)
      or exists (select from services.served where served.area = service.area and served.service = service.id
        and case served.kind when 'country' then served.code = any(${countries}::text[])
          when 'council' then served.code = any(${councils}::text[])
          when 'board' then served.code in (select board from places.board_code where ons = any(${boards}::text[]))
          else served.code = ${outward} end))`,
  ]
}

// Postcodes come without their place on the map: they are taken to be where the known locations beside them are. Where
// none is known, what has the same first half of the postcode counts as near.
async function within(db: Db, postcode: string, metres: number) {
  const outward = outwardOf(postcode) ?? ''
  const middle = await db
    .selectFrom('services.location')
    .select((row) => [row.fn.avg<number | null>('latitude').as('latitude')])
    .select((row) => [row.fn.avg<number | null>('longitude').as('longitude')])
    .where('outward', '=', outward)
    .where('published', '=', true)
    .executeTakeFirst()
  const [latitude, longitude] = [middle?.latitude ?? null, middle?.longitude ?? null]
  const at = sql`services.at_location as at join services.location on location.area = at.area and location.id = at.location
    where at.area = service.area and at.service = service.id`
  if (latitude === null || longitude === null) return sql`exists (select from ${at} and location.outward = ${outward})`
  const [degrees, earth] = [metres / 111_000, 6_371_000]
  return sql`exists (select from ${at}
    and location.latitude between ${latitude - degrees}::float8 and ${latitude + degrees}::float8
    and ${earth} * 2 * asin(sqrt(sin(radians(location.latitude - ${latitude}::float8) / 2) ^ 2
      + cos(radians(location.latitude)) * cos(radians(${latitude}::float8))
      * sin(radians(location.longitude - ${longitude}::float8) / 2) ^ 2)) <= ${metres}::float8)`
}

const these = (keys: readonly Key[]) =>
  sql`unnest(${keys.map(({ area }) => area)}::text[], ${keys.map(({ id }) => id)}::uuid[])
    with ordinality as one(area, id, place)`

/** What is published of these services, in their order. */
export async function listPublished(db: Db, keys: readonly Key[]): Promise<(Published & Key)[]> {
  const { rows } = await sql<Key & { document: Listing; changed_at: Temporal.Instant; owner: Owner }>`
    select service.area, service.id, service.document, service.changed_at, owner.document as owner
    from ${these(keys)} join services.service on service.area = one.area and service.id = one.id
    join services.owner on owner.area = service.area and owner.id = service.owner
    where service.published order by one.place`.execute(db)
  return rows.map(({ area, id, document, changed_at: changedAt, owner }) => ({
    ...{ area, id, listing: document, changedAt, owner },
  }))
}

/** Of which kinds these services are, by service. */
export async function listTermsOf(db: Db, keys: readonly Key[]): Promise<Map<string, Term[]>> {
  const { rows } = await sql<Term & { service: string }>`
    select of.service, term.id, term.name, term.about, term.parent, term.taxonomy, taxonomy.name as "taxonomyName"
    from ${these(keys)} join services.service_term as of on of.area = one.area and of.service = one.id
    join services.term on term.area = of.area and term.id = of.term
    join services.taxonomy on taxonomy.area = term.area and taxonomy.id = term.taxonomy
    order by one.place, term.name`.execute(db)
  return Map.groupBy(rows, ({ service }) => service)
}

/** Where these services are given, by service; places that are kept back are left out. */
export async function listPlacesOf(db: Db, keys: readonly Key[]): Promise<Map<string, Place[]>> {
  const { rows } = await sql<Place>`
    select at.id, at.service, location.id as "locationId", location.document as location
    from ${these(keys)} join services.at_location as at on at.area = one.area and at.service = one.id
    join services.location on location.area = at.area and location.id = at.location
    where location.published order by one.place, at.id`.execute(db)
  return Map.groupBy(rows, ({ service }) => service)
}

/** These services at their locations, by the ids of both together, each with the area it is of. */
export async function listAtLocations(db: Db, keys: readonly Key[]): Promise<(Place & Readonly<{ area: string }>)[]> {
  const { rows } = await sql<Place & { area: string }>`
    select at.area, at.id, at.service, location.id as "locationId", location.document as location
    from ${these(keys)} join services.at_location as at on at.area = one.area and at.id = one.id
    join services.location on location.area = at.area and location.id = at.location
    join services.service on service.area = at.area and service.id = at.service
    where location.published and service.published order by one.place`.execute(db)
  return rows
}

/** In which area a published service, or a service at a location, has this id. */
export async function findKey(
  db: Db,
  { area }: Reach,
  id: string,
  of: 'services' | 'places',
): Promise<Key | undefined> {
  const rows = of === 'services' ? sql`services.service` : sql`services.at_location`
  const found = await sql<Key>`select area, id from ${rows} where id = ${id}::uuid and published
    ${area === undefined ? sql`` : sql`and area = ${area}`} order by area limit 1`.execute(db)
  return found.rows[0]
}

/** The lists of kinds that are in use, each once. */
export async function listTaxonomies(db: Db, { area }: Reach) {
  const kept = db.selectFrom('services.taxonomy').distinctOn('id').select(['id', 'name', 'about']).orderBy('id')
  return kept.$if(area !== undefined, (some) => some.where('area', '=', area ?? '')).execute()
}

/** Every kind of service, each once. */
export async function listTerms(db: Db, { area }: Reach): Promise<Term[]> {
  return db
    .selectFrom('services.term as term')
    .innerJoin('services.taxonomy as taxonomy', (on) =>
      on.onRef('taxonomy.area', '=', 'term.area').onRef('taxonomy.id', '=', 'term.taxonomy'),
    )
    .distinctOn('term.id')
    .select(['term.id', 'term.name', 'term.about', 'term.parent', 'term.taxonomy', 'taxonomy.name as taxonomyName'])
    .$if(area !== undefined, (all) => all.where('term.area', '=', area ?? ''))
    .orderBy('term.id')
    .execute()
}
