import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { LevelCode, Rater, Rating, Scale } from './rules.ts'

const nameOf = (area: string, column: string) =>
  sql<string | null>`(select member.name from organisations.member member where member.area = ${area}
    and member.id = ${sql.ref(column)})`

const levelsOf = (db: Db, area: string) =>
  db
    .selectFrom('goal_scaling.scale as scale')
    .distinctOn('scale.goal')
    .select(['scale.id', 'scale.goal', 'scale.number', 'scale.weight', 'scale.baseline', 'scale.set_at as setAt'])
    .select(['scale.much_less', 'scale.less', 'scale.expected', 'scale.more', 'scale.much_more'])
    .select(nameOf(area, 'scale.set_by').as('by'))
    .where('scale.area', '=', area)
    .orderBy('scale.goal')
    .orderBy('scale.number', 'desc')

type Row = Omit<Scale, 'words'> & Readonly<Record<LevelCode, string>>

const scaleOf = ({ much_less, less, expected, more, much_more, ...row }: Row): Scale => ({
  ...row,
  words: { much_less, less, expected, more, much_more },
})

/** The levels of the goals of a spell of support as they hold now. Ask findEpisode before: it decides who may know. */
export async function listScales(db: Db, area: string, episode: string): Promise<Scale[]> {
  const found = await levelsOf(db, area)
    .innerJoin('goal.goal as goal', (join) =>
      join.onRef('goal.area', '=', 'scale.area').onRef('goal.id', '=', 'scale.goal'),
    )
    .where('goal.episode', '=', episode)
    .where('goal.taken_out_at', 'is', null)
    .execute()
  return found.map(scaleOf)
}

/** The levels of one goal as they hold now. Ask findGoal before. */
export async function findScale(db: Db, area: string, goal: string): Promise<Scale | undefined> {
  const found = await levelsOf(db, area).where('scale.goal', '=', goal).executeTakeFirst()
  return found && scaleOf(found)
}

/** Where the goals of a spell of support stood, the newest first. Ask findEpisode before. */
export async function listRatings(db: Db, area: string, episode: string): Promise<Rating[]> {
  return (
    db
      .selectFrom('goal_scaling.rating as rating')
      .innerJoin('goal.goal as goal', (join) =>
        join.onRef('goal.area', '=', 'rating.area').onRef('goal.id', '=', 'rating.goal'),
      )
      .select(['rating.id', 'rating.goal', 'rating.scale', 'rating.level', 'rating.rated_on as on'])
      // Checked: the table itself refuses anything else.
      .select([sql<Rater>`rating.rated_by`.as('ratedBy'), nameOf(area, 'rating.by').as('by')])
      .where('rating.area', '=', area)
      .where('goal.episode', '=', episode)
      .where('goal.taken_out_at', 'is', null)
      .orderBy('rating.rated_on', 'desc')
      .orderBy('rating.id', 'desc')
      .execute()
  )
}

type NewScale = Readonly<{ area: string; id: string; goal: string; weight: number; baseline: number }> &
  Readonly<{ words: Readonly<Record<LevelCode, string>>; at: Temporal.Instant; by: string }> &
  Readonly<{ /** The number they saw last; nought where there were none. */ seen: number }>

/** Sets the levels of a goal; false when somebody else set them meanwhile. Sending the form twice sets them once. */
export async function setScale(db: Db, { words, at, by, seen, ...scale }: NewScale): Promise<boolean> {
  const { area, goal, id } = scale
  await sql`select pg_advisory_xact_lock(hashtextextended('goal scale ' || ${area} || ${goal}, 0))`.execute(db)
  const last = await findScale(db, area, goal)
  if (last?.id === id) return true
  if ((last?.number ?? 0) !== seen) return false
  await db
    .insertInto('goal_scaling.scale')
    .values({ ...scale, ...words, number: seen + 1, set_at: at, set_by: by })
    .execute()
  return true
}

type NewRating = Readonly<{ area: string; id: string; goal: string; scale: string; level: number }> &
  Readonly<{ on: Temporal.PlainDate; ratedBy: Rater; at: Temporal.Instant; by: string }>

/** Keeps where a goal stands; sending the form twice keeps it once. */
export async function saveRating(db: Db, { on, ratedBy, ...rating }: NewRating): Promise<void> {
  await db
    .insertInto('goal_scaling.rating')
    .values({ ...rating, rated_on: on, rated_by: ratedBy })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}
