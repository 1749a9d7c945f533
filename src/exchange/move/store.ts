import { type Insertable, sql } from 'kysely'
import type { Actor, Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { declinedInWords } from './rules.ts'

/** Keeps what is offered to another area; sent twice it stands once. */
export async function savePackage(db: Db, given: Insertable<Tables['move.package']>): Promise<boolean> {
  const saved = await db
    .insertInto('move.package')
    .values(given)
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

function packages(db: Db, area: string) {
  return db
    .selectFrom('move.package as package')
    .innerJoin('episode.episode as episode', (join) =>
      join.onRef('episode.area', '=', 'package.area').onRef('episode.id', '=', 'package.episode'),
    )
    .select(['package.id', 'package.episode', 'package.to_area as toArea', 'package.content', 'package.why'])
    .select(['package.delivered_at as deliveredAt', 'package.answer', 'package.words', 'package.with_concerns'])
    .select(['package.answered_by as answeredBy', 'package.by', 'package.at', 'episode.person'])
    .select(findNameOf(area, 'package.by').as('byName'))
    .where('package.area', '=', area)
}

/** A package, if this actor may open its person; otherwise nothing, as if it were not there. */
export async function findPackage(db: Db, actor: Actor, id: string) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const found = packages(db, actor.area).where('package.id', '=', id)
  return found.where(mayReachPerson(actor, 'open', 'episode.person')).executeTakeFirst()
}

/** The package of an episode that waits for an answer. Ask findEpisode before: it decides who may know. */
export async function findWaiting(db: Db, area: string, episode: string) {
  const own = packages(db, area).where('package.episode', '=', episode).where('package.answer', 'is', null)
  return own.executeTakeFirst()
}

type Waiting = Readonly<{ area: string; coaches: readonly string[]; before: Temporal.Instant }>

/** Packages of people of these coaches that no other area has answered since a moment, for their day. */
export async function listUnansweredMoves(db: Db, { area, coaches, before }: Waiting) {
  const rows = await db
    .selectFrom('move.package as package')
    .select(['package.id', 'package.episode', 'package.at'])
    .where('package.area', '=', area)
    .where('package.answer', 'is', null)
    .where('package.at', '<=', before)
    .where(isLookedAfterBy(area, coaches, 'package.episode'))
    .execute()
  const because = 'The other area has not answered'
  return rows.map(({ id, ...row }) => ({ ...row, because, href: `/moves/${id}` }))
}

/** Packages of people of these coaches that were declined and that nobody has looked at since, for their day. */
export async function listDeclinedMoves(db: Db, { area, coaches }: Omit<Waiting, 'before'>) {
  const rows = await db
    .selectFrom('move.package as package')
    .innerJoin('episode.episode as episode', (join) =>
      join.onRef('episode.area', '=', 'package.area').onRef('episode.id', '=', 'package.episode'),
    )
    .select(['package.id', 'package.episode', 'package.words'])
    .select(sql<Temporal.Instant>`package.answered_at`.as('at'))
    .where('package.area', '=', area)
    .where('package.answer', '=', 'declined')
    .where(isLookedAfterBy(area, coaches, 'package.episode'))
    .where(
      sql<boolean>`not exists (select from move.package later where later.area = package.area
      and later.episode = package.episode and later.at > package.at)`,
    )
    .where(
      sql<boolean>`not exists (select from journal.entry entry where entry.area = package.area
      and entry.person = episode.person and entry.what = 'move.page' and entry.subject = package.id
      and entry.at >= package.answered_at)`,
    )
    .execute()
  return rows.map(({ id, words, ...row }) => ({ ...row, because: declinedInWords(words), href: `/moves/${id}` }))
}

/** A package at work, held still until the transaction ends. */
export async function findPackageHeldStill(db: Db, area: string, id: string) {
  await db
    .selectFrom('move.package')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return packages(db, area).where('package.id', '=', id).executeTakeFirst()
}

/** That a package has reached the other area. */
export async function markDelivered(db: Db, area: string, id: string, at: Temporal.Instant): Promise<void> {
  const own = db.updateTable('move.package').set({ delivered_at: at }).where('area', '=', area).where('id', '=', id)
  await own.where('delivered_at', 'is', null).execute()
}

type Answered = Readonly<{ area: string; id: string; answer: string; words: string | null }> &
  Readonly<{ answered_by: string | null; answered_at: Temporal.Instant }>

/** Keeps what became of a package; false where it was answered before. */
export async function answerPackage(db: Db, { area, id, ...answer }: Answered): Promise<boolean> {
  const own = db.updateTable('move.package').set(answer).where('area', '=', area).where('id', '=', id)
  const kept = await own.where('answer', 'is', null).returning('id').executeTakeFirst()
  return kept !== undefined
}

/** Keeps a package in the area it is offered to; delivered twice it stands once. */
export async function saveArrival(db: Db, arrival: Insertable<Tables['move.arrival']>): Promise<void> {
  await db
    .insertInto('move.arrival')
    .values(arrival)
    .onConflict((twice) => twice.doNothing())
    .execute()
}

/** Forgets a package that was taken back before anybody answered. */
export async function forgetArrival(db: Db, area: string, id: string, at: Temporal.Instant): Promise<void> {
  const gone = { answer: 'taken-back', content: null, answered_at: at }
  const own = db.updateTable('move.arrival').set(gone).where('area', '=', area).where('id', '=', id)
  await own.where('answer', 'is', null).execute()
}

function arrivals(db: Db, area: string) {
  return db
    .selectFrom('move.arrival as arrival')
    .leftJoin('areas.area as origin', 'origin.area', 'arrival.from_area')
    .select(['arrival.id', 'arrival.from_area as fromArea', 'arrival.content', 'arrival.why', 'arrival.at'])
    .select(['arrival.offered_by as offeredBy', 'arrival.answer', 'arrival.words', 'arrival.person'])
    .select(sql<string>`coalesce(origin.name, arrival.content ->> 'fromArea', arrival.from_area)`.as('fromName'))
    .where('arrival.area', '=', area)
}

/** The packages that were offered to this area, those that wait first. */
export async function listArrivals(db: Db, area: string) {
  return arrivals(db, area)
    .orderBy(sql`arrival.answer is not null`)
    .orderBy('arrival.id', 'desc')
    .limit(100)
    .execute()
}

/** How many who were offered to this area wait for its answer. */
export async function countArrivals(db: Db, area: string): Promise<number> {
  const { people } = await db
    .selectFrom('move.arrival')
    .select(sql<number>`count(*)`.as('people'))
    .where('area', '=', area)
    .where('answer', 'is', null)
    .executeTakeFirstOrThrow()
  return people
}

/** A package that was offered to this area. */
export async function findArrival(db: Db, area: string, id: string) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  return arrivals(db, area).where('arrival.id', '=', id).executeTakeFirst()
}

type Taken = Readonly<{ area: string; id: string; answer: string; words: string | null; by: string }> &
  Readonly<{ answered_at: Temporal.Instant; person: string | null }>

/** Whether this arrival still waits; held still, so that of two who answer one is first. */
export async function isWaitingHeldStill(db: Db, area: string, id: string): Promise<boolean> {
  const own = db.selectFrom('move.arrival').select('answer').where('area', '=', area).where('id', '=', id)
  return (await own.forUpdate().executeTakeFirst())?.answer === null
}

/** Keeps what this area answered. What it declined it forgets. */
export async function answerArrival(db: Db, { area, id, ...answer }: Taken): Promise<void> {
  const set = answer.answer === 'accepted' ? answer : { ...answer, content: null }
  await db.updateTable('move.arrival').set(set).where('area', '=', area).where('id', '=', id).execute()
}

/** In whose name an answer goes back. */
export async function findMember(db: Db, area: string, membership: string) {
  return (
    db
      .selectFrom('organisations.member')
      .select(['account', 'organisation'])
      // Checked: a membership is given in one of the roles.
      .select(sql<Role>`role`.as('role'))
      .where('area', '=', area)
      .where('id', '=', membership)
      .executeTakeFirst()
  )
}
