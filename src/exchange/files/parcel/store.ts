import { sql } from 'kysely'
import type { Actor, Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { By } from '#platform/journal/journal.ts'
import type { BringableKind, Kept } from './rules.ts'

/** One parcel of one area. */
export type Of = Readonly<{ area: string; parcel: string }>

/** A parcel that the reader's organisation sent. */
export async function findParcel(db: Db, actor: Actor, id: string) {
  return parcels(db, actor.area)
    .where('parcel.id', '=', id)
    .where('parcel.organisation', '=', actor.organisation)
    .executeTakeFirst()
}

/** A parcel, for work that somebody who may has begun. */
export async function findParcelAtWork(db: Db, area: string, id: string) {
  return parcels(db, area).where('parcel.id', '=', id).executeTakeFirst()
}

export type FoundParcel = NonNullable<Awaited<ReturnType<typeof findParcel>>>

function parcels(db: Db, area: string) {
  return (
    db
      .selectFrom('parcel.parcel as parcel')
      .innerJoin('organisations.member as member', (join) =>
        join.onRef('member.area', '=', 'parcel.area').onRef('member.id', '=', 'parcel.sent_by'),
      )
      .select(['parcel.id', 'parcel.source', 'parcel.sent_at', 'parcel.emptied_at', 'member.name as byName'])
      // Checked: only what can be brought in by the page is kept.
      .select((row) => row.ref('parcel.kind').$castTo<BringableKind>().as('kind'))
      .where('parcel.area', '=', area)
  )
}

/** The files of a parcel, in the order in which they are dealt with. */
export async function listSheets(db: Db, { area, parcel }: Of) {
  return db
    .selectFrom('parcel.sheet')
    .select(['sheet', 'name', 'digest', 'headings', 'rows'])
    .where('area', '=', area)
    .where('parcel', '=', parcel)
    .orderBy('sheet')
    .execute()
}

/** A part of one file of a parcel. */
export type Part = Of & Readonly<{ sheet: string; part: number }>

/** The rows of a part; undefined where they were deleted, or there are no more. */
export async function findLines(db: Db, { area, parcel, sheet, part }: Part): Promise<readonly Kept[] | undefined> {
  const found = await db
    .selectFrom('parcel.part')
    .select('lines')
    .where('area', '=', area)
    .where('parcel', '=', parcel)
    .where('sheet', '=', sheet)
    .where('part', '=', part)
    .executeTakeFirst()
  // Checked: written by keepParcel alone.
  return found?.lines as readonly Kept[] | undefined
}

/** When a file with the same content came by the page before, if it did. */
export async function findSentBefore(db: Db, { area, parcel }: Of, digest: string) {
  return db
    .selectFrom('parcel.sheet as sheet')
    .innerJoin('parcel.parcel as parcel', (join) =>
      join.onRef('parcel.area', '=', 'sheet.area').onRef('parcel.id', '=', 'sheet.parcel'),
    )
    .select('parcel.sent_at')
    .where('sheet.area', '=', area)
    .where('sheet.digest', '=', digest)
    .where('sheet.parcel', '<', parcel)
    .orderBy('parcel.id', 'desc')
    .executeTakeFirst()
}

/** Who a member is, for what is done later in their name. */
export async function findBy(db: Db, area: string, membership: string) {
  const found = await db
    .selectFrom('organisations.member')
    .select(['account', 'organisation', 'role'])
    .where('area', '=', area)
    .where('id', '=', membership)
    .executeTakeFirstOrThrow()
  // Checked: a membership is given in one of the roles.
  const by: NonNullable<By> & { membership: string } = { ...found, role: found.role as Role, membership }
  return by
}

/** The parcels whose rows are older than an area keeps them. */
export async function listOverdue(db: Db, area: string, before: Temporal.Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('parcel.parcel')
    .select('id')
    .where('area', '=', area)
    .where('emptied_at', 'is', null)
    .where(sql<boolean>`sent_at < ${before}`)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
