import { type Insertable, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { HandoverReason } from '#journey/allocation/rules.ts'
import type { Stage } from '#journey/episode/rules.ts'
import { findNameOf } from '#journey/timeline/store.ts'

function packages(db: Db, area: string) {
  return db
    .selectFrom('handing_over.package as package')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'package.area').onRef('standing.episode', '=', 'package.episode'),
    )
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .innerJoin('organisations.organisation as giver', (join) =>
      join.onRef('giver.area', '=', 'package.area').onRef('giver.id', '=', 'package.from_provider'),
    )
    .innerJoin('organisations.organisation as taker', (join) =>
      join.onRef('taker.area', '=', 'package.area').onRef('taker.id', '=', 'package.to_provider'),
    )
    .select(['package.id', 'package.episode', 'package.from_provider as from', 'package.to_provider as to'])
    .select(['package.first', 'package.in_the_way', 'package.plan', 'package.coming', 'package.reach', 'package.at'])
    .select(['package.words', 'package.answer', 'package.answered_at as answeredAt', 'giver.name as fromName'])
    .select(['taker.name as toName', findNameOf(area, 'package.by').as('by')])
    .select(findNameOf(area, 'package.answered_by').as('answeredBy'))
    .select(['standing.person', 'standing.provider', 'person.given_name', 'person.family_name'])
    .select(['person.preferred_name', 'person.born_on', 'person.postcode', 'person.language', 'person.interpreter'])
    .select(['person.access_needs as needs'])
    .select([
      // Checked: the reason is written from the list in the rules, the stage by recordStep alone.
      sql<HandoverReason>`package.reason`.as('reason'),
      sql<Stage>`standing.stage`.as('stage'),
      sql<number>`(select count(*)::int from goal.goal where goal.area = package.area and goal.episode = package.episode)`.as(
        'goals',
      ),
    ])
    .where('package.area', '=', area)
}

type Row = Awaited<ReturnType<ReturnType<typeof packages>['execute']>>[number]
const named = (row: Row) => ({ ...row, name: calledName(row) })

export type Package = ReturnType<typeof named>

// Whoever gives somebody away sees it as far as they see the person; the other team by what is offered to it.
const mayRead = (actor: Actor) =>
  sql<boolean>`(package.to_provider = ${actor.organisation}::uuid or ${mayReachPerson(actor, 'open')})`

/** A package, if it was offered to this actor's provider or they may open its person; otherwise nothing. */
export async function findPackage(db: Db, actor: Actor, id: string): Promise<Package | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const row = await packages(db, actor.area).where('package.id', '=', id).where(mayRead(actor)).executeTakeFirst()
  return row && named(row)
}

/** What is offered to this actor's provider and waits for its answer, the longest waiting first. */
export async function listOfferedTo(db: Db, { area, organisation }: Actor): Promise<Package[]> {
  const waiting = packages(db, area).where('package.to_provider', '=', organisation).where('package.answer', 'is', null)
  return (await waiting.orderBy('package.id').limit(200).execute()).map(named)
}

/** Whom this actor's provider has offered to others, the newest first. */
export async function listOfferedBy(db: Db, actor: Actor): Promise<Package[]> {
  const own = packages(db, actor.area).where('package.from_provider', '=', actor.organisation)
  const seen = own.where(mayReachPerson(actor, 'open'))
  return (await seen.orderBy('package.id', 'desc').limit(100).execute()).map(named)
}

/** The package of an episode that waits for an answer. Ask findEpisode before: it decides who may know. */
export async function findWaitingPackage(db: Db, area: string, episode: string): Promise<string | undefined> {
  const own = db.selectFrom('handing_over.package').select('id').where('area', '=', area)
  return (await own.where('episode', '=', episode).where('answer', 'is', null).executeTakeFirst())?.id
}

/** Keeps what is offered to another provider; false where this or another one waits already. */
export async function savePackage(db: Db, given: Insertable<Tables['handing_over.package']>): Promise<boolean> {
  const saved = await db
    .insertInto('handing_over.package')
    .values(given)
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

type Answering = Readonly<{ area: string; id: string; answer: string; coach: string | null; words: string | null }> &
  Readonly<{ answered_by: string; answered_at: Temporal.Instant }>

/** Keeps what became of a package; false where that was said before. */
export async function answerPackage(db: Db, { area, id, ...answer }: Answering): Promise<boolean> {
  const own = db.updateTable('handing_over.package').set(answer).where('area', '=', area).where('id', '=', id)
  return (await own.where('answer', 'is', null).returning('id').executeTakeFirst()) !== undefined
}

/** Whether a restricted record would be open to nobody of a provider. */
export async function wouldBeHidden(
  db: Db,
  area: string,
  asked: Readonly<{ person: string; provider: string; at: Temporal.Instant }>,
): Promise<boolean> {
  const { person, provider, at } = asked
  const { rows } = await sql<{ hidden: boolean }>`select exists (select from people.person where area = ${area}
    and id = ${person} and restricted) and not exists (select from people.named_access named
      join organisations.member on member.area = named.area and member.id = named.membership
      where named.area = ${area} and named.person = ${person} and member.organisation::text = ${provider}
      and (named.until_at is null or named.until_at > ${at}::timestamptz)) as hidden`.execute(db)
  return rows[0]?.hidden ?? false
}

/** How many people this actor's provider has offered to others that nobody has answered since a moment. */
export async function countUnanswered(db: Db, actor: Actor, before: Temporal.Instant): Promise<number> {
  const found = await db
    .selectFrom('handing_over.package as package')
    .innerJoin('episode.episode as episode', (join) =>
      join.onRef('episode.area', '=', 'package.area').onRef('episode.id', '=', 'package.episode'),
    )
    .select((count) => count.fn.countAll<number>().as('waiting'))
    .where('package.area', '=', actor.area)
    .where('package.from_provider', '=', actor.organisation)
    .where('package.answer', 'is', null)
    .where('package.at', '<=', before)
    .where(mayReachPerson(actor, 'list', 'episode.person'))
    .executeTakeFirstOrThrow()
  return Number(found.waiting)
}
