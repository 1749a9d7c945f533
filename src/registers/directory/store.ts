import { type ExpressionBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { outwardOf } from '#platform/postcode/rules.ts'
import type { Listing } from '#registers/listing/rules.ts'
import type { Location, ServiceState, Wanted } from '#registers/services/rules.ts'
import { mostCounted, type Names, perPage } from './rules.ts'

type Looking = Readonly<{ area: string; wanted: Wanted; today: Temporal.PlainDate; page: number }>

/**
 * The services an area looks for, those that fit the words best first, and how many there are, counted up to a thousand.
 * What is looked for by words alone is cut off there before it is put in order: nobody reads the thousandth.
 */
export async function listServices(db: Db, { area, wanted, today, page }: Looking) {
  const sought = await findStems(db, wanted.words)
  if (sought.length === 0 && wanted.words !== null) return { rows: [], count: 0 }
  const isNarrowed = wanted.kind !== null || wanted.place !== null || wanted.state !== null
  const fitting = servicesWith(area, sought, isNarrowed ? null : mostCounted + 1)
  const matching = () =>
    db
      .selectFrom('services.service as service')
      .where('service.area', '=', area)
      .$if(sought.length > 0, (query) => query.innerJoin(fitting.as('fitting'), 'fitting.service', 'service.id'))
      .$if(wanted.kind !== null, (query) => query.where((is) => ofKind(is, area, wanted.kind)))
      .$if(wanted.place !== null, (query) => query.where((is) => inPlace(is, area, wanted.place ?? '')))
      .$if(wanted.state !== null, (query) => query.where(standing(wanted.state ?? 'open', today)))
  const [ids, total] = await Promise.all([
    matching()
      .select('service.id')
      .$if(sought.length > 0, (query) => query.orderBy(sql`fitting.weight`, 'desc'))
      .orderBy(sql`lower(service.name)`)
      .orderBy('service.id')
      .limit(perPage)
      .offset((page - 1) * perPage)
      .execute(),
    db
      .selectFrom(
        matching()
          .select('service.id')
          .limit(mostCounted + 1)
          .as('one'),
      )
      .select((row) => row.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  ])
  const rows = await listRows(
    db,
    area,
    ids.map(({ id }) => id),
  )
  return { rows, count: Number(total.count) }
}

/** The stems of the words somebody looks for; none where nothing of them can be looked for. */
async function findStems(db: Db, words: string | null): Promise<string[]> {
  if (words === null) return []
  const { rows } = await sql<{ stem: string }>`
    select lexeme as stem from unnest(to_tsvector('english', ${words})) limit 8`.execute(db)
  return rows.map(({ stem }) => stem)
}

/** The services that have all of these stems, or words that begin with them, and how much these weigh in each. */
function servicesWith(area: string, stems: readonly string[], most: number | null) {
  // The last of all characters: what begins with a stem stands before the stem and it.
  const last = '\u{10FFFF}'
  const each = stems.map(
    (stem) => sql`select service, max(weight) as weight from services.word
      where area = ${area} and word >= ${stem} and word < ${stem + last} group by service`,
  )
  return sql<{ service: string; weight: number }>`(select service, sum(weight) as weight
    from (${sql.join(each, sql` union all `)}) as one group by service having count(*) = ${stems.length}
    order by 2 desc, 1 limit ${most})`
}

type Services = ExpressionBuilder<Tables & { service: Tables['services.service'] }, 'service'>

function ofKind(is: Services, area: string, kind: string | null) {
  return is.exists(
    is
      .selectFrom('services.service_term as of')
      .select('of.term')
      .where('of.area', '=', area)
      .where('of.term', '=', kind)
      .whereRef('of.service', '=', 'service.id'),
  )
}

// A service by phone or online is as near as any: it is found from every place.
function inPlace(is: Services, area: string, place: string) {
  const outward = outwardOf(place)
  return is.or([
    is('service.located', '=', false),
    is.exists(
      is
        .selectFrom('services.at_location as at')
        .innerJoin('services.location as location', (on) =>
          on.onRef('location.area', '=', 'at.area').onRef('location.id', '=', 'at.location'),
        )
        .select('at.id')
        .where('at.area', '=', area)
        .whereRef('at.service', '=', 'service.id')
        .where(
          outward === undefined
            ? sql<boolean>`lower(location.town) like ${`${place.toLowerCase().replaceAll(/[%_\\]/g, '')}%`}`
            : sql<boolean>`location.outward = ${outward}`,
        ),
    ),
  ])
}

function standing(state: ServiceState, today: Temporal.PlainDate) {
  const on = sql`${today}::date`
  const notClosed = sql`(valid_until is null or valid_until > ${on})`
  const begun = sql`(valid_from is null or valid_from <= ${on})`
  const is = {
    closed: sql<boolean>`valid_until <= ${on}`,
    'to-come': sql<boolean>`(valid_from > ${on} and ${notClosed})`,
    paused: sql<boolean>`(paused_from <= ${on} and (paused_until is null or paused_until > ${on})
      and ${notClosed} and ${begun})`,
    open: sql<boolean>`(${notClosed} and ${begun}
      and (paused_from is null or paused_from > ${on} or paused_until <= ${on}))`,
  } as const
  return is[state]
}

/** These services as the directory lists them, in the order of their ids as given. */
async function listRows(db: Db, area: string, ids: readonly string[]) {
  const found = await db
    .selectFrom('services.service as service')
    .innerJoin('services.owner as owner', (on) =>
      on.onRef('owner.area', '=', 'service.area').onRef('owner.id', '=', 'service.owner'),
    )
    .select(['service.id', 'service.name', 'service.summary', 'owner.name as owner', 'service.located', 'service.free'])
    .select(['service.wait_weeks as waitWeeks', 'service.wait_on as waitOn', 'service.checked_on as checkedOn'])
    .select(['service.valid_from as validFrom', 'service.valid_until as validUntil'])
    .select(['service.paused_from as pausedFrom', 'service.paused_until as pausedUntil'])
    .select([
      sql<string[]>`array(select term.name from services.service_term as of join services.term as term
        on term.area = of.area and term.id = of.term
        where of.area = service.area and of.service = service.id order by term.name)`.as('kinds'),
      sql<string[]>`array(select distinct coalesce(location.town, location.name) from services.at_location as at
        join services.location as location on location.area = at.area and location.id = at.location
        where at.area = service.area and at.service = service.id order by 1)`.as('towns'),
    ])
    .where('service.area', '=', area)
    .where('service.id', '=', sql<string>`any(array(select unnest(${[...ids]}::uuid[])))`)
    .execute()
  return found.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
}

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

/** Who runs a service, by its exact name in whatever letters. */
export async function findOwnerByName(db: Db, area: string, name: string) {
  return db
    .selectFrom('services.owner')
    .select(['id', 'name'])
    .where('area', '=', area)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .executeTakeFirst()
}
