import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { findNameOf, isAnyOf } from '#journey/timeline/store.ts'
import type { SeenBy } from './rules.ts'

type Missing = Readonly<{
  area: string
  id: string
  episode: string
  person: string
  need: string
  seenBy: SeenBy
  by: string
  at: Temporal.Instant
}>

/** Keeps that there is no service for a need; what a coach said before stands once. */
export async function saveMissing(db: Db, { seenBy, ...missing }: Missing): Promise<void> {
  await db
    .insertInto('gap.missing')
    .values({ ...missing, seen_by: seenBy })
    .onConflict((there) => there.doNothing())
    .execute()
}

type Withdrawing = Readonly<{ area: string; id: string; by: string; at: Temporal.Instant }>

/** Takes back that there is none; false where that was done before. */
export async function withdrawMissing(db: Db, { area, id, by, at }: Withdrawing): Promise<boolean> {
  const taken = await db
    .updateTable('gap.missing')
    .set({ withdrawn_at: at, withdrawn_by: by })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return taken.numUpdatedRows === 1n
}

/** For which needs of somebody there is no service, as it stands, the newest first. Ask findPerson before. */
export async function listMissing(db: Db, area: string, people: readonly string[]) {
  return (
    db
      .selectFrom('gap.missing as missing')
      .select(['missing.id', 'missing.need', 'missing.at', findNameOf(area, 'missing.by').as('by')])
      // Checked: the table itself refuses any other.
      .select(sql<SeenBy>`missing.seen_by`.as('seenBy'))
      .where('missing.area', '=', area)
      .where(isAnyOf('missing.person', people))
      .where('missing.withdrawn_at', 'is', null)
      .orderBy('missing.at', 'desc')
      .orderBy('missing.id')
      .execute()
  )
}
