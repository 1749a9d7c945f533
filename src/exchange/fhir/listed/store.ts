import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import type { Listing } from '#registers/listing/rules.ts'
import type { Location, Owner } from '#registers/services/rules.ts'
import type { Search } from '#exchange/fhir/searched/rules.ts'
import type { ListedOrganisation, ListedHelp } from './rules.ts'

/** For which organisation of which area a system looks, on which day, and what for. */
type Looking = Readonly<{ area: string; organisation: string; today: Temporal.PlainDate; search: Search }>

/**
 * Organisations that other systems may know of, as they changed, from where a page goes on and one more than it has: those
 * that hold the records here, the system's own, and those that run a published service.
 */
export async function listListedOrganisations(db: Db, looking: Looking): Promise<ListedOrganisation[]> {
  const { area, organisation, today, search } = looking
  const { count, identifier } = search
  const isCalled = search.name === null ? sql`true` : sql`starts_with(lower(name), lower(${search.name}))`
  const asked = sql`${isAsked(search, 'changed_at')} and ${isCalled}`
  const page = sql`order by changed_at, id limit ${count + 1}`
  const isOds = identifier !== null && [null, odsSystem].includes(identifier.system?.toLowerCase() ?? null)
  const ods = isOds ? identifier.value.toUpperCase() : null
  const isIdentified = identifier === null ? sql`true` : sql`ods_code = ${ods}`
  const { rows } = await sql<Row>`select * from (
      (select id, name, changed_at as "changedAt", kind, ods_code as "odsCode", phone, email, null::jsonb as owner,
          coalesce(until_on > ${today}::date, true) as "isThere"
        from organisations.organisation
        where area = ${area} and (data_role <> 'none' or id = ${organisation}) and from_on <= ${today}::date
          and ${isIdentified} and ${asked} ${page})
      union all (select id, name, changed_at, null, null, null, null, document, true from services.owner
        where area = ${area} and ${identifier === null}::boolean and ${asked} and services.runs_published(area, id) ${page})
    ) as listed order by "changedAt", id limit ${count + 1}`.execute(db)
  return rows.map(asOrganisation)
}

const odsSystem = 'https://fhir.nhs.uk/id/ods-organization-code'

type Row = Readonly<{
  id: string
  name: string
  changedAt: Temporal.Instant
  kind: OrganisationKind | null
  odsCode: string | null
  phone: string | null
  email: string | null
  owner: Owner | null
  isThere: boolean
}>

function asOrganisation({ owner, phone, email, ...row }: Row): ListedOrganisation {
  return { ...row, phone, email: owner ? owner.email : email, url: owner?.url ?? null, about: owner?.about ?? null }
}

/** The part of what is asked that every list has: by id, by when it changed, and from where a page goes on. */
function isAsked({ id, from, before, after }: Search, changed: 'changed_at' | 'renewed_at') {
  const at = sql.ref(changed)
  return sql.join(
    [
      sql`true`,
      ...(id === null ? [] : [sql`id = ${id}::uuid`]),
      ...(from === null ? [] : [sql`${at} >= ${from}::timestamptz`]),
      ...(before === null ? [] : [sql`${at} < ${before}::timestamptz`]),
      ...(after === null ? [] : [sql`(${at}, id) > (${after.at}::timestamptz, ${after.id}::uuid)`]),
    ],
    sql` and `,
  )
}

/** Published services as others read them, as they changed, from where a page goes on and one more than it has. */
export async function listListedServices(db: Db, { area, search }: Looking): Promise<ListedHelp[]> {
  const { count, name, organization } = search
  const { rows } = await sql<Omit<ListedHelp, 'kinds' | 'places'>>`
    select id, document as listing, renewed_at as "changedAt" from services.service
    where area = ${area} and published and ${isAsked(search, 'renewed_at')}
      and ${name === null ? sql`true` : sql`starts_with(name_key, lower(${name}))`}
      and ${organization === null ? sql`true` : sql`owner = ${organization}::uuid`}
    order by renewed_at, id limit ${count + 1}`.execute(db)
  const [kinds, places] = await Promise.all([listKindsOf(db, area, rows), listPlacesOf(db, area, rows)])
  return rows.map((row) => ({ ...row, kinds: kinds.get(row.id) ?? [], places: places.get(row.id) ?? [] }))
}

type Of = readonly Readonly<{ id: string; listing: Listing }>[]
const idsOf = (services: Of) => services.map(({ id }) => id)

async function listKindsOf(db: Db, area: string, services: Of) {
  const rows = await db
    .selectFrom('services.service_term as of')
    .innerJoin('services.term as term', (join) =>
      join.onRef('term.area', '=', 'of.area').onRef('term.id', '=', 'of.term'),
    )
    .select(['of.service', 'term.id', 'term.name', 'term.taxonomy'])
    .where('of.area', '=', area)
    .where(sql<boolean>`of.service = any(${idsOf(services)}::uuid[])`)
    .orderBy('term.name')
    .orderBy('term.id')
    .execute()
  return Map.groupBy(rows, ({ service }) => service)
}

async function listPlacesOf(db: Db, area: string, services: Of) {
  const rows = await db
    .selectFrom('services.at_location as at')
    .innerJoin('services.location as location', (join) =>
      join.onRef('location.area', '=', 'at.area').onRef('location.id', '=', 'at.location'),
    )
    // Checked: only saveLocations writes these rows, from a Location.
    .select(['at.service', sql<Location>`location.document`.as('location')])
    .where('at.area', '=', area)
    .where('location.published', '=', true)
    .where(sql<boolean>`at.service = any(${idsOf(services)}::uuid[])`)
    .orderBy('at.id')
    .execute()
  const of = Map.groupBy(rows, ({ service }) => service)
  return new Map([...of].map(([service, places]) => [service, places.map(({ location }) => location)]))
}
