import type { Db } from '#platform/database/transaction.ts'
import { type Points, usualPoints } from './rules.ts'

/** What looking after somebody weighs in an area on a day: for each the latest decision whose day has come. */
export async function findPoints(db: Db, area: string, on: Temporal.PlainDate): Promise<Points> {
  const decided = await db
    .selectFrom('areas.setting')
    .distinctOn('name')
    .select(['name', 'value'])
    .where('area', '=', area)
    .where('name', 'in', Object.keys(usualPoints))
    .where('from_on', '<=', on)
    .orderBy('name')
    .orderBy('from_on', 'desc')
    .orderBy('set_at', 'desc')
    .execute()
  return { ...usualPoints, ...Object.fromEntries(decided.map(({ name, value }) => [name, value])) }
}
