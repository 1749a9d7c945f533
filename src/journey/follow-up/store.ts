import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import type { Adjustments, Channel, Health, InWork, Result, SameEmployer, Weeks } from './rules.ts'

/** Lets nobody else follow this episode up until the transaction ends, so that a follow-up is recorded once. */
export async function holdEpisode(db: Db, area: string, episode: string): Promise<void> {
  await db
    .selectFrom('episode.standing')
    .select('version')
    .where('area', '=', area)
    .where('episode', '=', episode)
    .forUpdate()
    .execute()
}

/** The follow-ups of an episode, those taken back included. Ask findEpisode before: it decides who may know. */
export async function listFollowUps(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('follow_up.follow_up as heard')
      .leftJoin('follow_up.withdrawal as withdrawal', (join) =>
        join.onRef('withdrawal.area', '=', 'heard.area').onRef('withdrawal.follow_up', '=', 'heard.id'),
      )
      .select(['withdrawal.reason as takenBackBecause', 'heard.step'])
      .select(['heard.id', 'heard_on', 'hours', 'weeks_of_7_hours', 'weeks_of_16_hours', 'said'])
      // Checked: the codes are written from the lists in the rules alone.
      .select([sql<Weeks>`weeks`.as('weeks'), sql<Result>`result`.as('result')])
      .select([sql<InWork | null>`in_work`.as('in_work'), sql<SameEmployer | null>`same_employer`.as('same_employer')])
      .select([sql<Health | null>`health`.as('health'), sql<Adjustments | null>`adjustments`.as('adjustments')])
      .where('heard.area', '=', area)
      .where('heard.episode', '=', episode)
      .orderBy('heard.weeks')
      .orderBy('heard.id')
      .execute()
  )
}

/** The tries that did not reach the person. Ask findEpisode before. */
export async function listAttempts(db: Db, area: string, episode: string, weeks: Weeks) {
  return (
    db
      .selectFrom('follow_up.attempt')
      // Checked: as above.
      .select(['id', 'tried_on', sql<Channel>`channel`.as('channel')])
      .where('area', '=', area)
      .where('episode', '=', episode)
      .where('weeks', '=', weeks)
      .orderBy('tried_on')
      .orderBy('id')
      .execute()
  )
}

type By = Readonly<{
  area: string
  id: string
  episode: string
  weeks: Weeks
  recorded_at: Temporal.Instant
  by: string
}>

/** Keeps a try; sending the form twice leaves the first. */
export async function saveAttempt(
  db: Db,
  attempt: By & Readonly<{ tried_on: Temporal.PlainDate; channel: Channel }>,
): Promise<void> {
  await db
    .insertInto('follow_up.attempt')
    .values(attempt)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

export type Answers = Readonly<{
  result: Result
  heard_on: Temporal.PlainDate
  in_work: InWork | null
  same_employer: SameEmployer | null
  hours: number | null
  health: Health | null
  adjustments: Adjustments | null
  weeks_of_7_hours: number | null
  weeks_of_16_hours: number | null
  said: string | null
}>

/** Keeps a follow-up with the step it took. */
export async function saveFollowUp(db: Db, followUp: By & Answers & Readonly<{ step: string }>): Promise<void> {
  await db.insertInto('follow_up.follow_up').values(followUp).execute()
}

export type Withdrawal = Readonly<{
  area: string
  id: string
  follow_up: string
  reason: string
  at: Temporal.Instant
  by: string
}>

/** Takes a follow-up back; it stays readable. */
export async function withdrawFollowUp(db: Db, withdrawal: Withdrawal): Promise<void> {
  await db
    .insertInto('follow_up.withdrawal')
    .values(withdrawal)
    .onConflict((twice) => twice.columns(['area', 'follow_up']).doNothing())
    .execute()
}

/** What was heard after the end of the spells of support of a person. Ask listEpisodesOf before. */
export async function listFollowUpsOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('heard.heard_on', 'heard.recorded_at')
  const query = db
    .selectFrom('follow_up.follow_up as heard')
    .leftJoin('follow_up.withdrawal as withdrawal', (join) =>
      join.onRef('withdrawal.area', '=', 'heard.area').onRef('withdrawal.follow_up', '=', 'heard.id'),
    )
    .select('withdrawal.reason as takenBackBecause')
    // Checked: as above.
    .select(['heard.id', 'heard.episode', sql<Weeks>`heard.weeks`.as('weeks'), sql<Result>`heard.result`.as('result')])
    .select([sql<InWork | null>`heard.in_work`.as('inWork'), sql<Health | null>`heard.health`.as('health')])
    .select(['heard.said', at.as('at'), findNameOf(asked.area, 'heard.by').as('by')])
    .where('heard.area', '=', asked.area)
    .where(isAnyOf('heard.episode', asked.episodes))
  return readNewest(query, { at, id: 'heard.id' }, asked).execute()
}

/** The tries after the end that reached nobody. Ask as before. */
export async function listAttemptsOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('attempt.tried_on', 'attempt.recorded_at')
  const query = db
    .selectFrom('follow_up.attempt as attempt')
    // Checked: as above.
    .select(['attempt.id', 'attempt.episode', sql<Weeks>`attempt.weeks`.as('weeks')])
    .select([sql<Channel>`attempt.channel`.as('channel'), at.as('at'), findNameOf(asked.area, 'attempt.by').as('by')])
    .where('attempt.area', '=', asked.area)
    .where(isAnyOf('attempt.episode', asked.episodes))
  return readNewest(query, { at, id: 'attempt.id' }, asked).execute()
}
