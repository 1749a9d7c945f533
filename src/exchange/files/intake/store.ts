import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Kind } from '#exchange/files/batch/rules.ts'

/** Somebody of the reader's organisation, or somebody at the command line where that organisation receives referrals. */
export type Reader = Readonly<{ actor: Actor; receives: string | null }>

/** A batch the reader may see: their organisation's, with who brought it in and how. */
export async function findBroughtIn(db: Db, reader: Reader, id: string) {
  return broughtIn(db, reader).where('batch.id', '=', id).executeTakeFirst()
}

export type BroughtIn = NonNullable<Awaited<ReturnType<typeof findBroughtIn>>>

/** The batches the reader may see, the newest first. */
export async function listBroughtIn(db: Db, reader: Reader, { skip, most }: Readonly<{ skip: number; most: number }>) {
  return broughtIn(db, reader)
    .orderBy('batch.started_at', 'desc')
    .orderBy('batch.id', 'desc')
    .offset(skip)
    .limit(most)
    .execute()
}

/** How many batches the reader may see. */
export async function countBroughtIn(db: Db, reader: Reader): Promise<number> {
  const { count } = await seenBy(db, reader)
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

function seenBy(db: Db, { actor, receives }: Reader) {
  return db
    .selectFrom('batch.batch as batch')
    .leftJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'batch.area').onRef('member.id', '=', 'batch.by'),
    )
    .where('batch.area', '=', actor.area)
    .where('batch.trial', '=', false)
    .where(sql<boolean>`coalesce(member.organisation, ${receives}::uuid) = ${actor.organisation}::uuid`)
}

function broughtIn(db: Db, reader: Reader) {
  return (
    seenBy(db, reader)
      .leftJoin('intake.intake as intake', (join) =>
        join.onRef('intake.area', '=', 'batch.area').onRef('intake.batch', '=', 'batch.id'),
      )
      .leftJoin('parcel.parcel as parcel', (join) =>
        join.onRef('parcel.area', '=', 'intake.area').onRef('parcel.id', '=', 'intake.parcel'),
      )
      .select(['batch.id', 'batch.name', 'batch.source', 'batch.rows', 'batch.taken', 'batch.already', 'batch.refused'])
      .select(['batch.started_at', 'batch.finished_at', 'batch.undoing_at', 'batch.undone_at', 'member.name as byName'])
      .select(['intake.parcel', 'intake.part', 'intake.moved_at', 'parcel.emptied_at'])
      // Checked: written by the batch alone, from the list in its rules.
      .select((row) => row.ref('batch.kind').$castTo<Kind>().as('kind'))
  )
}

/** As which batch a parcel was brought in. */
export async function findBatchOf(db: Db, area: string, parcel: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('intake.intake')
    .select('batch')
    .where('area', '=', area)
    .where('parcel', '=', parcel)
    .executeTakeFirst()
  return found?.batch
}

/** Whether a batch came of a parcel. */
export async function isBroughtIn(db: Db, area: string, batch: string): Promise<boolean> {
  const found = await db
    .selectFrom('intake.intake')
    .select('parcel')
    .where('area', '=', area)
    .where('batch', '=', batch)
    .executeTakeFirst()
  return found !== undefined
}

/** How far bringing a parcel in has come. */
export async function findIntake(db: Db, area: string, parcel: string) {
  return db
    .selectFrom('intake.intake')
    .select(['batch', 'trial', 'part', 'begun_by', 'moved_at'])
    .where('area', '=', area)
    .where('parcel', '=', parcel)
    .executeTakeFirst()
}

/** What is being brought in and has not moved since a moment, with the part it stands at. */
export async function listStillIntakes(db: Db, area: string, before: Temporal.Instant) {
  return db
    .selectFrom('intake.intake as intake')
    .innerJoin('batch.batch as batch', (join) =>
      join.onRef('batch.area', '=', 'intake.area').onRef('batch.id', '=', 'intake.batch'),
    )
    .select(['intake.parcel', 'intake.part'])
    .where('intake.area', '=', area)
    .where('batch.finished_at', 'is', null)
    .where('intake.moved_at', '<', before)
    .execute()
}

/** When rows of a batch were last taken back. */
export async function findLastTakenBack(db: Db, area: string, batch: string): Promise<Temporal.Instant | null> {
  const { last } = await db
    .selectFrom('batch.row')
    .select((row) => row.fn.max('undone_at').as('last'))
    .where('area', '=', area)
    .where('batch', '=', batch)
    .executeTakeFirstOrThrow()
  return last
}

/** What the reader's organisation has sent and neither brought in nor put away, the newest first, with its newest trial. */
export async function listWaiting(db: Db, actor: Actor) {
  const { rows } = await sql<{
    id: string
    kind: Kind
    sent_at: Temporal.Instant
    byName: string
    names: readonly string[]
    rows: number
    trial: string | null
    finished_at: Temporal.Instant | null
  }>`
    select parcel.id, parcel.kind, parcel.sent_at, member.name as "byName", sheets.names, sheets.rows,
      tried.id as trial, tried.finished_at
    from parcel.parcel
    join organisations.member on member.area = parcel.area and member.id = parcel.sent_by
    cross join lateral (select array_agg(sheet.name order by sheet.sheet) as names, sum(sheet.rows)::integer as rows
      from parcel.sheet where sheet.area = parcel.area and sheet.parcel = parcel.id) as sheets
    left join lateral (select trial.id, trial.finished_at from trial.trial
      where trial.area = parcel.area and trial.parcel = parcel.id order by trial.id desc limit 1) as tried on true
    where parcel.area = ${actor.area} and parcel.organisation = ${actor.organisation} and parcel.emptied_at is null
      and not exists (select from intake.intake where intake.area = parcel.area and intake.parcel = parcel.id)
    order by parcel.id desc limit 50`.execute(db)
  return rows
}

/** The rows of a batch that came by the page: how many there are in its files. */
export async function countSent(db: Db, area: string, parcel: string): Promise<number> {
  const { count } = await db
    .selectFrom('parcel.sheet')
    .select(sql<number>`coalesce(sum(rows), 0)::integer`.as('count'))
    .where('area', '=', area)
    .where('parcel', '=', parcel)
    .executeTakeFirstOrThrow()
  return count
}
