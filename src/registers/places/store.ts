import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { type Holidays, holidaysFrom } from '#platform/dates.ts'
import { compactPostcode, outwardOf, writtenPostcode } from '#platform/postcode/rules.ts'
import { type Boundaries, boardNames, boardsOn, type Council, type CouncilKind } from './rules.ts'
import { councilName, type Located, type Practice } from './rules.ts'

/** Every board under every code it has had; `listBoards` has those of one day. */
async function readBoards(db: Db) {
  return db
    .selectFrom('places.board_code as code')
    .innerJoin('places.board as board', 'board.code', 'code.board')
    .innerJoin('places.region as region', 'region.code', 'board.region')
    .select(['board.code', 'code.ons', 'board.name', 'board.short_name as shortName', 'board.region'])
    .select(['region.name as regionName', 'code.from_on as fromOn', 'code.until_on as untilOn'])
    .orderBy('board.short_name')
    .orderBy('code.from_on')
    .execute()
}

/** The boards there are on this day, by name. */
export async function listBoards(db: Db, on: Temporal.PlainDate) {
  return boardsOn(await readBoards(db), on)
}

/** Which boards took over from which, and for what share of the people. */
export async function listSuccessions(db: Db) {
  return db
    .selectFrom('places.board_succession')
    .select(['board', 'successor', 'happened_on as on', 'share', 'residents'])
    .orderBy('happened_on')
    .orderBy('share', 'desc')
    .execute()
}

const councilRows = (db: Db) =>
  db
    .selectFrom('places.council')
    // Checked: a constraint of the table holds kind to the list.
    .select(['code', 'name', sql<CouncilKind>`kind`.as('kind'), 'county', 'from_on as fromOn', 'until_on as untilOn'])

/** One council by its code, whatever the day. */
export async function findCouncil(db: Db, code: string): Promise<Council | undefined> {
  return councilRows(db).where('code', '=', code).executeTakeFirst()
}

/** The councils there are on this day, by name, to choose from. */
export async function listCouncils(db: Db, on: Temporal.PlainDate): Promise<Council[]> {
  return councilRows(db)
    .where(sql<boolean>`daterange(from_on, until_on) @> ${on}::date`)
    .orderBy('name')
    .execute()
}

/** The councils whose name holds what somebody typed, those that begin with it first. */
export async function searchCouncils(db: Db, typed: string, on: Temporal.PlainDate, most = 10): Promise<Council[]> {
  const words = typed.trim().toLowerCase()
  const place = ({ name }: Council) => name.toLowerCase().indexOf(words)
  const found = words === '' ? [] : (await listCouncils(db, on)).filter((council) => place(council) >= 0)
  return found.toSorted((one, other) => place(one) - place(other)).slice(0, most)
}

/** What these boards and councils are called, by their codes. */
export async function listPlaceNames(db: Db, of: Readonly<Record<'boards' | 'councils', readonly string[]>>) {
  if (of.boards.length + of.councils.length === 0) return new Map<string, string>()
  const map = await readBoundaries(db, of.councils)
  const boards = of.boards.map((code) => [code, boardNames([code], map)] as const)
  return new Map([...boards, ...of.councils.map((code) => [code, councilName(code, map)] as const)])
}

/** The map for `areasOf`: all of it, or only the councils that the question is about. */
export async function readBoundaries(db: Db, councils?: readonly string[]): Promise<Boundaries> {
  const some = councils ?? null
  const [boards, successions, named, overlaps] = await Promise.all([
    readBoards(db),
    listSuccessions(db),
    councilRows(db)
      .where(sql<boolean>`(${some}::text[] is null or code = any(${some}))`)
      .execute(),
    db
      .selectFrom('places.council_board')
      .select(['council', 'board', 'share', 'from_on as fromOn', 'until_on as untilOn'])
      .where(sql<boolean>`(${some}::text[] is null or council = any(${some}))`)
      .execute(),
  ])
  return { boards, successions, councils: named, overlaps }
}

/**
 * Where a postcode is, or, when the directory does not have it, where the postcodes are that begin as it does. No parts
 * when the directory was not imported; undefined when what was typed has not the shape of a postcode or its first half.
 */
