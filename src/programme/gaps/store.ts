import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import { startOfDay } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { otherNeed } from '#journey/gap/rules.ts'
import { isCountedFor } from '#programme/counting/store.ts'
import { type Found, noPlace, type Source, sources } from './rules.ts'

type Period = Readonly<{ from: Temporal.PlainDate; until: Temporal.PlainDate }>

/**
 * The needs of a period for which nothing was there, each person's once, with every way in which it was seen. Of a restricted
 * record the place is left out: where somebody is hidden is told by no number.
 */
export async function listGaps(db: Db, actor: Actor, { from, until }: Period): Promise<Found[]> {
  const { area } = actor
  const [begins, ends] = [startOfDay(from), startOfDay(until.add({ days: 1 }))]
  const { rows } = await sql<Row>`
    with seen as (
      select missing.person, missing.need, missing.seen_by as source
      from gap.missing missing
      where missing.area = ${area} and missing.withdrawn_at is null and missing.at >= ${begins} and missing.at < ${ends}
      union all
      select referral.person, ${needOf(area)}, 'full'
      from onward.event event
      join onward.referral referral on referral.area = event.area and referral.id = event.referral
      where event.area = ${area} and event.kind = 'declined' and event.reason in ('full', 'no-longer')
        and event.at >= ${begins} and event.at < ${ends}
      union all
      select referral.person, ${needOf(area)}, 'silent'
      from onward.event event
      join onward.referral referral on referral.area = event.area and referral.id = event.referral
      where event.area = ${area} and event.kind = 'no-reply' and event.at >= ${begins} and event.at < ${ends}
        and not exists (select from onward_silence.proposal proposal
          where proposal.area = referral.area and proposal.referral = referral.id)
    )
    select coalesce(person.merged_into, person.id) as person, seen.need,
      max(case when person.restricted then ${noPlace}
        else coalesce(person.council, split_part(upper(person.postcode), ' ', 1), ${noPlace}) end) as place,
      array_agg(distinct seen.source) as sources
    from seen
    join people.person person on person.area = ${area} and person.id = seen.person
    where ${isCountedFor(actor, 'person.id')}
    group by coalesce(person.merged_into, person.id), seen.need`.execute(db)
  return rows.map(({ sources: seen, ...row }) => ({ ...row, sources: seen.filter(isSource) }))
}

type Row = Readonly<{ person: string; need: string; place: string; sources: readonly string[] }>

const isSource = (code: string): code is Source => code in sources

/** The barrier that an onward referral is for: that of its action, else the main one of the newest conversation. */
const needOf = (area: string) => sql<string>`coalesce(
  (select barrier.code from action.action action join assessment.barrier barrier on barrier.area = action.area
    and barrier.id = action.barrier where action.area = ${area} and action.id = referral.action),
  (select barrier.code from assessment.assessment held join assessment.barrier barrier on barrier.area = held.area
    and barrier.assessment = held.id and barrier.main and barrier.removed_at is null
    where held.area = ${area} and held.episode = referral.episode order by held.id desc limit 1),
  ${otherNeed})`

/** What the councils are called in which people live. */
export async function listCouncilNames(db: Db, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('places.council')
    .select(['code', 'name'])
    .where('code', '=', sql<string>`any(${[...codes]}::text[])`)
    .orderBy('from_on')
    .execute()
  return new Map(rows.map(({ code, name }) => [code, name]))
}
