import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { PlanWords } from './rules.ts'

/** Every version of somebody's safety plan, the newest first. Ask findPerson before: it decides who may know. */
export async function listSafetyPlans(db: Db, area: string, person: string) {
  return db
    .selectFrom('safety_plan.version as version')
    .select(['id', 'person', 'number', 'signs', 'helps', 'places', 'people', 'professionals', 'safer', 'reasons'])
    .select(['shown', 'at', findNameOf(area, 'version.by').as('by')])
    .where('area', '=', area)
    .where(isOfPerson('version.person', { area, person }))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export type NewSafetyPlan = PlanWords &
  Readonly<{
    area: string
    id: string
    episode: string
    person: string
    /** The number of the newest version that its writer saw; nought where there was none. */
    seen: number
    shown: boolean
    by: string
    at: Temporal.Instant
  }>

/** Keeps a new version; false when somebody else has written one since the writer saw the last. */
export async function saveSafetyPlan(db: Db, { seen, ...plan }: NewSafetyPlan): Promise<boolean> {
  const { area, person } = plan
  await sql`select pg_advisory_xact_lock(hashtextextended('safety plan ' || ${area} || ${person}, 0))`.execute(db)
  const versions = await listSafetyPlans(db, area, person)
  if (versions.some(({ id }) => id === plan.id)) return true
  if (numberOf(versions) !== seen) return false
  await db
    .insertInto('safety_plan.version')
    .values({ ...plan, number: seen + 1 })
    .execute()
  return true
}

/** The highest number of these versions; of two records that were joined each may have its own. */
const numberOf = (versions: readonly Readonly<{ number: number }>[]) =>
  Math.max(0, ...versions.map(({ number }) => number))
