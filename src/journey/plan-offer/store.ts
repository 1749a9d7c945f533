import { sql } from 'kysely'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Message } from '#platform/notify/rules.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import type { Content, Sent } from '#journey/plan/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { type Answer, isOpen, waitsToBeRead, type Way } from './rules.ts'

/** Whether a version was agreed after this was sent, by whichever way. */
export const agreedSince = sql<boolean>`exists (select from agreement.agreement since where since.area = offer.area
  and since.episode = offer.episode and since.number > offer.agreed_before)`

type Of = Readonly<{ area: string; episode: string; now: Temporal.Instant }>

/**
 * The plans that were sent and still ask something of the coach, the newest first: the last one, while it waits for the
 * person, and each whose answer nobody has read yet, also where a newer was sent since. Ask findEpisode before.
 */
export async function listSent(db: Db, { area, episode, now }: Of): Promise<Sent[]> {
  const [offers, answers] = await Promise.all([
    listOffers(db, area, episode),
    answersIn(db, area).where('offer.episode', '=', episode).execute(),
  ])
  return offers.flatMap(({ id, toldBy, ...offer }, place) => {
    const said = answers.find((one) => one.offer === id)
    const waits = place === 0 && offer.withdrawnAt === null && !offer.agreedSince
    if (!waits && !waitsToBeRead(said)) return []
    const answer = said && { kind: said.answer, on: dayOf(said.at), words: said.words, seen: said.seenAt !== null }
    const days = { on: dayOf(offer.offeredAt), until: dayOf(offer.expiresAt) }
    return [{ id, toldBy, ...days, isLast: place === 0, open: isOpen(offer, now), answer }]
  })
}

async function listOffers(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('plan_offer.offer as offer')
      .select(['offer.id', 'offer.offered_at as offeredAt', 'offer.expires_at as expiresAt'])
      // Checked: the table itself refuses any other.
      .select(['offer.withdrawn_at as withdrawnAt', sql<Sent['toldBy']>`offer.told_by`.as('toldBy')])
      .select(agreedSince.as('agreedSince'))
      .where('offer.area', '=', area)
      .where('offer.episode', '=', episode)
      .orderBy('offer.offered_at', 'desc')
      .orderBy('offer.id', 'desc')
      .execute()
  )
}

const answersIn = (db: Db, area: string) =>
  db
    .selectFrom('plan_offer.answer as answer')
    .innerJoin('plan_offer.offer as offer', (join) =>
      join.onRef('offer.area', '=', 'answer.area').onRef('offer.id', '=', 'answer.offer'),
    )
    // Checked: the table itself refuses any other.
    .select(['answer.offer', 'answer.at', 'answer.words', 'answer.seen_at as seenAt'])
    .select(sql<Answer>`answer.answer`.as('answer'))
    .where('answer.area', '=', area)
    .orderBy('answer.at', 'desc')
    .orderBy('answer.id', 'desc')

/** What the person said last of a plan they were sent. */
export async function findAnswer(db: Db, area: string, offer: string) {
  return answersIn(db, area).where('answer.offer', '=', offer).limit(1).executeTakeFirst()
}

/** Whether an answer under this id was kept. */
export const hasAnswer = async (db: Db, area: string, id: string): Promise<boolean> =>
  (await answersIn(db, area).where('answer.id', '=', id).executeTakeFirst()) !== undefined

/** The plan as the person read it when they last wanted to talk about it first; nothing where they never did. */
export async function findReadBefore(db: Db, area: string, episode: string): Promise<Content | undefined> {
  const said = await db
    .selectFrom('plan_offer.answer as answer')
    .innerJoin('plan_offer.offer as offer', (join) =>
      join.onRef('offer.area', '=', 'answer.area').onRef('offer.id', '=', 'answer.offer'),
    )
    // Checked: only saveAnswer writes it, from a Content.
    .select(sql<Content>`answer.content`.as('content'))
    .where('answer.area', '=', area)
    .where('offer.episode', '=', episode)
    .where('answer.answer', '=', 'talk')
    .where('answer.content', 'is not', null)
    .orderBy('answer.at', 'desc')
    .orderBy('answer.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return said?.content
}

/** The episode of a plan that was sent; whoever asks finds that episode with it. */
export async function findOfferedEpisode(db: Db, area: string, id: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('plan_offer.offer')
    .select('episode')
    .where('area', '=', area)
    .where('id', '=', id)
    .executeTakeFirst()
  return found?.episode
}

export type NewOffer = Readonly<{
  area: string
  id: string
  episode: string
  /** How many versions were agreed until now. */
  agreed_before: number
  told_by: Sent['toldBy']
  offered_at: Temporal.Instant
  offered_by: string
  expires_at: Temporal.Instant
}>

/** Sends a plan: gives the ids of those sent before, which are taken back by it; undefined where the form was sent before. */
export async function saveOffer(db: Db, offer: NewOffer): Promise<readonly string[] | undefined> {
  const kept = await db
    .insertInto('plan_offer.offer')
    .values({ ...offer, withdrawn_at: null, withdrawn_by: null })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows !== 1n) return undefined
  const before = await db
    .updateTable('plan_offer.offer')
    .set({ withdrawn_at: offer.offered_at, withdrawn_by: offer.offered_by })
    .where('area', '=', offer.area)
    .where('episode', '=', offer.episode)
    .where('id', '<>', offer.id)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .execute()
  return before.map(({ id }) => id)
}

