import { manyRows } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Listing } from '#registers/listing/rules.ts'
import type { FromSource, Known } from './rules.ts'

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

/** What a source said of services before, and how they stand here now. */
export async function listKnown(db: Db, area: string, source: string): Promise<Known[]> {
  const found = await db
    .selectFrom('source.received as received')
    .innerJoin('services.service as service', (on) =>
      on.onRef('service.area', '=', 'received.area').onRef('service.id', '=', 'received.service'),
    )
    .select(['received.outer_id as outerId', 'service.id as service', 'service.version'])
    .select(['received.document as base', 'service.document as here'])
    .where('received.area', '=', area)
    .where('received.source', '=', source)
    .execute()
  // Checked: both documents are written from listings alone.
  return found.map((one) => ({ ...one, base: one.base as Listing, here: one.here as Listing }))
}

type Source = Readonly<{ area: string; source: string; at: Temporal.Instant }>

/** Keeps what a source said last, on which the next that it says is put together with what stands here. */
export async function saveReceived(db: Db, same: Source, said: readonly FromSource[]): Promise<void> {
  const columns = ['area', 'source', 'outer_id', 'service', 'document', 'at'] as const
  const rows = said.map(({ outerId, id, listing }) => ({ outer_id: outerId, service: id, document: listing }))
  await db
    .insertInto('source.received')
    .columns(columns)
    .expression(manyRows('source.received', columns, rows, same))
    .onConflict((there) =>
      there.columns(['area', 'source', 'outer_id']).doUpdateSet((row) => ({
        ...{ document: row.ref('excluded.document'), at: row.ref('excluded.at') },
        missing_since: null,
      })),
    )
    .execute()
}
