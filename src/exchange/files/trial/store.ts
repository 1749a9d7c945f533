import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { listFailedJobs } from '#platform/jobs/jobs.ts'
import { isGivenUp } from '#platform/jobs/rules.ts'
import type { BringableKind } from '#exchange/files/parcel/rules.ts'
import type { Tried } from './rules.ts'

/** One trial of one area. */
export type Of = Readonly<{ area: string; trial: string }>

/** A trial of a parcel that the reader's organisation sent. */
export async function findTrial(db: Db, actor: Actor, id: string) {
  return trials(db, actor.area)
    .where('trial.id', '=', id)
    .where('parcel.organisation', '=', actor.organisation)
    .executeTakeFirst()
}

/** A trial, for work that somebody who may has begun. */
export async function findTrialAtWork(db: Db, { area, trial }: Of) {
  return trials(db, area).where('trial.id', '=', trial).executeTakeFirst()
}

export type FoundTrial = NonNullable<Awaited<ReturnType<typeof findTrial>>>

function trials(db: Db, area: string) {
  return (
    db
      .selectFrom('trial.trial as trial')
      .innerJoin('parcel.parcel as parcel', (join) =>
        join.onRef('parcel.area', '=', 'trial.area').onRef('parcel.id', '=', 'trial.parcel'),
      )
      .select(['trial.id', 'trial.parcel', 'trial.batch', 'trial.part'])
      .select(['trial.begun_at', 'trial.moved_at', 'trial.finished_at'])
      .select(['parcel.source', 'parcel.emptied_at'])
      // Checked: only what can be brought in by the page is kept.
      .select((row) => row.ref('parcel.kind').$castTo<BringableKind>().as('kind'))
      .where('trial.area', '=', area)
  )
}

/** Trials that have not moved since a moment and are not over, with the part they stand at. */
export async function listStillTrials(db: Db, area: string, before: Temporal.Instant) {
  return trials(db, area)
    .where('trial.finished_at', 'is', null)
    .where('parcel.emptied_at', 'is', null)
    .where('trial.moved_at', '<', before)
    .execute()
}

/** The files of a trial with how far it has come. */
export async function listTried(db: Db, { area, trial }: Of): Promise<Tried[]> {
  return db
    .selectFrom('trial.sheet as tried')
    .innerJoin('trial.trial as trial', (join) =>
      join.onRef('trial.area', '=', 'tried.area').onRef('trial.id', '=', 'tried.trial'),
    )
    .innerJoin('parcel.sheet as sheet', (join) =>
      join
        .onRef('sheet.area', '=', 'trial.area')
        .onRef('sheet.parcel', '=', 'trial.parcel')
        .onRef('sheet.sheet', '=', 'tried.sheet'),
    )
    .select(['tried.sheet', 'sheet.name', 'sheet.rows as of'])
    .select(['tried.rows', 'tried.taken', 'tried.already', 'tried.refused'])
    .where('tried.area', '=', area)
    .where('tried.trial', '=', trial)
    .orderBy('tried.sheet')
    .execute()
}

/** For which column each heading of each file stands in a trial. */
export async function listChosen(db: Db, { area, trial }: Of): Promise<ReadonlyMap<string, (string | undefined)[]>> {
  const rows = await db
    .selectFrom('trial.sheet')
    .select(['sheet', 'columns'])
    .where('area', '=', area)
    .where('trial', '=', trial)
    .execute()
  return new Map(rows.map(({ sheet, columns }) => [sheet, columns.map((key) => key || undefined)]))
}

/** Which of these rows stood further up, and whose they are. */
export async function findSeen(db: Db, { area, trial }: Of, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('trial.seen')
    .select(['key', 'who'])
    .where('area', '=', area)
    .where('trial', '=', trial)
    .where(sql<boolean>`key = any(${[...keys]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ key, who }) => [key, who]))
}

/** The rows of a file that would be returned, with their reasons. */
export async function listRefusals(db: Db, { area, trial }: Of, sheet: string) {
  const rows = await db
    .selectFrom('trial.refusal')
    .select(['number', 'reasons'])
    .where('area', '=', area)
    .where('trial', '=', trial)
    .where('sheet', '=', sheet)
    .orderBy('number')
    .execute()
  return new Map(rows.map(({ number, reasons }): [number, readonly string[]] => [number, reasons]))
}

/** Why work on this subject failed and when it is tried again; undefined where it did not fail. */
export async function findFailure(db: Db, area: string, subject: Readonly<Record<string, string>>) {
  const failed = await listFailedJobs(db, area)
  const own = failed.find(({ payload }) => Object.entries(subject).every(([name, id]) => payload[name] === id))
  return own && { reason: own.reason, again: isGivenUp(own) ? undefined : own.run_at }
}
