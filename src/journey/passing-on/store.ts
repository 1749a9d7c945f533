import { type Insertable, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { type Answer, waiting } from './rules.ts'

function offers(db: Db, actor: Actor) {
  const { area } = actor
  return (
    db
      .selectFrom('passing_on.offer as offer')
      .innerJoin('episode.standing as standing', (join) =>
        join.onRef('standing.area', '=', 'offer.area').onRef('standing.episode', '=', 'offer.episode'),
      )
      .innerJoin('people.person as person', (join) =>
        join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
      )
      .leftJoin('passing_on.answer as answer', (join) =>
        join.onRef('answer.area', '=', 'offer.area').onRef('answer.offer', '=', 'offer.id'),
      )
      .select(['offer.id', 'offer.episode', 'offer.from_coach as from', 'offer.to_coach as to', 'offer.at'])
      .select(['offer.first', 'offer.in_the_way', 'offer.plan', 'offer.coming', 'offer.reach', 'offer.withdrawn_at'])
      .select(['standing.person', 'standing.coach', 'standing.ended_at', 'answer.words', 'answer.at as answeredAt'])
      .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
      .select([findNameOf(area, 'offer.from_coach').as('fromName'), findNameOf(area, 'offer.to_coach').as('toName')])
      .select(findNameOf(area, 'answer.by').as('answeredBy'))
      // Checked: the table itself refuses any other answer.
      .select(sql<Answer | null>`answer.answer`.as('answer'))
      .where('offer.area', '=', area)
  )
}

type Row = Awaited<ReturnType<ReturnType<typeof offers>['execute']>>[number]
const named = (row: Row) => ({ ...row, name: calledName(row) })

export type Offer = ReturnType<typeof named>

/** What still moves: offers to this coach, and offers of theirs that are not answered or were asked back. */
export async function listOffers(db: Db, actor: Actor): Promise<Offer[]> {
  const open = await offers(db, actor)
    .where((where) =>
      where.or([where('offer.to_coach', '=', actor.membership), where('offer.from_coach', '=', actor.membership)]),
    )
    .where('offer.withdrawn_at', 'is', null)
    .where('standing.ended_at', 'is', null)
    .whereRef('standing.coach', '=', 'offer.from_coach')
    .where(mayReachPerson(actor, 'list'))
    .orderBy('offer.id', 'desc')
    .limit(200)
    .execute()
  const seen = new Set<string>()
  const newest = open.filter(({ episode }) => !seen.has(episode) && seen.add(episode))
  return newest.map(named)
}

/** An offer, if this actor may open its person; otherwise nothing, as if it were not there. */
export async function findOffer(db: Db, actor: Actor, id: string): Promise<Offer | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const row = await offers(db, actor).where('offer.id', '=', id).where(mayReachPerson(actor, 'edit')).executeTakeFirst()
  return row && named(row)
}

/** The newest offer for an episode that is not withdrawn and whose coach is still the one who made it. */
export async function findNewestOffer(db: Db, actor: Actor, episode: string): Promise<Offer | undefined> {
  const row = await offers(db, actor)
    .where('offer.episode', '=', episode)
    .where('offer.withdrawn_at', 'is', null)
    .whereRef('standing.coach', '=', 'offer.from_coach')
    .where(mayReachPerson(actor, 'edit'))
    .orderBy('offer.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && named(row)
}

/** Keeps an offer; sent twice it stands once, and it takes the place of any before it that is not answered. */
export async function saveOffer(db: Db, { area, ...offer }: Insertable<Tables['passing_on.offer']>): Promise<void> {
  const own = db.updateTable('passing_on.offer').set({ withdrawn_at: offer.at }).where('area', '=', area)
  await own.where('episode', '=', offer.episode).where('id', '<>', offer.id).where('withdrawn_at', 'is', null).execute()
  await db
    .insertInto('passing_on.offer')
    .values({ ...offer, area })
    .onConflict((twice) => twice.doNothing())
    .execute()
}

type Waiting = Readonly<{ area: string; coaches: readonly string[]; before: Temporal.Instant }>

/** Offers of these coaches that nobody has answered since a moment, or that the other asked back about, for their day. */
export async function listUnansweredOffers(db: Db, { area, coaches, before }: Waiting) {
  const rows = await db
    .selectFrom('passing_on.offer as offer')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'offer.area').onRef('standing.episode', '=', 'offer.episode'),
    )
    .leftJoin('passing_on.answer as answer', (join) =>
      join.onRef('answer.area', '=', 'offer.area').onRef('answer.offer', '=', 'offer.id'),
    )
    .select(['offer.id', 'offer.episode', 'offer.at', 'answer.answer'])
    .where('offer.area', '=', area)
    .where(isAnyOf('offer.from_coach', coaches))
    .whereRef('standing.coach', '=', 'offer.from_coach')
    .where('standing.ended_at', 'is', null)
    .where('offer.withdrawn_at', 'is', null)
    .where(sql<boolean>`(answer.answer = 'asked-back' or answer.answer is null and offer.at <= ${before}::timestamptz)`)
    .execute()
  return rows.map(({ id, answer, ...row }) => ({
    ...{ ...row, href: `/passing-on/${id}` },
    because: answer === null ? 'The other coach has not answered' : 'The other coach asked back',
  }))
}

