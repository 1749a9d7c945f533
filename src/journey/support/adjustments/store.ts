import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import type { AdjustmentKind, Asker, Outcome, Step } from './rules.ts'

type By = Readonly<{ area: string; by: string; at: Temporal.Instant }>
/** By nobody of the team, where an employer answered through a link. */
type ByAnybody = Omit<By, 'by'> & Readonly<{ by: string | null }>

type Words = Readonly<{ kind: AdjustmentKind; what: string; askedBy: Asker; askedOn: Temporal.PlainDate }>

type KeptStep = Step & Readonly<{ adjustment: string; at: Temporal.Instant; by: string | null }>

/** An adjustment as it stands; its version counts everything that was ever written of it. */
export type Adjustment = Words &
  Readonly<{
    id: string
    version: number
    at: Temporal.Instant
    by: string | null
    steps: readonly KeptStep[]
  }>

const isTakenBack = sql<boolean>`exists (select from adjustments.withdrawal
  where withdrawal.area = adjustment.area and withdrawal.adjustment = adjustment.id)`

const isNewest = sql<boolean>`not exists (select from adjustments.words later
  where later.area = words.area and later.adjustment = words.adjustment and later.number > words.number)`

function adjustmentsOf(db: Db, area: string) {
  return (
    db
      .selectFrom('adjustments.adjustment as adjustment')
      .innerJoin('adjustments.words as words', (join) =>
        join.onRef('words.area', '=', 'adjustment.area').onRef('words.adjustment', '=', 'adjustment.id'),
      )
      // Checked: the codes are written by this slice alone, from the lists in the rules.
      .select([sql<AdjustmentKind>`words.kind`.as('kind'), sql<Asker>`words.asked_by`.as('askedBy')])
      .select(['adjustment.id', 'words.number', 'words.what', 'words.asked_on as askedOn'])
      .select(findNameOf(area, 'adjustment.by').as('by'))
      .where('adjustment.area', '=', area)
      .where(isNewest)
  )
}

/** The adjustments of a spell of support that were not taken back, by the day on which they were asked for. Ask findEpisode before. */
export async function listAdjustments(db: Db, area: string, episode: string): Promise<Adjustment[]> {
  const found = await adjustmentsOf(db, area)
    .select('adjustment.at')
    .where('adjustment.episode', '=', episode)
    .where((not) => not.not(isTakenBack))
    .orderBy('words.asked_on')
    .orderBy('adjustment.id')
    .execute()
  return withSteps(db, area, found)
}

/** The adjustments of a person over all their spells of support. Ask findPerson before, or show them to themselves. */
export async function listAdjustmentsOfPerson(db: Db, area: string, person: string): Promise<Adjustment[]> {
  const found = await adjustmentsOf(db, area)
    .innerJoin('episode.episode as episode', (join) =>
      join.onRef('episode.area', '=', 'adjustment.area').onRef('episode.id', '=', 'adjustment.episode'),
    )
    .select('adjustment.at')
    .where(isOfPerson('episode.person', { area, person }))
    .where((not) => not.not(isTakenBack))
    .orderBy('words.asked_on')
    .orderBy('adjustment.id')
    .execute()
  return withSteps(db, area, found)
}

type Found = Omit<Adjustment, 'version' | 'steps'> & Readonly<{ number: number }>

async function withSteps(db: Db, area: string, found: readonly Found[]): Promise<Adjustment[]> {
  if (found.length === 0) return []
  const all = await stepsOf(db, area)
    .select('step.at')
    .where(
      isAnyOf(
        'step.adjustment',
        found.map(({ id }) => id),
      ),
    )
    .orderBy('step.number')
    .execute()
  const byAdjustment = Map.groupBy(all, ({ adjustment }) => adjustment)
  return found.map(({ number, ...adjustment }) => {
    const steps = byAdjustment.get(adjustment.id) ?? []
    const version = number + steps.length + steps.filter(({ takenBack }) => takenBack).length
    return { ...adjustment, version, steps }
  })
}

function stepsOf(db: Db, area: string) {
  return (
    db
      .selectFrom('adjustments.step as step')
      // Checked: written by this slice alone, from the list in the rules.
      .select([sql<Outcome>`step.standing`.as('standing'), 'step.id', 'step.adjustment', 'step.number'])
      .select(['step.on_day as onDay', 'step.who', 'step.reason', 'step.from_on as fromOn'])
      .select([findNameOf(area, 'step.by').as('by')])
      .select(
        sql<boolean>`exists (select from adjustments.step_withdrawal withdrawn
          where withdrawn.area = step.area and withdrawn.step = step.id)`.as('takenBack'),
      )
      .where('step.area', '=', area)
  )
}

