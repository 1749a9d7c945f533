import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { isLookedAfterBy } from '#journey/episode/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { type Closing, type ConcernKind, fromQuestionnaire, mayRead } from './rules.ts'

export type NewConcern = Readonly<{
  area: string
  id: string
  episode: string
  person: string
  kind: ConcernKind
  aboutOthers: boolean
  source: 'staff' | 'questionnaire'
  seen: string
  by: string | null
  at: Temporal.Instant
}>

export type NewLook = Readonly<{
  area: string
  id: string
  concern: string
  told: string | null
  toldAt: Temporal.Instant | null
  done: string
  nextLookOn: Temporal.PlainDate | null
  closedAs: Closing | null
  by: string | null
  at: Temporal.Instant
}>

/** Opens a concern; sending it twice opens one. */
export async function saveConcern(db: Db, { aboutOthers, by, at, ...concern }: NewConcern): Promise<void> {
  await db
    .insertInto('safety.concern')
    .values({ ...concern, about_others: aboutOthers, recorded_by: by, recorded_at: at })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Writes down one look at a concern; sending it twice writes one. */
export async function saveLook(db: Db, look: NewLook): Promise<void> {
  const { area, id, concern, told, done, by } = look
  await db
    .insertInto('safety.look')
    .values({
      ...{ area, id, concern, told, done, by },
      told_at: look.toldAt,
      next_look_on: look.nextLookOn,
      closed_as: look.closedAs,
      looked_at: look.at,
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Opens a concern about harm to themselves because of an answer to a questionnaire, to be looked at the same day. */
export async function concernFromAnswer(
  db: Db,
  actor: Actor,
  { person, episode, at }: Readonly<{ person: string; episode: string; at: Temporal.Instant }>,
): Promise<string> {
  const id = newId()
  const by = { area: actor.area, by: actor.membership, at }
  const { seen, done } = fromQuestionnaire
  await saveConcern(db, {
    ...by,
    id,
    episode,
    person,
    kind: 'self-harm',
    aboutOthers: false,
    source: 'questionnaire',
    seen,
  })
  const nothing = { told: null, toldAt: null, closedAs: null }
  await saveLook(db, { ...by, ...nothing, id, concern: id, done, nextLookOn: dayOf(at) })
  return id
}

/** Concerns with where each stands by its newest look, of people this actor reaches. */
function concerns(db: Db, actor: Actor, verb: 'list' | 'open') {
  return db
    .selectFrom('safety.concern as concern')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'concern.area').onRef('person.id', '=', 'concern.person'),
    )
    .innerJoinLateral(
      (inner) =>
        inner
          .selectFrom('safety.look as newest')
          .select(['newest.next_look_on', 'newest.closed_as', 'newest.looked_at'])
          .whereRef('newest.area', '=', 'concern.area')
          .whereRef('newest.concern', '=', 'concern.id')
          .orderBy('newest.id', 'desc')
          .limit(1)
          .as('look'),
      (join) => join.onTrue(),
    )
    .where('concern.area', '=', actor.area)
    .where(mayReachPerson(actor, verb))
}

const standing = [
  'concern.id',
  'concern.episode',
  'concern.person',
  'concern.kind',
  'concern.about_others',
  'concern.source',
] as const
const people = ['person.given_name', 'person.family_name', 'person.preferred_name'] as const
const times = [
  'concern.recorded_at',
  'concern.recorded_by',
  'look.next_look_on',
  'look.closed_as',
  'look.looked_at',
] as const

/**
 * The concerns that are open, those to be looked at first on top: all that this actor reaches, or those about people whom
 * some coaches look after. A restricted one says neither its kind nor its words.
 */
export async function listOpenConcerns(db: Db, actor: Actor, coaches?: readonly string[]) {
  const all = concerns(db, actor, 'list')
  const wanted = coaches ? all.where(isLookedAfterBy(actor.area, coaches, 'concern.episode')) : all
  const rows = await wanted
    .select([...standing, ...people, ...times])
    .where('look.closed_as', 'is', null)
    .orderBy('look.next_look_on')
    .orderBy('concern.id')
    .execute()
  return rows.map((row) => concealed(row, actor))
}

/** How many concerns are open among the people this actor reaches. */
export async function countOpenConcerns(db: Db, actor: Actor): Promise<number> {
  const { open } = await concerns(db, actor, 'list')
    .select(sql<number>`count(*)::integer`.as('open'))
    .where('look.closed_as', 'is', null)
    .executeTakeFirstOrThrow()
  return open
}

/** Whether a concern is open about a person, whoever asks: support does not end by itself while one is. */
export async function hasOpenConcern(db: Db, area: string, person: string): Promise<boolean> {
  const found = await db
    .selectFrom('safety.concern as concern')
    .select('concern.id')
    .where('concern.area', '=', area)
    .where('concern.person', 'in', await listIdsOf(db, area, person))
    .where(
      sql<boolean>`(select closed_as from safety.look where look.area = ${area} and look.concern = concern.id order by look.id desc limit 1) is null`,
    )
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Every concern about a person, under every id they are known by, the newest first. */
export async function listConcerns(db: Db, actor: Actor, person: string) {
  const rows = await concerns(db, actor, 'open')
    .select([...standing, ...times, 'concern.seen'])
    .where('concern.person', 'in', await listIdsOf(db, actor.area, person))
    .orderBy('concern.id', 'desc')
    .execute()
  return rows.map((row) => concealed(row, actor))
}

/** A concern with all its looks, if this actor may read what it says. */
export async function findConcern(db: Db, actor: Actor, concern: string) {
  const found = await concerns(db, actor, 'open')
    .leftJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'concern.area').onRef('member.id', '=', 'concern.recorded_by'),
    )
    .select([...standing, ...people, ...times, 'concern.seen', 'member.name as by'])
    .where('concern.id', '=', concern)
    .executeTakeFirst()
  if (!found || !mayRead(found, actor)) return undefined
  return { ...found, readable: true, looks: await listLooks(db, actor.area, concern) }
}

async function listLooks(db: Db, area: string, concern: string) {
  return db
    .selectFrom('safety.look as look')
    .leftJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'look.area').onRef('member.id', '=', 'look.by'),
    )
    .select(['look.id', 'look.looked_at', 'look.told', 'look.told_at', 'look.done', 'look.next_look_on'])
    .select(['look.closed_as', 'member.name as by'])
    .where('look.area', '=', area)
    .where('look.concern', '=', concern)
    .orderBy('look.id', 'desc')
    .execute()
}

