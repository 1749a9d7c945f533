import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import type { PhasedReturn, Week } from './rules.ts'

export type KeptReturn = PhasedReturn & Readonly<{ at: Temporal.Instant; by: string | null }>

/** Every version of the phased return of an episode, the newest first. Ask findEpisode before: it decides who may know. */
export async function listPhasedReturns(db: Db, area: string, episode: string): Promise<KeptReturn[]> {
  const versions = await db
    .selectFrom('phased_return.version as version')
    .select(['version.id', 'version.number', 'version.begins_on as beginsOn', 'version.off_since as offSince'])
    .select(['version.usual_days as days', 'version.weekly_pay_pence as weeklyPay', 'version.at'])
    .select([sql<number>`version.usual_hours::float8`.as('hours'), findNameOf(area, 'version.by').as('by')])
    .where('version.area', '=', area)
    .where('version.episode', '=', episode)
    .orderBy('version.number', 'desc')
    .execute()
  const weeks = await db
    .selectFrom('phased_return.week as week')
    .select(['week.version', 'week.days', sql<number>`week.hours::float8`.as('hours'), 'week.duties', 'week.review'])
    .where('week.area', '=', area)
    .where(sql<boolean>`week.version = any(${versions.map(({ id }) => id)}::uuid[])`)
    .orderBy('week.place')
    .execute()
  const byVersion = Map.groupBy(weeks, ({ version }) => version)
  return versions.map((version) => ({
    ...version,
    weeks: (byVersion.get(version.id) ?? []).map(({ version: _, ...week }): Week => week),
  }))
}

export type NewReturn = PhasedReturn &
  Readonly<{ area: string; episode: string; by: string; at: Temporal.Instant; seen: number }>

/** Keeps a new version; false when somebody else has laid one out since its writer saw the last, who then sees both. */
export async function savePhasedReturn(db: Db, { seen, weeks, ...plan }: NewReturn): Promise<boolean> {
  const { area, episode, id } = plan
  await sql`select pg_advisory_xact_lock(hashtextextended('phased return ' || ${area} || ${episode}, 0))`.execute(db)
  const versions = await listPhasedReturns(db, area, episode)
  if (versions.some((one) => one.id === id)) return true
  if ((versions[0]?.number ?? 0) !== seen) return false
  await db
    .insertInto('phased_return.version')
    .values({
      ...{ area, id, episode, number: seen + 1, usual_days: [...plan.days], usual_hours: `${plan.hours}` },
      ...{ weekly_pay_pence: plan.weeklyPay, off_since: plan.offSince, begins_on: plan.beginsOn },
      ...{ by: plan.by, at: plan.at },
    })
    .execute()
  const rows = weeks.map(({ days, hours, ...week }, place) => ({
    ...{ area, version: id, place, days: [...days], hours: `${hours}`, ...week },
  }))
  await db.insertInto('phased_return.week').values(rows).execute()
  return true
}
