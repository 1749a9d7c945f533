import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Part } from '#journey/rectification/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { RecordRequestKind } from './rules.ts'

export type OpenRequest = Readonly<{
  kind: RecordRequestKind
  id: string
  /** What a correction is about. */
  about: Part | null
  askedOn: Temporal.PlainDate
  /** Whether it was decided to erase the record, which has not been done yet. */
  decided: boolean
  person: string
  given_name: string
  family_name: string
  preferred_name: string | null
}>

/** What people asked about their records and is still to be answered or done, by the record that was kept, those due first. */
export async function listOpenRequests(db: Db, actor: Actor): Promise<OpenRequest[]> {
  const { area } = actor
  // Held as it is: whose record it is is worked out for the few that are open, and then looked up one by one.
  const { rows } = await sql<OpenRequest>`with asked as materialized (
      select open.*, coalesce(own.merged_into, own.id) as kept from (
        select 'erasure' as kind, request.id, request.person, null::text as about, request.asked_on,
          decision.request is not null as decided
        from erasure.request request left join erasure.decision decision
          on decision.area = request.area and decision.request = request.id
        where request.area = ${area} and (decision.request is null or decision.erases)
        union all
        select 'correction', request.id, request.person, request.about, request.asked_on, false
        from rectification.request request
        where request.area = ${area} and not exists (select from rectification.answer answer
          where answer.area = request.area and answer.request = request.id)
      ) open join people.person own on own.area = ${area} and own.id = open.person
    )
    select asked.kind, asked.id, asked.about, asked.asked_on as "askedOn", asked.decided,
      person.id as person, person.given_name, person.family_name, person.preferred_name
    from asked join people.person person on person.area = ${area} and person.id = asked.kept
    where ${mayReachPerson(actor, 'list')}
    order by asked.asked_on, asked.id limit 200`.execute(db)
  return rows
}
