import { newId } from '#platform/ids.ts'
import { type RawBuilder, sql } from 'kysely'
import { type Actor, reach, type Verb } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Newcomer } from './rules.ts'

/**
 * Whether this actor may do this with the person in the named columns. Every query about people carries it: an
 * organisation's workers see the people it holds or that are shared with it, and restricted records only when named.
 * A caseload is a part of the organisation's people; which part, the record stage knows.
 */
export function mayReachPerson(actor: Actor, verb: Verb, person = 'person.id'): RawBuilder<boolean> {
  const scope = reach[actor.role][verb]
  if (scope === 'none' || scope === 'aggregate') return sql<boolean>`false`
  const held =
    scope === 'area'
      ? sql`true`
      : sql`exists (select from people.holder where holder.area = ${actor.area} and holder.person = ${sql.ref(person)}
          and holder.organisation = any(${[...actor.organisations]}::uuid[]) and holder.until is null)`
  return sql<boolean>`(${held} and not exists (select from people.person hidden where hidden.area = ${actor.area}
    and hidden.id = ${sql.ref(person)} and hidden.restricted and not exists (select from people.named_access named
      where named.area = hidden.area and named.person = hidden.id and named.membership = ${actor.membership}
      and named.until_at is null)))`
}

const columns = [
  'person.id',
  'person.given_name',
  'person.family_name',
  'person.preferred_name',
  'person.pronouns',
  'person.born_on',
  'person.nhs_number',
  'person.address',
  'person.postcode',
  'person.no_fixed_address',
  'person.council',
  'person.gp_practice',
  'person.gp_practice_code',
  'person.jobcentre',
  'person.language',
  'person.interpreter',
  'person.access_needs',
  'person.access_note',
  'person.access_reviewed_on',
  'person.safe_note',
  'person.best_time',
  'person.restricted',
  'person.died_on',
  'person.merged_into',
  'person.synthetic',
  'person.version',
] as const

/** The person, if this actor may open the record; otherwise nobody, as if there were no such person. */
export async function findPerson(db: Db, actor: Actor, person: string) {
  return db
    .selectFrom('people.person as person')
    .select(columns)
    .where('person.area', '=', actor.area)
    .where('person.id', '=', person)
    .where(mayReachPerson(actor, 'open'))
    .executeTakeFirst()
}

/** Those of these people whose record this actor may open, with what they are called. */
export async function listOpenable(db: Db, actor: Actor, people: readonly string[]) {
  if (people.length === 0) return []
  return db
    .selectFrom('people.person as person')
    .select(['person.id', 'person.given_name', 'person.family_name', 'person.preferred_name'])
    .where('person.area', '=', actor.area)
    .where('person.id', 'in', [...people])
    .where(mayReachPerson(actor, 'open'))
    .execute()
}

/** How the person can be reached, the preferred way first. Ask findPerson before: it decides who may know. */
export async function listMeans(db: Db, area: string, person: string) {
  return db
    .selectFrom('people.means')
    .select(['id', 'kind', 'value', 'wanted', 'safe', 'voicemail_safe', 'preferred'])
    .where('area', '=', area)
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .orderBy('preferred', 'desc')
    .orderBy('added_at')
    .execute()
}

/** People this actor may find by a part of a name, an NHS number, a phone number or an e-mail address. */
export async function searchPeople(db: Db, actor: Actor, text: string, most = 50) {
  const digits = text.replaceAll(/\D/g, '')
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return db
    .selectFrom('people.person as person')
    .select([
      'person.id',
      'person.given_name',
      'person.family_name',
      'person.preferred_name',
      'person.born_on',
      'person.postcode',
    ])
    .where('person.area', '=', actor.area)
    .where('person.merged_into', 'is', null)
    .where(mayReachPerson(actor, 'search'))
    .where((where) =>
      where.or([
        where.and(words.map((word) => where('person.name_key', 'like', `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`))),
        ...(digits.length === 10 ? [where('person.nhs_number', '=', digits)] : []),
        ...(digits.length >= 10 || text.includes('@') ? [reachedBy(actor.area, digits, text)] : []),
      ]),
    )
    .orderBy('person.family_name')
    .orderBy('person.given_name')
    .orderBy('person.id')
    .limit(most)
    .execute()
}

function reachedBy(area: string, digits: string, text: string): RawBuilder<boolean> {
  const key = text.includes('@') ? text.trim().toLowerCase() : digits.slice(-10)
  return sql<boolean>`person.id in (select person from people.means where area = ${area} and value_key = ${key} and ended_at is null)`
}

