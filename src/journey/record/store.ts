import type { Db } from '#platform/database/transaction.ts'

/** What the members with these ids are called, those who have left included. */
export async function listNames(
  db: Db,
  area: string,
  members: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(members.filter((member) => member !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await db
    .selectFrom('organisations.member')
    .select(['id', 'name'])
    .where('area', '=', area)
    .where('id', 'in', wanted)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