type By = Readonly<{ area: string; id: string; at: Temporal.Instant; by: string }>

/** Takes a plan that was sent back: nobody answers it any more. */
export async function withdrawOffer(db: Db, { area, id, at, by }: By): Promise<void> {
  await db
    .updateTable('plan_offer.offer')
    .set({ withdrawn_at: at, withdrawn_by: by })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute()
}

export type NewAnswer = Readonly<{
  area: string
  id: string
  offer: string
  answer: Answer
  words: string | null
  way: Way
  /** The plan as they read it. */
  content: Content
  at: Temporal.Instant
}>

/** Keeps what the person said of a plan they were sent; false where the form was sent before. */
export async function saveAnswer(db: Db, answer: NewAnswer): Promise<boolean> {
  // Whoever says the same from a second tab has said it once; the caller holds the plan.
  const last = await findAnswer(db, answer.area, answer.offer)
  if (last?.answer === answer.answer && last.words === answer.words) return false
  const kept = await db
    .insertInto('plan_offer.answer')
    .values({ ...answer, content: JSON.stringify(answer.content), seen_at: null, seen_by: null })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .executeTakeFirst()
  return kept.numInsertedOrUpdatedRows === 1n
}

/** Keeps that a member has read what the person said of a plan. */
export async function seeAnswers(db: Db, { area, id, at, by }: By): Promise<void> {
  await db
    .updateTable('plan_offer.answer')
    .set({ seen_at: at, seen_by: by })
    .where('area', '=', area)
    .where('offer', '=', id)
    .where('seen_at', 'is', null)
    .execute()
}

/**
 * Whose answer to a plan nobody of the team has read, for episodes that these coaches look after: who wants to talk about
 * it first, and who wrote something beside their yes.
 */
export async function listUnseenAnswers(db: Db, area: string, coaches: readonly string[]) {
  return (
    db
      .selectFrom('plan_offer.answer as answer')
      .innerJoin('plan_offer.offer as offer', (join) =>
        join.onRef('offer.area', '=', 'answer.area').onRef('offer.id', '=', 'answer.offer'),
      )
      // Checked: the table itself refuses any other.
      .select(['offer.episode', 'answer.at', sql<Answer>`answer.answer`.as('answer')])
      .where('answer.area', '=', area)
      .where(sql<boolean>`answer.seen_at is null and (answer.answer = 'talk' or answer.words is not null)`)
      .where(isLookedAfterBy(area, coaches, 'offer.episode'))
      .orderBy('answer.at', 'desc')
      .execute()
  )
}

/** Whether a message that asks somebody to read their plan is still to go: it was not answered or taken back meanwhile. */
export async function isStillOffered(db: Db, { area, about }: Pick<Message, 'area' | 'about'>, now: Temporal.Instant) {
  const found = await db
    .selectFrom('plan_offer.offer as offer')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'offer.area').onRef('standing.episode', '=', 'offer.episode'),
    )
    .select(['offer.expires_at as expiresAt', 'offer.withdrawn_at as withdrawnAt', agreedSince.as('agreedSince')])
    .where('offer.area', '=', area)
    .where('offer.id', '=', about)
    .where('standing.ended_at', 'is', null)
    .executeTakeFirst()
  return found !== undefined && isOpen(found, now)
}

/** The plans that were sent over the spells of support of a person. Ask listEpisodesOf before. */
export async function listPlanOffersOnTimeline(db: Db, asked: Asked) {
  const at = sql<Temporal.Instant>`offer.offered_at`
  const query = db
    .selectFrom('plan_offer.offer as offer')
    .select(['offer.id', 'offer.episode', at.as('at'), findNameOf(asked.area, 'offer.offered_by').as('by')])
    // Checked: the table itself refuses any other.
    .select([sql<Sent['toldBy']>`offer.told_by`.as('toldBy'), 'offer.withdrawn_at as withdrawnAt'])
    .where('offer.area', '=', asked.area)
    .where(isAnyOf('offer.episode', asked.episodes))
  return readNewest(query, { at, id: 'offer.id' }, asked).execute()
}

/** What people said by themselves of the plans they were sent. Ask listEpisodesOf before. */
export async function listPlanAnswersOnTimeline(db: Db, asked: Asked) {
  const at = sql<Temporal.Instant>`answer.at`
  const query = db
    .selectFrom('plan_offer.answer as answer')
    .innerJoin('plan_offer.offer as offer', (join) =>
      join.onRef('offer.area', '=', 'answer.area').onRef('offer.id', '=', 'answer.offer'),
    )
    .select(['answer.id', 'offer.episode', at.as('at'), 'answer.words'])
    // Checked: the table itself refuses any other.
    .select([sql<Answer>`answer.answer`.as('answer'), sql<Way>`answer.way`.as('way')])
    .where('answer.area', '=', asked.area)
    .where(isAnyOf('offer.episode', asked.episodes))
  return readNewest(query, { at, id: 'answer.id' }, asked).execute()
}
