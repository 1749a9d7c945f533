import { sql } from 'kysely'
import type { Actor, Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { type ControllerRole, takesNew } from '#registers/organisations/rules.ts'
import { findOrganisation, listOrganisations } from '#registers/organisations/store.ts'

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

/** Every membership of an area by name, also those that are to come or have ended. */
export async function listEveryMember(db: Db, area: string) {
  return (
    db
      .selectFrom('organisations.member as member')
      .innerJoin('organisations.organisation as organisation', (join) =>
        join.onRef('organisation.area', '=', 'member.area').onRef('organisation.id', '=', 'member.organisation'),
      )
      .select(['member.id', 'member.name', 'member.email', 'member.phone', 'member.organisation'])
      .select(['member.languages', 'member.from_on', 'member.until_on', 'member.version'])
      // Checked: roles are written by the product from its own list.
      .select(['organisation.name as organisationName', sql<Role>`member.role`.as('role')])
      .select(sql<ControllerRole>`organisation.data_role`.as('dataRole'))
      .where('member.area', '=', area)
      .orderBy('member.name')
      .orderBy('member.id')
      .execute()
  )
}

type Keeping = Readonly<{ area: string; role: Role; organisation?: string | undefined; today: Temporal.PlainDate }>

/**
 * Those in a role that has to be held by somebody, in the area or in one organisation of it, from today on: held until the
 * change is made, since two of them could end each other.
 */
export async function holdKeepers(db: Db, { area, role, organisation, today }: Keeping) {
  return db
    .selectFrom('organisations.member')
    .select(['id', 'until_on'])
    .where('area', '=', area)
    .where('role', '=', role)
    .$if(organisation !== undefined, (query) => query.where('organisation', '=', organisation ?? ''))
    .where('from_on', '<=', today)
    .where((where) => where.or([where('until_on', 'is', null), where('until_on', '>', today)]))
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** What members are called, whenever their memberships hold: for a history that names who acted. */
export async function listMemberNames(db: Db, area: string): Promise<Map<string, string>> {
  const members = db.selectFrom('organisations.member').select(['id', 'name']).where('area', '=', area)
  return new Map((await members.execute()).map(({ id, name }) => [id, name]))
}

/** Whether the organisation of a member takes people who are new to it. */
export async function isTaking(db: Db, { area, organisation }: Actor, on: Temporal.PlainDate): Promise<boolean> {
  const own = await findOrganisation(db, area, organisation)
  return own !== undefined && takesNew(own, on)
}

/** The organisations of an area that take people who are new to them on this day, by name. */
export async function listTakers(db: Db, area: string, on: Temporal.PlainDate) {
  return (await listOrganisations(db, area, on)).filter((one) => takesNew(one, on))
}

/** Everybody who ever worked in an area, as whoever keeps its records later has to know them. */
export async function listAuthors(db: Db, area: string) {
  return db
    .selectFrom('organisations.member as member')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'member.area').onRef('organisation.id', '=', 'member.organisation'),
    )
    .select(['member.id', 'member.name', 'member.role', 'organisation.name as organisation'])
    .select(['member.from_on as from', 'member.until_on as until'])
    .where('member.area', '=', area)
    .orderBy('member.name')
    .orderBy('member.id')
    .execute()
}
