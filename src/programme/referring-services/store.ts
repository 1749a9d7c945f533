import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import { startOfDay } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isCountedFor } from '#programme/counting/store.ts'
import { outcomeOf, type ReferredIn } from './rules.ts'

type Period = Readonly<{ from: Temporal.PlainDate; until: Temporal.PlainDate }>
type Moment = Temporal.Instant | null
type Row = Readonly<{ service: string; name: string; accepted: Moment; begun: Moment; ended: Moment }>

/**
 * Whom services of the directory referred in within a period, each person once for each service, by their newest referral.
 * What was found to be one request with an earlier one goes on there.
 */
export async function listReferredIn(db: Db, actor: Actor, period: Period): Promise<ReferredIn[]> {
  const service = sql`join services.service named on named.area = referral.area and named.id = referral.from_listing`
  return listNamed(db, actor, { ...period, named: service })
}

/** Who came within a period by a link that an organisation handed over, counted in the same way for each organisation. */
export async function listCameByLink(db: Db, actor: Actor, period: Period): Promise<ReferredIn[]> {
  const handedOver = sql`join handed_link.link link on link.area = referral.area and link.id = referral.by_link
    join organisations.organisation named on named.area = link.area and named.id = link.organisation`
  return listNamed(db, actor, { ...period, named: handedOver })
}

async function listNamed(
  db: Db,
  actor: Actor,
  { from, until, named }: Period & Readonly<{ named: RawBuilder<unknown> }>,
) {
  const { area } = actor
  const { rows } = await sql<Row>`
    select distinct on (named.id, coalesce(person.merged_into, person.id)) named.id as service, named.name, standing.accepted_at as accepted, standing.started_at as begun,
      coalesce(standing.ended_at, back.at) as ended
    from referral.referral referral
    ${named}
    join people.person person on person.area = referral.area and person.id = referral.person
    left join withdrawal.withdrawal back on back.area = referral.area and back.referral = referral.id
    left join triage.joining joined on joined.area = referral.area and joined.episode = referral.episode
      and joined.parted_at is null
    left join episode.standing standing on standing.area = referral.area
      and standing.episode = coalesce(joined.kept_episode, referral.episode)
    where referral.area = ${area} and referral.received_at >= ${startOfDay(from)}
      and referral.received_at < ${startOfDay(until.add({ days: 1 }))} and ${isCountedFor(actor, 'person.id')}
    order by named.id, coalesce(person.merged_into, person.id), referral.received_at desc`.execute(db)
  return rows.map(({ service, name, ...standing }) => ({ service, name, outcome: outcomeOf(standing) }))
}
