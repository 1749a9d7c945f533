import { sql } from 'kysely'
import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import type { Channel, Message } from '#platform/notify/rules.ts'
import { listMeans } from '#registers/means/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { isContactWanted } from '#registers/contact-wish/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { listPermissions } from '#registers/permissions/store.ts'
import { findCalling, findWords } from '#registers/templates/store.ts'
import { safeAddress } from '#journey/newcomer/rules.ts'
import { changedTemplate, type ChangeKind, changeKind, hoursToTakeBack, type OwnChange } from './rules.ts'

export type Change = Readonly<{
  area: string
  person: string
  kind: ChangeKind
  /** By the names the person knows them by. */
  from: string | null
  to: string
  /** Where another area takes it over: its code, and whom they ring there. */
  there?: Readonly<{ area: string; phone: string | null }>
  now: Temporal.Instant
  /** Where people reach us. */
  origin: string
}>

/** Keeps that somebody else looks after a person, and lets them know by a way that is safe and wanted; gives its id. */
export async function tellOfChange(db: Db, change: Change): Promise<string> {
  const { area, person, kind, from, to, there, now } = change
  const id = newId()
  const goesOn = { to_area: there?.area ?? null, to_phone: there?.phone ?? null }
  const kept = { area, id, person, kind, from_name: from, to_name: to, ...goesOn, at: now }
  await db.insertInto('changeover.change').values(kept).execute()
  const [{ died, ...whom }, answers, means, closed] = await Promise.all([
    findWhom(db, area, person),
    listPermissions(db, area, person),
    listMeans(db, area, person),
    isClosed(db, area, person),
  ])
  const contact = answers.find((one) => one.switch === 'contact' && one.recipient === '')
  const safe = safeAddress(means, whom.accessNeeds)
  if (died || !contact?.given || !safe || (await isOneWaiting(db, { area, person }))) return id
  const words = await findWords(db, {
    ...{ area, template: changedTemplate, format: safe.channel, reader: whom },
    facts: {
      ...{ area: await findCalling(db, area, dayOf(now)), phone: whom.phone },
      space: safe.channel === 'letter' || closed ? null : `${change.origin}/my`,
    },
  })
  const notBefore = now.add({ hours: hoursToTakeBack })
  await sendMessage(db, {
    ...{ area, person, kind: changeKind, about: id, allowedBy: contact.id },
    ...{ ...safe, ...words, now, notBefore },
  })
  return id
}

async function findWhom(db: Db, area: string, person: string) {
  return db
    .selectFrom('people.person as person')
    .innerJoin('areas.area as area', 'area.area', 'person.area')
    .select(['person.access_needs as accessNeeds', 'person.language', 'area.phone'])
    .select(sql<boolean>`person.died_on is not null`.as('died'))
    .where('person.area', '=', area)
    .where('person.id', '=', person)
    .executeTakeFirstOrThrow()
}

// Two changes within the hour are one message: it names nobody, and their own pages say the last of them.
async function isOneWaiting(db: Db, of: Readonly<{ area: string; person: string }>): Promise<boolean> {
  const found = await db
    .selectFrom('notify.message')
    .select('id')
    .where('area', '=', of.area)
    .where(isOfPerson('person', of))
    .where('kind', '=', changeKind)
    .where('settled_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Takes back that somebody was told of a change: it stands on their pages no more, and its message does not go. */
export async function withdrawChange(db: Db, area: string, id: string, at: Temporal.Instant): Promise<void> {
  const own = db.updateTable('changeover.change').set({ withdrawn_at: at }).where('area', '=', area)
  await own.where('id', '=', id).where('withdrawn_at', 'is', null).execute()
}

/** Whether what a message tells of is still news: a change that stands, and that they have not read of themselves. */
export async function isStillNews(db: Db, { area, person }: Message): Promise<boolean> {
  if (person === null) return false
  return (await listOwnChanges(db, { area, person }, true)).length > 0
}

/** What a participant is told of who looks after them, the newest first; only what they have not read where that is asked. */
export async function listOwnChanges(db: Db, me: Participant, unread = false): Promise<OwnChange[]> {
  return (
    db
      .selectFrom('changeover.change')
      .select(['id', 'from_name as fromName', 'to_name as toName', 'at', 'seen_at as seenAt'])
      .select(['to_area as thereCode', 'to_phone as therePhone'])
      // Checked: the table itself refuses any other kind.
      .select(sql<ChangeKind>`kind`.as('kind'))
      .where('area', '=', me.area)
      .where(isOfPerson('person', me))
      .where('withdrawn_at', 'is', null)
      .$if(unread, (query) => query.where('seen_at', 'is', null))
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(50)
      .execute()
  )
}

/** Whether a participant's support goes on in another area, and they have not come back here since. */
export async function isGoingOnElsewhere(db: Db, me: Participant): Promise<boolean> {
  const gone = await db
    .selectFrom('changeover.change as change')
    .select('change.id')
    .where('change.area', '=', me.area)
    .where(isOfPerson('change.person', me))
    .where('change.kind', '=', 'area')
    .where('change.withdrawn_at', 'is', null)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('episode.standing as later')
            .select('later.episode')
            .where('later.area', '=', me.area)
            .where(isOfPerson('later.person', me))
            .whereRef('later.received_at', '>', 'change.at'),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst()
  return gone !== undefined
}

/** That a participant has read of a change, and so of all before it; false where it is not theirs. */
export async function readChange(db: Db, me: Participant, id: string, at: Temporal.Instant): Promise<boolean> {
  const found = (await listOwnChanges(db, me)).find((one) => one.id === id)
  if (!found) return false
  await db
    .updateTable('changeover.change')
    .set({ seen_at: at })
    .where('area', '=', me.area)
    .where(isOfPerson('person', me))
    .where('at', '<=', found.at)
    .where('seen_at', 'is', null)
    .execute()
  return true
}

/** By which channel each of these people would be told; who is not there is told by nobody but staff. */
export async function listChannels(db: Db, area: string, people: readonly string[]): Promise<Map<string, Channel>> {
  const found = await db
    .selectFrom('people.person as person')
    .innerJoin('people.means as means', (join) =>
      join.onRef('means.area', '=', 'person.area').onRef('means.person', '=', 'person.id'),
    )
    .select(['person.id', 'person.access_needs as needs', 'means.kind', 'means.value', 'means.wanted', 'means.safe'])
    .select('means.preferred')
    .where('person.area', '=', area)
    .where(sql<boolean>`person.id = any(${[...people]}::uuid[])`)
    .where('person.died_on', 'is', null)
    .where('means.ended_at', 'is', null)
    .where(isContactWanted(area, 'person.id'), 'is', true)
    .execute()
  const whose = Map.groupBy(found, ({ id }) => id)
  return new Map(
    [...whose].flatMap(([person, means]) => {
      const safe = safeAddress(means, means[0]?.needs ?? [])
      return safe ? [[person, safe.channel] as const] : []
    }),
  )
}
