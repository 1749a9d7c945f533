import { sql } from 'kysely'
import { type Actor, careRoles, type Role, roles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { guardians, type Nameable, type Sought } from './rules.ts'

/** Why a record is restricted and what only the named may read. Ask findPerson before: it decides who may know. */
export async function findRestriction(db: Db, area: string, person: string) {
  return db
    .selectFrom('people.person')
    .select(['restricted_reason as reason', 'restricted_note as note'])
    .where('area', '=', area)
    .where('id', '=', person)
    .where('restricted', '=', true)
    .executeTakeFirst()
}

/** Who may open a restricted record now. */
export async function listNamed(db: Db, area: string, person: string, at: Temporal.Instant) {
  return (
    db
      .selectFrom('people.named_access as named')
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'named.area').onRef('member.id', '=', 'named.membership'),
      )
      // Checked: roles are written by the product from its own list.
      .select([
        'named.membership',
        'named.from_at',
        'named.until_at',
        'named.opened',
        'member.name',
        sql<Role>`member.role`.as('role'),
      ])
      .where('named.area', '=', area)
      .where('named.person', '=', person)
      .where((is) => is.or([is('named.until_at', 'is', null), is('named.until_at', '>', at)]))
      .orderBy('named.opened')
      .orderBy('member.name')
      .execute()
  )
}

/** Who can be named for a record: everybody who works with people's records where it is held. */
export async function listNameable(db: Db, area: string, person: string, on: Temporal.PlainDate): Promise<Nameable[]> {
  const holders = await db
    .selectFrom('people.holder')
    .select('organisation')
    .where('area', '=', area)
    .where('person', '=', person)
    .where('until', 'is', null)
    .execute()
  const members = await listMembers(
    db,
    area,
    on,
    holders.map(({ organisation }) => organisation),
  )
  return members
    .filter(({ role }) => careRoles.some((care) => care === role))
    .map(({ id, name, role, organisationName }) => ({ id, name, role, roleLabel: roles[role].label, organisationName }))
}

/** The restricted records this actor is named for. */
export async function listRestricted(db: Db, actor: Actor) {
  return db
    .selectFrom('people.person as person')
    .select(['person.id', 'person.given_name', 'person.family_name', 'person.preferred_name'])
    .select('person.restricted_reason as reason')
    .where('person.area', '=', actor.area)
    .where('person.restricted', '=', true)
    .where(mayReachPerson(actor, 'list'))
    .orderBy('person.family_name')
    .orderBy('person.id')
    .limit(200)
    .execute()
}

/** Which restricted records members of these organisations opened with a reason since then, the newest first. */
export async function listOpenings(db: Db, actor: Actor, since: Temporal.Instant) {
  return db
    .selectFrom('people.named_access as named')
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'named.area').onRef('member.id', '=', 'named.membership'),
    )
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'named.area').onRef('person.id', '=', 'named.person'),
    )
    .select(['named.membership', 'named.from_at', 'named.until_at', 'named.reason', 'named.note', 'member.name as by'])
    .select(['person.id', 'person.given_name', 'person.family_name', 'person.preferred_name'])
    .select(mayReachPerson(actor, 'list').as('reachable'))
    .where('named.area', '=', actor.area)
    .where('named.opened', '=', true)
    .where('named.from_at', '>=', since)
    .where(sql<boolean>`member.organisation = any(${[...actor.organisations]}::uuid[])`)
    .orderBy('named.from_at', 'desc')
    .limit(200)
    .execute()
}

/** The record that was meant, if this actor's organisations hold it and there is only one that is closed to them. */
export async function findSought(db: Db, actor: Actor, { nhsNumber, familyName, bornOn }: Sought) {
  const meant =
    nhsNumber === null
      ? sql<boolean>`person.born_on = ${bornOn}::date and people.words_of(person.family_name) = people.words_of(${familyName})`
      : sql<boolean>`person.nhs_number = ${nhsNumber}`
  const found = await db
    .selectFrom('people.person as person')
    .select(['person.id', 'person.restricted', mayReachPerson(actor, 'open').as('reachable')])
    .where('person.area', '=', actor.area)
    .where('person.merged_into', 'is', null)
    .where(meant)
    .where(
      sql<boolean>`exists (select from people.holder where holder.area = ${actor.area} and holder.person = person.id
        and holder.organisation = any(${[...actor.organisations]}::uuid[]) and holder.until is null)`,
    )
    .limit(20)
    .execute()
  // A duplicate that may be opened anyway does not stand in the way of the record that is closed.
  const closed = found.filter(({ restricted, reachable }) => restricted && !reachable)
  const [meantOne, ...others] = closed.length > 0 ? closed : found
  return others.length === 0 ? meantOne : undefined
}

/** Which of these people have a restricted record, so that their address is hidden among others. */
export async function listHidden(db: Db, area: string, people: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('people.person')
    .select('id')
    .where('area', '=', area)
    .where('restricted', '=', true)
    .where(sql<boolean>`id = any(${[...people]}::uuid[])`)
    .execute()
  return rows.map(({ id }) => id)
}

/** Those of these numbers and addresses, as they are compared, that somebody has whose record is restricted. */
export async function listHiddenWays(db: Db, area: string, ways: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('people.means as means')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'means.area').onRef('person.id', '=', 'means.person'),
    )
    .select('means.value_key')
    .where('means.area', '=', area)
    .where(sql<boolean>`means.value_key = any(${[...ways]}::text[])`)
    .where('means.ended_at', 'is', null)
    .where('person.restricted', '=', true)
    .execute()
  return new Set(rows.map(({ value_key }) => value_key))
}

/**
 * Whether the restricted record of the person in a column is closed to the member in another, and these members are named
 * for it and can name others: who sees to them meanwhile, as a part of another query. Who opened it with a reason reads it
 * for a day, and sees to nothing. For whom they are named is asked first and by itself, since it is few.
 */
export function isGuarded(of: Readonly<{ area: string; person: string; shutOut: string }>, members: readonly string[]) {
  const [person, shutOut] = [sql.ref(of.person), sql.ref(of.shutOut)]
  return sql<boolean>`(${person} = any(array(select hidden.id from people.named_access mine
    join organisations.member guardian on guardian.area = mine.area and guardian.id = mine.membership
      and guardian.role = any(${[...guardians]}::text[])
    join people.person hidden on hidden.area = mine.area and hidden.id = mine.person and hidden.restricted
    where mine.area = ${of.area} and mine.membership = any(${[...members]}::uuid[]) and mine.until_at is null
      and not mine.opened))
    and ${shutOut} is not null and not exists (select from people.named_access named where named.area = ${of.area}
      and named.person = ${person} and named.membership = ${shutOut} and named.until_at is null and not named.opened))`
}
