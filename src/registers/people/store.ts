import { newId } from '#platform/ids.ts'
import { type RawBuilder, sql, type Updateable, type Insertable } from 'kysely'
import { type Actor, reach, type Verb } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { cameFrom, type Death, type MeansRow, meansRow, type Newcomer, type Part, personRow } from './rules.ts'

/**
 * Whether this actor may do this with the person in the named columns. Every query about people carries it: an
 * organisation's workers see the people it holds or that are shared with it, and restricted records only when named. One
 * that has handed a person over may read for a time, and neither lists nor changes anything.
 * Lists and searches show the record that was kept of two. A caseload is a part of the organisation's people; which
 * part, the record stage knows.
 */
export function mayReachPerson(actor: Actor, verb: Verb, person = 'person.id'): RawBuilder<boolean> {
  const scope = reach[actor.role][verb]
  if (scope === 'none' || scope === 'aggregate') return sql<boolean>`false`
  const held =
    scope === 'area'
      ? sql`true`
      : sql`exists (select from people.holder where holder.area = ${actor.area} and holder.person = ${sql.ref(person)}
          and holder.organisation = any(${[...actor.organisations]}::uuid[]) and ${isHeldFor(actor, verb)})`
  const merged = verb === 'open' || verb === 'edit' ? sql`false` : sql`hidden.merged_into is not null`
  return sql<boolean>`(${held} and not exists (select from people.person hidden where hidden.area = ${actor.area}
    and hidden.id = ${sql.ref(person)} and (${merged} or hidden.restricted and not exists (select from people.named_access named
      where named.area = hidden.area and named.person = hidden.id and named.membership = ${actor.membership}
      and (named.until_at is null or named.until_at > ${actor.at ?? null}::timestamptz)))))`
}

// Whose holding has ended may still open and find the record for a time, on pages that change nothing.
function isHeldFor({ changes, at }: Actor, verb: Verb): RawBuilder<boolean> {
  const reading = !changes && at !== undefined && (verb === 'open' || verb === 'search')
  return reading
    ? sql<boolean>`(holder.until is null or holder.reads_until > ${at}::timestamptz)`
    : sql<boolean>`holder.until is null`
}

const who = [
  'person.id',
  'person.given_name',
  'person.family_name',
  'person.preferred_name',
  'person.pronouns',
] as const
const known = [
  'person.born_on',
  'person.nhs_number',
  'person.died_on',
  'person.death_day_known',
  'person.restricted',
  'person.merged_into',
] as const
const home = [
  'person.address',
  'person.postcode',
  'person.no_fixed_address',
  'person.council',
  'person.jobcentre',
] as const
const needs = ['person.gp_practice', 'person.gp_practice_code', 'person.language', 'person.interpreter'] as const
const safe = ['person.access_needs', 'person.access_note', 'person.access_reviewed_on', 'person.safe_note'] as const
const passedOn = ['person.access_consent', 'person.access_conditions'] as const
const more = ['person.best_time', 'person.synthetic', 'person.version', 'person.names_version'] as const
const versions = [
  'person.home_version',
  'person.language_version',
  'person.access_version',
  'person.safety_version',
] as const
const columns = [...who, ...known, ...home, ...needs, ...safe, ...passedOn, ...more, ...versions] as const

/** The person, if this actor may open the record; otherwise nobody, as if there were no such person. */
export async function findPerson(db: Db, actor: Actor, person: string, verb: Verb = 'open') {
  if (!/^[0-9a-f-]{36}$/.test(person)) return undefined
  return db
    .selectFrom('people.person as person')
    .select(columns)
    .select(mayReachPerson(actor, 'edit').as('mayEdit'))
    .where('person.area', '=', actor.area)
    .where('person.id', '=', person)
    .where(mayReachPerson(actor, verb))
    .executeTakeFirst()
}

type Registration = Readonly<{ area: string; newcomer: Newcomer; holder: string; at: Temporal.Instant }> &
  Readonly<{ synthetic?: boolean; givenBy?: Parameters<typeof cameFrom>[0] }>

