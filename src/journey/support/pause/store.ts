import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { addWorkingDays, dayOf } from '#platform/dates.ts'
import { findHolidays } from '#registers/places/store.ts'
import { findBookedOn } from '#journey/booking/store.ts'
import { dueBy } from '#journey/due/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import type { WaitsFor } from './rules.ts'

export type NewPause = Readonly<{
  area: string
  id: string
  episode: string
  waits_for: WaitsFor
  whom: string | null
  since_on: Temporal.PlainDate
  check_on: Temporal.PlainDate
  note: string | null
  at: Temporal.Instant
  by: string
}>

/** Writes down that support waits. */
export async function savePause(db: Db, pause: NewPause): Promise<void> {
  await db.insertInto('pause.pause').values(pause).execute()
}

/** Whether this waiting was written down before: the form was sent twice. */
export async function hasPaused(db: Db, area: string, id: string): Promise<boolean> {
  const found = await db
    .selectFrom('pause.pause')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', id)
    .executeTakeFirst()
  return found !== undefined
}

type By = Readonly<{ area: string; pause: string; note: string | null; at: Temporal.Instant; by: string }>

/** Writes down that somebody looked, and looks again on another day; whether it is new. */
export async function saveLook(
  db: Db,
  look: By & Readonly<{ id: string; check_on: Temporal.PlainDate }>,
): Promise<boolean> {
  const saved = await db
    .insertInto('pause.look')
    .values(look)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

type Resuming = Omit<By, 'by'> &
  Readonly<{
    episode: string
    resumed_on: Temporal.PlainDate
    /** The moment since which it goes on, where that is not now. */
    since?: Temporal.Instant
    /** The member who says so; null where what was waited for ended by somebody else. */
    by: string | null
  }>

/** The waiting is over: the clock goes on, and the coach gets in touch on the next working day or at what is booked before. */
export async function saveResumption(db: Db, { episode, since, ...resumption }: Resuming): Promise<void> {
  const { area, pause, at, by } = resumption
  await db.insertInto('pause.resumption').values(resumption).execute()
  const taking = { area, episode, by, factRow: pause, at }
  await recordStep(db, { ...taking, step: { kind: 'resumed' }, at: since ?? at, recordedAt: at })
  const soon = { what: 'contact', on: addWorkingDays(dayOf(at), 1, await findHolidays(db)) }
  const due = dueBy(soon, await findBookedOn(db, { ...taking, now: at }))
  await recordStep(db, { ...taking, step: { kind: 'due', ...due } })
}

/** Every time support waited in one episode, the newest first. Ask findEpisode before: it decides who may know. */
export async function listPauses(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('pause.pause as pause')
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'pause.area').onRef('member.id', '=', 'pause.by'),
      )
      .leftJoin('pause.resumption as resumption', (join) =>
        join.onRef('resumption.area', '=', 'pause.area').onRef('resumption.pause', '=', 'pause.id'),
      )
      // Checked: the code is written by this slice alone, from the list in the rules.
      .select(['pause.id', sql<WaitsFor>`pause.waits_for`.as('waitsFor'), 'pause.whom', 'pause.since_on', 'pause.note'])
      .select(['pause.at', 'member.name as byName', 'resumption.resumed_on', 'resumption.note as resumedNote'])
      .select(
        sql<Temporal.PlainDate>`coalesce((select look.check_on from pause.look as look where look.area = pause.area
          and look.pause = pause.id order by look.id desc limit 1), pause.check_on)`.as('check_on'),
      )
      .where('pause.area', '=', area)
      .where('pause.episode', '=', episode)
      .orderBy('pause.id', 'desc')
      .execute()
  )
}

/** When support began to wait, over the spells of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listPausesOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('pause.since_on', 'pause.at')
  const query = db
    .selectFrom('pause.pause as pause')
    // Checked: as above.
    .select(['pause.id', 'pause.episode', sql<WaitsFor>`pause.waits_for`.as('waitsFor'), 'pause.whom', 'pause.note'])
    .select(['pause.check_on as checkOn', at.as('at'), findNameOf(asked.area, 'pause.by').as('by')])
    .where('pause.area', '=', asked.area)
    .where(isAnyOf('pause.episode', asked.episodes))
  return readNewest(query, { at, id: 'pause.id' }, asked).execute()
}

/** When somebody looked at what is waited for. Ask as before. */
export async function listWaitingLooksOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('pause.look as look')
    .innerJoin('pause.pause as pause', (join) =>
      join.onRef('pause.area', '=', 'look.area').onRef('pause.id', '=', 'look.pause'),
    )
    .select(['look.id', 'pause.episode', 'look.at', 'look.check_on as checkOn', 'look.note'])
    .select(findNameOf(asked.area, 'look.by').as('by'))
    .where('look.area', '=', asked.area)
    .where(isAnyOf('pause.episode', asked.episodes))
  return readNewest(query, { at: 'look.at', id: 'look.id' }, asked).execute()
}

/** When support went on. Ask as before. */
export async function listResumptionsOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('resumption.resumed_on', 'resumption.at')
  const query = db
    .selectFrom('pause.resumption as resumption')
    .innerJoin('pause.pause as pause', (join) =>
      join.onRef('pause.area', '=', 'resumption.area').onRef('pause.id', '=', 'resumption.pause'),
    )
    .select(['pause.id', 'pause.episode', 'pause.since_on as since', 'resumption.resumed_on as on', 'resumption.note'])
    .select([at.as('at'), findNameOf(asked.area, 'resumption.by').as('by')])
    .where('resumption.area', '=', asked.area)
    .where(isAnyOf('pause.episode', asked.episodes))
  return readNewest(query, { at, id: 'pause.id' }, asked).execute()
}
