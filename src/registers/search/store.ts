import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { type Found, most, type Wanted } from './rules.ts'

/** Who is looked for: by what was typed, and by what another register found for it. */
export type Looking = Wanted & Readonly<{ ids?: readonly string[] }>

/**
 * The people this actor may find, one more than is shown so that it can be said that there are more. Whoever was known
 * by two records is found by what either says, and the record that was kept is shown.
 */
export async function listFound(db: Db, actor: Actor, looking: Looking): Promise<Found[]> {
  const hits = await hitsFor(db, actor.area, looking)
  if (hits.length === 0) return []
  const all = sql<string>`${sql.join(hits, sql` union all `)}`
  return db
    .with(
      (found) => found('found').materialized(),
      () => sql<{ id: string }>`(
        with hit (id) as materialized (${all})
        select id from hit union
        select merged_into from people.person where area = ${actor.area} and merged_into is not null and id in (select id from hit))`,
    )
    .selectFrom('people.person as person')
    .select(['person.id', 'person.given_name', 'person.family_name', 'person.preferred_name'])
    .select(['person.born_on', 'person.postcode', 'person.restricted'])
    .where('person.area', '=', actor.area)
    .where('person.id', 'in', (found) => found.selectFrom('found').select('id'))
    .where(mayReachPerson(actor, 'search'))
    .orderBy('person.family_name')
    .orderBy('person.given_name')
    .orderBy('person.id')
    .limit(most + 1)
    .execute()
}

async function hitsFor(
  db: Db,
  area: string,
  { nhsNumber, meansKey, name, ids }: Looking,
): Promise<RawBuilder<string>[]> {
  const words = name === undefined ? [] : await wordsOf(db, name)
  return [
    ...(nhsNumber
      ? [sql<string>`select id from people.person where area = ${area} and nhs_number = ${nhsNumber}`]
      : []),
    ...(meansKey
      ? [
          sql<string>`select person from people.means where area = ${area} and value_key = ${meansKey} and ended_at is null`,
        ]
      : []),
    ...(words.length > 0
      ? [
          sql<string>`(${sql.join(
            words.map((word) => beginning(area, word)),
            sql` intersect `,
          )})`,
        ]
      : []),
    ...(ids && ids.length > 0 ? [sql<string>`select unnest(${[...ids]}::uuid[])`] : []),
  ]
}

// The same words as the register keeps, so that an accent or an apostrophe makes no difference.
async function wordsOf(db: Db, name: string): Promise<string[]> {
  const { rows } = await sql<{ words: string[] }>`select people.words_of(${name}) as words`.execute(db)
  return rows[0]?.words ?? []
}

function beginning(area: string, word: string): RawBuilder<string> {
  return sql<string>`select person from people.name_word where area = ${area} and word ^@ ${word}`
}

/** Those of these people whose record this actor may open, with what they are called. */
export async function listOpenable(db: Db, actor: Actor, people: readonly string[]) {
  if (people.length === 0) return []
  return db
    .selectFrom('people.person as person')
    .select(['person.id', 'person.given_name', 'person.family_name', 'person.preferred_name', 'person.restricted'])
    .where('person.area', '=', actor.area)
    .where('person.id', 'in', [...people])
    .where(mayReachPerson(actor, 'open'))
    .execute()
}
