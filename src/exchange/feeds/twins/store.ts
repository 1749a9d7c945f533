import { sql } from 'kysely'
import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { type Decision, type Found, type Looks, twinsAmong } from './rules.ts'

type Looking = Readonly<{
  area: string
  feed: string
  since: Temporal.Instant
  at: Temporal.Instant
  today: Temporal.PlainDate
}>

const atATime = 500

/**
 * Keeps which services that a feed brought since a moment may be one with others that are not closed; a pair stands once,
 * decided or not. What the feed itself still says beside it is left out: two of its own with one name are two.
 */
export async function lookForTwins(db: Db, looking: Looking): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const brought = await listBrought(db, looking, after)
    const last = brought.at(-1)
    if (!last) return
    const alike = await listNamed(db, looking, [...new Set(brought.map(({ bareName }) => bareName))])
    await savePairs(db, looking, twinsAmong(brought, alike))
    if (brought.length < atATime) return
    after = last.id
  }
}

const looked = sql<string[]>`array(select location.document ->> 'postcode' from services.at_location as at
  join services.location as location on location.area = at.area and location.id = at.location
  where at.area = service.area and at.service = service.id and location.document ->> 'postcode' is not null)`

const openServices = (db: Db, { area, today }: Looking) =>
  db
    .selectFrom('services.service as service')
    .innerJoin('services.owner as owner', (on) =>
      on.onRef('owner.area', '=', 'service.area').onRef('owner.id', '=', 'service.owner'),
    )
    .select([
      'service.id',
      'service.name',
      'service.bare_name as bareName',
      'owner.name as owner',
      looked.as('postcodes'),
    ])
    .select(sql<Looks['listing']>`service.document`.as('listing'))
    .where('service.area', '=', area)
    .where(sql<boolean>`coalesce(service.valid_until > ${today}::date, true)`)

/** Services that a feed brought for the first time since a moment, some at a time. */
async function listBrought(db: Db, looking: Looking, after: string) {
  const { feed, since } = looking
  return openServices(db, looking)
    .where('service.id', '>', after)
    .where(
      sql<boolean>`exists (select from source.received where received.area = service.area
      and received.service = service.id and received.source = ${feed})`,
    )
    .where(
      sql<boolean>`exists (select from services.version where version.area = service.area
      and version.about = 'service' and version.subject = service.id and version.version = 1
      and version.at >= ${since.toString()}::timestamptz)`,
    )
    .orderBy('service.id')
    .limit(atATime)
    .execute()
}

/** Services with these names, however they are written, that the feed does not say now. */
async function listNamed(db: Db, looking: Looking, bareNames: readonly string[]) {
  const { feed, since } = looking
  return openServices(db, looking)
    .where('service.bare_name', '=', sql<string>`any(array(select unnest(${[...bareNames]}::text[])))`)
    .where(
      sql<boolean>`not exists (select from source.received where received.area = service.area
      and received.service = service.id and received.source = ${feed}
      and received.seen_at >= ${since.toString()}::timestamptz)`,
    )
    .limit(20 * atATime)
    .execute()
}

async function savePairs(db: Db, { area, at }: Looking, found: readonly Found[]): Promise<void> {
  if (found.length === 0) return
  const columns = ['area', 'id', 'one', 'other', 'because', 'found_at'] as const
  const rows = found.map((pair) => ({ ...pair, id: newId() }))
  await db
    .insertInto('twins.pair')
    .columns(columns)
    .expression(manyRows('twins.pair', columns, rows, { area, found_at: at }))
    .onConflict((known) => known.columns(['area', 'one', 'other']).doNothing())
    .execute()
}

const pairs = (db: Db, area: string) =>
  db
    .selectFrom('twins.pair as pair')
    .innerJoin('services.service as one', (on) =>
      on.onRef('one.area', '=', 'pair.area').onRef('one.id', '=', 'pair.one'),
    )
    .innerJoin('services.service as other', (on) =>
      on.onRef('other.area', '=', 'pair.area').onRef('other.id', '=', 'pair.other'),
    )
    .select(['pair.id', 'pair.one', 'pair.other', 'one.name as name', 'pair.because', 'pair.found_at as foundAt'])
    .select(['pair.reason', 'pair.decided_by as decidedBy', 'pair.decided_at as decidedAt'])
    // Checked: written from its list alone.
    .select(sql<Decision | null>`pair.decision`.as('decision'))
    .where('pair.area', '=', area)

/** Pairs that wait for somebody, the oldest first, and those decided last. */
export async function listPairs(db: Db, area: string, isWaiting: boolean) {
  return pairs(db, area)
    .where('pair.decided_at', isWaiting ? 'is' : 'is not', null)
    .orderBy(isWaiting ? 'pair.found_at' : 'pair.decided_at', isWaiting ? 'asc' : 'desc')
    .orderBy('pair.id')
    .limit(isWaiting ? 200 : 20)
    .execute()
}

/** One pair. */
export async function findPair(db: Db, area: string, id: string) {
  return pairs(db, area).where('pair.id', '=', id).executeTakeFirst()
}

/** How many pairs wait for somebody. */
export async function countPairs(db: Db, area: string): Promise<number> {
  const found = await db
    .selectFrom('twins.pair')
    .select((row) => row.fn.countAll<number>().as('number'))
    .where('area', '=', area)
    .where('decided_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(found.number)
}

type Decided = Readonly<{
  area: string
  id: string
  decision: Decision
  reason: string | null
  by: string
  at: Temporal.Instant
}>

/** Keeps what somebody decided about a pair; false where somebody else has. */
export async function saveTwinDecision(db: Db, { area, id, decision, reason, by, at }: Decided): Promise<boolean> {
  const kept = await db
    .updateTable('twins.pair')
    .set({ decision, reason, decided_by: by, decided_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

/** Takes a decision about a pair back, so that it waits again; false where none stands. */
export async function undoTwinDecision(db: Db, area: string, id: string): Promise<boolean> {
  const undone = await db
    .updateTable('twins.pair')
    .set({ decision: null, reason: null, decided_by: null, decided_at: null })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('decided_at', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  return undone !== undefined
}
