import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import type { Purpose } from '#journey/appointment/rules.ts'
import type { Attended, PlanShown } from './rules.ts'

/** The requests whose spells of support are looked at, and the moment before which it was written: slips are taken back. */
type Looking = Readonly<{
  area: string
  of: readonly Readonly<{ request: string; episode: string }>[]
  before: Temporal.Instant
}>

// A part of a record has no id of ours outside: two requests of one person share none.
const partOf = (id: ReturnType<typeof sql>) =>
  sql<string>`left(encode(sha256(convert_to(asked.request || ' ' || ${id}, 'UTF8')), 'hex'), 32)`

// Of a record that only the named may find, nothing is told of what was done.
const requestsIn = ({ area, of }: Looking) => sql`
  unnest(${of.map(({ request }) => request)}::uuid[], ${of.map(({ episode }) => episode)}::uuid[]) as asked (request, episode)
  join episode.episode as spell on spell.area = ${area} and spell.id = asked.episode
  join people.person as person on person.area = spell.area and person.id = spell.person and not person.restricted
    and not exists (select from people.person as kept where kept.area = person.area and kept.id = person.merged_into
      and kept.restricted)`

/** The plan of each request as it was last agreed, without its words; one that was taken back is none. */
export async function listPlansShown(db: Db, looking: Looking): Promise<Map<string, PlanShown>> {
  const { area, before } = looking
  type Row = Readonly<{ request: string; type: PlanType; goals: PlanShown['goals'] }> & Omit<PlanShown, 'type'>
  const { rows } = await sql<Row>`
    select asked.request, newest.content ->> 'type' as type, newest.first_on as "agreedOn",
      greatest(newest.recorded_at, (select max(greatest(done.recorded_at, undone.at)) from completion.completion as done
        left join completion.withdrawal as undone on undone.area = done.area and undone.completion = done.id
        where done.area = ${area} and done.episode = asked.episode and done.recorded_at <= ${before})) as "changedAt",
      array(select json_build_object('part', ${partOf(sql`(wanted ->> 'id')`)}, 'target', wanted ->> 'target',
        'achieved', exists (select from completion.goal_result as result
          join completion.completion as done on done.area = result.area and done.id = result.completion
          where result.area = ${area} and result.goal = (wanted ->> 'id')::uuid and result.result = 'met'
            and done.recorded_at <= ${before} and not exists (select from completion.withdrawal as undone
              where undone.area = done.area and undone.completion = done.id)))
        from jsonb_array_elements(newest.content -> 'goals') as wanted) as goals
    from ${requestsIn(looking)}
    cross join lateral (select content, recorded_at, min(agreed_on) over () as first_on
      from agreement.agreement as agreed where agreed.area = ${area} and agreed.episode = asked.episode
        and agreed.recorded_at <= ${before} and not exists (select from episode.step where step.area = agreed.area
          and step.episode = agreed.episode and step.fact_row = agreed.id and step.withdrawn_by is not null)
      order by agreed.number desc limit 1) as newest`.execute(db)
  return new Map(rows.map(({ request, ...plan }) => [request, plan]))
}

/** The conversations that took place, of each request; what was only booked, called off or missed is not among them. */
export async function listAttended(db: Db, looking: Looking): Promise<Map<string, Attended[]>> {
  const { area, before } = looking
  const { rows } = await sql<Attended & Readonly<{ request: string; purpose: Purpose }>>`
    select asked.request, ${partOf(sql`appointment.id`)} as part, appointment.purpose,
      appointment.starts_at as "startsAt", appointment.ends_at as "endsAt", max(result.at) as "changedAt"
    from ${requestsIn(looking)}
    join appointment.appointment on appointment.area = ${area} and appointment.episode = asked.episode
    join appointment.result on result.area = appointment.area and result.appointment = appointment.id
      and result.kind = 'attended' and result.at <= ${before}
    where not exists (select from appointment.withdrawal as undone
      where undone.area = result.area and undone.result = result.id)
    group by asked.request, appointment.id, appointment.purpose, appointment.starts_at, appointment.ends_at`.execute(db)
  return Map.groupBy(rows, ({ request }) => request)
}
