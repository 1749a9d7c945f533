import { sql } from 'kysely'
import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Listing } from '#registers/listing/rules.ts'
import type { FromSource } from './rules.ts'

/** Which edition of the national services an area was brought last. */
export async function findEdition(db: Db, area: string): Promise<string | undefined> {
  const found = await db.selectFrom('source.supplied').select('stamp').where('area', '=', area).executeTakeFirst()
  return found?.stamp
}

/** Keeps which edition an area was brought. */
export async function saveEdition(db: Db, edition: Readonly<{ area: string; stamp: string; at: Temporal.Instant }>) {
  const { stamp, at } = edition
  await db
    .insertInto('source.supplied')
    .values(edition)
    .onConflict((there) => there.column('area').doUpdateSet({ stamp, at }))
    .execute()
}

/** What a source said of services before, and how they stand here now; of these alone where they are named. */
export async function listKnown(db: Db, area: string, source: string, these?: readonly string[]) {
  const found = await db
    .selectFrom('source.received as received')
    .innerJoin('services.service as service', (on) =>
      on.onRef('service.area', '=', 'received.area').onRef('service.id', '=', 'received.service'),
    )
    .select(['received.outer_id as outerId', 'service.id as service', 'service.version', 'received.mark'])
    .select(['received.document as base', 'service.document as here', 'received.seen_at as seenAt'])
    .where('received.area', '=', area)
    .where('received.source', '=', source)
    .$if(these !== undefined, (all) => all.where('received.outer_id', '=', sql<string>`any(${these ?? []}::text[])`))
    .execute()
  // Checked: both documents are written from listings alone.
  return found.map((one) => ({ ...one, base: one.base as Listing, here: one.here as Listing }))
}

type Source = Readonly<{ area: string; source: string; at: Temporal.Instant; seen: Temporal.Instant }>

/** Keeps what a source said last, on which the next that it says is put together with what stands here. */
export async function saveReceived(db: Db, { seen, ...same }: Source, said: readonly FromSource[]): Promise<void> {
  const columns = ['area', 'source', 'outer_id', 'service', 'document', 'at', 'seen_at', 'mark'] as const
  const rows = said.map(({ outerId, id, listing, mark = null }) => ({
    ...{ outer_id: outerId, service: id, document: listing, mark },
  }))
  await db
    .insertInto('source.received')
    .columns(columns)
    .expression(manyRows('source.received', columns, rows, { ...same, seen_at: seen }))
    .onConflict((there) =>
      there.columns(['area', 'source', 'outer_id']).doUpdateSet((row) => ({
        ...{ document: row.ref('excluded.document'), at: row.ref('excluded.at'), mark: row.ref('excluded.mark') },
        ...{ seen_at: row.ref('excluded.seen_at'), missing_since: null },
      })),
    )
    .execute()
}

type Seen = Readonly<{ area: string; source: string; seen: Temporal.Instant }>

/** Keeps that a source still says these services as before; gives how many of them it had not said for a while. */
export async function saveSeen(db: Db, { area, source, seen }: Seen, outerIds: readonly string[]): Promise<number> {
  if (outerIds.length === 0) return 0
  const these = sql<string>`any(${[...outerIds]}::text[])`
  const own = db.selectFrom('source.received').where('area', '=', area).where('source', '=', source)
  const missing = await own
    .select((row) => row.fn.countAll<number>().as('number'))
    .where('outer_id', '=', these)
    .where('missing_since', 'is not', null)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('source.received')
    .set({ seen_at: seen, missing_since: null })
    .where('area', '=', area)
    .where('source', '=', source)
    .where('outer_id', '=', these)
    .execute()
  return Number(missing.number)
}

/** How many services a source had, and how many of these it still says in a reading that began then. */
export async function countStanding(db: Db, { area, source, seen }: Seen) {
  const found = await db
    .selectFrom('source.received')
    .select((row) => row.fn.countAll<number>().as('known'))
    .select(sql<number>`count(*) filter (where seen_at >= ${seen.toString()}::timestamptz)`.as('still'))
    .where('area', '=', area)
    .where('source', '=', source)
    .where('missing_since', 'is', null)
    .executeTakeFirstOrThrow()
  return { known: Number(found.known), still: Number(found.still) }
}

