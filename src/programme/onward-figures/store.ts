import { sql } from 'kysely'
import { dayOf, startOfDay } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Sent } from './rules.ts'

type Wanted = Readonly<{ area: string; service: string; from: Temporal.PlainDate; until: Temporal.PlainDate }>

/**
 * What came of everything that a service was sent within these days. What was taken back before it answered is left out: it
 * was told to do nothing. Only numbers of it leave this slice.
 */
export async function listSent(db: Db, { area, service, from, until }: Wanted): Promise<Sent[]> {
  const day = sql`coalesce(event.on_day, (event.at at time zone 'Europe/London')::date)`
  const { rows } = await sql<Row>`select referral.asked_at as at, referral.state = 'withdrawn' as withdrawn,
      min((event.at at time zone 'Europe/London')::date) filter (where event.witness = 'service') as "answeredOn",
      min(${day}) filter (where event.kind = 'started') as "startedOn",
      coalesce(bool_or(event.witness = 'service' and event.kind in ('declined', 'ended')), false) as closed
    from onward.referral referral
    left join onward.event event on event.area = referral.area and event.referral = referral.id
      and event.kind in ('accepted', 'waiting', 'declined', 'started', 'attended', 'ended')
    where referral.area = ${area} and referral.service = ${service} and referral.asked_at >= ${startOfDay(from)}
      and referral.asked_at < ${startOfDay(until.add({ days: 1 }))}
    group by referral.area, referral.id`.execute(db)
  return rows
    .filter(({ withdrawn, answeredOn }) => !withdrawn || answeredOn !== null)
    .map(({ at, answeredOn, startedOn, closed }) => ({ on: dayOf(at), answeredOn, startedOn, closed }))
}

type Row = Omit<Sent, 'on'> & Readonly<{ at: Temporal.Instant; withdrawn: boolean }>
