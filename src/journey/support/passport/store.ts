import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { listLinks } from '#platform/link/links.ts'
import { isOfPerson, listIdsOf } from '#registers/merged/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { listAdjustmentsOfPerson } from '#journey/support/adjustments/store.ts'
import { isAnyOf } from '#journey/timeline/store.ts'
import { passportOf, passportPurpose } from './rules.ts'

type Of = Readonly<{ area: string; person: string }>

/** Somebody's passport as it is now; undefined when nobody of that id is known. Ask findPerson before, or show it to themselves. */
export async function findPassport(db: Db, { area, person }: Of) {
  const [named, words, adjustments] = await Promise.all([
    findNamed(db, { area, person }),
    findIntroduction(db, { area, person }),
    listAdjustmentsOfPerson(db, area, person),
  ])
  if (!named) return undefined
  const introduction = { introduction: words?.introduction ?? null, version: words?.number ?? 0 }
  return { name: calledName(named), ...introduction, ...passportOf(adjustments) }
}

/** Who it is, by the record that was kept where two were joined. */
async function findNamed(db: Db, { area, person }: Of) {
  return db
    .selectFrom('people.person')
    .select(['given_name', 'family_name', 'preferred_name'])
    .where('area', '=', area)
    .where(isOfPerson('people.person.id', { area, person }))
    .where('merged_into', 'is', null)
    .executeTakeFirst()
}

/** What they wrote last, on whichever of their records. */
async function findIntroduction(db: Db, { area, person }: Of) {
  return db
    .selectFrom('passport.version as version')
    .select(['version.id', 'version.number', 'version.introduction'])
    .where('version.area', '=', area)
    .where(isOfPerson('version.person', { area, person }))
    .orderBy('version.number', 'desc')
    .orderBy('version.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

type NewVersion = Of &
  Readonly<{
    id: string
    introduction: string | null
    at: Temporal.Instant
    /** The number they saw last. */ seen: number
  }>

/** Keeps what they wrote; false when they wrote something else meanwhile, on another device say. */
export async function saveIntroduction(db: Db, { seen, ...version }: NewVersion): Promise<boolean> {
  const { area, person, id } = version
  await sql`select pg_advisory_xact_lock(hashtextextended('passport ' || ${area} || ${person}, 0))`.execute(db)
  const last = await findIntroduction(db, { area, person })
  if (last?.id === id) return true
  if ((last?.number ?? 0) !== seen) return false
  await db
    .insertInto('passport.version')
    .values({ ...version, number: seen + 1 })
    .execute()
  return true
}

/** The links to their passport that work now, the newest first. */
export async function listPassportLinks(db: Db, { area, person, now }: Of & Readonly<{ now: Temporal.Instant }>) {
  return listLinks(db, { area, people: await listIdsOf(db, area, person), purpose: passportPurpose, now })
}

/** Whether there was a link of theirs by this id, which may work no more. */
export async function hadPassportLink(
  db: Db,
  { area, person, link }: Of & Readonly<{ link: string }>,
): Promise<boolean> {
  if (!/^[0-9a-f-]{36}$/.test(link)) return false
  const found = await db
    .selectFrom('link.link')
    .select('id')
    .where('area', '=', area)
    .where('purpose', '=', passportPurpose)
    .where('subject', '=', link)
    .where(isAnyOf('person', await listIdsOf(db, area, person)))
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
