import { sql } from 'kysely'
import { type Role, roles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Waiting } from './rules.ts'

/** The roles in an area that wait with an account and have not ended, by name. */
export async function listWaiting(
  db: Db,
  area: string,
  account: string,
  today: Temporal.PlainDate,
): Promise<readonly Waiting[]> {
  const found = await db
    .selectFrom('organisations.member as member')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'member.area').onRef('organisation.id', '=', 'member.organisation'),
    )
    .select(['member.id as membership', 'member.name', 'member.from_on as from'])
    // Checked: roles are written by the product from its own list.
    .select(['organisation.name as organisationName', sql<Role>`member.role`.as('role')])
    .where('member.area', '=', area)
    .where('member.account', '=', account)
    .where((where) => where.or([where('member.until_on', 'is', null), where('member.until_on', '>', today)]))
    .orderBy('member.role')
    .orderBy('member.id')
    .execute()
  return found.map(({ role, ...one }) => ({ ...one, roleLabel: roles[role].label }))
}

/** Whether somebody took up, with their own account, the roles that waited with another. */
export async function hasJoined(
  db: Db,
  area: string,
  { account, from }: Readonly<{ account: string; from: string }>,
): Promise<boolean> {
  const joined = await db
    .selectFrom('journal.entry')
    .select('id')
    .where('area', '=', area)
    .where('what', '=', 'member.joined')
    .where('subject', '=', from)
    .where(sql<boolean>`codes->>'account' = ${account}`)
    .limit(1)
    .executeTakeFirst()
  return joined !== undefined
}
