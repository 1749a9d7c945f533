import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import { listCounted } from '#platform/notify/counting.ts'
import { enoughUntil } from '#platform/notify/rules.ts'
import { findReader } from '#registers/access-needs/store.ts'
import { findGoing, findSettings } from '#registers/areas/store.ts'
import { isContactWanted } from '#registers/contact-wish/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { listMeans } from '#registers/means/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { listPermissions } from '#registers/permissions/store.ts'
import { safeAddress } from '#journey/newcomer/rules.ts'

/** How a person may be reached, and what to know before reaching out; nobody where this actor may not know. */
export async function findReaching(db: Db, actor: Actor, wanted: string) {
  const person = await findPerson(db, actor, wanted)
  if (!person) return undefined
  const [means, wantsContact, closed] = await Promise.all([
    listMeans(db, actor.area, person.id),
    findWantsContact(db, actor.area, person.id),
    isClosed(db, actor.area, person.id),
  ])
  return {
    id: person.id,
    name: calledName(person),
    safeNote: person.safe_note,
    bestTime: person.best_time,
    language: person.language,
    interpreter: person.interpreter,
    accessNote: person.access_note,
    /** Whether nothing online is expected of them: no link goes to them. */
    closed,
    reaching: { means, accessNeeds: person.access_needs, wantsContact },
  }
}

/** What counts of whether somebody wants to be contacted at all; undefined when nobody has said. */
export async function findWantsContact(db: Db, area: string, person: string): Promise<boolean | undefined> {
  const found = await db
    .selectFrom('people.person as person')
    .select(isContactWanted(area, 'person.id').as('wanted'))
    .where('person.area', '=', area)
    .where('person.id', '=', person)
    .executeTakeFirst()
  return found?.wanted ?? undefined
}

type Reader = Readonly<{ area: string; person: string; now: Temporal.Instant }>

/** Until when a person has had as many messages as their area sends in a week, of whatever kind and whoever wrote them. */
export async function findEnoughUntil(db: Db, { area, person, now }: Reader): Promise<Temporal.Instant | undefined> {
  const [{ messagesInSevenDays: most }, people] = await Promise.all([
    findSettings(db, area, dayOf(now)),
    listIdsOf(db, area, person),
  ])
  return enoughUntil(await listCounted(db, { area, people, since: now.subtract({ hours: 24 * 7 }) }), most)
}

/** When a message to a person that is written now leaves, as its writer is told: also once their week allows another. */
export async function findGoingTo(db: Db, { area, person, now }: Reader): Promise<string> {
  const enough = await findEnoughUntil(db, { area, person, now })
  if (!enough) return findGoing(db, area, now)
  return `goes on ${longDay(dayOf(enough))}, because they have had enough messages for this week`
}

/** Where word can be sent to a person, what allows it, and whether nothing online is expected of them. */
export async function findReach(db: Db, { area, person }: Omit<Reader, 'now'>) {
  const [reader, answers, means, closed] = await Promise.all([
    findReader(db, area, person),
    listPermissions(db, area, person),
    listMeans(db, area, person),
    isClosed(db, area, person),
  ])
  const contact = answers.find((one) => one.switch === 'contact' && one.recipient === '')
  const address = safeAddress(means, reader.accessNeeds)
  return { reader, contact, mayContact: contact?.given ?? false, closed, address }
}