/** Makes the record of a person the service did not know, held by one organisation, and gives its id. */
export async function registerPerson(db: Db, registration: Registration): Promise<string> {
  const { area, newcomer, holder, at, synthetic, givenBy = 'other' } = registration
  const id = newId()
  const from = cameFrom(givenBy, id, at)
  const made = { area, id, registered_at: at, synthetic: synthetic ?? false, batch: null }
  const way = { ...from, area, person: id, added_at: at }
  // Of several ways that are preferred the last one is; nobody has others before they are known.
  const preferred = newcomer.means.findLast((one) => one.preferred)
  const means = newcomer.means.map((one) => ({ ...meansRow(one), ...way, id: newId(), preferred: one === preferred }))
  await Promise.all([
    db
      .insertInto('people.person')
      .values(Object.assign(personRow(newcomer), made))
      .execute(),
    db.insertInto('people.holder').values({ area, person: id, organisation: holder, since: at, until: null }).execute(),
    saveWords(db, area, id),
    ...(means.length > 0 ? [addMeans(db, means)] : []),
  ])
  return id
}

// What somebody is called is read from the row just written, so that both always say the same.
async function saveWords(db: Db, area: string, person: string): Promise<void> {
  await sql`insert into people.name_word (area, person, word)
    select area, id, unnest(people.words_of(concat_ws(' ', given_name, family_name, preferred_name)))
      from people.person where area = ${area} and id = ${person} on conflict do nothing`.execute(db)
}

type PersonColumns = Updateable<Tables['people.person']>

type Changing = Readonly<{ area: string; person: string; part: Part; seen: number; set: PersonColumns }>

/** Changes one part of a record; false when somebody else has changed that part since the version that was seen. */
export async function changePart(db: Db, { area, person, part, seen, set }: Changing): Promise<boolean> {
  const version = `${part}_version` as const
  const changed = await aPerson(db, area, person)
    .set(set)
    .set(version, (row) => row(version, '+', 1))
    .where(version, '=', seen)
    .returning('id')
    .executeTakeFirst()
  if (changed && part === 'names') {
    await db.deleteFrom('people.name_word').where('area', '=', area).where('person', '=', person).execute()
    await saveWords(db, area, person)
  }
  return changed !== undefined
}

type Mark = 'restricted' | 'restricted_reason' | 'restricted_note' | 'merged_into' | 'merged_at'
type Marking = Readonly<{ area: string; person: string; marks: Pick<PersonColumns, Mark>; seen?: number }>

/** Marks a record as restricted or merged, or takes the mark away; false when it has changed since it was seen. */
export async function markPerson(db: Db, { area, person, marks, seen }: Marking): Promise<boolean> {
  const row = aPerson(db, area, person).set(marks).returning('id')
  const marked = await (seen === undefined ? row : row.where('version', '=', seen)).executeTakeFirst()
  return marked !== undefined
}

function aPerson(db: Db, area: string, person: string) {
  const row = db.updateTable('people.person').where('area', '=', area).where('id', '=', person)
  return row.set((now) => ({ version: now('version', '+', 1) }))
}

type OneMeans = Readonly<{ area: string; person: string; id: string }>

/** Adds a way to reach somebody; nothing when this very one was added before. */
export async function saveMeans(db: Db, means: OneMeans & { at: Temporal.Instant; row: MeansRow }) {
  const { at, row, ...own } = means
  await addMeans(db, [{ ...row, ...own, added_at: at }])
  if (row.preferred) await preferOnly(db, own)
}

async function addMeans(db: Db, rows: readonly Insertable<Tables['people.means']>[]): Promise<void> {
  const adding = db.insertInto('people.means').values(rows)
  await adding.onConflict((twice) => twice.doNothing()).execute()
}

