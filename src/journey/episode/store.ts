import { newId } from '#platform/ids.ts'
import { sql } from 'kysely'
import { addJob } from '#platform/jobs/jobs.ts'
import type { Actor, Verb } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import { afterStep, days, isNews, mayTake, moments, type Standing, standingOf, type Step } from './rules.ts'

/** The episode does not stand where this could happen, for example because somebody else has moved it meanwhile. */
export class NotNow extends Error {}

/** The columns of a standing that are neither moments nor days. */
export const plain = [
  'stage',
  'stage_since',
  'route',
  'provider',
  'coach',
  'received_at',
  'plan_type',
  'next_due_what',
  'paused_days',
  'ended_as',
] as const
const standingColumns = [...plain, ...moments, ...days].map((name) => `standing.${name}` as const)

/** An episode with its person's names and where it stands, if this actor may do this with it. */
export async function findEpisode(db: Db, actor: Actor, episode: string, verb: Verb = 'open') {
  const found = await db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .select(['standing.episode as id', 'standing.person', 'standing.version', 'standing.imported'])
    .select(standingColumns)
    .select(['person.given_name', 'person.family_name', 'person.preferred_name', 'person.born_on'])
    .select(mayReachPerson(actor, 'edit').as('mayEdit'))
    .where('standing.area', '=', actor.area)
    .where('standing.episode', '=', episode)
    .where(mayReachPerson(actor, verb))
    .executeTakeFirst()
  return found ? { ...found, ...asStanding(found) } : undefined
}

/**
 * The episodes of one person, first the one that stands for them: an open one, then the newest that did not end because it
 * was there twice, which after a merge may be newer than what goes on.
 */
export async function listEpisodesOf(db: Db, actor: Actor, person: string) {
  const rows = await db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .select(['standing.episode as id', 'standing.person', 'standing.version', 'standing.imported'])
    .select(standingColumns)
    .where('standing.area', '=', actor.area)
    // What belongs to a record that was merged into this one is read here too.
    .where((is) => is.or([is('person.id', '=', person), is('person.merged_into', '=', person)]))
    .where(mayReachPerson(actor, 'open'))
    .orderBy(sql`standing.ended_at is not null`)
    .orderBy(sql`standing.ended_as is not distinct from 'duplicate'`)
    .orderBy('standing.received_at', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, ...asStanding(row) }))
}

/** The episode that new answers and notes of a person belong to: the open one, or the last that was. */
export async function findNewestEpisode(db: Db, actor: Actor, person: string): Promise<string | undefined> {
  const [first] = await listEpisodesOf(db, actor, person)
  return first?.id
}

/** The person's open episode, whoever asks: a second referral joins it instead of beginning another. */
export async function findOpenEpisode(db: Db, area: string, person: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('episode.standing')
    .select('episode')
    .where('area', '=', area)
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return found?.episode
}

export type Taking = Readonly<{
  area: string
  /** The episode; for the first step `person` begins one under this id. */
  episode: string
  person?: string
  step: Step
  /** When it happened, which for history that is typed in later is not when it is recorded. */
  at: Temporal.Instant
  recordedAt?: Temporal.Instant
  by: string | null
  /** The row of the stage that is the fact behind this step. */
  factRow?: string
  imported?: boolean
  batch?: string | null
}>

/**
 * Says what happened to an episode, in the transaction of the stage it happened in: one step row, and the standing
 * brought to what it means. Throws NotNow when the episode does not stand where this can happen. Gives the step's id.
 */
export async function recordStep(db: Db, taking: Taking): Promise<string> {
  const { area, episode, step, at } = taking
  const now = await findStandingHeldStill(db, area, episode)
  if (!mayTake(step.kind, now?.stage))
    throw new NotNow(`${step.kind} is not possible when ${now?.stage ?? 'not begun'}`)
  const id = newId()
  const first = now === undefined
  const next = step.kind === 'withdrawn' ? undefined : afterStep(now, step, at)
  await Promise.all([
    ...(first ? [begin(db, taking)] : []),
    writeStep(db, taking, id),
    ...(isNews(step) && !taking.imported ? [sayThatItMoved(db, taking, id)] : []),
    ...(next ? [keep(db, taking, next, first)] : []),
  ])
  if (next) return id
  const without = standingOf(await listSteps(db, area, episode))
  if (without === undefined) throw new NotNow('The first step of an episode cannot be taken back')
  await keep(db, taking, without, first)
  return id
}

