import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import type { Advice } from './rules.ts'

function questions(db: Db, area: string) {
  return db
    .selectFrom('health_advice.question as question')
    .leftJoin('health_advice.answer as answer', (join) =>
      join.onRef('answer.area', '=', 'question.area').onRef('answer.question', '=', 'question.id'),
    )
    .select(['question.id', 'question.episode', 'question.asked_of as askedOf', 'question.asks', 'question.at'])
    .select(['question.withdrawn_at as withdrawnAt', 'answer.advises', 'answer.at as advisedAt'])
    .select(['answer.read_at as readAt', findNameOf(area, 'answer.read_by').as('readBy')])
    .select([findNameOf(area, 'question.asked_of').as('adviser'), findNameOf(area, 'question.by').as('asker')])
    .where('question.area', '=', area)
}

/** What was asked in a spell of support and advised, the newest first. Ask findEpisode before. */
export async function listAdvice(db: Db, area: string, episode: string): Promise<Advice[]> {
  return questions(db, area)
    .where('question.episode', '=', episode)
    .orderBy('question.at', 'desc')
    .orderBy('question.id', 'desc')
    .execute()
}

/** One of them, whosever it is: ask findEpisode for its episode before it is shown. */
export async function findAdvice(db: Db, area: string, question: string): Promise<Advice | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(question)) return undefined
  return questions(db, area).where('question.id', '=', question).executeTakeFirst()
}

/** What occupational health was asked and has advised, on the timeline of a person. Ask findPerson before. */
export async function listAdviceOnTimeline(db: Db, asked: Asked) {
  const at = sql<Temporal.Instant>`coalesce(answer.at, question.at)`
  const query = questions(db, asked.area)
    .clearSelect()
    .select([at.as('at'), 'question.id', 'question.asks'])
    .select(['question.withdrawn_at as withdrawnAt', 'answer.advises'])
    .select([findNameOf(asked.area, 'question.by').as('asker'), findNameOf(asked.area, 'answer.by').as('adviser')])
    .where(isAnyOf('question.episode', asked.episodes))
  return readNewest(query, { at, id: 'question.id' }, asked).execute()
}

type NewQuestion = Readonly<{
  area: string
  id: string
  episode: string
  askedOf: string
  asks: string
  by: string
  at: Temporal.Instant
}>

/** Asks; the form sent twice leaves one. */
export async function saveQuestion(db: Db, { askedOf, ...question }: NewQuestion): Promise<void> {
  await db
    .insertInto('health_advice.question')
    .values({ ...question, asked_of: askedOf, withdrawn_by: null, withdrawn_at: null })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

type On = Readonly<{ area: string; question: string; by: string; at: Temporal.Instant }>

/** Writes the advice down; false where there is some already, or the question was taken back meanwhile. */
export async function saveAdvice(db: Db, { area, question, advises, by, at }: On & Readonly<{ advises: string }>) {
  await sql`select pg_advisory_xact_lock(hashtextextended('advice ' || ${area} || ${question}, 0))`.execute(db)
  const found = await findAdvice(db, area, question)
  if (!found || found.withdrawnAt !== null || found.advises !== null) return false
  await db
    .insertInto('health_advice.answer')
    .values({ area, question, advises, by, at, read_by: null, read_at: null })
    .execute()
  return true
}

/** Takes a question back that nobody has answered; false where somebody has. */
export async function withdrawQuestion(db: Db, { area, question, by, at }: On): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('advice ' || ${area} || ${question}, 0))`.execute(db)
  if ((await findAdvice(db, area, question))?.advises !== null) return false
  await db
    .updateTable('health_advice.question')
    .set({ withdrawn_by: by, withdrawn_at: at })
    .where('area', '=', area)
    .where('id', '=', question)
    .where('withdrawn_at', 'is', null)
    .execute()
  return true
}

/** Writes that the advice was read. */
export async function markAdviceRead(db: Db, { area, question, by, at }: On): Promise<void> {
  await db
    .updateTable('health_advice.answer')
    .set({ read_by: by, read_at: at })
    .where('area', '=', area)
    .where('question', '=', question)
    .where('read_at', 'is', null)
    .execute()
}
