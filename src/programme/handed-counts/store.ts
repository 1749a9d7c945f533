import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isCountedFor } from '#programme/counting/store.ts'
import type { Used } from './rules.ts'

type Row = Used & Readonly<{ link: string }>

/** How often the form was begun and sent by each link; of people who are held elsewhere nothing is counted. */
export async function findUsed(db: Db, actor: Actor): Promise<ReadonlyMap<string, Used>> {
  const { area } = actor
  const { rows } = await sql<Row>`
    select link.id as link,
      coalesce((select sum(started.times) from handed_link.started started
        where started.area = link.area and started.link = link.id), 0)::int as started,
      (select count(*) from referral.referral referral
        where referral.area = link.area and referral.by_link = link.id
          and ${isCountedFor(actor, 'referral.person')})::int as sent
    from handed_link.link link where link.area = ${area}`.execute(db)
  return new Map(rows.map(({ link, ...used }) => [link, used]))
}
