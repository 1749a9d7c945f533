import { type RawBuilder, sql } from 'kysely'
import { type Actor, reach } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Gets } from '#journey/pilot/rules.ts'
import type { Measure } from '#programme/measuring/rules.ts'
import { listMeasuredTwice } from '#programme/measuring/store.ts'
import type { Change, Standing } from './rules.ts'

/** Whose rows count: the whole area for those who see numbers alone, else the people one's organisation holds. */
function reached(actor: Actor, person: string): RawBuilder<boolean> {
  if (reach[actor.role].list === 'aggregate') return sql<boolean>`true`
  return sql<boolean>`exists (select from people.holder where holder.area = ${actor.area} and holder.person = ${sql.ref(person)}
    and holder.organisation = any(${[...actor.organisations]}::uuid[]) and holder.until is null)`
}

/** Everybody who was asked or answered, with how they stand now: the newest answer of each spell of support counts. */
function standingsOf(actor: Actor, pilot: string): RawBuilder<unknown> {
  const newest = sql`select distinct on (answer.episode) answer.episode, answer.given, answer.gets, answer.at,
      bool_or(answer.given) over (partition by answer.episode) as joined
    from pilot.answer answer where answer.area = ${actor.area} and answer.pilot = ${pilot}::uuid and ${reached(actor, 'answer.person')}
    order by answer.episode, answer.at desc, answer.id desc`
  return sql`select episode, at, case when given then gets when joined then 'back' else 'no' end as standing from (${newest}) said
    union all select invitation.episode, invitation.at, 'asked' from pilot.invitation invitation
    where invitation.area = ${actor.area} and invitation.pilot = ${pilot}::uuid and ${reached(actor, 'invitation.person')}
      and not exists (select from pilot.answer answer where answer.area = ${actor.area} and answer.pilot = ${pilot}::uuid
        and answer.episode = invitation.episode)`
}

/** How many stand how to a pilot. */
export async function countStandings(db: Db, actor: Actor, pilot: string): Promise<ReadonlyMap<Standing, number>> {
  const { rows } = await sql<{ standing: Standing; count: number }>`select standing, count(*)::integer as count
    from (${standingsOf(actor, pilot)}) stands group by standing`.execute(db)
  return new Map(rows.map(({ standing, count }) => [standing, count]))
}

type Row = Change & Readonly<{ code: Measure; gets: Gets }>

/** What was measured at the beginning and again of those who take part now, by what they get. Who took it back is in no comparison. */
export async function listChanges(db: Db, actor: Actor, pilot: string): Promise<readonly Row[]> {
  const takingPart = sql`select stands.episode, stands.standing as gets from (${standingsOf(actor, pilot)}) stands
    where stands.standing in ('new', 'usual')`
  const { rows } =
    await sql<Row>`with counted as materialized (${takingPart}), twice as (${listMeasuredTwice(actor.area)})
    select twice.code, counted.gets, count(*)::integer as count, avg(twice.first)::float as before, avg(twice.last)::float as after,
      avg(twice.last - twice.first)::float as change, stddev_samp(twice.last - twice.first)::float as spread
    from twice join counted on counted.episode = twice.episode group by twice.code, counted.gets`.execute(db)
  return rows
}
