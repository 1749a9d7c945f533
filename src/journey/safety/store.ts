import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { idFrom, newId } from '#platform/ids.ts'
import { raiseAlert } from '#journey/alert/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { concealed, fromQuestionnaire, isRestricted, mayRead, type NewConcern, type NewLook } from './rules.ts'

type Entered = Readonly<{ area: string; id: string; words: readonly (string | null)[] }>

/**
 * The number under which something is written down: that of its form, or another where the form was sent before with other
 * words. Whoever goes back to add what they left out must not be told that it is written down while it is not.
 */
export async function numberFor(db: Db, { area, id, words }: Entered): Promise<string> {
  const before = await db
    .selectFrom('safety.look as look')
    .leftJoin('safety.concern as concern', (join) =>
      join.onRef('concern.area', '=', 'look.area').onRef('concern.id', '=', 'look.id'),
    )
    .select(['concern.kind', 'concern.seen', 'concern.said', 'look.done', 'look.told', 'look.closed_why'])
    .where('look.area', '=', area)
    .where('look.id', '=', id)
    .executeTakeFirst()
  const same = before === undefined || JSON.stringify(Object.values(before)) === JSON.stringify(words)
  return same ? id : idFrom(id, JSON.stringify(words))
}

/** Opens a concern and tells whoever is on duty; sending it twice opens one. */
export async function saveConcern(db: Db, concern: NewConcern): Promise<void> {
  const { area, id, episode, person, kind, source, seen, said, organisation, by, at } = concern
  await db
    .insertInto('safety.concern')
    .values({
      ...{ area, id, episode, person, kind, source, seen, said, raised_by: concern.raisedBy },
      ...{ raised_name: concern.raisedName, act_by: concern.actBy, about_others: concern.aboutOthers },
      ...{ recorded_by: by, recorded_at: at },
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
  const alert = { about: 'concern', person, organisation, now: concern.actBy === 'now' } as const
  // An answer that nobody wrote down was given by the person alone.
  await raiseAlert(db, { area, id, ...alert, byThemselves: source === 'questionnaire' && by === null, at })
}

/** Writes down one look at a concern; sending it twice writes one. */
export async function saveLook(db: Db, look: NewLook): Promise<void> {
  const { area, id, concern, told, done, by } = look
  await db
    .insertInto('safety.look')
    .values({
      ...{ area, id, concern, told, done, by, done_at: look.doneAt, closed_why: look.closedWhy },
      ...{ told_at: look.toldAt, next_look_on: look.nextLookOn, closed_as: look.closedAs, looked_at: look.at },
    })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

type FromAnswer = Readonly<{
  area: string
  person: string
  episode: string
  organisation: string
  /** Who asked; nobody where the person answered by themselves. */
  by: string | null
  at: Temporal.Instant
}>

/** Opens a concern about harm to themselves because of an answer to a questionnaire, to be looked at the same day. */
export async function concernFromAnswer(db: Db, { at, ...answer }: FromAnswer): Promise<string> {
  const id = newId()
  const { seen, done } = fromQuestionnaire
  await saveConcern(db, {
    ...{ ...answer, at, id, seen, kind: 'self-harm', aboutOthers: false, source: 'questionnaire' },
    ...{ raisedBy: 'questionnaire', raisedName: null, actBy: 'today', said: null },
  })
  const { area, by } = answer
  const nothing = { told: null, toldAt: null, doneAt: null, closedAs: null, closedWhy: null }
  await saveLook(db, { ...nothing, area, by, at, id, concern: id, done, nextLookOn: dayOf(at) })
  return id
}

export type Ticked = Readonly<{
  area: string
  concern: string
  points: readonly Readonly<{ point: number; done: boolean }>[]
  by: string
  at: Temporal.Instant
}>

/** Writes down which of the six points were done, or are not after all. */
export async function savePoints(db: Db, { area, concern, points, by, at }: Ticked): Promise<void> {
  for (const { point, done } of points)
    await db.insertInto('safety.point').values({ area, id: newId(), concern, point, done, by, at }).execute()
}

/** Which of the six points were done for a concern, by whom and when. Ask findConcern before: it decides who may know. */
export async function listPointsDone(db: Db, area: string, concern: string) {
  const newest = await db
    .selectFrom('safety.point as point')
    .distinctOn('point.point')
    .select(['point.point', 'point.done', 'point.at', findNameOf(area, 'point.by').as('by')])
    .where('point.area', '=', area)
    .where('point.concern', '=', concern)
    .orderBy('point.point')
    .orderBy('point.id', 'desc')
    .execute()
  return newest.filter(({ done }) => done)
}

/** Concerns with where each stands by its newest look, of people this actor reaches. */
export function readConcernsFor(db: Db, actor: Actor, verb: 'list' | 'open') {
  return db
    .selectFrom('safety.concern as concern')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'concern.area').onRef('person.id', '=', 'concern.person'),
    )
    .innerJoinLateral(
      (inner) =>
        inner
          .selectFrom('safety.look as newest')
          .select(['newest.next_look_on', 'newest.closed_as', 'newest.closed_why', 'newest.looked_at'])
          .whereRef('newest.area', '=', 'concern.area')
          .whereRef('newest.concern', '=', 'concern.id')
          .orderBy('newest.id', 'desc')
          .limit(1)
          .as('look'),
      (join) => join.onTrue(),
    )
    .leftJoin('alert.alert as alert', (join) =>
      join.onRef('alert.area', '=', 'concern.area').onRef('alert.id', '=', 'concern.id'),
    )
    .where('concern.area', '=', actor.area)
    .where(mayReachPerson(actor, verb))
}

/** Whether this actor was told of a concern because they are on duty, and so may read it. */
export function isToldOf({ area, membership }: Actor) {
  return sql<boolean>`exists (select from alert.told where told.area = ${area} and told.alert = concern.id
    and told.member = ${membership})`
}

const standing = ['concern.id', 'concern.episode', 'concern.person', 'concern.kind', 'concern.about_others'] as const
const raised = ['concern.source', 'concern.raised_by', 'concern.raised_name', 'concern.act_by'] as const
const people = ['person.given_name', 'person.family_name', 'person.preferred_name'] as const
const times = ['concern.recorded_at', 'concern.recorded_by'] as const
const looked = ['look.next_look_on', 'look.closed_as', 'look.closed_why', 'look.looked_at'] as const
const alerted = ['alert.owner', 'alert.heard_at', 'alert.next_at'] as const

/** What is shown of a concern wherever it is. */
export const concernColumns = [...standing, ...raised, ...people, ...times, ...looked, ...alerted] as const

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
  const rows = await readConcernsFor(db, actor, 'open')
    .select([...concernColumns, 'concern.seen', isToldOf(actor).as('told')])
    .where('concern.person', 'in', await listIdsOf(db, actor.area, person))
    .orderBy('concern.id', 'desc')
    .execute()
  return rows.map((row) => concealed(row, actor))
}

