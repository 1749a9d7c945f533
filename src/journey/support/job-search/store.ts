import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import {
  type Help,
  type HelpKind,
  type HelpResult,
  helpVersion,
  type Readiness,
  type ReadinessItem,
  type ReadinessState,
} from './rules.ts'

type By = Readonly<{ area: string; by: string; at: Temporal.Instant }>

/** How things stand that have to be there before a job begins, and how often that was written down. Ask findEpisode before. */
export async function findReadiness(db: Db, area: string, episode: string) {
  const rows = await db
    .selectFrom('job_search.readiness')
    // Checked: written by this slice alone, from the lists in the rules.
    .select([sql<ReadinessItem>`item`.as('item'), sql<ReadinessState>`state`.as('state'), 'number'])
    .where('area', '=', area)
    .where('episode', '=', episode)
    .orderBy('number')
    .execute()
  const readiness: Readiness = Object.fromEntries(rows.map(({ item, state }) => [item, state]))
  return { readiness, version: rows.length, numbers: new Map(rows.map(({ item, number }) => [item, number])) }
}

type Given = By & Readonly<{ episode: string; seen: number; readiness: Readiness }>

/** Writes down what has changed; false when somebody else has written since its writer saw it. */
export async function saveReadiness(db: Db, { area, episode, seen, readiness, by, at }: Given): Promise<boolean> {
  await holdEpisode(db, area, episode)
  const { readiness: there, version, numbers } = await findReadiness(db, area, episode)
  if (version !== seen) return false
  // Checked: the keys are the items of the list.
  const given = Object.entries(readiness) as [ReadinessItem, ReadinessState][]
  const changed = given.filter(([item, state]) => there[item] !== state)
  if (changed.length === 0) return true
  const rows = changed.map(([item, state]) => ({ item, state, number: (numbers.get(item) ?? 0) + 1 }))
  await db
    .insertInto('job_search.readiness')
    .values(rows.map((row) => ({ ...row, area, episode, by, at })))
    .execute()
  return true
}

async function holdEpisode(db: Db, area: string, episode: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('job search ' || ${area} || ${episode}, 0))`.execute(db)
}

/** The CVs, applications and interviews of a spell of support, the newest first. Ask findEpisode before. */
export async function listHelp(db: Db, area: string, episode: string) {
  const entries = await db
    .selectFrom('job_search.entry')
    // Checked: written by this slice alone, from the list in the rules.
    .select(['id', sql<HelpKind>`kind`.as('kind'), 'what'])
    .where('area', '=', area)
    .where('episode', '=', episode)
    .where('taken_back_at', 'is', null)
    .orderBy('id', 'desc')
    .execute()
  const ids = entries.map(({ id }) => id)
  const steps = Map.groupBy(await stepsOf(db, area, ids), ({ entry }) => entry)
  return entries.map((entry) => ({ ...entry, steps: steps.get(entry.id) ?? [] }))
}

async function stepsOf(db: Db, area: string, entries: readonly string[]) {
  if (entries.length === 0) return []
  return (
    db
      .selectFrom('job_search.step as step')
      // Checked: as above.
      .select(['step.id', 'step.entry', 'step.number', sql<HelpResult>`step.result`.as('result'), 'step.on_day'])
      .select(['step.note', 'step.at', 'step.taken_back_at', findNameOf(area, 'step.by').as('by')])
      .where('step.area', '=', area)
      .where(isAnyOf('step.entry', entries))
      .orderBy('step.number')
      .execute()
  )
}

type NewStep = Readonly<{ id: string; result: HelpResult; on_day: Temporal.PlainDate; note: string | null }>

/** Writes down a CV, an application or an interview with how it stands; the form sent twice leaves one. */
export async function saveHelp(db: Db, given: By & NewStep & Pick<Help, 'kind' | 'what'> & { episode: string }) {
  const { area, id, episode, kind, what, result, on_day, note, by, at } = given
  const saved = await db
    .insertInto('job_search.entry')
    .values({ area, id, episode, kind, what, by, at })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!saved) return
  const first = { area, id, entry: id, number: 1, result, on_day, note, by, at }
  await db.insertInto('job_search.step').values(first).execute()
}

type Changing = By & Readonly<{ episode: string; entry: string; seen: number }>

async function hold(db: Db, { area, episode, entry }: Omit<Changing, 'seen'>) {
  await holdEpisode(db, area, episode)
  return (await listHelp(db, area, episode)).find(({ id }) => id === entry)
}

/** Writes down what came of it; false when somebody else has written since its writer saw it. */
export async function saveHelpStep(db: Db, given: Changing & NewStep): Promise<boolean> {
  const found = await hold(db, given)
  if (found?.steps.some(({ id }) => id === given.id)) return true
  if (!found || helpVersion(found) !== given.seen) return false
  const { area, id, entry, result, on_day, note, by, at } = given
  const step = { area, id, entry, number: found.steps.length + 1, result, on_day, note, by, at }
  await db.insertInto('job_search.step').values(step).execute()
  return true
}

/** Takes back what was written down last of it; false when nothing would be left, or it was taken back already. */
export async function withdrawHelpStep(db: Db, given: Omit<Changing, 'seen'> & Readonly<{ step: string }>) {
  const standing = (await hold(db, given))?.steps.filter((step) => step.taken_back_at === null) ?? []
  if (standing.length < 2 || standing.at(-1)?.id !== given.step) return false
  await db
    .updateTable('job_search.step')
    .set({ taken_back_by: given.by, taken_back_at: given.at })
    .where('area', '=', given.area)
    .where('id', '=', given.step)
    .execute()
  return true
}

/** Takes a CV, an application or an interview back that was written down by mistake. */
export async function withdrawHelp(db: Db, { area, entry, by, at }: By & Readonly<{ entry: string }>): Promise<void> {
  await db
    .updateTable('job_search.entry')
    .set({ taken_back_by: by, taken_back_at: at })
    .where('area', '=', area)
    .where('id', '=', entry)
    .where('taken_back_at', 'is', null)
    .execute()
}

/** What came of CVs, applications and interviews, on the timeline of a person. Ask findPerson before. */
export async function listHelpOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('step.on_day', 'step.at')
  const isTakenBack = sql<boolean>`step.taken_back_at is not null or entry.taken_back_at is not null`
  const query = db
    .selectFrom('job_search.step as step')
    .innerJoin('job_search.entry as entry', (join) =>
      join.onRef('entry.area', '=', 'step.area').onRef('entry.id', '=', 'step.entry'),
    )
    // Checked: as above.
    .select([sql<HelpKind>`entry.kind`.as('kind'), sql<HelpResult>`step.result`.as('result'), 'entry.what'])
    .select(['step.id', 'entry.episode', 'step.note', at.as('at'), findNameOf(asked.area, 'step.by').as('by')])
    .select(isTakenBack.as('takenBack'))
    .where('step.area', '=', asked.area)
    .where(isAnyOf('entry.episode', asked.episodes))
  return readNewest(query, { at, id: 'step.id' }, asked).execute()
}
