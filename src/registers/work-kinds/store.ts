import type { Db } from '#platform/database/transaction.ts'
import { type Kind, kindsSetting, usualKinds } from './rules.ts'

/** The kinds of other work of an area on a day: the latest decision whose day has come, otherwise the usual ones. */
export async function findKinds(db: Db, area: string, on: Temporal.PlainDate): Promise<readonly Kind[]> {
  const decided = await db
    .selectFrom('areas.setting')
    .select('value')
    .where('area', '=', area)
    .where('name', '=', kindsSetting)
    .where('from_on', '<=', on)
    .orderBy('from_on', 'desc')
    .orderBy('set_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  // Checked: the page of the area alone writes it, from the type in the rules.
  return decided ? (decided.value as readonly Kind[]) : usualKinds
}