/** Writes down that somebody asked for an adjustment; the form sent twice leaves one. */
export async function saveAdjustment(db: Db, given: By & Words & Readonly<{ id: string; episode: string }>) {
  const { area, id, episode, by, at } = given
  const saved = await db
    .insertInto('adjustments.adjustment')
    .values({ area, id, episode, by, at })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (saved) await insertWords(db, { ...given, adjustment: id, number: 1 })
}

async function insertWords(db: Db, given: By & Words & Readonly<{ adjustment: string; number: number }>) {
  const { area, adjustment, number, kind, what, askedBy, askedOn, by, at } = given
  const said = { kind, what, asked_by: askedBy, asked_on: askedOn }
  await db
    .insertInto('adjustments.words')
    .values({ area, adjustment, number, ...said, by, at })
    .execute()
}

type On = By & Readonly<{ adjustment: string; episode: string; seen: number }>

/** The adjustment for whoever changes it alone now; undefined when it was taken back. */
async function hold(
  db: Db,
  { area, adjustment, episode }: Pick<On, 'area' | 'adjustment' | 'episode'>,
): Promise<Adjustment | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('adjustment ' || ${area} || ${adjustment}, 0))`.execute(db)
  return (await listAdjustments(db, area, episode)).find(({ id }) => id === adjustment)
}

/** Puts the words right; false when somebody else has changed the adjustment since its writer saw it. */
export async function saveWords(db: Db, given: On & Words): Promise<boolean> {
  if ((await hold(db, given))?.version !== given.seen) return false
  const { area, adjustment } = given
  const { number } = await db
    .selectFrom('adjustments.words')
    .select(sql<number>`max(number)`.as('number'))
    .where('area', '=', area)
    .where('adjustment', '=', adjustment)
    .executeTakeFirstOrThrow()
  await insertWords(db, { ...given, number: number + 1 })
  return true
}

type NewStep = Omit<On, 'by'> &
  ByAnybody &
  Readonly<{
    id: string
    fromOn?: Temporal.PlainDate | null
    standing: Outcome
    onDay: Temporal.PlainDate
    who: string | null
    reason: string | null
  }>

/** Writes down what came of it; false when somebody else has changed the adjustment since its writer saw it. */
export async function saveStep(db: Db, step: NewStep): Promise<boolean> {
  const found = await hold(db, step)
  if (found?.steps.some(({ id }) => id === step.id)) return true
  if (found?.version !== step.seen) return false
  const { area, id, adjustment, standing, onDay, who, reason, fromOn = null, by, at } = step
  const said = { standing, on_day: onDay, who, reason, from_on: fromOn }
  await db
    .insertInto('adjustments.step')
    .values({ area, id, adjustment, number: found.steps.length + 1, ...said, by, at })
    .execute()
  return true
}

/** Takes a step back; the adjustment stands as it did before. False when it was taken back already. */
export async function withdrawStep(db: Db, withdrawal: ByAnybody & Readonly<{ step: string }>): Promise<boolean> {
  const withdrawn = await db
    .insertInto('adjustments.step_withdrawal')
    .values(withdrawal)
    .onConflict((twice) => twice.columns(['area', 'step']).doNothing())
    .returning('step')
    .executeTakeFirst()
  return withdrawn !== undefined
}

/** Takes an adjustment back that was written down by mistake; false when it was taken back already. */
export async function withdrawAdjustment(
  db: Db,
  withdrawal: By & Readonly<{ adjustment: string; reason: string }>,
): Promise<boolean> {
  const withdrawn = await db
    .insertInto('adjustments.withdrawal')
    .values(withdrawal)
    .onConflict((twice) => twice.columns(['area', 'adjustment']).doNothing())
    .returning('adjustment')
    .executeTakeFirst()
  return withdrawn !== undefined
}

/** Adjustments as they were asked for, on the timeline of a person, those taken back too. Ask findPerson before. */
export async function listAdjustmentsOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('words.asked_on', 'adjustment.at')
  const query = adjustmentsOf(db, asked.area)
    .select(['adjustment.episode', at.as('at'), isTakenBack.as('takenBack')])
    .where(isAnyOf('adjustment.episode', asked.episodes))
  return readNewest(query, { at, id: 'adjustment.id' }, asked).execute()
}

/** What came of adjustments, on the timeline of a person. Ask findPerson before. */
export async function listAdjustmentStepsOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('step.on_day', 'step.at')
  const query = stepsOf(db, asked.area)
    .innerJoin('adjustments.adjustment as adjustment', (join) =>
      join.onRef('adjustment.area', '=', 'step.area').onRef('adjustment.id', '=', 'step.adjustment'),
    )
    .innerJoin('adjustments.words as words', (join) =>
      join.onRef('words.area', '=', 'step.area').onRef('words.adjustment', '=', 'step.adjustment'),
    )
    .select(['adjustment.episode', 'words.what', at.as('at')])
    .where(isNewest)
    .where(isAnyOf('adjustment.episode', asked.episodes))
  return readNewest(query, { at, id: 'step.id' }, asked).execute()
}