/** A concern with all its looks, if this actor may read what it says. */
export async function findConcern(db: Db, actor: Actor, concern: string) {
  if (!/^[0-9a-f-]{36}$/.test(concern)) return undefined
  const found = await readConcernsFor(db, actor, 'open')
    .select([...concernColumns, 'concern.seen', 'concern.said', isToldOf(actor).as('told')])
    .select(findNameOf(actor.area, 'concern.recorded_by').as('by'))
    .where('concern.id', '=', concern)
    .executeTakeFirst()
  if (!found || !mayRead(found, actor)) return undefined
  return { ...found, readable: true, looks: await listLooks(db, actor.area, concern) }
}

async function listLooks(db: Db, area: string, concern: string) {
  return db
    .selectFrom('safety.look as look')
    .select(['look.id', 'look.looked_at', 'look.told', 'look.told_at', 'look.done', 'look.done_at'])
    .select(['look.next_look_on', 'look.closed_as', 'look.closed_why', findNameOf(area, 'look.by').as('by')])
    .where('look.area', '=', area)
    .where('look.concern', '=', concern)
    .orderBy('look.id', 'desc')
    .execute()
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
    .select([findNameOf(asked.area, 'look.by').as('by'), isToldOf(actor).as('mine')])
    .where('look.area', '=', asked.area)
    .where(isAnyOf('concern.person', asked.people))
  const rows = await readNewest(query, { at: 'look.looked_at', id: 'look.id' }, asked).execute()
  return rows.map(({ mine, ...row }) => ({
    ...{ ...row, first: row.id === row.concern, restricted: isRestricted(row) },
    readable: mayRead({ ...row, told: mine }, actor),
  }))
}
