import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { listMergedInto } from '#registers/merged/store.ts'
import { endHolding, entrustPerson, markPerson, mayReachPerson } from '#registers/people/store.ts'

type Looking = Readonly<{ area: string; at: Temporal.Instant; person?: string }>

/**
 * Finds pairs that look like one person and that nobody has decided about, around one record or in the whole area:
 * the same NHS number first, then the same name, date of birth and postcode. At most 500 at a time.
 */
export async function lookForPairs(db: Db, { area, at, person }: Looking): Promise<void> {
  const these = person === undefined ? sql`one.id < other.id` : sql`one.id = ${person} and other.id <> one.id`
  await sql`
    insert into likeness.pair (area, id, person, other, why, found_at)
    select ${area}, gen_random_uuid(), found.person, found.other, min(found.why), ${at}::timestamptz
    from (${sameNumber(area, these)} union all ${sameName(area, these)}) as found (person, other, why)
    where not exists (select from likeness.pair known where known.area = ${area} and known.undone_at is null
      and least(known.person, known.other) = least(found.person, found.other)
      and greatest(known.person, known.other) = greatest(found.person, found.other))
    group by found.person, found.other limit 500
    on conflict do nothing`.execute(db)
}

function sameNumber(area: string, these: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select one.id, other.id, 'nhs-number' from people.person one
    join people.person other on other.area = one.area and other.nhs_number = one.nhs_number
    where one.area = ${area} and ${these} and one.merged_into is null and other.merged_into is null`
}

// The postcode narrows it down before names are taken apart into words, which costs more.
function sameName(area: string, these: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select one.id, other.id, 'name-birth-postcode' from people.person one
    join people.person other on other.area = one.area and other.born_on = one.born_on
      and replace(upper(other.postcode), ' ', '') = replace(upper(one.postcode), ' ', '')
    where one.area = ${area} and ${these} and one.merged_into is null and other.merged_into is null
      and people.words_of(concat_ws(' ', one.given_name, one.family_name))
        = people.words_of(concat_ws(' ', other.given_name, other.family_name))`
}

export type Proposing = Readonly<{ area: string; person: string; other: string; at: Temporal.Instant }>

/** Puts two records side by side because somebody finds them alike; the pair they are in already where there is one. */
export async function proposePair(db: Db, { area, person, other, at }: Proposing): Promise<string> {
  const id = newId()
  await db
    .insertInto('likeness.pair')
    .values({ area, id, person, other, why: 'colleague', found_at: at, ...undecided })
    .onConflict((known) => known.doNothing())
    .execute()
  const pair = await db
    .selectFrom('likeness.pair')
    .select('id')
    .where('area', '=', area)
    .where('person', 'in', [person, other])
    .where('other', 'in', [person, other])
    .where('undone_at', 'is', null)
    .executeTakeFirstOrThrow()
  return pair.id
}

const undecided = {
  ...{ decided_at: null, decided_by: null, decision: null, reason: null, kept: null },
  ...{ undone_at: null, undone_by: null },
} as const

const pairs = (db: Db, actor: Actor) =>
  db
    .selectFrom('likeness.pair as pair')
    .innerJoin('people.person as one', (join) =>
      join.onRef('one.area', '=', 'pair.area').onRef('one.id', '=', 'pair.person'),
    )
    .innerJoin('people.person as two', (join) =>
      join.onRef('two.area', '=', 'pair.area').onRef('two.id', '=', 'pair.other'),
    )
    .leftJoin('organisations.member as decider', (join) =>
      join.onRef('decider.area', '=', 'pair.area').onRef('decider.id', '=', 'pair.decided_by'),
    )
    .select(['pair.id', 'pair.person', 'pair.other', 'pair.why', 'pair.found_at', 'pair.decision', 'pair.decided_at'])
    .select([
      'pair.reason',
      'pair.kept',
      'pair.entrusted',
      'pair.followed',
      'pair.version',
      'decider.name as decidedBy',
    ])
    .select(['one.given_name', 'one.family_name', 'one.preferred_name', 'one.born_on'])
    .select(['two.given_name as otherGiven', 'two.family_name as otherFamily', 'two.preferred_name as otherPreferred'])
    .select(['two.born_on as otherBorn', 'one.merged_into as mergedInto', 'two.merged_into as otherMergedInto'])
    .where('pair.area', '=', actor.area)
    .where('pair.undone_at', 'is', null)
    // A pair is shown only to those who may open both: otherwise it would tell that the other record is there.
    .where(mayReachPerson(actor, 'open', 'pair.person'))
    .where(mayReachPerson(actor, 'open', 'pair.other'))

