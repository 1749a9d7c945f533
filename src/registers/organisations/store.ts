import { sql } from 'kysely'
import type { Actor, Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'

/** Who a membership makes somebody today; nobody once it has ended or when it is not theirs. */
export async function findActor(
  db: Db,
  wanted: Readonly<{ area: string; account: string; membership: string; on: Temporal.PlainDate }>,
): Promise<Actor | undefined> {
  const { area, account, membership, on } = wanted
  const found = await db
    .selectFrom('organisations.member as member')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'member.area').onRef('organisation.id', '=', 'member.organisation'),
    )
    .innerJoin('areas.area as area', 'area.area', 'member.area')
    .where('member.area', '=', area)
    .where('member.id', '=', membership)
    .where('member.account', '=', account)
    .where('member.from_on', '<=', on)
    .where((where) => where.or([where('member.until_on', 'is', null), where('member.until_on', '>', on)]))
    .select([
      'member.name',
      'member.role',
      'member.organisation',
      'organisation.name as organisationName',
      'area.name as areaName',
    ])
    .select(
      sql<string[]>`array(select holder from areas.sharing where area = ${area} and partner = member.organisation
        and from_on <= ${on} and (until_on is null or until_on > ${on}))`.as('sharedBy'),
    )
    .executeTakeFirst()
  if (!found) return undefined
  const { sharedBy, role, ...rest } = found
  // Checked: roles are written by the product from its own list.
  return { ...rest, role: role as Role, account, membership, area, organisations: [found.organisation, ...sharedBy] }
}

export type MembershipRow = Readonly<{
  area: string
  area_name: string
  membership: string
  name: string
  organisation: string
  organisation_name: string
  role: Role
  from_on: Temporal.PlainDate
  until_on: Temporal.PlainDate | null
}>

/** Every membership of one account in the areas of this database, past and to come included. */
export async function listMembershipsOf(db: Db, account: string): Promise<MembershipRow[]> {
  const { rows } = await sql<MembershipRow>`select * from organisations.memberships_of(${account})`.execute(db)
  return rows
}

/** The members of an area on this day by name, of all its organisations or of some. */
export async function listMembers(db: Db, area: string, on: Temporal.PlainDate, organisations?: readonly string[]) {
  const query = db
    .selectFrom('organisations.member as member')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'member.area').onRef('organisation.id', '=', 'member.organisation'),
    )
    .select(['member.id', 'member.account', 'member.name', 'member.email', 'member.phone', 'member.organisation'])
    .select([
      'member.caseload_cap',
      'member.languages',
      'member.works_in',
      'member.from_on',
      'member.until_on',
      'member.version',
    ])
    // Checked: roles are written by the product from its own list.
    .select(['organisation.name as organisationName', sql<Role>`member.role`.as('role')])
    .where('member.area', '=', area)
    .where('member.from_on', '<=', on)
    .where((where) => where.or([where('member.until_on', 'is', null), where('member.until_on', '>', on)]))
    .orderBy('member.name')
    .orderBy('member.id')
  return organisations
    ? query.where(sql<boolean>`member.organisation = any(${[...organisations]}::uuid[])`).execute()
    : query.execute()
}

/** The organisations of an area that are there on this day, by name. */
export async function listOrganisations(db: Db, area: string, on: Temporal.PlainDate) {
  return db
    .selectFrom('organisations.organisation')
    .select(['id', 'name', 'kind', 'data_role', 'ods_code', 'phone', 'email', 'from_on', 'until_on', 'version'])
    .where('area', '=', area)
    .where((where) => where.or([where('until_on', 'is', null), where('until_on', '>', on)]))
    .orderBy('name')
    .execute()
}
