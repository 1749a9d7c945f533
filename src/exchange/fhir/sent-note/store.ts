import { sql } from 'kysely'
import { type Db, sendWithCommit } from '#platform/database/transaction.ts'
import type { Called } from './rules.ts'

type Naming = Called & Readonly<{ organisation: string }>

/** Keeps whoever sends the same fit note in turn until the transaction ends, so that it is taken once. */
export async function holdNote(db: Db, area: string, { organisation, system, value }: Naming): Promise<void> {
  const key = JSON.stringify(['note', area, organisation, system, value])
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db)
}

/** For which request a fit note of this name was taken before, with the digest of what it said. */
export async function findNote(db: Db, area: string, { organisation, system, value }: Naming) {
  return db
    .selectFrom('sent_note.note')
    .select(['note', 'request', 'digest'])
    .where('area', '=', area)
    .where('organisation', '=', organisation)
    .where('system', '=', system)
    .where('value', '=', value)
    .executeTakeFirst()
}

type Taken = Naming &
  Readonly<{ area: string; note: string; client: string; digest: Buffer; request: string; takenAt: Temporal.Instant }>

/** Keeps with the commit under which name a fit note was taken: its request goes there before it. */
export function saveSentNote(db: Db, { takenAt, ...said }: Taken): void {
  sendWithCommit(db, [db.insertInto('sent_note.note').values({ ...said, taken_at: takenAt })])
}