/** People of the area who may be the same as a newcomer, whoever holds them: asked before a record is made. */
export async function findAlike(db: Db, area: string, newcomer: Pick<Newcomer, 'nhsNumber' | 'bornOn' | 'familyName'>) {
  return db
    .selectFrom('people.person')
    .select(['id', 'nhs_number', 'given_name', 'family_name', 'born_on', 'postcode', 'restricted'])
    .where('area', '=', area)
    .where('merged_into', 'is', null)
    .where((where) =>
      where.or([
        where.and([
          where('born_on', '=', newcomer.bornOn),
          where(sql`lower(family_name)`, '=', newcomer.familyName.toLowerCase()),
        ]),
        ...(newcomer.nhsNumber ? [where('nhs_number', '=', newcomer.nhsNumber)] : []),
      ]),
    )
    .limit(20)
    .execute()
}

type Registration = Readonly<{
  area: string
  newcomer: Newcomer
  holder: string
  at: Temporal.Instant
  synthetic?: boolean
}>

/** Makes the record of a person the service did not know, held by one organisation, and gives its id. */
export async function registerPerson(db: Db, { area, newcomer, holder, at, synthetic }: Registration): Promise<string> {
  const id = newId()
  const { means } = newcomer
  await Promise.all([
    db
      .insertInto('people.person')
      .values({
        ...personRow(newcomer),
        area,
        id,
        registered_at: at,
        synthetic: synthetic ?? false,
        batch: null,
      })
      .execute(),
    db.insertInto('people.holder').values({ area, person: id, organisation: holder, since: at, until: null }).execute(),
    ...means.map((one) =>
      db
        .insertInto('people.means')
        .values({ ...meansRow(one), area, person: id, added_at: at })
        .execute(),
    ),
  ])
  return id
}

/** The columns of a newcomer, as the table has them. */
export function personRow(newcomer: Newcomer) {
  return {
    given_name: newcomer.givenName,
    family_name: newcomer.familyName,
    preferred_name: newcomer.preferredName ?? null,
    pronouns: newcomer.pronouns ?? null,
    born_on: newcomer.bornOn,
    nhs_number: newcomer.nhsNumber ?? null,
    address: newcomer.address ?? null,
    postcode: newcomer.postcode ?? null,
    no_fixed_address: newcomer.noFixedAddress ?? false,
    council: newcomer.council ?? null,
    gp_practice: newcomer.gpPractice ?? null,
    gp_practice_code: newcomer.gpPracticeCode ?? null,
    jobcentre: newcomer.jobcentre ?? null,
    language: newcomer.language ?? null,
    interpreter: newcomer.interpreter ?? null,
    access_needs: [...(newcomer.accessNeeds ?? [])],
    access_note: newcomer.accessNote ?? null,
    safe_note: newcomer.safeNote ?? null,
    best_time: newcomer.bestTime ?? null,
    access_reviewed_on: null,
    restricted_reason: null,
    restricted_note: null,
    died_on: null,
    merged_into: null,
  }
}

/** The columns of a way to reach somebody, as the table has them. */
export function meansRow(means: Newcomer['means'][number]) {
  return {
    id: newId(),
    kind: means.kind,
    value: means.value,
    wanted: means.wanted ?? true,
    safe: means.safe ?? true,
    voicemail_safe: means.voicemailSafe ?? false,
    preferred: means.preferred ?? false,
    ended_at: null,
  }
}

/** Says that a person has died, on this day or before it, so that nothing goes out to them; null takes it back. */
export async function recordDeath(db: Db, area: string, person: string, on: Temporal.PlainDate | null): Promise<void> {
  await db
    .updateTable('people.person')
    .set((row) => ({ died_on: on, version: row('version', '+', 1) }))
    .where('area', '=', area)
    .where('id', '=', person)
    .execute()
}

export type Entrusting = Readonly<{ area: string; person: string; organisation: string; at: Temporal.Instant }>

/**
 * Gives a record to one more organisation, whose workers find it from now on. Those who held it before keep reading what
 * they wrote; where the area's arrangement says otherwise, their holding is ended apart from this.
 */
export async function entrustPerson(db: Db, { area, person, organisation, at }: Entrusting): Promise<void> {
  await db
    .insertInto('people.holder')
    .values({ area, person, organisation, since: at, until: null })
    .onConflict((known) => known.columns(['area', 'person', 'organisation']).doUpdateSet({ until: null }))
    .execute()
}
