import { sql } from 'kysely'
import type { Actor, Verb } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Goal, WhoseWords } from './rules.ts'

/** The goals of an episode in the order they were added. Ask findEpisode before: it decides who may know. */
export async function listGoals(db: Db, area: string, episode: string): Promise<Goal[]> {
  return (
    db
      .selectFrom('goal.goal')
      // Checked: whose is written from the list in the rules alone.
      .select(['id', 'words', sql<WhoseWords>`whose`.as('whose'), 'target_on', 'version'])
      .where('area', '=', area)
      .where('episode', '=', episode)
      .where('taken_out_at', 'is', null)
      .orderBy('id')
      .execute()
  )
}

/** A goal with its episode, if this actor may do this with its person; otherwise nothing, as if it were not there. */
export async function findGoal(db: Db, actor: Actor, goal: string, verb: Verb = 'open') {
  const found = await findAnyGoal(db, actor, goal, verb)
  return found?.takenOutWhy === null ? found : undefined
}

/** The same, also where it was taken out of the plan, with why. */
export async function findAnyGoal(db: Db, actor: Actor, goal: string, verb: Verb) {
  return (
    db
      .selectFrom('goal.goal as goal')
      .innerJoin('episode.standing as standing', (join) =>
        join.onRef('standing.area', '=', 'goal.area').onRef('standing.episode', '=', 'goal.episode'),
      )
      // Checked: as above.
      .select(['goal.id', 'goal.words', sql<WhoseWords>`goal.whose`.as('whose'), 'goal.target_on', 'goal.version'])
      .select(['goal.episode', 'goal.taken_out_why as takenOutWhy'])
      .where('goal.area', '=', actor.area)
      .where('goal.id', '=', goal)
      .where(mayReachPerson(actor, verb, 'standing.person'))
      .executeTakeFirst()
  )
}

type By = Readonly<{ area: string; at: Temporal.Instant; by: string | null }>
type GivenGoal = Readonly<{ words: string; whose: WhoseWords; target_on: Temporal.PlainDate | null }>

/** Adds a goal; sending the form twice leaves the first. */
export async function addGoal(db: Db, goal: By & GivenGoal & Readonly<{ id: string; episode: string }>) {
  const { at, by, ...rest } = goal
  await db
    .insertInto('goal.goal')
    .values({ ...rest, added_at: at, added_by: by })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Changes a goal unless somebody has changed it since it was read; says whether it did. */
export async function changeGoal(
  db: Db,
  { area, id, seen, ...given }: GivenGoal & Readonly<{ area: string; id: string; seen: number }>,
): Promise<boolean> {
  const changed = await db
    .updateTable('goal.goal')
    .set((row) => ({ ...given, version: row('version', '+', 1) }))
    .where('area', '=', area)
    .where('id', '=', id)
    .where('version', '=', seen)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** Takes a goal out of the plan; what was agreed earlier still shows it. */
export async function takeOutGoal(db: Db, { area, id, why, at, by }: By & Readonly<{ id: string; why: string }>) {
  await db
    .updateTable('goal.goal')
    .set({ taken_out_at: at, taken_out_by: by, taken_out_why: why })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('taken_out_at', 'is', null)
    .execute()
}
