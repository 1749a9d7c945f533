import { sql } from 'kysely'
import type { Actor, Verb } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { BarrierCode } from '#journey/assessment/rules.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { findGoal } from '#journey/goal/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { isToldAlong } from '#journey/brought-along/store.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import type { Action, Made, Owner, Result } from './rules.ts'

/** The actions for the goals of an episode, each with what came of it last. Ask findEpisode before. */
export async function listActions(db: Db, area: string, episode: string): Promise<Action[]> {
  return (
    db
      .selectFrom('action.action as action')
      .innerJoin('goal.goal as goal', (join) =>
        join.onRef('goal.area', '=', 'action.area').onRef('goal.id', '=', 'action.goal'),
      )
      .leftJoin('action.result as result', (join) =>
        join.onRef('result.area', '=', 'action.area').onRef('result.action', '=', 'action.id'),
      )
      .leftJoin('assessment.barrier as barrier', (join) =>
        join.onRef('barrier.area', '=', 'action.area').onRef('barrier.id', '=', 'action.barrier'),
      )
      .distinctOn('action.id')
      .select(['action.id', 'action.goal', 'action.what', 'action.barrier', 'action.obstacle', 'action.due_on'])
      .select(['action.version', 'result.note as result_note', 'result.result_on', 'result.seen_at'])
      .select(sql<boolean>`coalesce(result.own, false)`.as('own'))
      // Checked: owner, result and code are written from the lists in the rules alone.
      .select(sql<BarrierCode | null>`barrier.code`.as('barrier_code'))
      .select([sql<Owner>`action.owner`.as('owner'), sql<Result | null>`result.result`.as('result')])
      .where('action.area', '=', area)
      .where('goal.episode', '=', episode)
      .where('goal.taken_out_at', 'is', null)
      .where('action.taken_out_at', 'is', null)
      .orderBy('action.id')
      .orderBy('result.id', 'desc')
      .execute()
  )
}

/** An action with its goal, if this actor may do this with its person; otherwise nothing, as if it were not there. */
export async function findAction(db: Db, actor: Actor, action: string, verb: Verb = 'open') {
  const row = await db
    .selectFrom('action.action')
    .select('goal')
    .where('area', '=', actor.area)
    .where('id', '=', action)
    .where('taken_out_at', 'is', null)
    .executeTakeFirst()
  const goal = row && (await findGoal(db, actor, row.goal, verb))
  if (!goal) return undefined
  const found = (await listActions(db, actor.area, goal.episode)).find(({ id }) => id === action)
  return found && { ...found, of: goal }
}

/** Holds an action still until the transaction ends: who says second what came of it sees what was said first. */
export async function holdAction(db: Db, area: string, action: string): Promise<void> {
  await db
    .selectFrom('action.action')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', action)
    .forUpdate()
    .execute()
}

type By = Readonly<{ area: string; at: Temporal.Instant; by: string | null }>
type GivenAction = Readonly<{
  what: string
  barrier: string | null
  obstacle: string | null
  owner: Owner
  due_on: Temporal.PlainDate
}>

type NewAction = By & GivenAction & Readonly<{ id: string; goal: string; made?: Made | undefined }>

/** Adds an action to a goal; sending the form twice leaves the first. */
export async function addAction(db: Db, action: NewAction) {
  const { at, by, made, ...rest } = action
  await db
    .insertInto('action.action')
    .values({ ...rest, ...made, added_at: at, added_by: by })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** How often actions were made from each suggestion: as it was suggested, and changed. Those taken out again do not count. */
export async function countTaken(db: Db, area: string) {
  return db
    .selectFrom('action.action')
    .select((row) => ['solution as code', 'as_suggested', row.fn.countAll<number>().as('number')])
    .where('area', '=', area)
    .where('solution', 'is not', null)
    .where('taken_out_at', 'is', null)
    .groupBy(['solution', 'as_suggested'])
    .execute()
}

/** Changes an action unless somebody has changed it since it was read; says whether it did. */
export async function changeAction(
  db: Db,
  { area, id, seen, ...given }: GivenAction & Readonly<{ area: string; id: string; seen: number }>,
): Promise<boolean> {
  const changed = await db
    .updateTable('action.action')
    .set((row) => ({ ...given, version: row('version', '+', 1) }))
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', seen)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** Takes an action out of the plan. */
export async function takeOutAction(db: Db, { area, id, at, by }: By & Readonly<{ id: string }>) {
  await db
    .updateTable('action.action')
    .set({ taken_out_at: at, taken_out_by: by })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('taken_out_at', 'is', null)
    .execute()
}

type GivenResult = Readonly<{
  id: string
  action: string
  result: Result
  note: string | null
  result_on: Temporal.PlainDate
  /** Where the participant says it themselves. */
  own?: true
}>

/** Says what came of an action; the newest answer counts and the earlier ones stay. */
export async function saveResult(db: Db, result: By & GivenResult) {
  await db
    .insertInto('action.result')
    .values(result)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Keeps that a member has seen what the participant said themselves of an action. */
export async function seeOwnResults(db: Db, { area, id, at, by }: By & Readonly<{ id: string }>): Promise<void> {
  await db
    .updateTable('action.result')
    .set({ seen_at: at, seen_by: by })
    .where('area', '=', area)
    .where('action', '=', id)
    .where('own', '=', true)
    .where('seen_at', 'is', null)
    .execute()
}

/**
 * Since when somebody's coach has not seen that they said that something did not work, by episode: only where it is the
 * last that was said of the action, and for episodes that these coaches look after.
 */
export async function listDidNotWork(db: Db, area: string, coaches: readonly string[]) {
  const rows = await db
    .selectFrom('action.result as result')
    .innerJoin('action.action as action', (join) =>
      join.onRef('action.area', '=', 'result.area').onRef('action.id', '=', 'result.action'),
    )
    .innerJoin('goal.goal as goal', (join) =>
      join.onRef('goal.area', '=', 'action.area').onRef('goal.id', '=', 'action.goal'),
    )
    .select(['goal.episode', sql<Temporal.Instant>`min(result.at)`.as('since')])
    .where('result.area', '=', area)
    .where(sql<boolean>`result.own and result.seen_at is null and result.result = 'did-not-work'`)
    .where('action.taken_out_at', 'is', null)
    .where('goal.taken_out_at', 'is', null)
    .where(isLookedAfterBy(area, coaches, 'goal.episode'))
    .where(
      sql<boolean>`not exists (select from action.result later where later.area = ${area}
      and later.action = result.action and later.id > result.id)`,
    )
    .groupBy('goal.episode')
    .execute()
  return new Map(rows.map(({ episode, since }) => [episode, since]))
}

/** What came of actions over the spells of support of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listResultsOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('result.result_on', 'result.at')
  const query = db
    .selectFrom('goal.goal as goal')
    .innerJoin('action.action as action', (join) =>
      join.onRef('action.area', '=', 'goal.area').onRef('action.goal', '=', 'goal.id'),
    )
    .innerJoin('action.result as result', (join) =>
      join.onRef('result.area', '=', 'action.area').onRef('result.action', '=', 'action.id'),
    )
    // Checked: as above.
    .select(['result.id', 'goal.episode', 'action.what', sql<Result>`result.result`.as('result'), 'result.note'])
    .select('result.own')
    .select([at.as('at'), findNameOf(asked.area, 'result.by').as('by')])
    .where('goal.area', '=', asked.area)
    .where(isAnyOf('goal.episode', asked.episodes))
    .where((is) => is.not(isToldAlong(asked.area, 'result.id')))
  return readNewest(query, { at, id: 'result.id' }, asked).execute()
}
