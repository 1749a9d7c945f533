import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { type Break, type Head, type SealText } from './seal-rules.ts'
import { beginning, hashOfEntry, hashOfSeal, listEntries } from './sealer.ts'

/** How an area's journal stands: its first break if there is one, and how far behind the sealer is. */
export type Verified = Readonly<{
  seals: number
  entries: number
  firstBreak: Break | undefined
  unsealed: number
  oldestUnsealedAt: Temporal.Instant | undefined
}>

/** Looks through an area's whole journal: every seal, every entry it covers, the heads kept elsewhere, and what no seal covers. */
export async function verify(db: Db, area: string, heads: readonly Head[] = []): Promise<Verified> {
  const kept = new Map(heads.filter((head) => head.area === area).map(({ number, hash }) => [number, hash]))
  const chain = await walkChain(db, area, kept)
  const firstBreak = chain.firstBreak ?? unseen(kept, chain.seals) ?? (await outsideChain(db, area))
  return { ...chain, firstBreak, ...(await behind(db, area)) }
}

type Chain = Readonly<{ seals: number; entries: number; firstBreak: Break | undefined }>
type Seal = SealText & Readonly<{ hash: Buffer }>

async function walkChain(db: Db, area: string, kept: ReadonlyMap<number, string>): Promise<Chain> {
  let [seals, entries] = [0, 0]
  let previous: Buffer = beginning
  for (;;) {
    const seal = await nextSeal(db, area, seals)
    if (!seal) return { seals, entries, firstBreak: undefined }
    const firstBreak = sealBreak(seal, { number: seals + 1, previous, kept }) ?? (await entryBreak(db, seal))
    if (firstBreak) return { seals, entries, firstBreak }
    seals = seal.number
    entries += seal.covered.length
    previous = seal.hash
  }
}

async function nextSeal(db: Db, area: string, after: number): Promise<Seal | undefined> {
  return db
    .selectFrom('journal.seal')
    .select(['area', 'number', 'previous', 'covered', 'hashes', 'sealed_at as sealedAt', 'hash'])
    .where('area', '=', area)
    .where('number', '>', after)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
}

type Expected = Readonly<{ number: number; previous: Buffer; kept: ReadonlyMap<number, string> }>

function sealBreak(seal: Seal, { number, previous, kept }: Expected): Break | undefined {
  if (seal.number !== number) return { what: 'seal missing', seal: number }
  const own = hashOfSeal(seal)
  if (!own.equals(seal.hash) || !previous.equals(seal.previous)) return { what: 'seal changed', seal: number }
  const head = kept.get(number)
  return head === undefined || head === own.toString('hex') ? undefined : { what: 'seal replaced', seal: number }
}

async function entryBreak(db: Db, { area, number: seal, covered, hashes }: Seal): Promise<Break | undefined> {
  const entries = await listEntries(db, area, covered)
  const found = new Map(entries.map((entry) => [entry.id, hashOfEntry(entry)]))
  for (const [index, entry] of covered.entries()) {
    const hash = found.get(entry)
    if (!hash) return { what: 'missing', entry, seal }
    if (!hash.equals(hashes.subarray(32 * index, 32 * index + 32))) return { what: 'changed', entry, seal }
  }
  return undefined
}

// A head that is further on than the chain: its end was cut off.
function unseen(kept: ReadonlyMap<number, string>, seals: number): Break | undefined {
  const further = [...kept.keys()].filter((number) => number > seals)
  return further.length === 0 ? undefined : { what: 'seal missing', seal: Math.min(...further) }
}

// In one statement, so that entries which are sealed meanwhile are seen either as waiting or as sealed.
async function outsideChain(db: Db, area: string): Promise<Break | undefined> {
  const { rows } = await sql<{ what: 'added' | 'lost'; entry: string }>`
    select 'added' as what, entry.id as entry from journal.entry
    left join (select unnest(seal.covered) as id from journal.seal where seal.area = ${area}) sealed on sealed.id = entry.id
    where entry.area = ${area} and sealed.id is null
      and not exists (select from journal.unsealed where unsealed.area = ${area} and unsealed.entry = entry.id)
    union all
    select 'lost' as what, unsealed.entry from journal.unsealed
    where unsealed.area = ${area}
      and not exists (select from journal.entry where entry.area = ${area} and entry.id = unsealed.entry)
    order by entry limit 1`.execute(db)
  return rows[0]
}

async function behind(db: Db, area: string) {
  const { rows } = await sql<{ unsealed: number; oldest: Temporal.Instant | null }>`
    select count(*)::integer as unsealed, min(entry.at) as oldest from journal.unsealed
    join journal.entry on entry.area = unsealed.area and entry.id = unsealed.entry
    where unsealed.area = ${area}`.execute(db)
  return { unsealed: rows[0]?.unsealed ?? 0, oldestUnsealedAt: rows[0]?.oldest ?? undefined }
}
