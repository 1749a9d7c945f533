import type { Db } from '#platform/database/transaction.ts'
import { listIdsOf } from '#registers/merged/store.ts'

/** In which language and form somebody reads what they are sent. Ask before who may know: this is for making it. */
export async function findReader(db: Db, area: string, person: string) {
  const [{ language }, accessNeeds] = await Promise.all([
    db
      .selectFrom('people.person')
      .select('language')
      .where('area', '=', area)
      .where('id', '=', person)
      .executeTakeFirstOrThrow(),
    findNeeds(db, area, person),
  ])
  return { language, accessNeeds }
}

/** What somebody needs to take part, on whichever of their records it was written. */
export async function findNeeds(db: Db, area: string, person: string): Promise<readonly string[]> {
  return (await listNeedsOf(db, area, [person])).get(person) ?? []
}

/** The same of several people, by their id. Ask before who may know: this is for making what is sent to them. */
export async function listNeedsOf(
  db: Db,
  area: string,
  people: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  for (const person of people) {
    const rows = await db
      .selectFrom('people.person')
      .select('access_needs')
      .where('area', '=', area)
      .where('id', 'in', await listIdsOf(db, area, person))
      .execute()
    found.set(person, [...new Set(rows.flatMap((row) => row.access_needs))])
  }
  return found
}
