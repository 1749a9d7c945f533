import { sql } from 'kysely'
import type { Actor, Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { ControllerRole, OrganisationKind } from './rules.ts'

// A membership ends at the latest with its organisation.
const isThere = (on: Temporal.PlainDate) =>
  sql<boolean>`(organisation.until_on is null or organisation.until_on > ${on}::date)`

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
    .where(isThere(on))
    .select([
      'member.name',
      'member.role',
      'member.organisation',
      'organisation.name as organisationName',
      'area.name as areaName',
    ])
    .select(
      sql<
        string[]
      >`array(select holder from organisations.sharing where area = ${area} and partner = member.organisation
        and from_on <= ${on} and (until_on is null or until_on > ${on}))`.as('sharedBy'),
    )
    .executeTakeFirst()
  if (!found) return undefined
  const { sharedBy, role, ...rest } = found
  // Checked: roles are written by the product from its own list.
  return { ...rest, role: role as Role, account, membership, area, organisations: [found.organisation, ...sharedBy] }
}

/** The members of an area on this day by name, of all its organisations or of some. */
export async function listMembers(db: Db, area: string, on: Temporal.PlainDate, organisations?: readonly string[]) {
  const query = db
    .selectFrom('organisations.member as member')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'member.area').onRef('organisation.id', '=', 'member.organisation'),
    )
    .select(['member.id', 'member.account', 'member.name', 'member.email', 'member.phone', 'member.organisation'])
    .select(['member.languages', 'member.works_in', 'member.from_on', 'member.until_on', 'member.version'])
    // Checked: roles are written by the product from its own list.
    .select(['organisation.name as organisationName', sql<Role>`member.role`.as('role')])
    .where('member.area', '=', area)
    .where('member.from_on', '<=', on)
    .where((where) => where.or([where('member.until_on', 'is', null), where('member.until_on', '>', on)]))
    .where(isThere(on))
    .orderBy('member.name')
    .orderBy('member.id')
  return organisations
    ? query.where(sql<boolean>`member.organisation = any(${[...organisations]}::uuid[])`).execute()
    : query.execute()
}

/** A membership by its id, whenever it holds. */
export async function findMember(db: Db, area: string, member: string) {
  return db
    .selectFrom('organisations.member as member')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'member.area').onRef('organisation.id', '=', 'member.organisation'),
    )
    .select(['member.id', 'member.account', 'member.name', 'member.email', 'member.phone', 'member.organisation'])
    .select(['member.languages', 'member.works_in', 'member.from_on', 'member.until_on', 'member.version'])
    .select(['organisation.name as organisationName', sql<Role>`member.role`.as('role')])
    .select(sql<ControllerRole>`organisation.data_role`.as('dataRole'))
    .where('member.area', '=', area)
    .where('member.id', '=', member)
    .executeTakeFirst()
}

const organisationsOf = (db: Db, area: string) =>
  db
    .selectFrom('organisations.organisation')
    .select(['id', 'name', 'ods_code', 'phone', 'email', 'from_on', 'until_on', 'no_new_from', 'version'])
    // Checked: both codes are written by the product from its own lists.
    .select([sql<OrganisationKind>`kind`.as('kind'), sql<ControllerRole>`data_role`.as('data_role')])
    .where('area', '=', area)

/** The organisations of an area that have not left it on this day, by name. */
export async function listOrganisations(db: Db, area: string, on: Temporal.PlainDate) {
  return organisationsOf(db, area)
    .where((where) => where.or([where('until_on', 'is', null), where('until_on', '>', on)]))
    .orderBy('name')
    .execute()
}

/** Every organisation of an area by name, also those that are to come or have left. */
export async function listEveryOrganisation(db: Db, area: string) {
  return organisationsOf(db, area).orderBy('name').orderBy('id').execute()
}

/** An organisation by its id, whether or not it is still there. */
export async function findOrganisation(db: Db, area: string, organisation: string) {
  return organisationsOf(db, area).where('id', '=', organisation).executeTakeFirst()
}

