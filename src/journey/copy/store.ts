import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import type { Closing, Copy, Look, Marks, WayOfAsking, WayOfGiving } from './rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { listEquality } from '#registers/equality/store.ts'
import { listMeans } from '#registers/means/store.ts'
import { isOfPerson, listIdsOf } from '#registers/merged/store.ts'
import type { Person } from '#registers/people/rules.ts'
import { findCouncil } from '#registers/places/store.ts'
import { listAnswersOf } from '#registers/questionnaires/store.ts'
import { readingsOf } from '#registers/readers/rules.ts'
import { listLooks } from '#registers/readers/store.ts'
import { findRestriction } from '#registers/restriction/store.ts'
import { listEpisodesOf } from '#journey/episode/store.ts'
import { listPlannedGoals } from '#journey/plan/store.ts'
import { listHappenings } from '#journey/record/store.ts'
import * as drafting from '#journey/copy/drafting/rules.ts'

export type NewRequest = Readonly<{
  area: string
  id: string
  person: string
  asked_on: Temporal.PlainDate
  due_on: Temporal.PlainDate
  how: WayOfAsking
  note: string | null
  /** Who wrote it down; null where the person asked in their space. */
  by: string | null
  at: Temporal.Instant
}>

/** Keeps that somebody asked for a copy; the form sent twice keeps one. */
export async function saveRequest(db: Db, request: NewRequest): Promise<void> {
  await db
    .insertInto('copy.request')
    .values(request)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

function requests(db: Db, area: string) {
  return (
    db
      .selectFrom('copy.request as request')
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'request.area').onRef('person.id', '=', 'request.person'),
      )
      .leftJoin('copy.release as release', (join) =>
        join.onRef('release.area', '=', 'request.area').onRef('release.request', '=', 'request.id'),
      )
      .leftJoin('copy.closing as closing', (join) =>
        join.onRef('closing.area', '=', 'request.area').onRef('closing.request', '=', 'request.id'),
      )
      .select(['request.id', 'request.person', 'request.asked_on as askedOn', 'request.due_on as dueOn'])
      .select(['request.note', 'person.given_name', 'person.family_name', 'person.preferred_name'])
      .select(['release.at as releasedAt', 'release.until_on as untilOn', 'closing.at as closedAt'])
      .select(findNameOf(area, 'request.by').as('writtenDownBy'))
      // Checked: all are written from the lists in the rules alone.
      .select([sql<WayOfAsking>`request.how`.as('how'), sql<WayOfGiving | null>`release.way`.as('way')])
      .select([sql<Closing | null>`closing.reason`.as('closedAs'), newestLooker.as('looker')])
      .select(
        sql<string | null>`(select named.name from organisations.member named where named.area = ${area}
          and named.id = ${newestLooker})`.as('lookerName'),
      )
      .where('request.area', '=', area)
  )
}

const newestLooker = sql<string | null>`(select looker.member from copy.looker
  where looker.area = request.area and looker.request = request.id order by looker.id desc limit 1)`

/** The requests for copies that this actor may list, those due first; with those that were answered where asked for. */
export async function listRequests(db: Db, actor: Actor, answered: boolean) {
  return requests(db, actor.area)
    .where(mayReachPerson(actor, 'list'))
    .$if(!answered, (query) => query.where('release.at', 'is', null).where('closing.at', 'is', null))
    .orderBy(sql`release.at is not null or closing.at is not null`)
    .orderBy('request.due_on')
    .orderBy('request.id')
    .limit(200)
    .execute()
}

/** One request, where this actor may open the record it is about. */
export async function findRequest(db: Db, actor: Actor, request: string, verb: 'open' | 'edit' = 'open') {
  if (!/^[0-9a-f-]{36}$/.test(request)) return undefined
  return requests(db, actor.area)
    .where('request.id', '=', request)
    .where(mayReachPerson(actor, verb))
    .executeTakeFirst()
}

/** What a person asked for, the newest first: theirs alone. */
export async function listOwnRequests(db: Db, of: Readonly<{ area: string; person: string }>) {
  return requests(db, of.area).where(isOfPerson('request.person', of)).orderBy('request.id', 'desc').limit(20).execute()
}

export type Assigning = Readonly<{
  area: string
  id: string
  request: string
  member: string
  by: string
  at: Temporal.Instant
}>

/** Keeps who looks a copy through from now on. */
export async function saveLooker(db: Db, looker: Assigning): Promise<void> {
  await db.insertInto('copy.looker').values(looker).execute()
}

