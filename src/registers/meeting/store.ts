import type { Db } from '#platform/database/transaction.ts'
import { type Meeting, usualMeeting } from './rules.ts'

/** How the area meets people on a day: for each the latest decision whose day has come, otherwise what usually holds. */
export async function findMeeting(db: Db, area: string, on: Temporal.PlainDate): Promise<Meeting> {
  const decided = await db
    .selectFrom('areas.setting')
    .distinctOn('name')
    .select(['name', 'value'])
    .where('area', '=', area)
    .where('name', 'in', Object.keys(usualMeeting))
    .where('from_on', '<=', on)
    .orderBy('name')
    .orderBy('from_on', 'desc')
    .orderBy('set_at', 'desc')
    .execute()
  return { ...usualMeeting, ...Object.fromEntries(decided.map(({ name, value }) => [name, value])) }
}
