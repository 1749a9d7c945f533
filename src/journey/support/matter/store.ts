import { sql } from 'kysely'
import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import type { Message } from '#platform/notify/rules.ts'
import { messageThatWent } from '#platform/notify/went.ts'
import { planTypes } from '#registers/areas/rules.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { listAgreements } from '#journey/agreement/store.ts'
import { listBarriers } from '#journey/assessment/store.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { findPlan } from '#journey/plan/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { type Came, type Facts, type Told, toldAsItWent, toldKind } from './rules.ts'

/** What meetings decided about these matters, by matter; whoever keeps the meetings answers it. */
export type ListCame = (
  db: Db,
  area: string,
  matters: readonly string[],
) => Promise<ReadonlyMap<string, readonly Came[]>>

type By = Readonly<{ area: string; by: string; at: Temporal.Instant }>
type Words = Readonly<{ asks: string; summary: string; urgent: boolean; why_urgent: string | null }>

function matters(db: Db, area: string) {
  return db
    .selectFrom('matter.matter as matter')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'matter.area').onRef('standing.episode', '=', 'matter.episode'),
    )
    .leftJoin('matter.objection as objection', (join) =>
      join.onRef('objection.area', '=', 'matter.area').onRef('objection.matter', '=', 'matter.id'),
    )
    .select(['matter.id', 'matter.episode', 'matter.organisation', 'matter.asks', 'matter.summary', 'matter.urgent'])
    .select(['matter.why_urgent as whyUrgent', 'matter.place', 'matter.version', 'matter.at', 'matter.by as putBy'])
    .select(['matter.withdrawn_at as withdrawnAt', 'matter.withdrawn_why as withdrawnWhy', 'standing.person'])
    .select(['objection.at as objectedAt', 'objection.words as objection', 'objection.seen_at as objectionSeenAt'])
    .select([sql<boolean>`objection.at is not null and objection.by is null`.as('ownObjection')])
    .select(findNameOf(area, 'matter.by').as('by'))
    .where('matter.area', '=', area)
}

type Row = Awaited<ReturnType<ReturnType<typeof matters>['execute']>>[number]

/** What was put to the team about somebody, how they were told, and whether they said no. */
export type Matter = Row & Readonly<{ told: readonly Told[] }>

async function withTold<One extends Readonly<{ id: string }>>(db: Db, area: string, found: readonly One[]) {
  const ids = found.map(({ id }) => id)
  const told = await listTold(db, area, ids)
  return found.map((one) => ({ ...one, told: told.get(one.id) ?? [] }))
}

/** How and when the people behind these matters were told, by matter, the first first. */
export async function listTold(db: Db, area: string, of: readonly string[]): Promise<Map<string, Told[]>> {
  if (of.length === 0) return new Map()
  const went = messageThatWent({ area, kind: toldKind, about: 'telling.matter', since: 'telling.at' })
  const rows = await db
    .selectFrom('matter.telling as telling')
    // Checked: the table itself refuses any other way.
    .select(['telling.matter', 'telling.at', sql<Told['how']>`telling.how`.as('how')])
    .leftJoinLateral(went, (join) => join.onTrue())
    .select([findNameOf(area, 'telling.by').as('by'), 'message.wentAt', 'message.waits'])
    .where('telling.area', '=', area)
    .where(isAnyOf('telling.matter', of))
    .orderBy('telling.at')
    .execute()
  return Map.groupBy(rows.map(toldAsItWent), ({ matter }) => matter)
}

/** What was put to the team in a spell of support, the newest first. Ask findEpisode before. */
export async function listMatters(db: Db, area: string, episode: string): Promise<Matter[]> {
  const found = await matters(db, area).where('matter.episode', '=', episode).orderBy('matter.id', 'desc').execute()
  return withTold(db, area, found)
}

/** What a summary is drafted from. Ask findEpisode before. */
export async function findFacts(db: Db, area: string, episode: string): Promise<Facts> {
  const [barriers, { plan, goals }, [newest]] = await Promise.all([
    listBarriers(db, area, episode),
    findPlan(db, area, episode),
    listAgreements(db, area, episode),
  ])
  return { barriers, goals, planType: plan ? planTypes[plan.type].label : null, agreed: newest?.content }
}

/** What was put to the team about a participant, as they may read it: what was taken back was never put, and what they were not told of is not put yet. */
export async function listOwnMatters(db: Db, { area, person }: Participant): Promise<Matter[]> {
  const found = await matters(db, area)
    .where(isOfPerson('standing.person', { area, person }))
    .where('matter.withdrawn_at', 'is', null)
    .orderBy('matter.id', 'desc')
    .execute()
  return (await withTold(db, area, found)).filter(({ told }) => told.length > 0)
}

export type NewMatter = By & Words & Readonly<{ id: string; episode: string; organisation: string }>

