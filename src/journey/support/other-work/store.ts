import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Total, Week } from './rules.ts'

const activities = (db: Db, area: string) =>
  db
    .selectFrom('log.activity as activity')
    .select(['activity.id', 'activity.kind', 'activity.minutes', 'activity.happened_on as on', 'activity.note'])
    .select('activity.version')
    .where('activity.area', '=', area)
    .where('activity.withdrawn_at', 'is', null)

/** What a member did in a week that is not about one person, the newest first. */
export async function listOfWeek(db: Db, { area, membership }: Actor, { from, until }: Week) {
  return activities(db, area)
    .where('activity.member', '=', membership)
    .where('activity.happened_on', '>=', from)
    .where('activity.happened_on', '<', until)
    .orderBy('activity.happened_on', 'desc')
    .orderBy('activity.id', 'desc')
    .execute()
}

/** A piece of the reader's own work; somebody else's is as if it were not there. */
export async function findOwn(db: Db, { area, membership }: Actor, id: string) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const one = activities(db, area).where('activity.member', '=', membership).where('activity.id', '=', id)
  return one.executeTakeFirst()
}

/** Minutes of each kind in each month since a day, of everybody who works for these organisations. */
export async function listTotals(db: Db, actor: Actor, since: Temporal.PlainDate): Promise<Total[]> {
  const { area, organisations } = actor
  const { rows } = await sql<Total>`select activity.kind, to_char(activity.happened_on, 'YYYY-MM') as month,
      sum(activity.minutes)::integer as minutes
    from log.activity activity join organisations.member member on member.area = ${area} and member.id = activity.member
    where activity.area = ${area} and activity.withdrawn_at is null and activity.happened_on >= ${since}
      and member.organisation = any(${[...organisations]}::uuid[])
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}