export async function findPostcode(db: Db, typed: string): Promise<Located | undefined> {
  const outward = outwardOf(typed)
  if (outward === undefined) return undefined
  const written = writtenPostcode(typed)
  const whole = db
    .selectFrom('places.postcode')
    .select(['country', 'council', 'board_ons as boardOns'])
    .where('code', '=', compactPostcode(typed))
  const found = written ? await whole.executeTakeFirst() : undefined
  if (written && found) return { postcode: written, whole: true, parts: [{ ...found, share: 1 }] }
  const { rows: parts } = await sql<Located['parts'][number]>`
    select country, council, board_ons as "boardOns", count(*) / sum(count(*)) over ()::float8 as share
    from places.postcode where outward = ${outward} and ended_on is null
    group by country, council, board_ons order by share desc`.execute(db)
  return { postcode: parts.length > 0 || !written ? outward : written, whole: false, parts }
}

/** A GP practice by its ODS code, with where its own postcode is. */
export async function findPractice(db: Db, code: string): Promise<Practice | undefined> {
  const found = await db
    .selectFrom('places.gp_practice')
    .select(['code', 'name', 'board', 'postcode'])
    .where('code', '=', code.trim().toUpperCase())
    .executeTakeFirst()
  if (!found) return undefined
  const { postcode, ...practice } = found
  return { ...practice, located: postcode ? await findPostcode(db, postcode) : undefined }
}

/** Practices that are open on this day and whose name or postcode begins as somebody typed. */
export async function searchPractices(db: Db, typed: string, on: Temporal.PlainDate, most = 10) {
  const begin = typed.toLowerCase().replaceAll(/^\s+|[%_\\]/g, '')
  if (begin === '') return []
  return db
    .selectFrom('places.gp_practice')
    .select(['code', 'name', 'postcode'])
    .where(sql<boolean>`coalesce(closed_on > ${on}::date, true)`)
    .where((is) =>
      is.or([is(sql<string>`lower(name)`, 'like', `${begin}%`), is('postcode', 'like', `${compactPostcode(begin)}%`)]),
    )
    .orderBy('name')
    .limit(most)
    .execute()
}

/** The fifteen boards chosen in 2024, with what was published about each. */
export async function listVanguards(db: Db) {
  return db
    .selectFrom('places.vanguard as vanguard')
    .innerJoin('places.board as board', 'board.code', 'vanguard.board')
    .select(['board.code', 'board.short_name as shortName', 'board.until_on as untilOn'])
    .select(['fit_notes_2023 as fitNotes', 'fit_notes_source as fitNotesSource', 'participants'])
    .select(['participants_note as participantsNote', 'participants_source as participantsSource'])
    .select(['award_gbp as award', 'award_note as awardNote', 'award_source as awardSource'])
    .orderBy('fit_notes_2023', 'desc')
    .execute()
}

/** Numbers that were said about the programme, the earliest first. */
export async function listProgrammeFigures(db: Db) {
  return db
    .selectFrom('places.programme_figure')
    .select(['code', 'what', 'qualifier', 'value', 'unit', 'said_on as saidOn', 'board', 'source'])
    .orderBy('said_on')
    .orderBy('code')
    .execute()
}

/** Bank holidays, for every rule that counts working days. */
export async function findHolidays(db: Db): Promise<Holidays> {
  const days = await db.selectFrom('places.bank_holiday').select('day').execute()
  return holidaysFrom(days.map(({ day }) => day))
}

/** What was last loaded, from where and when. */
export async function listLoadings(db: Db) {
  return db
    .selectFrom('places.loading')
    .select(['what', 'stamp', 'source', 'taken', 'refused', 'loaded_at as loadedAt'])
    .orderBy('what')
    .execute()
}

type PlaceFile = 'regions' | 'boards' | 'succession' | 'councils' | 'overlaps' | 'vanguards' | 'figures' | 'holidays'

/** The project's own files about places, row by row as their headings name them; an empty cell is null. */
export type PlaceRows = Readonly<Record<PlaceFile, readonly Readonly<Record<string, string | null>>[]>>

