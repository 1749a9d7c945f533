import type { Db } from '#platform/database/transaction.ts'
import { sql } from 'kysely'
import { manyRows } from '#platform/database/bulk.ts'
import { listCovers } from '#registers/areas/store.ts'
import type { Entry } from '#registers/entry/rules.ts'
import { findService } from '#registers/directory/store.ts'
import { emptyListing, type Listing } from '#registers/listing/rules.ts'
import { boardsOn, type Cover } from '#registers/places/rules.ts'
import { readBoundaries } from '#registers/places/store.ts'
import type { Saying } from '#registers/services/rules.ts'
import { type SaidOfService, saveListings } from '#registers/services/store.ts'
import { type Became, placeKey } from './rules.ts'

/** A change to a service, or a new one (over version 0), that waits for somebody who decides. */
export type NewProposal = Readonly<{
  id: string
  service: string
  base: number
  listing: Listing
  note: string | null
}>

type From = Readonly<{ area: string; cameFrom: string; by: string | null; at: Temporal.Instant }>

/** Puts changes to the directory before those who decide; the same twice stands once. */
export async function saveProposals(db: Db, from: From, proposals: readonly NewProposal[]): Promise<void> {
  if (proposals.length === 0) return
  const columns = ['area', 'id', 'service', 'base', 'document', 'note', 'came_from', 'by', 'at'] as const
  const rows = proposals.map(({ listing, ...one }) => ({ ...one, document: listing }))
  const { area, cameFrom, by, at } = from
  await db
    .insertInto('proposing.proposal')
    .columns(columns)
    .expression(manyRows('proposing.proposal', columns, rows, { area, came_from: cameFrom, by, at }))
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

type EntryProposal = Readonly<{ id: string; subject: string; base: number; entry: Entry }>

/** Puts a change to an owner or a location before those who decide; the same twice stands once. */
export async function saveEntryProposal(db: Db, saying: Saying, { id, subject, base, entry }: EntryProposal) {
  const { area, cameFrom, note, by, at } = saying
  await db
    .insertInto('proposing.proposal')
    .values({
      ...{ area, id, about: entry.kind, service: subject, base, document: JSON.stringify(entry.document) },
      ...{ came_from: cameFrom, note, by, at },
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

const proposals = (db: Db, area: string) =>
  db
    .selectFrom('proposing.proposal as proposal')
    .leftJoin('services.service as service', (on) =>
      on.onRef('service.area', '=', 'proposal.area').onRef('service.id', '=', 'proposal.service'),
    )
    .select(['proposal.id', 'proposal.service', 'proposal.base', 'proposal.document', 'proposal.note', 'proposal.by'])
    .select(['proposal.at', 'proposal.came_from as cameFrom', 'proposal.accepted', 'proposal.reason'])
    .select(['proposal.decided_by as decidedBy', 'proposal.decided_at as decidedAt', 'proposal.about'])
    .select(
      sql<string | null>`coalesce(service.name, (select document ->> 'name' from services.version
        where version.area = proposal.area and version.about = proposal.about and version.subject = proposal.service
        order by version.version desc limit 1))`.as('name'),
    )
    .where('proposal.area', '=', area)

/** One proposal. */
export async function findProposal(db: Db, area: string, id: string) {
  const found = await proposals(db, area).where('proposal.id', '=', id).executeTakeFirst()
  // Checked: the document is written from a listing alone.
  return found && { ...found, listing: found.document as Listing }
}

type Listed = Readonly<{ area: string; service: string | null; isWaiting: boolean }>

/** Proposals that wait, the oldest first, or the latest that were decided. */
export async function listProposals(db: Db, { area, service, isWaiting }: Listed) {
  const found = await proposals(db, area)
    .where('proposal.decided_at', isWaiting ? 'is' : 'is not', null)
    .$if(service !== null, (all) => all.where('proposal.service', '=', service ?? ''))
    .orderBy(isWaiting ? 'proposal.at' : 'proposal.decided_at', isWaiting ? 'asc' : 'desc')
    .limit(isWaiting ? 200 : 20)
    .execute()
  // Checked: as above.
  return found.map((one) => ({ ...one, listing: one.document as Listing }))
}

/** How many changes to one service wait for a decision. */
export async function countWaiting(db: Db, area: string, service: string): Promise<number> {
  const found = await db
    .selectFrom('proposing.proposal')
    .select((row) => row.fn.countAll<number>().as('number'))
    .where('area', '=', area)
    .where('service', '=', service)
    .where('decided_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(found.number)
}

/** What a service was said to be in one version; nothing yet in version 0. */
export async function findVersion(db: Db, area: string, subject: string, version: number): Promise<Listing> {
  const found = await db
    .selectFrom('services.version')
    .select('document')
    .where('area', '=', area)
    .where('about', '=', 'service')
    .where('subject', '=', subject)
    .where('version', '=', version)
    .executeTakeFirst()
  // Checked: as above.
  return found ? (found.document as Listing) : emptyListing
}

type Decision = Readonly<{ accepted: boolean; reason: string | null; by: string; at: Temporal.Instant }>

/** Keeps what was decided about a proposal; false where somebody has decided already. */
export async function saveDecision(db: Db, area: string, id: string, decision: Decision): Promise<boolean> {
  const { accepted, reason, by, at } = decision
  const kept = await db
    .updateTable('proposing.proposal')
    .set({ accepted, reason, decided_by: by, decided_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

type Said = Readonly<{ id: string; service: string; version: number; listing: Listing; note: string | null }>

/** Says something of a service where the member decides about the directory, or puts it before those who do. */
export async function sayOrPropose(
  db: Db,
  { decides, ...saying }: Saying & Readonly<{ decides: boolean }>,
  { id, service, version: seen, listing, note }: Said,
): Promise<Became> {
  if (!decides) {
    await saveProposals(db, saying, [{ id, service, base: seen, listing, note }])
    return 'waits'
  }
  const origin = originOf((await findService(db, saying.area, service))?.origin)
  const saved = await saveListings(db, { ...saying, note }, [{ id: service, version: seen + 1, listing, origin }])
  return saved.has(service) ? 'stands' : 'overtaken'
}

const originOf = (origin: string | undefined): SaidOfService['origin'] =>
  origin === 'supplied' || origin === 'feed' ? origin : 'own'

/** The boards and councils of an area, and those a listing names besides, as the form offers them. */
export async function listPlaceChoices(
  db: Db,
  { area, listing, today }: Readonly<{ area: string; listing: Listing; today: Temporal.PlainDate }>,
): Promise<Readonly<Record<string, { label: string }>>> {
  const [covers, map] = await Promise.all([listCovers(db, area), readBoundaries(db)])
  const codesOf = (kind: Cover['kind']) => covers.filter((one) => one.kind === kind).map(({ code }) => code)
  const [boards, named] = [codesOf('board'), listing.served.map(({ code }) => code)]
  const within = map.overlaps.filter(({ board }) => boards.includes(board)).map(({ council }) => council)
  const councils = new Set([...codesOf('council'), ...within, ...named])
  const chosen = [
    ...boardsOn(map.boards, today)
      .filter(({ code }) => boards.includes(code) || named.includes(code))
      .map(({ code, name }) => ({ kind: 'board' as const, code, name })),
    ...map.councils
      .filter(({ code, untilOn }) => councils.has(code) && untilOn === null)
      .map(({ code, name }) => ({ kind: 'council' as const, code, name }))
      .toSorted((one, other) => one.name.localeCompare(other.name)),
  ]
  return Object.fromEntries(chosen.map((one) => [placeKey(one), { label: one.name }]))
}
