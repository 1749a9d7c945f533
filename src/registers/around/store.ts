import { type RawBuilder, sql } from 'kysely'
import { planningForValues } from '#platform/database/planning.ts'
import type { Db } from '#platform/database/transaction.ts'
import { compactPostcode, outwardOf } from '#platform/postcode/rules.ts'
import { type Around, type Middle, phrasesOf } from './rules.ts'

/**
 * Where on the map a typed place is: a postcode by the postcode directory where it was imported and says it, else the
 * middle of the known locations that begin with the same half, or that are in the town.
 */
export async function findAround(db: Db, area: string, typed: string): Promise<Around> {
  const outward = outwardOf(typed) ?? null
  const exact = outward === null ? null : await findPostcodeMiddle(db, typed, outward)
  if (exact) return { typed, outward, towns: [], middle: exact, known: 'postcode' }
  const town = outward === null ? await findTown(db, area, typed) : undefined
  const middle = outward === null ? knownOf(town) : await findMiddleOf(db, area, outward)
  return { typed, outward, towns: town?.towns ?? [], middle, known: middle && 'locations' }
}

async function findPostcodeMiddle(db: Db, typed: string, outward: string): Promise<Middle | null> {
  const compact = compactPostcode(typed)
  if (compact !== outward) {
    const whole = await db
      .selectFrom('places.postcode')
      .select(['latitude', 'longitude'])
      .where('code', '=', compact)
      .executeTakeFirst()
    if (whole && isKnown(whole)) return whole
  }
  const { rows } = await sql<Unsure>`select avg(latitude) as latitude, avg(longitude) as longitude
    from (select latitude, longitude from places.postcode where outward = ${outward} and ended_on is null limit 500) as kept`.execute(
    db,
  )
  return knownOf(rows[0])
}

async function findMiddleOf(db: Db, area: string, outward: string): Promise<Middle | null> {
  const { rows } = await sql<Unsure>`select avg(latitude) as latitude, avg(longitude) as longitude
    from (select latitude, longitude from services.location where area = ${area} and outward = ${outward} and published
      limit 500) as kept`.execute(db)
  return knownOf(rows[0])
}

/** The towns among words that somebody typed, of those in which services are given, as they are written there, the longest first. */
export async function listTownsIn(db: Db, area: string, typed: string): Promise<string[]> {
  const { rows } = await sql<{ town: string }>`
    select town from (select (select town from services.location where area = ${area} and published
        and town_key = typed limit 1) as town from unnest(${phrasesOf(typed)}::text[]) as typed) as each
    where town is not null order by length(town) desc, town`.execute(db)
  return rows.map(({ town }) => town)
}

async function findTown(db: Db, area: string, typed: string) {
  const kept = sql<Unsure & { towns: string[] | null }>`select avg(latitude) as latitude, avg(longitude) as longitude,
      array_agg(distinct town_key) as towns
    from (select latitude, longitude, town_key from services.location where area = ${area} and published
      and ${isInTown(typed)} limit 500) as kept`
  const { rows } = await planningForValues(db, () => kept.execute(db))
  return rows[0]
}

type Sql = RawBuilder<unknown>

/** The last of all characters: what begins with some letters stands between them and these followed by it. */
const last = '\u{10FFFF}'

/** Whether a location is in the town whose name begins as somebody typed it. */
export function isInTown(typed: string): Sql {
  const town = typed.trim().toLowerCase()
  return sql`location.town_key >= ${town} and location.town_key < ${town + last}`
}

type Place = Readonly<{ area: string; around: Around | null; towns: readonly string[]; published: boolean }>

/**
 * Whether a service is given in the place that was asked, or in a town that is among the words, as its address says it; and
 * for whom it is, where a place is known by its postcode. Nothing where a place is asked that is known to the point.
 */
export function isHere({ area, around, towns, published }: Place): Sql | undefined {
  const given = (where: Sql) => sql`service.id in (select at.service from services.location cross join lateral (
      select at.service from services.at_location as at where at.area = ${area} and at.location = location.id offset 0) as at
    where location.area = ${area} and ${where} and (location.published or not ${published}::boolean) offset 0)`
  const named = around?.towns ?? towns
  if (around === null || around.outward === null)
    return named.length === 0 ? undefined : given(sql`location.town_key = any(${[...named]}::text[])`)
  const { outward, typed } = around
  if (around.known === 'postcode' && outwardOf(typed) !== compactPostcode(typed)) return undefined
  const isFor = sql`service.id in (select served.service from services.served where served.area = ${area}
    and served.kind = 'outward' and served.code = ${outward} offset 0)`
  return sql`(${given(sql`location.outward = ${outward}`)} or ${isFor})`
}

type Unsure = Readonly<{ latitude: number | null; longitude: number | null }>

const isKnown = (row: Unsure): row is Middle => row.latitude !== null && row.longitude !== null
const knownOf = (row: Unsure | undefined): Middle | null => (row && isKnown(row) ? row : null)