/** Puts the project's own files in the place of what was there. Only the owner of the database may. */
export async function savePlaces(db: Db, files: PlaceRows): Promise<void> {
  const rows = (file: PlaceFile) => sql`${JSON.stringify(files[file])}::jsonb`
  const spans = sql`min(from_on), nullif(max(coalesce(until_on, 'infinity')), 'infinity')`
  for (const statement of [
    sql`truncate places.board_succession, places.council_board, places.vanguard, places.programme_figure, places.bank_holiday`,
    sql`insert into places.region select * from jsonb_populate_recordset(null::places.region, ${rows('regions')})
        on conflict (code) do update set ons = excluded.ons, name = excluded.name`,
    sql`insert into places.board select code, min(name), min(short_name), min(region), ${spans}
        from jsonb_populate_recordset(null::places.board, ${rows('boards')}) group by code
        on conflict (code) do update set (name, short_name, region, from_on, until_on) =
          (excluded.name, excluded.short_name, excluded.region, excluded.from_on, excluded.until_on)`,
    sql`insert into places.board_code select ons, code, from_on, until_on
        from jsonb_to_recordset(${rows('boards')}) as row (ons text, code text, from_on date, until_on date)
        on conflict (ons) do update set from_on = excluded.from_on, until_on = excluded.until_on`,
    sql`insert into places.council select code, min(name), min(kind), min(county), min(residents), ${spans}
        from jsonb_populate_recordset(null::places.council, ${rows('councils')}) group by code
        on conflict (code) do update set (name, kind, county, residents, from_on, until_on) =
          (excluded.name, excluded.kind, excluded.county, excluded.residents, excluded.from_on, excluded.until_on)`,
    sql`insert into places.council_code select ons, code, from_on, until_on
        from jsonb_to_recordset(${rows('councils')}) as row (ons text, code text, from_on date, until_on date)
        on conflict (ons) do update set from_on = excluded.from_on, until_on = excluded.until_on`,
    sql`insert into places.board_succession
        select * from jsonb_populate_recordset(null::places.board_succession, ${rows('succession')})`,
    sql`insert into places.council_board
        select * from jsonb_populate_recordset(null::places.council_board, ${rows('overlaps')})`,
    sql`insert into places.vanguard
        select * from jsonb_populate_recordset(null::places.vanguard, ${rows('vanguards')})`,
    sql`insert into places.programme_figure
        select * from jsonb_populate_recordset(null::places.programme_figure, ${rows('figures')})`,
    sql`insert into places.bank_holiday
        select * from jsonb_populate_recordset(null::places.bank_holiday, ${rows('holidays')})`,
  ]) {
    await statement.execute(db)
  }
}

/** Adds postcodes of the directory, or the next of its many thousands; the first come where the old ones were. */
export async function savePostcodes(db: Db, rows: readonly object[], first: boolean): Promise<void> {
  if (first) await sql`delete from places.postcode`.execute(db)
  await sql`insert into places.postcode (code, country, council, board_ons, small_area, introduced_on, ended_on,
      latitude, longitude)
    select row.code, row.country, council.council, board.ons, row.small_area, row.introduced_on, row.ended_on,
      row.latitude, row.longitude
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (code text, country text, council_ons text,
      board_ons text, small_area text, introduced_on date, ended_on date, latitude real, longitude real)
    left join places.council_code as council on council.ons = row.council_ons
    left join places.board_code as board on board.ons = row.board_ons
    on conflict (code) do nothing`.execute(db)
}

/** Puts the practices of the publisher's file in the place of what was there. */
export async function savePractices(db: Db, rows: readonly object[]): Promise<void> {
  await sql`delete from places.gp_practice`.execute(db)
  await sql`insert into places.gp_practice select row.code, row.name, row.postcode, board.code, row.opened_on, row.closed_on
    from jsonb_populate_recordset(null::places.gp_practice, ${JSON.stringify(rows)}::jsonb) as row
    left join places.board as board on board.code = row.board`.execute(db)
}

export type Loading = Readonly<{ what: 'places' | 'postcodes' | 'practices'; stamp: string; source: string }>
export type Taken = Readonly<{ taken: number; refused: number }>

/** Notes what was loaded, and from which file. */
export async function saveLoading(db: Db, { what, stamp, source }: Loading, { taken, refused }: Taken): Promise<void> {
  await sql`insert into places.loading values (${what}, ${stamp}, ${source}, ${taken}, ${refused}, now())
    on conflict (what) do update set stamp = excluded.stamp, source = excluded.source, taken = excluded.taken,
      refused = excluded.refused, loaded_at = excluded.loaded_at`.execute(db)
}