/** Changes or ends a way to reach somebody; false when somebody else has changed it since it was seen. */
export async function changeMeans(
  db: Db,
  { area, person, id, seen, set }: OneMeans & { seen: number; set: Updateable<Tables['people.means']> },
): Promise<boolean> {
  const own = db.updateTable('people.means').where('area', '=', area).where('person', '=', person)
  const now = own.where('id', '=', id).where('version', '=', seen).where('ended_at', 'is', null)
  const next = now.set(set).set((row) => ({ version: row('version', '+', 1) }))
  const changed = await next.returning('id').executeTakeFirst()
  if (changed && set.preferred) await preferOnly(db, { area, person, id })
  return changed !== undefined
}

async function preferOnly(db: Db, { area, person, id }: OneMeans): Promise<void> {
  const own = db.updateTable('people.means').where('area', '=', area).where('id', '<>', id)
  const theirs = sql<boolean>`person in (select people.records_of(${area}, ${person}::uuid))`
  await own.set({ preferred: false }).where('preferred', '=', true).where(theirs).execute()
}

type Answering = Readonly<{ area: string; person: string; seen: number; set: Updateable<Tables['people.equality']> }>

/** Keeps what somebody answered to the equality questions; false when it has changed since it was seen. */
export async function saveEquality(
  db: Db,
  { area, person, seen, set }: Answering & { set: { asked_at: Temporal.Instant } },
) {
  const saved = await db
    .insertInto('people.equality')
    .values({ ...set, area, person })
    .onConflict((known) =>
      known
        .columns(['area', 'person'])
        .doUpdateSet({ ...set, version: seen + 1 })
        .where('people.equality.version', '=', seen),
    )
    .returning('person')
    .executeTakeFirst()
  return saved !== undefined
}

/** Names a member for a restricted record, or opens it to them for a time. */
export async function saveNaming(db: Db, naming: Insertable<Tables['people.named_access']>): Promise<void> {
  await db
    .insertInto('people.named_access')
    .values(naming)
    .onConflict((twice) => twice.doNothing())
    .execute()
}

type Naming = Readonly<{ area: string; person: string; memberships: readonly string[]; at: Temporal.Instant }>

/** Ends at once what members may open of a restricted record. */
export async function endNaming(db: Db, { area, person, memberships, at }: Naming): Promise<void> {
  const own = db.updateTable('people.named_access').where('area', '=', area).where('person', '=', person)
  const open = own.where('membership', 'in', [...memberships]).where(sql<boolean>`coalesce(until_at > ${at}, true)`)
  await open.set({ until_at: at }).execute()
}

/** Says that a person has died, so that nothing goes out to them; null takes it back. */
export async function recordDeath(db: Db, area: string, person: string, death: Death | null): Promise<void> {
  const { on: died_on, dayKnown: death_day_known } = death ?? { on: null, dayKnown: true }
  await aPerson(db, area, person).set({ died_on, death_day_known }).execute()
}

export type Entrusting = Readonly<{ area: string; person: string; organisation: string; at: Temporal.Instant }>

/** Gives a record to one more organisation, whose workers find it from now on. Who held it before is ended apart from this. */
export async function entrustPerson(db: Db, { area, person, organisation, at }: Entrusting): Promise<void> {
  await db
    .insertInto('people.holder')
    .values({ area, person, organisation, since: at, until: null })
    .onConflict((known) =>
      known.columns(['area', 'person', 'organisation']).doUpdateSet({ until: null, reads_until: null }),
    )
    .execute()
}

type Ending = Entrusting & Readonly<{ /** Until when its workers may still read. */ readsUntil?: Temporal.Instant }>

/** Ends what an organisation was entrusted with: at once, or with a time in which its workers may still read. */
export async function endHolding(db: Db, { area, person, organisation, at, readsUntil }: Ending): Promise<void> {
  const own = db.updateTable('people.holder').where('area', '=', area).where('person', '=', person)
  const ended = { until: at, reads_until: readsUntil ?? null }
  await own.set(ended).where('organisation', '=', organisation).where('until', 'is', null).execute()
}
