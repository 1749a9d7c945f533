import { manyRows, takeBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { days, moments, type Standing, standingOf, type Step } from './rules.ts'
import { plain } from './store.ts'

/** An episode that comes with a batch, with everything that happened to it so far. */
export type TakenEpisode = Readonly<{
  id: string
  person: string
  imported: boolean
  steps: readonly TakenStep[]
}>

type TakenStep = Readonly<{
  /** Its own id, where a fact names it; made here otherwise. */
  id?: string
  step: Step
  at: Temporal.Instant
  by: string | null
  recordedAt?: Temporal.Instant
  factRow?: string | undefined
}>

const stepColumns = ['area', 'id', 'episode', 'kind', 'at', 'recorded_at', 'by', 'facts', 'fact_row'] as const
const episodeColumns = ['area', 'id', 'person', 'opened_at', 'imported', 'batch'] as const
const standingColumns = ['area', 'episode', 'person', 'imported', 'version', ...plain, ...moments, ...days] as const

type Numbered = Omit<TakenEpisode, 'steps'> & Readonly<{ steps: readonly (TakenStep & Readonly<{ id: string }>)[] }>
type Batch = Readonly<{ area: string; batch: string | null }>

/** Takes many episodes at once, each standing where its steps say. */
export async function takeEpisodes(db: Db, batch: Batch, episodes: readonly TakenEpisode[]): Promise<void> {
  const numbered = episodes.map((episode) => ({
    ...episode,
    steps: episode.steps.map((step) => ({ ...step, id: step.id ?? newId() })),
  }))
  await Promise.all([
    insertEpisodes(db, batch, numbered),
    insertSteps(db, batch, numbered),
    insertStandings(db, batch, numbered),
  ])
}

async function insertEpisodes(db: Db, { area, batch }: Batch, episodes: readonly Numbered[]): Promise<void> {
  const rows = episodes.map(({ id, person, imported, steps }) => ({
    id,
    person,
    opened_at: steps[0]?.at,
    imported,
  }))
  await db
    .insertInto('episode.episode')
    .columns(episodeColumns)
    .expression(manyRows('episode.episode', episodeColumns, rows, { area, batch }))
    .execute()
}

async function insertSteps(
  db: Db,
  { area }: Pick<Batch, 'area'>,
  episodes: readonly Pick<Numbered, 'id' | 'steps'>[],
): Promise<void> {
  const rows = episodes.flatMap(({ id: episode, steps }) =>
    steps.map(({ id, step, at, recordedAt, by, factRow }) => ({
      ...{ id, episode, kind: step.kind, at, recorded_at: recordedAt ?? at, by },
      ...{ facts: step, fact_row: factRow ?? null },
    })),
  )
  await db
    .insertInto('episode.step')
    .columns(stepColumns)
    .expression(manyRows('episode.step', stepColumns, rows, { area }))
    .execute()
}

async function insertStandings(db: Db, { area }: Batch, episodes: readonly Numbered[]): Promise<void> {
  const rows = episodes.map(({ id: episode, person, imported, steps }) => ({
    ...standingOf(steps),
    ...{ episode, person, imported },
  }))
  await db
    .insertInto('episode.standing')
    .columns(standingColumns)
    .expression(manyRows('episode.standing', standingColumns, rows, { area, version: 1 }))
    .execute()
}

/** Steps that are added to an episode that is there, and where it stands after them. */
export type AddedSteps = Pick<Numbered, 'id' | 'steps'> & Readonly<{ standing: Standing }>

/** Adds what files tell about episodes that are there; hold them still before, and ask where they stand. */
export async function takeSteps(db: Db, area: string, added: readonly AddedSteps[]): Promise<void> {
  await Promise.all([
    insertSteps(db, { area }, added),
    ...added.map(({ id, standing }) =>
      db
        .updateTable('episode.standing')
        .set((row) => ({ ...standing, version: row('version', '+', 1) }))
        .where('area', '=', area)
        .where('episode', '=', id)
        .execute(),
    ),
  ])
}

/** Takes back episodes that a batch brought, with their steps; gives those that are gone. */
export function takeBackEpisodes(db: Db, area: string, episodes: readonly string[]): Promise<string[]> {
  return takeBack(db, 'episode', area, episodes)
}