export type Pair = Awaited<ReturnType<typeof listOpenPairs>>[number]

/** Pairs nobody has decided about, the oldest first. */
export async function listOpenPairs(db: Db, actor: Actor, most = 200) {
  return pairs(db, actor)
    .where('pair.decided_at', 'is', null)
    .where('one.merged_into', 'is', null)
    .where('two.merged_into', 'is', null)
    .orderBy('pair.found_at')
    .orderBy('pair.id')
    .limit(most)
    .execute()
}

/** Every pair of one person, decided or not, the newest first. */
export async function listPairsOf(db: Db, actor: Actor, person: string) {
  return pairs(db, actor)
    .where((is) => is.or([is('pair.person', '=', person), is('pair.other', '=', person)]))
    .orderBy('pair.found_at', 'desc')
    .execute()
}

/** One pair, if this actor may open both records. */
export async function findPair(db: Db, actor: Actor, pair: string) {
  if (!/^[0-9a-f-]{36}$/.test(pair)) return undefined
  return pairs(db, actor).where('pair.id', '=', pair).executeTakeFirst()
}

export type Deciding = Readonly<{
  pair: Pair
  seen: number
  kept: string | null
  reason: string
  by: string
  at: Temporal.Instant
}>

/** Keeps what was decided, and merges where it is one person; false when somebody else decided since it was seen. */
export async function saveDecision(
  db: Db,
  area: string,
  { pair, seen, kept, reason, by, at }: Deciding,
): Promise<boolean> {
  const decided = {
    decision: kept === null ? 'different' : 'same',
    decided_by: by,
    decided_at: at,
    reason,
    kept,
  } as const
  const own = db.updateTable('likeness.pair').where('area', '=', area).where('id', '=', pair.id)
  const now = own.where('version', '=', seen).where('decided_at', 'is', null).set(decided)
  const row = await now
    .set((one) => ({ version: one('version', '+', 1) }))
    .returning('id')
    .executeTakeFirst()
  if (row && kept !== null) await own.set(await mergeInto(db, { area, pair, kept, at })).execute()
  return row !== undefined
}

type Merging = Readonly<{ area: string; pair: Pair; kept: string; at: Temporal.Instant }>

const mergedOf = (pair: Pair, kept: string) => (pair.person === kept ? pair.other : pair.person)

async function mergeInto(db: Db, { area, pair, kept, at }: Merging) {
  const merged = mergedOf(pair, kept)
  const followed = await listMergedInto(db, area, merged)
  for (const person of [merged, ...followed.map(({ id }) => id)])
    await markPerson(db, { area, person, marks: { merged_into: kept, merged_at: at } })
  const held = await listHolders(db, area, [merged])
  const before = await listHolders(db, area, [kept])
  const entrusted = held.filter((organisation) => !before.includes(organisation))
  for (const organisation of entrusted) await entrustPerson(db, { area, person: kept, organisation, at })
  return { entrusted, followed: followed.map(({ id }) => id) }
}

async function listHolders(db: Db, area: string, people: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('people.holder')
    .select('organisation')
    .where('area', '=', area)
    .where('person', 'in', [...people])
    .where('until', 'is', null)
    .execute()
  return rows.map(({ organisation }) => organisation)
}

export type Undoing = Readonly<{ pair: Pair; seen: number; by: string; at: Temporal.Instant }>

/** Takes a decision back, and with it everything a merge moved; false when somebody else has done so already. */
export async function undoDecision(db: Db, area: string, { pair, seen, by, at }: Undoing): Promise<boolean> {
  const row = await db
    .updateTable('likeness.pair')
    .set({ undone_at: at, undone_by: by })
    .set((now) => ({ version: now('version', '+', 1) }))
    .where('area', '=', area)
    .where('id', '=', pair.id)
    .where('version', '=', seen)
    .where('undone_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) return false
  if (pair.kept !== null) {
    const merged = mergedOf(pair, pair.kept)
    await markPerson(db, { area, person: merged, marks: { merged_into: null, merged_at: null } })
    for (const person of pair.followed)
      await markPerson(db, { area, person, marks: { merged_into: merged, merged_at: pair.decided_at } })
    for (const organisation of pair.entrusted) await endHolding(db, { area, person: pair.kept, organisation, at })
  }
  return true
}