/** Whether another organisation that stays in the area has this name. */
export async function isNameTaken(db: Db, area: string, { id, name }: Readonly<{ id: string; name: string }>) {
  const other = await db
    .selectFrom('organisations.organisation')
    .select('id')
    .where('area', '=', area)
    .where('until_on', 'is', null)
    .where('id', '<>', id)
    .where(sql`lower(name)`, '=', name.toLowerCase())
    .executeTakeFirst()
  return other !== undefined
}

type Written<Columns> = Readonly<{ area: string; id: string; version: number } & Columns>

export type OrganisationColumns = Readonly<{
  name: string
  kind: string
  data_role: string
  ods_code: string | null
  phone: string | null
  email: string | null
  from_on: Temporal.PlainDate
  until_on: Temporal.PlainDate | null
  changed_at: Temporal.Instant
}>

/** Adds an organisation, or changes it unless somebody else did so meanwhile. */
export async function saveOrganisation(
  db: Db,
  { area, id, version, ...columns }: Written<OrganisationColumns>,
): Promise<boolean> {
  const written = await db
    .insertInto('organisations.organisation')
    .values({ area, id, ...columns })
    .onConflict((known) =>
      known
        .columns(['area', 'id'])
        .doUpdateSet({ ...columns, version: version + 1 })
        .where(sql<boolean>`organisation.version = ${version}`),
    )
    .executeTakeFirst()
  return written.numInsertedOrUpdatedRows === 1n
}

export type MemberColumns = Readonly<{
  account: string
  name: string
  email: string
  phone: string | null
  organisation: string
  role: Role
  languages: string[]
  from_on: Temporal.PlainDate
  until_on: Temporal.PlainDate | null
}>

/** Adds a membership, or changes it unless somebody else did so meanwhile. */
export async function saveMember(db: Db, { area, id, version, ...columns }: Written<MemberColumns>): Promise<boolean> {
  const written = await db
    .insertInto('organisations.member')
    .values({ area, id, ...columns })
    .onConflict((known) =>
      known
        .columns(['area', 'id'])
        .doUpdateSet({ ...columns, version: version + 1 })
        .where(sql<boolean>`member.version = ${version}`),
    )
    .executeTakeFirst()
  return written.numInsertedOrUpdatedRows === 1n
}

type HandingOver = Readonly<{ area: string; from: string; to: string }>

/** Gives every membership that an account has in an area to another: whoever was invited has taken them up. */
export async function handOverMemberships(db: Db, { area, from, to }: HandingOver): Promise<void> {
  const held = db.updateTable('organisations.member').where('area', '=', area).where('account', '=', from)
  await held.set({ account: to }).execute()
}

export type Arrangement = Readonly<{
  area: string
  id: string
  holder: string
  partner: string
  reason: string
  from_on: Temporal.PlainDate
  until_on: Temporal.PlainDate | null
  agreed_by: string
}>

/** Adds an arrangement; sending the form twice leaves the first one standing. */
export async function saveSharing(db: Db, arrangement: Arrangement): Promise<void> {
  await db
    .insertInto('organisations.sharing')
    .values(arrangement)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Ends an arrangement at once, also one that is to come or has a last day ahead. */
export async function endSharing(db: Db, area: string, id: string, today: Temporal.PlainDate): Promise<void> {
  await db
    .updateTable('organisations.sharing')
    .set({ until_on: sql`greatest(${today}::date, from_on)` })
    .where('area', '=', area)
    .where('id', '=', id)
    .where((where) => where.or([where('until_on', 'is', null), where('until_on', '>', today)]))
    .execute()
}

type LastDays = Readonly<{
  until: Temporal.PlainDate | null
  noNewFrom: Temporal.PlainDate | null
  at: Temporal.Instant
}>

/** Until when an organisation is in the area, and from when it takes nobody new. */
export async function setLastDays(
  db: Db,
  { area, organisation, until, noNewFrom, at }: LastDays & Readonly<{ area: string; organisation: string }>,
): Promise<void> {
  const own = db.updateTable('organisations.organisation').where('area', '=', area).where('id', '=', organisation)
  const next = own.set({ until_on: until, no_new_from: noNewFrom, changed_at: at })
  await next.set((row) => ({ version: row('version', '+', 1) })).execute()
}
