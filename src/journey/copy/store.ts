import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { noticeAddress } from '#journey/message/rules.ts'
import { findReaching } from '#journey/reaching/store.ts'
import type { Closing, Copy, Look, Marks, News, WayOfAsking, WayOfGiving, WayOfTelling } from './rules.ts'
import { fetchableDays, newsKinds, newsTemplates } from './rules.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { findWords } from '#registers/templates/store.ts'

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
      .leftJoin('copy.extension as extension', (join) =>
        join.onRef('extension.area', '=', 'request.area').onRef('extension.request', '=', 'request.id'),
      )
      .select(['request.id', 'request.person', 'request.asked_on as askedOn', 'request.due_on as firstDueOn'])
      .select([dueOn.as('dueOn'), 'extension.why as longerBecause', 'extension.told_on as longerToldOn'])
      .select([
        'release.emptied_at as emptiedAt',
        'request.note',
        'person.given_name',
        'person.family_name',
        'person.preferred_name',
      ])
      .select(['release.at as releasedAt', 'release.until_on as untilOn', 'closing.at as closedAt'])
      .select(findNameOf(area, 'request.by').as('writtenDownBy'))
      // Checked: all are written from the lists in the rules alone.
      .select([sql<WayOfAsking>`request.how`.as('how'), sql<WayOfGiving | null>`release.way`.as('way')])
      .select(sql<WayOfTelling | null>`extension.told_how`.as('longerToldHow'))
      .select([sql<Closing | null>`closing.reason`.as('closedAs'), newestLooker.as('looker')])
      .select(
        sql<string | null>`(select named.name from organisations.member named where named.area = ${area}
          and named.id = ${newestLooker})`.as('lookerName'),
      )
      .where('request.area', '=', area)
  )
}

const dueOn = sql<Temporal.PlainDate>`coalesce(extension.due_on, request.due_on)`

const newestLooker = sql<string | null>`(select looker.member from copy.looker
  where looker.area = request.area and looker.request = request.id order by looker.id desc limit 1)`

/** The requests for copies that this actor may list, those due first; with those that were answered where asked for. */
export async function listRequests(db: Db, actor: Actor, answered: boolean) {
  return requests(db, actor.area)
    .where(mayReachPerson(actor, 'list'))
    .$if(!answered, (query) => query.where('release.at', 'is', null).where('closing.at', 'is', null))
    .orderBy(sql`release.at is not null or closing.at is not null`)
    .orderBy(dueOn)
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

/** The copy that was given, until its contents are deleted. Ask for its request before: it decides who may know. */
export async function findCopy(db: Db, area: string, request: string): Promise<Copy | undefined> {
  const found = await db
    .selectFrom('copy.release')
    // Checked: saveRelease alone writes it.
    .select(sql<Copy | null>`document`.as('document'))
    .where('area', '=', area)
    .where('request', '=', request)
    .executeTakeFirst()
  return found?.document ?? undefined
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

export type Extension = Readonly<{ area: string; request: string; why: string; by: string; at: Temporal.Instant }> &
  Readonly<{ due_on: Temporal.PlainDate; told_on: Temporal.PlainDate; told_how: WayOfTelling }>

/** Keeps that a copy takes longer, once. */
export async function saveExtension(db: Db, extension: Extension): Promise<void> {
  await db
    .insertInto('copy.extension')
    .values(extension)
    .onConflict((twice) => twice.columns(['area', 'request']).doNothing())
    .execute()
}

type Emptying = Readonly<{ area: string; today: Temporal.PlainDate; now: Temporal.Instant }>

/**
 * Deletes what stood in copies that nobody can fetch any more, those on paper as long after they were given; that they were
 * given stays. A record that is held keeps its copies. Gives what was emptied, with whose it was.
 */
export async function emptyCopies(db: Db, { area, today, now }: Emptying) {
  const { rows } = await sql<{
    request: string
    person: string
  }>`update copy.release set document = null, emptied_at = ${now}
    from copy.request request
    where release.area = ${area} and release.document is not null
      and coalesce(release.until_on, (release.at at time zone 'Europe/London')::date + ${fetchableDays}::integer) < ${today}
      and request.area = ${area} and request.id = release.request
      and not exists (select from hold.hold held where held.area = ${area} and held.person = request.person
        and held.lifted_at is null)
    returning release.request, request.person`.execute(db)
  return rows
}

type Telling = Readonly<{ actor: Actor; person: string; news: News; origin: string; now: Temporal.Instant }>

/** Lets a person know that there is something in their space, by their safe way and without a word of what it is. */
export async function tellPerson(db: Db, { actor, person, news, origin, now }: Telling): Promise<void> {
  const reached = await findReaching(db, actor, person)
  const to = reached && noticeAddress(reached.reaching)
  if (!to) return
  const { area } = actor
  const reader = { language: reached.language, accessNeeds: reached.reaching.accessNeeds }
  const asked = { area, template: newsTemplates[news], format: to.channel, reader }
  const words = await findWords(db, { ...asked, facts: { space: `${origin}/my` } })
  await sendMessage(db, { area, person, kind: newsKinds[news], ...words, ...to, now, allowedBy: 'asked-for' })
}
