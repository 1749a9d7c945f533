import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { type Gone, stillToBegin } from './rules.ts'

type Whose = Readonly<{ area: string; coaches: readonly string[]; today: Temporal.PlainDate }>

/**
 * Who of these coaches' people waits for a service that has closed, takes nobody for now or is not in its own directory any
 * more, the longest first: since the day of it, or since the directory says so where that was later. Whoever has heard or done
 * something about it since then is not listed any more.
 */
export async function listGone(db: Db, { area, coaches, today }: Whose): Promise<Gone[]> {
  const { rows } = await sql<Gone>`
    select referral.id, referral.episode, gone.at, gone.why
    from onward.referral referral
    join services.service service on service.area = referral.area and service.id = referral.service
    cross join lateral (
      select case when service.valid_until <= ${today}::date then greatest(service.valid_until::timestamp at time zone 'Europe/London', service.changed_at)
          when service.paused_from <= ${today}::date and coalesce(service.paused_until > ${today}::date, true)
            then greatest(service.paused_from::timestamp at time zone 'Europe/London', service.changed_at)
          else (select min(received.missing_since) from source.received received where received.area = service.area
            and received.service = service.id) end as at,
        case when service.valid_until <= ${today}::date then 'closed'
          when service.paused_from <= ${today}::date and coalesce(service.paused_until > ${today}::date, true) then 'paused'
          else 'missing' end as why) gone
    where referral.area = ${area} and referral.state = any(${[...stillToBegin]}::text[]) and gone.at is not null
      and ${isLookedAfterBy(area, coaches, 'referral.episode')}
      and not exists (select from onward.event heard where heard.area = referral.area and heard.referral = referral.id
        and heard.witness <> 'product' and heard.at > gone.at)
    order by gone.at`.execute(db)
  return rows
}

/** How many people wait for each of these services, or were told of it and have not begun there. */
export async function countWaitingFor(db: Db, area: string, services: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ service: string; people: number }>`
    select service, count(distinct person)::integer as people from onward.referral
    where area = ${area} and service = any(${[...services]}::uuid[]) and state = any(${[...stillToBegin]}::text[])
    group by service`.execute(db)
  return new Map(rows.map(({ service, people }) => [service, people]))
}