/** The newest look at each part of a copy. */
export async function listLooksThrough(db: Db, area: string, request: string): Promise<ReadonlyMap<string, Look>> {
  const rows = await db
    .selectFrom('copy.look as look')
    .distinctOn('look.part')
    .select(['look.part', 'look.fingerprint', 'look.at', findNameOf(area, 'look.by').as('by')])
    // Checked: saveLookThrough alone writes it.
    .select(sql<Marks>`look.withheld`.as('withheld'))
    .where('look.area', '=', area)
    .where('look.request', '=', request)
    .orderBy('look.part')
    .orderBy('look.id', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.part, row]))
}

type Looking = Readonly<{ area: string; id: string; request: string; by: string; at: Temporal.Instant }> &
  Readonly<{ part: string; fingerprint: string; withheld: Marks }>

/** Keeps that a part was looked through, and what of it is left out. */
export async function saveLookThrough(db: Db, { withheld, ...look }: Looking): Promise<void> {
  await db
    .insertInto('copy.look')
    .values({ ...look, withheld: JSON.stringify(withheld) })
    .execute()
}

type Releasing = Readonly<{ area: string; request: string; document: Copy; way: WayOfGiving }> &
  Readonly<{ until_on: Temporal.PlainDate | null; by: string; at: Temporal.Instant }>

/** Keeps a copy as it is given; false when it was given already. */
export async function saveRelease(db: Db, { document, ...release }: Releasing): Promise<boolean> {
  const kept = await db
    .insertInto('copy.release')
    .values({ ...release, document: JSON.stringify(document) })
    .onConflict((twice) => twice.columns(['area', 'request']).doNothing())
    .returning('request')
    .executeTakeFirst()
  return kept !== undefined
}

/** The copy that was given. Ask for its request before: it decides who may know. */
export async function findCopy(db: Db, area: string, request: string): Promise<Copy | undefined> {
  const found = await db
    .selectFrom('copy.release')
    // Checked: saveRelease alone writes it.
    .select(sql<Copy>`document`.as('document'))
    .where('area', '=', area)
    .where('request', '=', request)
    .executeTakeFirst()
  return found?.document
}

type ClosingRow = Readonly<{ area: string; request: string; reason: Closing; note: string | null }> &
  Readonly<{ by: string | null; at: Temporal.Instant }>

/** Keeps that a request is not answered with a copy; one that was answered stays. */
export async function saveClosing(db: Db, closing: ClosingRow): Promise<void> {
  await db
    .insertInto('copy.closing')
    .values(closing)
    .onConflict((twice) => twice.columns(['area', 'request']).doNothing())
    .execute()
}

type Asking = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

// A record has hundreds of entries at most: nothing of it may be missing because a page ended there.
const everything = 100_000
// Days are said in full as seen from far away: "tomorrow" means nothing to somebody who reads a copy later.
const far = (today: Temporal.PlainDate) => today.add({ years: 100 })

/**
 * Everything the service keeps about a person, part by part, as this actor may read it. Ask findPerson before: it decides
 * who may know.
 */
export async function listDraft(asking: Asking, person: Person): Promise<drafting.Draft> {
  const { db, actor, now, today } = asking
  const [people, episodes] = await Promise.all([
    listIdsOf(db, actor.area, person.id),
    listEpisodesOf(db, actor, person.id),
  ])
  const ids = episodes.map(({ id }) => id)
  const asked = { area: actor.area, actor, people, episodes: ids, before: undefined, most: everything, kind: null }
  const [happened, known, goals, answers, readers] = await Promise.all([
    listHappenings(db, { ...asked, now, today: far(today) }),
    listKnown(asking, person),
    Promise.all(ids.map((id) => listPlannedGoals(db, actor.area, id))),
    listAnswered(asking, person.id),
    listReaders(asking, person.id),
  ])
  const told = drafting.partsOf(happened.shown)
  return { person: known, goals: goals.flat().map(drafting.goalEntry), answers, ...told, readers }
}

async function listKnown({ db, actor: { area } }: Asking, person: Person) {
  const [means, restriction, council] = await Promise.all([
    listMeans(db, area, person.id),
    findRestriction(db, area, person.id),
    person.council === null ? undefined : findCouncil(db, person.council),
  ])
  const councils = new Map(council && person.council ? [[person.council, council.name]] : [])
  return drafting.personEntries({ person, councils, means, restriction })
}

async function listAnswered({ db, actor: { area } }: Asking, person: string) {
  const [answers, equality] = await Promise.all([listAnswersOf(db, area, person), listEquality(db, area, person)])
  return [...answers.map(drafting.answerEntry), ...equality.map(drafting.equalityEntry)]
}

async function listReaders({ db, actor: { area }, today }: Asking, person: string) {
  const [{ namesOfReaders }, looks] = await Promise.all([
    findSettings(db, area, today),
    listLooks(db, { area, person, before: null, most: everything }),
  ])
  return readingsOf(looks, namesOfReaders).map(drafting.readingEntry)
}
