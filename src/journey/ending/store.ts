import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { type EarlyEnd, isLeaving } from '#journey/episode/rules.ts'
import { findEpisode, findOpenEpisode, findStandingHeldStill, listSteps, recordStep } from '#journey/episode/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { findAction } from '#journey/action/store.ts'
import { findGoal } from '#journey/goal/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import type { WayTold } from './rules.ts'

/** The early ending of an episode that stands. Ask findEpisode before: it decides who may know. */
export async function findEnding(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('ending.ending as ending')
      .leftJoin('areas.area as area', 'area.area', 'ending.to_area')
      .select(['ending.id', 'ending.ended_on', 'ending.said', 'ending.handed_to', 'ending.died_on', 'ending.step'])
      .select('ending.few_tries_because')
      .select('area.name as moved_to')
      // Checked: both are written from the lists in the rules alone.
      .select([sql<EarlyEnd>`ending.ended_as`.as('ended_as'), sql<WayTold | null>`ending.told`.as('told')])
      .where('ending.area', '=', area)
      .where('ending.episode', '=', episode)
      .where(stillStands(area, 'ending.id'))
      .executeTakeFirst()
  )
}

function stillStands(area: string, ending: string) {
  return sql<boolean>`not exists (select from ending.withdrawal as taken
    where taken.area = ${area} and taken.ending = ${sql.ref(ending)})`
}

/** Whether an ending was sent before under this id, taken back or not. */
export async function isEndingKnown(db: Db, area: string, ending: string): Promise<boolean> {
  const found = await db
    .selectFrom('ending.ending')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', ending)
    .executeTakeFirst()
  return found !== undefined
}

export type Ending = Readonly<{
  area: string
  id: string
  episode: string
  ended_as: EarlyEnd
  ended_on: Temporal.PlainDate
  said: string | null
  handed_to: string | null
  told: WayTold | null
  to_area: string | null
  died_on: Temporal.PlainDate | null
  few_tries_because: string | null
  recorded_at: Temporal.Instant
  /** Who ended it; null where the person did so themselves. */
  by: string | null
  step: string
}>

/** Keeps an early ending. */
export async function saveEnding(db: Db, ending: Ending): Promise<void> {
  await db.insertInto('ending.ending').values(ending).execute()
}

type Places = Readonly<Record<string, string>>

/** Who has died, of those whose record, support, goal or action a form names, as far as this member may change their record. */
export async function findDead(db: Db, actor: Actor, places: Places): Promise<string | undefined> {
  const episode = await findEpisodeNamed(db, actor, places)
  const { person } =
    (episode === undefined ? await findNamed(db, actor, places) : await findEpisode(db, actor, episode, 'edit')) ?? {}
  if (!person) return undefined
  const found = await db
    .selectFrom('people.person as person')
    .innerJoin('people.person as kept', (join) =>
      join.onRef('kept.area', '=', 'person.area').on(sql<boolean>`kept.id = coalesce(person.merged_into, person.id)`),
    )
    .select('kept.id')
    .where('person.area', '=', actor.area)
    .where('person.id', '=', person)
    .where('kept.died_on', 'is not', null)
    .executeTakeFirst()
  return found?.id
}

async function findNamed(db: Db, actor: Actor, { person }: Places) {
  const found = person === undefined ? undefined : await findPerson(db, actor, person, 'edit')
  return found && { person: found.id }
}

async function findEpisodeNamed(db: Db, actor: Actor, { episode, goal, action }: Places): Promise<string | undefined> {
  if (episode !== undefined) return episode
  const named = goal ?? (action === undefined ? undefined : (await findAction(db, actor, action, 'edit'))?.goal)
  return named === undefined ? undefined : (await findGoal(db, actor, named, 'edit'))?.episode
}

export type Withdrawal = Readonly<{
  area: string
  id: string
  ending: string
  reason: string
  at: Temporal.Instant
  by: string | null
}>

/** Takes an ending back; it stays readable. */
export async function withdrawEnding(db: Db, withdrawal: Withdrawal): Promise<void> {
  await db
    .insertInto('ending.withdrawal')
    .values(withdrawal)
    .onConflict((twice) => twice.columns(['area', 'ending']).doNothing())
    .execute()
}

/** The early endings of the spells of support of a person, those taken back included. Ask listEpisodesOf before. */
export async function listEndingsOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('ending.ended_on', 'ending.recorded_at')
  const query = db
    .selectFrom('ending.ending as ending')
    .leftJoin('ending.withdrawal as withdrawal', (join) =>
      join.onRef('withdrawal.area', '=', 'ending.area').onRef('withdrawal.ending', '=', 'ending.id'),
    )
    // Checked: as above.
    .select(['ending.id', 'ending.episode', sql<EarlyEnd>`ending.ended_as`.as('endedAs'), 'ending.said', at.as('at')])
    .select(['ending.handed_to as handedTo', sql<WayTold | null>`ending.told`.as('told')])
    .select(['withdrawal.reason as takenBackBecause', findNameOf(asked.area, 'ending.by').as('by')])
    .where('ending.area', '=', asked.area)
    .where(isAnyOf('ending.episode', asked.episodes))
  return readNewest(query, { at, id: 'ending.id' }, asked).execute()
}

/** What somebody said about taking part, on which form. */
export type Said = Readonly<{ takesPart: boolean; form: string; area: string; person: string }> &
  Readonly<{ by: string; at: Temporal.Instant }>

/**
 * Who does not take part any more has nothing due but the ending of their support; who does after all has due what was due
 * before. Gives the episode that is to be ended, if there is one.
 */
export async function followAnswer(db: Db, { takesPart, form, person, ...taking }: Said): Promise<string | undefined> {
  const { area, at } = taking
  const episode = await findOpenEpisode(db, area, person)
  const standing = episode && (await findStandingHeldStill(db, area, episode))
  if (!episode || !standing) return undefined
  if (isLeaving(standing) === takesPart) {
    const leaving = await findLeaving(db, area, episode)
    const step = leaving
      ? ({ kind: 'withdrawn', step: leaving } as const)
      : ({ kind: 'due', what: 'leaving', on: dayOf(at) } as const)
    await recordStep(db, { ...taking, episode, step, factRow: form })
  }
  return takesPart ? undefined : episode
}

/** The step by which the ending became due, where it stands. */
async function findLeaving(db: Db, area: string, episode: string): Promise<string | undefined> {
  const steps = await listSteps(db, area, episode)
  const gone = new Set(steps.flatMap(({ step }) => (step.kind === 'withdrawn' ? [step.step] : [])))
  return steps.findLast(({ id, step }) => step.kind === 'due' && step.what === 'leaving' && !gone.has(id))?.id
}
