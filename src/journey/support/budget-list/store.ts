import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Supplier } from '#journey/support/budget/rules.ts'
import { heldBy, readRequests, standingBy } from '#journey/support/budget/store.ts'
import { type Filter, pageLength, type Spend } from './rules.ts'

/** A page of the requests about people this actor reaches; a coach sees those of their own people and what they asked for. */
export async function listRequestsWhere(
  db: Db,
  actor: Actor,
  { filter, page, words = [] }: Readonly<{ filter: Filter; page: number; words?: readonly string[] }>,
) {
  const { standing, supplier, sort, direction } = filter
  const { membership } = actor
  const all = words.reduce((query, word) => query.where(holds(word)), readRequests(db, actor.area))
  return all
    .where(mayReachPerson(actor, 'list', 'standing.person'))
    .$if(actor.role === 'coach', (query) =>
      query.where(sql<boolean>`(standing.coach = ${membership} or request.by = ${membership})`),
    )
    .$if(standing !== null, (query) => query.where(sql<boolean>`${standingBy} = ${standing}`))
    .$if(supplier !== null, (query) => query.where('request.supplier', '=', supplier ?? ''))
    .orderBy(sql.ref(sort === 'cost' ? 'cost' : 'at'), direction === 'ascending' ? 'asc' : 'desc')
    .orderBy('id', 'desc')
    .offset((page - 1) * pageLength)
    .limit(pageLength + 1)
    .execute()
}

/** Whether a word, or a part of one, stands in what is asked for, why, or in the name of whom it is for. */
const holds = (word: string) =>
  sql<boolean>`position(lower(${word}) in lower(concat_ws(' ', request.what, request.why, person.given_name,
    person.family_name, person.preferred_name))) > 0`

/** What of a period is committed and paid in the area, by kind of supplier. */
export async function countSpend(db: Db, area: string, period: string): Promise<Spend[]> {
  return (
    db
      .selectFrom('budget.request as request')
      // Checked: the supplier is written from the list in the rules alone.
      .select([sql<Supplier>`request.supplier`.as('supplier'), sql<number>`sum(${heldBy})::bigint`.as('committed')])
      .select(sql<number>`coalesce(sum(${heldBy}) filter (where ${standingBy} = 'paid'), 0)::bigint`.as('paid'))
      .select(sql<number>`count(*)::integer`.as('number'))
      .where('request.area', '=', area)
      .where(sql<boolean>`${heldBy} > 0`)
      .where(
        sql<boolean>`exists (select from budget.step step where step.area = request.area and step.request = request.id
          and step.period = ${period}::uuid and step.withdrawn_at is null)`,
      )
      .groupBy('request.supplier')
      .orderBy('request.supplier')
      .execute()
  )
}
