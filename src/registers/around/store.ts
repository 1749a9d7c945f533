import { sql } from 'kysely'
import { planningForValues } from '#platform/database/planning.ts'
import type { Db } from '#platform/database/transaction.ts'
import { compactPostcode, outwardOf } from '#platform/postcode/rules.ts'
import type { Around, Middle } from './rules.ts'

/**
 * Where on the map a typed place is: a postcode by the postcode directory where it was imported and says it, else the
 * middle of the known locations that begin with the same half, or that are in the town.
 */
export async function findAround(db: Db, area: string, typed: string): Promise<Around> {
  const outward = outwardOf(typed) ?? null
  const exact = outward === null ? null : await findPostcodeMiddle(db, typed, outward)
  if (exact) return { typed, outward, middle: exact, known: 'postcode' }
  const middle = outward === null ? await findTownMiddle(db, area, typed) : await findMiddleOf(db, area, outward)
  return { typed, outward, middle, known: middle && 'locations' }
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

/** The last of all characters: what begins with some letters stands between them and these followed by it. */
const last = '\u{10FFFF}'

async function findTownMiddle(db: Db, area: string, typed: string): Promise<Middle | null> {
  const town = typed.trim().toLowerCase()
  const kept = sql<Unsure>`select avg(latitude) as latitude, avg(longitude) as longitude
    from (select latitude, longitude from services.location where area = ${area} and published
      and lower(town) collate "C" >= ${town} and lower(town) collate "C" < ${town + last} limit 500) as kept`
  const { rows } = await planningForValues(db, () => kept.execute(db))
  return knownOf(rows[0])
}

type Unsure = Readonly<{ latitude: number | null; longitude: number | null }>

const isKnown = (row: Unsure): row is Middle => row.latitude !== null && row.longitude !== null
const knownOf = (row: Unsure | undefined): Middle | null => (row && isKnown(row) ? row : null)
