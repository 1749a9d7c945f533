import { sql } from 'kysely'
import type { Db } from './transaction.ts'

/**
 * Runs work whose statements are planned for the values they are given, where these decide which way is quick: a word that
 * every second row has is read otherwise than one that hardly any has. Everything else is planned once for all values.
 */
export async function planningForValues<T>(db: Db, work: () => Promise<T>): Promise<T> {
  await sql`set local plan_cache_mode = force_custom_plan`.execute(db)
  const done = await work()
  await sql`set local plan_cache_mode = force_generic_plan`.execute(db)
  return done
}
