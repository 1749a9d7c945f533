import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { many, type Points, severe } from '#registers/weighting/rules.ts'
import { findPoints } from '#registers/weighting/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Stage } from '#journey/episode/rules.ts'
import type { Rhythm } from '#journey/rhythm/rules.ts'
import type { Caseload } from '#journey/room/rules.ts'
import { listCaseloads } from '#journey/room/store.ts'

/**
 * What one spell of support is weighed by, read from the record each time and kept nowhere. Who is in aftercare is
 * followed up and nothing more, and in an area there are more of them than of others: what stood in their way is not read.
 */
function factsOf(area: string, wanted: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`select standing.episode, standing.person, standing.coach, standing.stage,
      coalesce(barrier.number, 0)::integer as barriers, coalesce(barrier.severe, 0)::integer as severe,
      person.interpreter is not null as interpreter, person.restricted,
      exists (select from safety.concern concern where concern.area = ${area} and concern.person = standing.person
        and (select look.closed_as from safety.look where look.area = ${area} and look.concern = concern.id
          order by look.id desc limit 1) is null) as concern,
      coalesce((select rhythm.every from rhythm.rhythm where rhythm.area = ${area} and rhythm.episode = standing.episode
        order by rhythm.number desc limit 1), 'none') as every
    from episode.standing standing
    join people.person person on person.area = ${area} and person.id = standing.person
    left join lateral (select count(*) as number, count(*) filter (where barrier.severity >= ${severe}::integer) as severe
      from assessment.barrier where standing.ended_at is null and barrier.area = ${area} and barrier.removed_at is null
        and barrier.assessment = (
        select newest.id from assessment.assessment newest where newest.area = ${area}
          and newest.episode = standing.episode order by newest.finished_at is null, newest.id desc limit 1)) barrier on true
    where standing.area = ${area} and ${wanted}`
}

/** What the facts of one spell of support come to in points, as reasonsFor says it in words. */
function weightIn(points: Points): RawBuilder<number> {
  const p = (name: keyof Points) => sql`${points[name]}::integer`
  return sql<number>`(case
      when facts.stage in ('received', 'accepted', 'trying') then ${p('weightFirstContact')}
      when facts.stage = 'booked' then ${p('weightAssessment')}
      when facts.stage = 'assessed' then ${p('weightPlan')}
      when facts.stage in ('plan-agreed', 'active', 'waiting') then ${p('weightSupport')}
      when facts.stage = 'aftercare' then ${p('weightFollowUp')} else 0 end
    + case when facts.stage in ('aftercare', 'closed', 'ended') then 0 else
        case when facts.barriers >= ${many}::integer then ${p('weightManyBarriers')} else 0 end
        + facts.severe * ${p('weightSevereBarrier')}
        + case when facts.interpreter then ${p('weightInterpreter')} else 0 end
        + case when facts.concern then ${p('weightConcern')} else 0 end
        + case when facts.restricted then ${p('weightRestricted')} else 0 end
        + case facts.every when 'week' then ${p('weightWeekly')} when 'fortnight' then ${p('weightFortnightly')}
          when 'month' then ${p('weightMonthly')} else 0 end end)`
}

// Written out, so that a plan kept for every value can use the indexes of those who are looked after.
const lookedAfter = sql<boolean>`(standing.ended_at is null or standing.stage = 'aftercare')`

/**
 * What the people of each coach weigh together whom this actor may list: a sum over others would say that there are some,
 * with whom, and how much it takes.
 */
export async function findCoachWeights(db: Db, actor: Actor, on: Temporal.PlainDate): Promise<Map<string, number>> {
  const points = await findPoints(db, actor.area, on)
  const listed = mayReachPerson(actor, 'list', 'standing.person')
  const facts = factsOf(actor.area, sql<boolean>`standing.coach is not null and ${lookedAfter} and ${listed}`)
  const { rows } = await sql<{ coach: string; weight: number }>`select facts.coach,
      sum(${weightIn(points)})::integer as weight from (${facts}) facts group by facts.coach`.execute(db)
  return new Map(rows.map(({ coach, weight }) => [coach, weight]))
}

/** Every coach whose people this actor may see, with what they carry and can carry. */
export async function listWeighedCaseloads(db: Db, actor: Actor, today: Temporal.PlainDate): Promise<Caseload[]> {
  const [coaches, sums] = await Promise.all([listCaseloads(db, actor, today), findCoachWeights(db, actor, today)])
  return coaches.map((one) => ({ ...one, points: sums.get(one.coach) ?? 0 }))
}

/** What each of these episodes weighs. Whoever asks has to know that its reader may know of them. */
export async function findWeights(
  db: Db,
  { area, episodes, on }: Readonly<{ area: string; episodes: readonly string[]; on: Temporal.PlainDate }>,
): Promise<Map<string, number>> {
  if (episodes.length === 0) return new Map()
  const points = await findPoints(db, area, on)
  const facts = factsOf(area, sql<boolean>`standing.episode = any(${[...episodes]}::uuid[])`)
  const { rows } = await sql<{ episode: string; weight: number }>`select facts.episode, ${weightIn(points)} as weight
    from (${facts}) facts`.execute(db)
  return new Map(rows.map(({ episode, weight }) => [episode, weight]))
}

type Row = Readonly<{
  episode: string
  person: string
  stage: Stage
  barriers: number
  severe: number
  interpreter: boolean
  restricted: boolean
  concern: boolean
  every: Rhythm
  weight: number
  given_name: string
  family_name: string
  preferred_name: string | null
}>

function shown(points: Points, facts: RawBuilder<unknown>): RawBuilder<Row> {
  // Checked: stages and rhythms are written by the product alone, from its lists.
  return sql<Row>`select facts.*, ${weightIn(points)} as weight, person.given_name, person.family_name, person.preferred_name
    from (${facts}) facts join people.person person on person.id = facts.person`
}

/** What one spell of support is weighed by, if this actor may open its record. */
export async function findWeighed(db: Db, actor: Actor, episode: string, points: Points): Promise<Row | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(episode)) return undefined
  const reachable = mayReachPerson(actor, 'open', 'standing.person')
  const facts = factsOf(actor.area, sql<boolean>`standing.episode = ${episode}::uuid and ${reachable}`)
  const { rows } = await sql<Row>`${shown(points, facts)} where person.area = ${actor.area}`.execute(db)
  return rows[0]
}

/** The people of one coach whom this actor may list, with what each is weighed by, the heaviest first. */
export async function listWeighed(db: Db, actor: Actor, coach: string, points: Points): Promise<Row[]> {
  const reachable = mayReachPerson(actor, 'list', 'standing.person')
  const facts = factsOf(actor.area, sql<boolean>`standing.coach = ${coach}::uuid and ${lookedAfter} and ${reachable}`)
  const { rows } = await sql<Row>`${shown(points, facts)} where person.area = ${actor.area}
    order by weight desc, person.family_name, facts.episode`.execute(db)
  return rows
}