/** Keeps a matter at the end of the queue; false when its form was sent before. */
export async function saveMatter(db: Db, matter: NewMatter): Promise<boolean> {
  const { area, organisation } = matter
  await holdQueue(db, area, organisation)
  const { last } = await db
    .selectFrom('matter.matter')
    .select(sql<number>`coalesce(max(place), 0)`.as('last'))
    .where('area', '=', area)
    .where('organisation', '=', organisation)
    .executeTakeFirstOrThrow()
  const saved = await db
    .insertInto('matter.matter')
    .values({ ...matter, place: last + 1 })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

async function holdQueue(db: Db, area: string, organisation: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('queue ' || ${area} || ${organisation}, 0))`.execute(db)
}

type On = Readonly<{ area: string; id: string; seen: number }>

/** Changes what is put to the team; false when somebody else has changed it since its writer saw it. */
export async function saveWords(db: Db, { area, id, seen, ...words }: On & Words): Promise<boolean> {
  const changed = await db
    .updateTable('matter.matter')
    .set((row) => ({ ...words, version: row('version', '+', 1) }))
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', seen)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** Takes a matter back: the team does not talk about it. */
export async function withdrawMatter(db: Db, { area, id, why, by, at }: By & Readonly<{ id: string; why: string }>) {
  await db
    .updateTable('matter.matter')
    .set({ withdrawn_at: at, withdrawn_by: by, withdrawn_why: why })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute()
}

type Swap = Readonly<{ area: string; organisation: string; one: string; other: string }>

/** Puts two matters of a queue into each other's place. */
export async function swapPlaces(db: Db, { area, organisation, one, other }: Swap): Promise<void> {
  await holdQueue(db, area, organisation)
  await sql`update matter.matter moved set place = other.place from matter.matter other
    where moved.area = ${area} and other.area = ${area} and moved.organisation = ${organisation}
      and (moved.id = ${one}::uuid and other.id = ${other}::uuid or moved.id = ${other}::uuid and other.id = ${one}::uuid)`.execute(
    db,
  )
}

type Telling = Readonly<{ area: string; matter: string; how: Told['how']; by: string | null; at: Temporal.Instant }>

/** Keeps that the person was told, and how. */
export async function saveTelling(db: Db, telling: Telling): Promise<void> {
  await db
    .insertInto('matter.telling')
    .values({ ...telling, id: newId() })
    .execute()
}

type Objecting = Readonly<{ area: string; matter: string; words: string | null; by: string | null }> &
  Readonly<{ at: Temporal.Instant }>

/** Keeps that the person does not want the team to talk about it; said twice it stands once. */
export async function saveObjection(db: Db, objecting: Objecting): Promise<void> {
  const seen = objecting.by === null ? {} : { seen_at: objecting.at, seen_by: objecting.by }
  await db
    .insertInto('matter.objection')
    .values({ ...objecting, ...seen })
    .onConflict((twice) => twice.columns(['area', 'matter']).doNothing())
    .execute()
}

/** Keeps that a member has read that the person said no. */
export async function seeObjections(db: Db, { area, episode, by, at }: By & Readonly<{ episode: string }>) {
  await db
    .updateTable('matter.objection')
    .set({ seen_at: at, seen_by: by })
    .where('area', '=', area)
    .where('seen_at', 'is', null)
    .where(
      sql<boolean>`matter = any(array(select of.id from matter.matter of where of.area = ${area} and of.episode = ${episode}::uuid))`,
    )
    .execute()
}

/** Since when nobody has read that somebody does not want the team to talk about them, by episode of these coaches. */
export async function listObjected(db: Db, area: string, coaches: readonly string[]) {
  const rows = await db
    .selectFrom('matter.objection as objection')
    .innerJoin('matter.matter as matter', (join) =>
      join.onRef('matter.area', '=', 'objection.area').onRef('matter.id', '=', 'objection.matter'),
    )
    .select(['matter.episode', sql<Temporal.Instant>`min(objection.at)`.as('since')])
    .where('objection.area', '=', area)
    .where('objection.seen_at', 'is', null)
    .where(isLookedAfterBy(area, coaches, 'matter.episode'))
    .groupBy('matter.episode')
    .execute()
  return new Map(rows.map(({ episode, since }) => [episode, since]))
}

/** Whether a message about a matter is still to be sent: it stands, and they have neither read it nor said no. */
export async function isStillToTell(db: Db, { area, about }: Message): Promise<boolean> {
  const found = await db
    .selectFrom('matter.matter as matter')
    .select('matter.id')
    .where('matter.area', '=', area)
    .where('matter.id', '=', about)
    .where('matter.withdrawn_at', 'is', null)
    .where(
      sql<boolean>`not exists (select from matter.objection said where said.area = ${area} and said.matter = matter.id)
      and not exists (select from matter.telling told where told.area = ${area} and told.matter = matter.id and told.how = 'read')`,
    )
    .executeTakeFirst()
  return found !== undefined
}

/** What was put to the team, on the timeline of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listMattersOnTimeline(db: Db, asked: Asked) {
  const query = matters(db, asked.area).where(isAnyOf('matter.episode', asked.episodes))
  return readNewest(query, { at: 'matter.at', id: 'matter.id' }, asked).execute()
}

/** That somebody said no, on the timeline of a person. */
export async function listObjectionsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('matter.objection as objection')
    .innerJoin('matter.matter as matter', (join) =>
      join.onRef('matter.area', '=', 'objection.area').onRef('matter.id', '=', 'objection.matter'),
    )
    .select(['objection.matter as id', 'matter.episode', 'objection.at', 'objection.words', 'matter.asks'])
    .select([findNameOf(asked.area, 'objection.by').as('by'), sql<boolean>`objection.by is null`.as('own')])
    .where('objection.area', '=', asked.area)
    .where(isAnyOf('matter.episode', asked.episodes))
  return readNewest(query, { at: 'objection.at', id: 'objection.matter' }, asked).execute()
}
