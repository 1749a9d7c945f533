import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { pageLength, type TalkKind } from '#journey/support/employer/rules.ts'
import { readTalks } from '#journey/support/employer/store.ts'

type Days = Readonly<{ from: Temporal.PlainDate; until: Temporal.PlainDate }>
type Which = Readonly<{ kind: TalkKind | null; page: number }>

function talksFor(db: Db, actor: Actor, { from, until }: Days) {
  return readTalks(db, actor.area)
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'workplace.area').onRef('person.id', '=', 'workplace.person'),
    )
    .where('talk.withdrawn_at', 'is', null)
    .where(sql<boolean>`talk.happened_on between ${from} and ${until}`)
    .where(mayReachPerson(actor, 'list'))
}

/** The talks about people whom this actor lists between two days, those of one kind or all: a page of them. */
export async function listTalksFor(db: Db, actor: Actor, { kind, page, ...days }: Days & Which) {
  return talksFor(db, actor, days)
    .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
    .$if(kind !== null, (query) => query.where('talk.kind', '=', kind ?? ''))
    .orderBy('talk.happened_on', 'desc')
    .orderBy('talk.id', 'desc')
    .limit(pageLength)
    .offset((page - 1) * pageLength)
    .execute()
}

/** How many such talks there were of each kind, about how many people, and how long they took. */
export async function countTalksFor(db: Db, actor: Actor, days: Days) {
  return talksFor(db, actor, days)
    .clearSelect()
    .select([sql<TalkKind>`talk.kind`.as('kind'), sql<number>`count(*)::int`.as('count')])
    .select(sql<number>`count(distinct coalesce(person.merged_into, person.id))::int`.as('people'))
    .select(sql<number>`sum(talk.minutes)::int`.as('minutes'))
    .groupBy('talk.kind')
    .execute()
}