/** Marks what a source did not say in a reading that began then as missing since; gives how many. */
export async function saveMissing(db: Db, { area, source, seen }: Seen, since: Temporal.Instant): Promise<number> {
  const marked = await db
    .updateTable('source.received')
    .set({ missing_since: since })
    .where('area', '=', area)
    .where('source', '=', source)
    .where('missing_since', 'is', null)
    .where('seen_at', '<', seen)
    .executeTakeFirst()
  return Number(marked.numUpdatedRows)
}

/** Since when no source says a service any more that came from one; undefined where one does, or none ever did. */
export async function findMissing(db: Db, area: string, service: string) {
  const rows = await db
    .selectFrom('source.received')
    .select(['source', 'missing_since as since'])
    .where('area', '=', area)
    .where('service', '=', service)
    .orderBy('missing_since', 'desc')
    .execute()
  const [last] = rows
  if (!last || rows.some(({ since }) => since === null)) return undefined
  return last.since === null ? undefined : { source: last.source, since: last.since }
}

/** The services that a source does not say any more, those longest missing first. */
export async function listMissing(db: Db, of: Readonly<{ area: string; source: string; skip: number; most: number }>) {
  return db
    .selectFrom('source.received as received')
    .innerJoin('services.service as service', (on) =>
      on.onRef('service.area', '=', 'received.area').onRef('service.id', '=', 'received.service'),
    )
    .select(['service.id', 'service.name', 'service.version', 'received.outer_id as outerId'])
    .select(['service.valid_from as validFrom', 'service.valid_until as validUntil'])
    .select(['service.paused_from as pausedFrom', 'service.paused_until as pausedUntil'])
    .select(sql<Temporal.Instant>`received.missing_since`.as('since'))
    .where('received.area', '=', of.area)
    .where('received.source', '=', of.source)
    .where('received.missing_since', 'is not', null)
    .orderBy('received.missing_since')
    .orderBy('received.outer_id')
    .limit(of.most)
    .offset(of.skip)
    .execute()
}

/** How many services a source says, and how many it does not say any more. */
export async function countOfSource(db: Db, area: string, source: string) {
  const found = await db
    .selectFrom('source.received')
    .select(sql<number>`count(*) filter (where missing_since is null)`.as('said'))
    .select(sql<number>`count(*) filter (where missing_since is not null)`.as('missing'))
    .where('area', '=', area)
    .where('source', '=', source)
    .executeTakeFirstOrThrow()
  return { said: Number(found.said), missing: Number(found.missing) }
}

type About = Readonly<{ area: string; about: 'owner' | 'location' }>

/** Owners or locations as they were said last, and whether a member said it. */
export async function listStanding(db: Db, { area, about }: About, these: readonly string[]) {
  return db
    .selectFrom('services.version')
    .distinctOn('subject')
    .select(['subject as id', 'version', 'document', 'came_from as cameFrom'])
    .where('area', '=', area)
    .where('about', '=', about)
    .where('subject', '=', sql<string>`any(${[...these]}::uuid[])`)
    .orderBy('subject')
    .orderBy('version', 'desc')
    .execute()
}

type Pointing = Readonly<{ area: string; from: string; to: string; only?: readonly string[] }>

/** Keeps that what sources say of one service is about another; of these ids alone where they are named. */
export async function saveService(db: Db, { area, from, to, only }: Pointing): Promise<void> {
  await db
    .updateTable('source.received')
    .set({ service: to })
    .where('area', '=', area)
    .where('service', '=', from)
    .$if(only !== undefined, (all) => all.where('outer_id', '=', sql<string>`any(${[...(only ?? [])]}::text[])`))
    .execute()
}

/** What sources say of a service: under which ids, and what each said last. */
export async function listReceived(db: Db, area: string, service: string) {
  const found = await db
    .selectFrom('source.received')
    .select(['source', 'outer_id as outerId', 'document', 'missing_since as missingSince'])
    .where('area', '=', area)
    .where('service', '=', service)
    .orderBy('seen_at', 'desc')
    .execute()
  // Checked: the document is written from a listing alone.
  return found.map(({ document, ...one }) => ({ ...one, listing: document as Listing }))
}
