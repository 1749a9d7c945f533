import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { seesNotice, type WindingUpReason } from './rules.ts'

/**
 * Whether an episode is still with an organisation: it provides the support, in aftercare too, or one of its coaches looks
 * after a person of somebody else. Each is looked up by itself, so that none of them reads the whole area.
 */
export function isStillWith(area: string, organisation: RawBuilder<unknown>, episode: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(episode)} = any(array(
    select own.episode from episode.standing own where own.area = ${area} and own.provider = ${organisation} and own.ended_at is null
    union select after.episode from episode.standing after
      where after.area = ${area} and after.provider = ${organisation} and after.stage = 'aftercare'
    union select coached.episode from episode.standing coached where coached.area = ${area}
      and coached.coach = any(array(select member.id from organisations.member where member.area = ${area} and member.organisation = ${organisation}))
      and (coached.ended_at is null or coached.stage = 'aftercare')))`
}

/** How many people are still with an organisation, whoever may see them. */
export async function countLeft(db: Db, area: string, organisation: string): Promise<number> {
  const found = await db
    .selectFrom('episode.standing as standing')
    .select((count) => count.fn.countAll<number>().as('left'))
    .where('standing.area', '=', area)
    .where(isStillWith(area, sql`${organisation}::uuid`, 'standing.episode'))
    .executeTakeFirstOrThrow()
  return Number(found.left)
}

/** How many records an organisation holds, and how many members it has on a day. */
export async function countHeld(
  db: Db,
  { area, organisation, on }: Readonly<{ area: string; organisation: string; on: Temporal.PlainDate }>,
) {
  const { rows } = await sql<{ records: number; members: number }>`select
    (select count(*)::int from people.holder where area = ${area} and organisation = ${organisation} and until is null) as records,
    (select count(*)::int from organisations.member where area = ${area} and organisation = ${organisation}
      and from_on <= ${on} and (until_on is null or until_on > ${on})) as members`.execute(db)
  return rows[0] ?? { records: 0, members: 0 }
}

function notices(db: Db, area: string) {
  return (
    db
      .selectFrom('winding_up.notice as notice')
      .innerJoin('organisations.organisation as organisation', (join) =>
        join.onRef('organisation.area', '=', 'notice.area').onRef('organisation.id', '=', 'notice.organisation'),
      )
      .innerJoin('organisations.organisation as keeper', (join) =>
        join.onRef('keeper.area', '=', 'notice.area').onRef('keeper.id', '=', 'notice.keeper'),
      )
      .select(['notice.id', 'notice.organisation', 'notice.ends_on', 'notice.no_new_from', 'notice.words', 'notice.at'])
      .select(['notice.keeper', 'notice.until_before', 'notice.withdrawn_at', 'notice.closed_at', 'notice.passed_on'])
      .select(['organisation.name', 'keeper.name as keeperName', findNameOf(area, 'notice.by').as('by')])
      // Checked: written from the list in the rules alone.
      .select(sql<WindingUpReason>`notice.reason`.as('reason'))
      .where('notice.area', '=', area)
  )
}

export type Notice = NonNullable<Awaited<ReturnType<typeof findStandingNotice>>>

/** That the part of an organisation ends, where that stands and its day has not come. */
export async function findStandingNotice(db: Db, area: string, organisation: string) {
  const own = notices(db, area).where('notice.organisation', '=', organisation).where('notice.withdrawn_at', 'is', null)
  return own.where('notice.closed_at', 'is', null).executeTakeFirst()
}

/** A notice by its id, if this member sees how it stands; otherwise nothing, as if it were not there. */
export async function findNotice(db: Db, actor: Actor, id: string): Promise<Notice | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const found = await notices(db, actor.area).where('notice.id', '=', id).executeTakeFirst()
  return found && seesNotice(actor, found) ? found : undefined
}

/** Every organisation of whose end this member sees how it stands, the last said first, with how many are left. */
export async function listNotices(db: Db, actor: Actor) {
  const { area } = actor
  const rows = await notices(db, area).orderBy('notice.id', 'desc').limit(100).execute()
  const seen = rows.filter((row) => seesNotice(actor, row))
  return Promise.all(seen.map(async (row) => ({ ...row, left: await countLeft(db, area, row.organisation) })))
}

/** Keeps that the part of an organisation ends; false where that stands already. */
export async function saveNotice(db: Db, notice: Insertable<Tables['winding_up.notice']>): Promise<boolean> {
  const saved = await db
    .insertInto('winding_up.notice')
    .values(notice)
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

type Back = Readonly<{ area: string; id: string; by: string; at: Temporal.Instant; because: string }>

/** Takes back that an organisation ends; false where its day has come or somebody else was first. */
export async function withdrawNotice(db: Db, { area, id, by, at, because }: Back): Promise<boolean> {
  const own = db.updateTable('winding_up.notice').where('area', '=', area).where('id', '=', id)
  const back = { withdrawn_at: at, withdrawn_by: by, withdrawn_because: because }
  const done = await own.set(back).where('withdrawn_at', 'is', null).where('closed_at', 'is', null).executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** A notice whose day has come and which stands, held still until its records have gone to their keeper. */
export async function findDueHeldStill(db: Db, area: string, id: string, today: Temporal.PlainDate) {
  const due = db.selectFrom('winding_up.notice').select(['id', 'organisation', 'keeper', 'by'])
  const own = due.where('area', '=', area).where('id', '=', id).where('ends_on', '<=', today)
  return own.where('withdrawn_at', 'is', null).where('closed_at', 'is', null).forUpdate().executeTakeFirst()
}

type Closing = Readonly<{ area: string; id: string; at: Temporal.Instant; passedOn: number }>

/** Keeps that an organisation is gone, and how many records went to their keeper. */
export async function closeNotice(db: Db, { area, id, at, passedOn }: Closing): Promise<void> {
  const own = db.updateTable('winding_up.notice').where('area', '=', area).where('id', '=', id)
  await own.set({ closed_at: at, passed_on: passedOn }).execute()
}

/**
 * An organisation by its name, with whose records are its own to keep: everybody who was with it and is with nobody else
 * now but whoever keeps its records. Written without parameters, since a cursor takes none. Undefined where there is none.
 */
export async function findKept(db: Db, area: string, name: string) {
  const found = await db
    .selectFrom('organisations.organisation')
    .select('id')
    .where('area', '=', area)
    .where('name', '=', name)
    .executeTakeFirst()
  if (!found) return undefined
  const [own, of] = [sql.lit(found.id), sql.lit(area)]
  const people = sql`select held.person from people.holder held where held.area = ${of} and held.organisation = ${own}
    and not exists (select from people.holder other where other.area = ${of} and other.person = held.person
      and other.until is null and other.organisation <> ${own}
      and not exists (select from winding_up.notice where notice.area = ${of} and notice.organisation = ${own}
        and notice.keeper = other.organisation and notice.withdrawn_at is null and notice.closed_at is not null))`
  return { id: found.id, people }
}
