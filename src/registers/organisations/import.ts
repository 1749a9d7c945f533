import type { Role } from '#platform/access/rules.ts'
import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { ControllerRole, OrganisationKind } from './rules.ts'

export type TakenOrganisation = Readonly<{
  id: string
  name: string
  kind: OrganisationKind
  controller: ControllerRole
}>
export type TakenMember = Readonly<{
  id: string
  account: string
  name: string
  email: string
  organisation: string
  role: Role
  languages: readonly string[]
}>
export type TakenStaff = Readonly<{
  area: string
  fromOn: Temporal.PlainDate
  organisations: readonly TakenOrganisation[]
  members: readonly TakenMember[]
}>

const organisationColumns = ['area', 'id', 'name', 'kind', 'data_role', 'from_on', 'version'] as const
const memberColumns = [
  'area',
  'id',
  'account',
  'name',
  'email',
  'organisation',
  'role',
  'from_on',
  'languages',
  'works_in',
  'version',
] as const

/** Takes the organisations of an area and everybody who works in them. */
export async function takeStaff(db: Db, { area, fromOn, organisations, members }: TakenStaff): Promise<void> {
  const organised = organisations.map(({ controller, ...rest }) => ({
    ...rest,
    area,
    data_role: controller,
    from_on: fromOn,
    version: 1,
  }))
  const working = members.map((member) => ({ ...member, area, from_on: fromOn, works_in: [], version: 1 }))
  await db
    .insertInto('organisations.organisation')
    .columns(organisationColumns)
    .expression(manyRows('organisations.organisation', organisationColumns, organised))
    .onConflict((again) => again.doNothing())
    .execute()
  await db
    .insertInto('organisations.member')
    .columns(memberColumns)
    .expression(manyRows('organisations.member', memberColumns, working))
    .onConflict((again) => again.doNothing())
    .execute()
}
