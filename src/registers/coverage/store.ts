import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'

/** What was said about the places an area covers, the newest first, with who said it. */
export async function listCoverChanges(db: Db, area: string) {
  return db
    .selectFrom('areas.coverage_change as change')
    .innerJoin('areas.coverage as cover', (join) =>
      join.onRef('cover.area', '=', 'change.area').onRef('cover.id', '=', 'change.cover'),
    )
    .leftJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'change.area').onRef('member.id', '=', 'change.by'),
    )
    .select(['change.id', 'change.cover', 'change.reason', 'change.at', 'member.name as byName'])
    .select(['change.from_on as fromOn', 'change.until_on as untilOn'])
    .select(
      sql<boolean>`lag(change.id) over (partition by change.cover order by change.at, change.id) is null`.as('first'),
    )
    .where('change.area', '=', area)
    .orderBy('change.at', 'desc')
    .orderBy('change.id', 'desc')
    .execute()
}