async function writeStep(db: Db, { area, episode, step, at, recordedAt, by, factRow }: Taking, id: string) {
  const written = { area, id, episode, kind: step.kind, at, recorded_at: recordedAt ?? at, by }
  await db
    .insertInto('episode.step')
    .values({ ...written, facts: JSON.stringify(step), fact_row: factRow ?? null, withdrawn_by: null })
    .execute()
}

// Whoever listens hears of it after this, so that a slip can be taken back before others have read of it.
const hoursToTakeBack = 1

async function sayThatItMoved(db: Db, { area, episode, at, recordedAt }: Taking, step: string): Promise<void> {
  const runAt = (recordedAt ?? at).add({ hours: hoursToTakeBack })
  await addJob(db, 'episode.moved', { area, episode, step }, { runAt })
}

/** Where an episode stands, held still until this transaction ends: asked before a fact that must not be doubled. */
export async function findStandingHeldStill(db: Db, area: string, episode: string): Promise<Standing | undefined> {
  const row = await db
    .selectFrom('episode.standing as standing')
    .select(standingColumns)
    .where('area', '=', area)
    .where('episode', '=', episode)
    .forUpdate()
    .executeTakeFirst()
  return row ? asStanding(row) : undefined
}

/** The same for many episodes at once, each with whose it is. */
export async function listStandingsHeldStill(db: Db, area: string, episodes: readonly string[]) {
  const rows = await db
    .selectFrom('episode.standing as standing')
    .select([...standingColumns, 'standing.episode', 'standing.person'])
    .where(sql<boolean>`area = ${area} and episode = any(${[...episodes]}::uuid[])`)
    .orderBy('episode')
    .forUpdate()
    .execute()
  return rows.map(({ episode, person, ...row }) => ({ episode, person, standing: asStanding(row) }))
}

async function begin(db: Db, { area, episode, person, at, imported, batch }: Taking): Promise<void> {
  if (person === undefined) throw new NotNow('There is no such episode')
  await db
    .insertInto('episode.episode')
    .values({ area, id: episode, person, opened_at: at, imported: imported ?? false, batch: batch ?? null })
    .execute()
}

async function keep(
  db: Db,
  { area, episode, person, imported }: Taking,
  next: Standing,
  first: boolean,
): Promise<void> {
  if (first && person !== undefined) {
    await db
      .insertInto('episode.standing')
      .values({ ...next, area, episode, person, imported: imported ?? false })
      .execute()
    return
  }
  await db
    .updateTable('episode.standing')
    .set((row) => ({ ...next, version: row('version', '+', 1) }))
    .where('area', '=', area)
    .where('episode', '=', episode)
    .execute()
}

/** Every step of an episode in the order it was recorded, those taken back included. */
export async function listSteps(db: Db, area: string, episode: string) {
  const rows = await db
    .selectFrom('episode.step')
    .select(['id', 'at', 'recorded_at', 'by', 'fact_row', 'facts'])
    .where('area', '=', area)
    .where('episode', '=', episode)
    .orderBy('id')
    .execute()
  return rows.map(({ facts, ...row }) => ({ ...row, step: readStep(facts) }))
}

const daysIn = ['firstTryBy', 'firstAppointmentBy', 'limitOn', 'on', 'followUp13On', 'followUp26On']

/** A step as it was stored: days and moments come back as what they are. */
export function readStep(facts: unknown): Step {
  const entries = Object.entries(facts ?? {}).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'string') return [name, value]
    if (daysIn.includes(name)) return [name, Temporal.PlainDate.from(value)]
    return [name, name === 'for' ? Temporal.Instant.from(value) : value]
  })
  // Checked: only recordStep writes these rows, from a Step.
  return Object.fromEntries(entries) as Step
}

function asStanding(row: Record<keyof Standing, unknown>): Standing {
  // Checked: the code columns are written by recordStep alone, from the lists in the rules.
  return Object.fromEntries([...plain, ...moments, ...days].map((name) => [name, row[name]])) as Standing
}

export type TakingBack = Readonly<{
  area: string
  episode: string
  factRow: string
  at: Temporal.Instant
  by: string | null
}>

/** Takes back every step that a row of a stage was the fact behind, the last one first. */
export async function withdrawSteps(db: Db, { factRow, ...back }: TakingBack): Promise<void> {
  const steps = await listSteps(db, back.area, back.episode)
  const gone = new Set(steps.flatMap(({ step }) => (step.kind === 'withdrawn' ? [step.step] : [])))
  for (const { id: step } of steps.filter((one) => one.fact_row === factRow && !gone.has(one.id)).toReversed()) {
    await recordStep(db, { ...back, step: { kind: 'withdrawn', step } })
  }
}
