import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { calledName } from '#registers/people/rules.ts'
import { listMeans } from '#registers/means/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { findPerson } from '#registers/people/store.ts'

/** How a person may be reached, and what to know before reaching out; nobody where this actor may not know. */
export async function findReaching(db: Db, actor: Actor, wanted: string) {
  const person = await findPerson(db, actor, wanted)
  if (!person) return undefined
  const [means, wantsContact] = await Promise.all([
    listMeans(db, actor.area, person.id),
    findWantsContact(db, actor.area, person.id),
  ])
  return {
    id: person.id,
    name: calledName(person),
    safeNote: person.safe_note,
    bestTime: person.best_time,
    language: person.language,
    interpreter: person.interpreter,
    accessNote: person.access_note,
    reaching: { means, accessNeeds: person.access_needs, wantsContact },
  }
}

/** The newest answer to being contacted at all; undefined when nobody has asked. */
export async function findWantsContact(db: Db, area: string, person: string): Promise<boolean | undefined> {
  const newest = await db
    .selectFrom('permissions.permission')
    .select('given')
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .where('switch', '=', 'contact')
    .where('recipient', '=', '')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.given
}
