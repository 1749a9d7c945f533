import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isTakenBack } from '#registers/questionnaires/store.ts'
import { listCounted } from '#programme/counting/store.ts'
import { type Measure, measureCodes, type Measured, measures, type Moment } from './rules.ts'

// At the beginning one answer counts, at the end only those who answered twice.
const timesAt: Readonly<Record<Moment, number>> = { start: 1, end: 2 }

const named = sql`(values ${sql.join(
  measureCodes.map((code) => {
    const { instrument, item } = measures[code]
    return sql`(${sql.lit(code)}, ${sql.lit(instrument)}, ${sql.lit(item ?? '')})`
  }),
)}) as measure (code, instrument, item)`

const value = sql<
  number | null
>`case when measure.item = '' then answer.score else (answer.items ->> measure.item)::integer end`

/** What was measured of the counted spell of support, as a list of codes. */
export function listMeasured(area: string, moment: Moment): RawBuilder<string[]> {
  return sql`array(select measure.code from questionnaires.answer answer join ${named} on measure.instrument = answer.instrument
    where answer.area = ${area} and answer.asked_for = counted.episode and ${value} is not null and not ${isTakenBack(area, 'answer.id')}
    group by measure.code having count(*) >= ${sql.lit(timesAt[moment])})`
}

/** The first and the last value of each measure that the counted spells of support answered twice or more. */
export function listMeasuredTwice(area: string): RawBuilder<unknown> {
  return sql`select code, episode, (array_agg(value order by answered_at, id))[1] as first,
      (array_agg(value order by answered_at desc, id desc))[1] as last
    from (select measure.code, counted.episode, ${value} as value, answer.answered_at, answer.id
      from counted join questionnaires.answer answer on answer.area = ${area} and answer.asked_for = counted.episode
      join ${named} on measure.instrument = answer.instrument where not ${isTakenBack(area, 'answer.id')}) told
    where value is not null group by code, episode having count(*) >= 2`
}

type Found = Measured & Readonly<{ code: Measure }>

/** The measures of those who started in a month, or of those who completed in it: how many, and the means. */
export async function countMeasured(db: Db, actor: Actor, moment: Moment, month: Temporal.PlainYearMonth) {
  const { rows } =
    await sql<Found>`with counted as materialized (${listCounted(actor, moment === 'start' ? 'started' : 'completed', month)}),
    told as (select measure.code, counted.episode, ${value} as value, answer.answered_at, answer.id
      from counted join questionnaires.answer answer on answer.area = ${actor.area} and answer.asked_for = counted.episode
      join ${named} on measure.instrument = answer.instrument where not ${isTakenBack(actor.area, 'answer.id')}),
    each as (select code, episode, count(*) as times, (array_agg(value order by answered_at, id))[1] as first,
        (array_agg(value order by answered_at desc, id desc))[1] as last
      from told where value is not null group by code, episode)
    select code, count(*)::integer as count, round(avg(first), 1)::float as before,
      ${moment === 'end' ? sql`round(avg(last), 1)::float` : sql`null::float`} as after
    from each where times >= ${sql.lit(timesAt[moment])} group by code`.execute(db)
  return new Map(rows.map(({ code, ...measured }): [Measure, Measured] => [code, measured]))
}
