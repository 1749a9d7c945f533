import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Saying } from './rules.ts'

/**
 * Pairs of which this actor may open one record and not the other, with what each side says. Of the other record nothing
 * is read but that it is there; a restricted one is not told of at all.
 */
const sides = (db: Db, actor: Actor, decided: boolean) => {
  const [first, second] = [mayReachPerson(actor, 'edit', 'pair.person'), mayReachPerson(actor, 'edit', 'pair.other')]
  // Once the records are one, the organisation whose record went may open both: its side is told by the one that was kept.
  const isFirst = sql<boolean>`(${first} and not (${second} and pair.kept is not distinct from pair.other))`
  const own = sql<string>`case when ${isFirst} then pair.person else pair.other end`
  const theirs = sql<string>`case when ${isFirst} then pair.other else pair.person end`
  const said = (person: typeof own) => sql<Saying | null>`(select saying.says from two_sides.saying
    where saying.area = pair.area and saying.pair = pair.id and saying.person = ${person}
    order by saying.at desc, saying.id desc limit 1)`
  return db
    .selectFrom('likeness.pair as pair')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'pair.area').on(sql<boolean>`person.id = ${own}`),
    )
    .innerJoin('people.person as hidden', (join) =>
      join.onRef('hidden.area', '=', 'pair.area').on(sql<boolean>`hidden.id = ${theirs}`),
    )
    .select([
      'pair.id',
      'pair.why',
      'pair.found_at as foundAt',
      'pair.version',
      'pair.decision',
      'pair.decided_at as decidedAt',
      'person.id as own',
      'hidden.id as other',
    ])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name', 'person.born_on'])
    .select([said(own).as('ownSays'), said(theirs).as('otherSays')])
    .where('pair.area', '=', actor.area)
    .where('pair.undone_at', 'is', null)
    .where('pair.decided_at', decided ? 'is not' : 'is', null)
    .where('person.merged_into', 'is', null)
    .where('hidden.restricted', '=', false)
    .where('person.restricted', '=', false)
}

const open = (db: Db, actor: Actor) =>
  sides(db, actor, false)
    .where(
      sql<boolean>`${mayReachPerson(actor, 'edit', 'pair.person')} is distinct from ${mayReachPerson(actor, 'edit', 'pair.other')}`,
    )
    .where('hidden.merged_into', 'is', null)

/** The pairs in which this actor's side is asked, those it has not answered first. */
export async function listSides(db: Db, actor: Actor) {
  const found = await open(db, actor).orderBy('pair.found_at').orderBy('pair.id').limit(200).execute()
  return found.toSorted((one, other) => Number(one.ownSays !== null) - Number(other.ownSays !== null))
}

/** One of these pairs. */
export async function findSide(db: Db, actor: Actor, pair: string) {
  if (!/^[0-9a-f-]{36}$/.test(pair)) return undefined
  return open(db, actor).where('pair.id', '=', pair).executeTakeFirst()
}

// What was decided in one organisation, by somebody who may open both records, is taken back there.
const decidedTogether = (db: Db, actor: Actor) =>
  sides(db, actor, true)
    .where(
      sql<boolean>`(${mayReachPerson(actor, 'edit', 'pair.person')} or ${mayReachPerson(actor, 'edit', 'pair.other')})`,
    )
    .where(sql<boolean>`exists (select from two_sides.saying where saying.area = pair.area and saying.pair = pair.id)`)

/** What this actor's side and another decided together and either may take back, the newest first. */
export async function listDecided(db: Db, actor: Actor) {
  return decidedTogether(db, actor).orderBy('pair.decided_at', 'desc').orderBy('pair.id').limit(200).execute()
}

/** One such decision. */
export async function findDecided(db: Db, actor: Actor, pair: string) {
  if (!/^[0-9a-f-]{36}$/.test(pair)) return undefined
  return decidedTogether(db, actor).where('pair.id', '=', pair).executeTakeFirst()
}

/** The organisations that hold these records now. */
export async function listHoldersOf(db: Db, area: string, people: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('people.holder')
    .select('organisation')
    .distinct()
    .where('area', '=', area)
    .where('person', 'in', [...people])
    .where('until', 'is', null)
    .execute()
  return rows.map(({ organisation }) => organisation)
}

type Said = Readonly<{ area: string; id: string; pair: string; person: string; says: Saying }> &
  Readonly<{ reason: string; by: string; at: Temporal.Instant }>

/** Keeps what one side says; the form sent twice leaves one. */
export async function keepSaying(db: Db, said: Said): Promise<void> {
  await db
    .insertInto('two_sides.saying')
    .values(said)
    .onConflict((twice) => twice.doNothing())
    .execute()
}