type Concealable = Readonly<{ kind: string; about_others: boolean; recorded_by: string | null; seen?: string }>

/** The same row without what a restricted concern says, for those who may only know that there is one. */
function concealed<Row extends Concealable>(row: Row, actor: Actor) {
  const readable = mayRead(row, actor)
  return { ...row, readable, kind: readable ? row.kind : null, seen: readable ? (row.seen ?? null) : null }
}

/**
 * What was written down about the safety of a person, under every id they are known by: each look at a concern, the
 * first with what gave rise to it. A restricted one says neither. Ask findPerson before: it decides who may know.
 */
export async function listLooksOnTimeline(db: Db, actor: Actor, asked: Asked) {
  const query = db
    .selectFrom('safety.look as look')
    .innerJoin('safety.concern as concern', (join) =>
      join.onRef('concern.area', '=', 'look.area').onRef('concern.id', '=', 'look.concern'),
    )
    .select(['look.id', 'look.looked_at as at', 'look.told', 'look.done', 'look.next_look_on', 'look.closed_as'])
    .select(['look.concern', 'concern.kind', 'concern.about_others', 'concern.recorded_by', 'concern.seen'])
    .select(findNameOf(asked.area, 'look.by').as('by'))
    .where('look.area', '=', asked.area)
    .where(isAnyOf('concern.person', asked.people))
  const rows = await readNewest(query, { at: 'look.looked_at', id: 'look.id' }, asked).execute()
  return rows.map((row) => ({ ...row, first: row.id === row.concern, readable: mayRead(row, actor) }))
}
