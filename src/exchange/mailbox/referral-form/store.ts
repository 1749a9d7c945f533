import type { Db } from '#platform/database/transaction.ts'
import type { Codes, GpSystem } from './rules.ts'

/** The merge fields of a records system as they stand, and which version that is: 0 where nobody has written any. */
export async function findCodes(db: Db, area: string, system: GpSystem) {
  const newest = await db
    .selectFrom('referral_form.codes')
    .select(['codes', 'version'])
    .where('area', '=', area)
    .where('system', '=', system)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  // Checked: written by saveCodes alone.
  return newest ? { codes: newest.codes as Codes, version: newest.version } : { codes: {}, version: 0 }
}

/** For which records systems an area has written merge fields, and how many. */
export async function countCodes(db: Db, area: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('referral_form.codes')
    .distinctOn('system')
    .select(['system', 'codes'])
    .where('area', '=', area)
    .orderBy('system')
    .orderBy('version', 'desc')
    .execute()
  // Checked: as above.
  return new Map(rows.map(({ system, codes }) => [system, Object.keys(codes as Codes).length]))
}

type Saving = Readonly<{ area: string; system: GpSystem; version: number; codes: Codes }> &
  Readonly<{ by: string; at: Temporal.Instant }>

/** Writes the merge fields of a records system anew. False where somebody else has written them since this version. */
export async function saveCodes(db: Db, { version, codes, ...said }: Saving): Promise<boolean> {
  const saved = await db
    .insertInto('referral_form.codes')
    .values({ ...said, version: version + 1, codes: JSON.stringify(codes) })
    .onConflict((taken) => taken.doNothing())
    .returning('version')
    .executeTakeFirst()
  return saved !== undefined
}
