import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { canonicalEntry, canonicalSeal, type Head, type SealedEntry, type SealText } from './seal-rules.ts'

// One seal covers no more than can be held in memory and looked through at once.
const mostEntries = 2_000
const mostSealsAtOnce = 100

/** Seals what is committed and not sealed yet; gives the number of entries it sealed. */
export async function sealJournal(db: Db, area: string, now: Temporal.Instant): Promise<number> {
  // One sealer at a time: a second one waits here, then sees the first one's seals and finds nothing left to do.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`journal seal ${area}`}, 0))`.execute(db)
  let sealed = 0
  for (let seals = 0; seals < mostSealsAtOnce; seals += 1) {
    const entries = await listUnsealed(db, area)
    if (entries.length > 0) await addSeal(db, area, { entries, now })
    sealed += entries.length
    if (entries.length < mostEntries) break
  }
  return sealed
}

const columns = [
  ...['entry.area', 'entry.id', 'entry.at', 'entry.kind', 'entry.what', 'entry.account', 'entry.role'],
  ...['entry.organisation', 'entry.person', 'entry.subject', 'entry.codes', 'entry.digest'],
] as const

async function listUnsealed(db: Db, area: string): Promise<SealedEntry[]> {
  return db
    .selectFrom('journal.unsealed as unsealed')
    .innerJoin('journal.entry as entry', (join) =>
      join.onRef('entry.area', '=', 'unsealed.area').onRef('entry.id', '=', 'unsealed.entry'),
    )
    .select(columns)
    .where('unsealed.area', '=', area)
    .orderBy('unsealed.entry')
    .limit(mostEntries)
    .execute()
}

/** The entries with these ids, in no order; those that are gone are left out. */
export async function listEntries(db: Db, area: string, ids: readonly string[]): Promise<SealedEntry[]> {
  return db
    .selectFrom('journal.entry as entry')
    .select(columns)
    .where('entry.area', '=', area)
    .where(sql<boolean>`entry.id = any(${[...ids]}::uuid[])`)
    .execute()
}

type Sealing = Readonly<{ entries: readonly SealedEntry[]; now: Temporal.Instant }>

async function addSeal(db: Db, area: string, { entries, now }: Sealing): Promise<void> {
  const before = await findHead(db, area)
  const covered = entries.map(({ id }) => id)
  const seal = {
    ...{ area, number: (before?.number ?? 0) + 1, covered, sealedAt: now.round('microsecond') },
    previous: before ? Buffer.from(before.hash, 'hex') : beginning,
    hashes: Buffer.concat(entries.map(hashOfEntry)),
  }
  const { sealedAt, ...row } = seal
  const ends = { first: covered[0] ?? '', last: covered.at(-1) ?? '', entries: covered.length }
  await db
    .insertInto('journal.seal')
    .values({ ...row, ...ends, sealed_at: sealedAt, hash: hashOfSeal(seal) })
    .execute()
  await db
    .deleteFrom('journal.unsealed')
    .where('area', '=', area)
    .where(sql<boolean>`entry = any(${covered}::uuid[])`)
    .execute()
}

/** What the first seal of an area has before it. */
export const beginning = Buffer.alloc(32)

/** The hash by which an entry is known to be unchanged. */
export function hashOfEntry(entry: SealedEntry): Buffer {
  return createHash('sha256').update(canonicalEntry(entry)).digest()
}

/** The hash by which a seal, and through it every one before, is known to be unchanged. */
export function hashOfSeal(seal: SealText): Buffer {
  return createHash('sha256').update(canonicalSeal(seal)).digest()
}

/** The newest seal of an area: kept elsewhere, it proves later that the chain was not made anew. */
export async function findHead(db: Db, area: string): Promise<Head | undefined> {
  const newest = await db
    .selectFrom('journal.seal')
    .select(['number', 'hash'])
    .where('area', '=', area)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest && { area, number: newest.number, hash: newest.hash.toString('hex') }
}

/** The journal's work for later: every five minutes what is not sealed yet is sealed, area by area. */
export const journalJobs: Jobs = {
  'journal.seal': async (db, { area }, now) => {
    await sealJournal(db, area, now)
  },
}
export const journalSchedules: readonly Schedule[] = [{ job: 'journal.seal', match: '*/5 * * * *' }]
