import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import type { ReliableChange } from '#registers/scoring/rules.ts'
import { asAsked, type Instrument, type Questionnaire } from './rules.ts'

/** A questionnaire that an area added, with the licence that allows it and whether it is asked now. */
export type Pack = Readonly<{
  id: string
  code: string
  version: number
  canonical: string
  content: Questionnaire
  licence: string
  addedBy: string | null
  addedAt: Temporal.Instant
  on: boolean
  switchedAt: Temporal.Instant | null
  switchedBy: string | null
}>

/** Every questionnaire that an area added, by instrument and then the newest version first. */
export async function listPacks(db: Db, area: string): Promise<Pack[]> {
  return (
    db
      .selectFrom('instruments.pack as pack')
      .leftJoin('organisations.member as adder', (join) =>
        join.onRef('adder.area', '=', 'pack.area').onRef('adder.id', '=', 'pack.added_by'),
      )
      .leftJoinLateral(
        (inner) =>
          inner
            .selectFrom('instruments.pack_switch as newest')
            .innerJoin('organisations.member as member', (join) =>
              join.onRef('member.area', '=', 'newest.area').onRef('member.id', '=', 'newest.by'),
            )
            .select(['newest.switched_on', 'newest.at', 'member.name'])
            .where('newest.area', '=', area)
            .whereRef('newest.pack', '=', 'pack.id')
            .orderBy('newest.id', 'desc')
            .limit(1)
            .as('switched'),
        (join) => join.onTrue(),
      )
      .select(['pack.id', 'pack.code', 'pack.version', 'pack.canonical', 'pack.licence', 'pack.added_at as addedAt'])
      .select(['switched.at as switchedAt', 'switched.name as switchedBy'])
      // Checked: a pack is kept only when its file had no fault.
      .select(sql<Questionnaire>`pack.content`.as('content'))
      .select(sql<string | null>`coalesce(adder.name, pack.added_as)`.as('addedBy'))
      .select(sql<boolean>`coalesce(switched.switched_on, false)`.as('on'))
      .where('pack.area', '=', area)
      .orderBy('pack.code')
      .orderBy('pack.version', 'desc')
      .execute()
  )
}

/** The questionnaires an area added that are asked on a day: of each instrument the newest version that holds then. */
export async function listPacksAsked(db: Db, area: string, on: Temporal.PlainDate): Promise<Instrument[]> {
  const packs = await listPacks(db, area)
  const holds = packs.filter((pack) => pack.on && isInForce(pack.content, on))
  return holds.filter((pack, place) => holds.findIndex(({ code }) => code === pack.code) === place).map(asAsked)
}

function isInForce({ effectivePeriod: { start, end } = {} }: Questionnaire, on: Temporal.PlainDate): boolean {
  const day = on.toString()
  return (start === undefined || start <= day) && (end === undefined || day <= end)
}

type NewPack = Readonly<{
  area: string
  id: string
  code: string
  content: Questionnaire
  licence: string
  /** The member who added it, or the name given with the command. */
  by: Readonly<{ member: string }> | Readonly<{ name: string }>
  at: Temporal.Instant
}>

/** Keeps a pack, off; false where this very wording is here already. */
export async function addPack(db: Db, { area, id, code, content, licence, by, at }: NewPack): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pack ' || ${area} || ${code}, 0))`.execute(db)
  const { version } = await db
    .selectFrom('instruments.pack')
    .select(sql<number>`coalesce(max(version), 0) + 1`.as('version'))
    .where('area', '=', area)
    .where('code', '=', code)
    .executeTakeFirstOrThrow()
  const kept = await db
    .insertInto('instruments.pack')
    .values({
      ...{ area, id, code, version, licence, content: JSON.stringify(content), added_at: at },
      canonical: `${content.url}|${content.version}`,
      added_by: 'member' in by ? by.member : null,
      added_as: 'member' in by ? null : by.name,
    })
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

type Switching = Readonly<{ area: string; pack: string; on: boolean; by: string; at: Temporal.Instant }>

/** Switches a pack on or off. */
export async function switchPack(db: Db, { on, ...switching }: Switching): Promise<void> {
  await db
    .insertInto('instruments.pack_switch')
    .values({ ...switching, id: newId(), switched_on: on })
    .execute()
}

type NewMargin = Readonly<{ area: string; id: string; code: string; points: number | null; source: string }> &
  Readonly<{ by: string; at: Temporal.Instant }>

/** Sets from which change on two scores are marked here; sending the form twice sets it once. */
export async function setMargin(db: Db, { by, at, ...margin }: NewMargin): Promise<void> {
  await db
    .insertInto('instruments.margin')
    .values({ ...margin, set_by: by, set_at: at })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** What an area set itself, by instrument: its margin, or none at all; the newest holds. */
export async function findMargins(db: Db, area: string): Promise<ReadonlyMap<string, ReliableChange | undefined>> {
  const found = await db
    .selectFrom('instruments.margin')
    .distinctOn('code')
    .select(['code', 'points', 'source'])
    .where('area', '=', area)
    .orderBy('code')
    .orderBy('id', 'desc')
    .execute()
  return new Map(found.map(({ code, points, source }) => [code, points === null ? undefined : { by: points, source }]))
}
