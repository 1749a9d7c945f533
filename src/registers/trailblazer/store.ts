import type { Db } from '#platform/database/transaction.ts'
import { type Trailblazer, usualTrailblazer } from './rules.ts'

/** Whether the area takes part on a day, and how soon people are spoken to: the latest decision whose day has come. */
export async function findTrailblazer(db: Db, area: string, on: Temporal.PlainDate): Promise<Trailblazer> {
  const decided = await db
    .selectFrom('areas.setting')
    .distinctOn('name')
    .select(['name', 'value'])
    .where('area', '=', area)
    .where('name', 'in', Object.keys(usualTrailblazer))
    .where('from_on', '<=', on)
    .orderBy('name')
    .orderBy('from_on', 'desc')
    .orderBy('set_at', 'desc')
    .execute()
  return { ...usualTrailblazer, ...Object.fromEntries(decided.map(({ name, value }) => [name, value])) }
}
