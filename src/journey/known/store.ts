import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { calledName, likeness } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { likenesses } from './rules.ts'

/**
 * Another record that may be of the same person; without an id where this actor may not open it, and with the pair in
 * which somebody says whether they are one person, where there is one.
 */
export type Alike = Readonly<{
  person: string
  id: string | undefined
  pair: string | undefined
  name: string
  why: string
}>

/**
 * The records that look like these people's, whoever holds them, so that nobody is asked twice. What somebody has
 * decided to be two people is left out, and so is a restricted record unless this actor is named for it.
 */
export async function listAlike(db: Db, actor: Actor, people: readonly string[]): Promise<Alike[]> {
  const reachable = mayReachPerson(actor, 'open', 'other.id')
  const rows = await db
    .selectFrom('people.person as one')
    .innerJoin('people.person as other', (join) =>
      join.onRef('other.area', '=', 'one.area').onRef('other.id', '<>', 'one.id')
        .on(sql<boolean>`(other.nhs_number = one.nhs_number
          or (other.born_on = one.born_on and lower(other.family_name) = lower(one.family_name)))`),
    )
    .leftJoin('likeness.pair as pair', (join) =>
      join.onRef('pair.area', '=', 'one.area').on('pair.undone_at', 'is', null)
        .on(sql<boolean>`least(pair.person, pair.other) = least(one.id, other.id)
          and greatest(pair.person, pair.other) = greatest(one.id, other.id)`),
    )
    .select(['one.id as person', 'one.nhs_number', 'one.given_name', 'one.family_name', 'one.born_on', 'one.postcode'])
    .select(['other.id as otherId', 'other.nhs_number as otherNumber', 'other.given_name as otherGiven'])
    .select([
      'other.family_name as otherFamily',
      'other.preferred_name as otherPreferred',
      'other.born_on as otherBorn',
    ])
    .select(['other.postcode as otherPostcode', 'pair.id as pair', reachable.as('reachable')])
    .where('one.area', '=', actor.area)
    .where(sql<boolean>`one.id = any(${[...people]}::uuid[])`)
    .where('one.merged_into', 'is', null)
    .where('other.merged_into', 'is', null)
    .where(sql<boolean>`(not other.restricted or ${reachable})`)
    .where(sql<boolean>`pair.decision is distinct from 'different'`)
    .orderBy('other.id')
    .execute()
  return rows.flatMap((row) => alikeIn(row))
}

type Pair = Readonly<{ person: string; otherId: string; reachable: boolean; pair: string | null }> &
  Readonly<{ otherNumber: string | null; otherGiven: string; otherFamily: string; otherPreferred: string | null }> &
  Readonly<{ otherBorn: Temporal.PlainDate; otherPostcode: string | null }> &
  Parameters<typeof likeness>[0]

function alikeIn(row: Pair): Alike[] {
  const other = {
    ...{ nhs_number: row.otherNumber, given_name: row.otherGiven, family_name: row.otherFamily },
    ...{ born_on: row.otherBorn, postcode: row.otherPostcode, preferred_name: row.otherPreferred },
  }
  const why = likeness(row, other)
  if (!why) return []
  const seen = row.reachable
    ? { id: row.otherId, pair: row.pair ?? undefined, name: calledName(other) }
    : { id: undefined, pair: undefined, name: 'Somebody known to another organisation of this area' }
  return [{ person: row.person, ...seen, why: likenesses[why] }]
}