/** Takes an offer back that nobody has accepted. */
export async function withdrawOffer(db: Db, area: string, id: string, at: Temporal.Instant): Promise<void> {
  const own = db.updateTable('passing_on.offer').set({ withdrawn_at: at }).where('area', '=', area)
  await own.where('id', '=', id).where('withdrawn_at', 'is', null).execute()
}

type Answering = Readonly<{ area: string; offer: string; answer: Answer; words: string | null; by: string }> &
  Readonly<{ at: Temporal.Instant }>

/** Keeps what the other coach answered; false where it is answered. */
export async function saveOfferAnswer(db: Db, answer: Answering): Promise<boolean> {
  const saved = await db
    .insertInto('passing_on.answer')
    .values(answer)
    .onConflict((twice) => twice.doNothing())
    .returning('offer')
    .executeTakeFirst()
  return saved !== undefined
}

/** Whether a member may open this record where it is restricted: it goes to nobody who is not named for it. */
export async function isNamedFor(
  db: Db,
  area: string,
  asked: Readonly<{ person: string; member: string; at: Temporal.Instant }>,
) {
  const { person, member, at } = asked
  const { rows } = await sql<{ may: boolean }>`select not exists (select from people.person where area = ${area}
    and id = ${person} and restricted) or exists (select from people.named_access where area = ${area} and person = ${person}
    and membership = ${member} and (until_at is null or until_at > ${at}::timestamptz)) as may`.execute(db)
  return rows[0]?.may ?? false
}

/** The people a coach looks after now, each with the offer that waits for an answer, for somebody who passes them all on. */
export async function listPeopleOf(db: Db, actor: Actor, coach: string) {
  const rows = await db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .select(['standing.episode', 'standing.person', 'standing.provider', 'person.restricted'])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
    .where('standing.area', '=', actor.area)
    .where('standing.coach', '=', coach)
    .where('standing.ended_at', 'is', null)
    .where(mayReachPerson(actor, 'edit'))
    .orderBy('standing.episode')
    .execute()
  const offered = await Promise.all(rows.map(({ episode }) => findNewestOffer(db, actor, episode)))
  return rows.map((row, place) => ({ ...row, name: calledName(row), offer: waiting(offered[place]) }))
}

/** With which summary somebody went from one coach to another. Ask listEpisodesOf before: it decides who may know. */
export async function listOffersOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('passing_on.offer as offer')
    .innerJoin('passing_on.answer as answer', (join) =>
      join.onRef('answer.area', '=', 'offer.area').onRef('answer.offer', '=', 'offer.id'),
    )
    .select(['offer.id', 'answer.at', 'answer.words', findNameOf(asked.area, 'answer.by').as('by')])
    .select(['offer.first', 'offer.in_the_way', 'offer.plan', 'offer.coming', 'offer.reach'])
    .select([findNameOf(asked.area, 'offer.from_coach').as('from'), findNameOf(asked.area, 'offer.to_coach').as('to')])
    // Checked: the table itself refuses any other answer.
    .select(sql<Answer>`answer.answer`.as('answer'))
    .where('offer.area', '=', asked.area)
    .where(isAnyOf('offer.episode', asked.episodes))
  return readNewest(query, { at: 'answer.at', id: 'offer.id' }, asked).execute()
}
