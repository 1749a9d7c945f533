import type { Db } from '#platform/database/transaction.ts'
import { type AreaSettings, settingsOn } from './rules.ts'

/** What an area is called and how it is reached. */
export async function findArea(db: Db, area: string) {
  return db
    .selectFrom('areas.area')
    .select([
      'area',
      'name',
      'run_by',
      'phone',
      'email',
      'opening_hours',
      'crisis_text',
      'from_on',
      'until_on',
      'synthetic',
      'version',
    ])
    .where('area', '=', area)
    .executeTakeFirst()
}

/** Every area, by name. */
export async function listAreas(db: Db) {
  return db.selectFrom('areas.area').select(['area', 'name', 'phone', 'from_on', 'until_on']).orderBy('name').execute()
}

/** What the area decided that is in force on this day. */
export async function findSettings(db: Db, area: string, on: Temporal.PlainDate): Promise<AreaSettings> {
  const decided = await db
    .selectFrom('areas.setting')
    .select(['name', 'from_on', 'value'])
    .where('area', '=', area)
    .where('from_on', '<=', on)
    .execute()
  return settingsOn(decided, on)
}
