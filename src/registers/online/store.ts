import { sql } from 'kysely'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { idleEnd, keepEnded, ranOutLately, sessionEnds, touchDue } from '#platform/identity/rules.ts'
import { hashOf, newToken } from '#platform/identity/tokens.ts'
import { newId } from '#platform/ids.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { hasTakenInSince, isOfPerson } from '#registers/merged/store.ts'
import {
  type Closing,
  type ClosingReason,
  cookieParts,
  cookieValue,
  freshSession,
  type LastTime,
  ownCookie,
  type OwnEndReason,
  type OwnSession,
  type Way,
} from './rules.ts'

type Named = Readonly<Record<string, string | undefined>>
type Token = Readonly<{ area: string; token: string }>

/** What is answered of a participant's browser: who is signed in, and whose drafts are kept where that ran out. */
export const ownSessionAnswers = (origin: string, { databaseFor }: Pick<Databases, 'databaseFor'>) => ({
  participant: async (cookies: Named, now: Temporal.Instant) => {
    const given = cookieParts(cookies[ownCookie(origin)])
    if (!given) return undefined
    const { area } = given
    const found = await databaseFor(area).transaction((db) => usedSession(db, given, now))
    return found && { area, person: found.person, name: found.name, endsAt: found.idleEndsAt }
  },
  ownRanOut: async (cookies: Named, now: Temporal.Instant) => {
    const given = cookieParts(cookies[ownCookie(origin)])
    if (!given) return undefined
    const found = await databaseFor(given.area).transaction((db) => sessionOf(db, given))
    return found && ranOutLately(found, now) ? { area: given.area, person: found.person } : undefined
  },
})

async function usedSession(db: Db, given: Token, now: Temporal.Instant): Promise<OwnSession | undefined> {
  const session = await sessionOf(db, given)
  if (!session || sessionEnds(session, now) !== undefined) return undefined
  if (!touchDue(session, now)) return session
  const idleEndsAt = idleEnd(now, session.endsAt)
  await openOf(db, given).set({ seen_at: now, idle_ends_at: idleEndsAt }).execute()
  return { ...session, idleEndsAt }
}

/**
 * The session of this token, on the record that is kept of the person; nothing where it was ended, they have died, or
 * their access is closed on any of their records. Asked anew with every page, so that a closing works at once.
 */
async function sessionOf(db: Db, { area, token }: Token): Promise<OwnSession | undefined> {
  const found = await db
    .selectFrom('online.session as session')
    .innerJoin('people.person as own', (join) =>
      join.onRef('own.area', '=', 'session.area').onRef('own.id', '=', 'session.person'),
    )
    .innerJoin('people.person as kept', (join) =>
      join.onRef('kept.area', '=', 'own.area').on('kept.id', '=', sql<string>`coalesce(own.merged_into, own.id)`),
    )
    .select(['kept.id as person', 'session.seen_at as seenAt', 'session.idle_ends_at as idleEndsAt'])
    .select(['session.ends_at as endsAt', sql<string>`coalesce(kept.preferred_name, kept.given_name)`.as('name')])
    .where('session.area', '=', area)
    .where('session.token_hash', '=', hashOf(token))
    .where('session.ended_at', 'is', null)
    // A code or an account that opened one record of two opens both only when it is shown for what they have become.
    .where(sql<boolean>`not ${hasTakenInSince({ area, kept: 'kept.id', since: 'session.created_at' })}`)
    .where('kept.died_on', 'is', null)
    .where(
      sql<boolean>`not exists (select from online.closing where closing.area = ${area} and closing.lifted_at is null
      and closing.person in (select kept.id union all
        select merged.id from people.person merged where merged.area = ${area} and merged.merged_into = kept.id))`,
    )
    .executeTakeFirst()
  return found && { ...found, endedReason: null }
}

function openOf(db: Db, { area, token }: Token) {
  const own = db.updateTable('online.session').where('area', '=', area)
  return own.where('token_hash', '=', hashOf(token)).where('ended_at', 'is', null)
}

type Opening = Token & Readonly<{ person: string; way: Way; now: Temporal.Instant }>

type Welcome = Readonly<{ area: string; person: string; way: Way; now: Temporal.Instant }> &
  Readonly<{
    /** The cookie of whoever was signed in at this browser before. */
    before: string | undefined
  }>

/**
 * Lets a participant in who has just shown who they are, and gives the value of their cookie. Whoever was signed in as
 * themselves at the same browser before, is not any more.
 */
export async function welcome(db: Db, { area, person, way, before, now }: Welcome): Promise<string> {
  const earlier = cookieParts(before)
  if (earlier?.area === area) await endOwnSession(db, earlier, 'signed in again', now)
  const token = newToken()
  await openOwnSession(db, { area, token, person, way, now })
  const happening = { kind: 'act', what: 'online.signed-in', codes: { way } } as const
  writeEntry(db, { area, by: { area, person }, happening, at: now })
  return cookieValue(area, token)
}

/** Opens a session for a participant, and forgets those of theirs that ended long ago. */
export async function openOwnSession(db: Db, { area, token, person, way, now }: Opening): Promise<void> {
  await db
    .insertInto('online.session')
    .values({ area, token_hash: hashOf(token), person, way, ...freshSession(now) })
    .execute()
  await db
    .deleteFrom('online.session')
    .where('area', '=', area)
    .where('person', '=', person)
    .where('ends_at', '<', now.subtract(keepEnded))
    .execute()
}

/** Ends the session that this browser holds, whosever it is. */
export async function endOwnSession(db: Db, given: Token, reason: OwnEndReason, now: Temporal.Instant): Promise<void> {
  await openOf(db, given).set({ ended_at: now, ended_reason: reason }).execute()
}

type Others = Readonly<{ area: string; person: string; here: string | undefined; now: Temporal.Instant }> &
  Readonly<{ why?: OwnEndReason }>

/** Ends every session of a person but the one of this browser: a way by which somebody may have come in is theirs no more. */
export async function endOtherSessions(
  db: Db,
  { area, person, here, now, why = 'way taken away' }: Others,
): Promise<void> {
  const own = cookieParts(here)
  await db
    .updateTable('online.session')
    .set({ ended_at: now, ended_reason: why })
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .where('ended_at', 'is', null)
    .$if(own !== undefined, (query) => query.where('token_hash', '<>', hashOf(own?.token ?? '')))
    .execute()
}

type Of = Readonly<{ area: string; person: string }>

/** Whether a person's access is closed, on whichever of their records somebody closed it. */
export async function isClosed(db: Db, area: string, person: string): Promise<boolean> {
  return (await findClosing(db, { area, person })) !== undefined
}

/** That a person's access is closed now, and why. Ask findPerson before: it decides who may know. */
export async function findClosing(db: Db, of: Of): Promise<Closing | undefined> {
  return db
    .selectFrom('online.closing as closing')
    .innerJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'closing.area').onRef('member.id', '=', 'closing.closed_by'),
    )
    .select(['closing.id', 'closing.reason', 'closing.note', 'member.name as by', 'closing.closed_at as at'])
    .where('closing.area', '=', of.area)
    .where(isOfPerson('closing.person', of))
    .where('closing.lifted_at', 'is', null)
    .orderBy('closing.closed_at')
    .limit(1)
    .executeTakeFirst()
}

type ClosingNow = Of & Readonly<{ reason: ClosingReason; note: string | null; by: string; now: Temporal.Instant }>

/** Closes a person's access: whoever is signed in as them is not any more. */
export async function closeAccess(db: Db, { area, person, reason, note, by, now }: ClosingNow): Promise<void> {
  await db
    .insertInto('online.closing')
    .values({ ...{ area, id: newId(), person, reason, note }, closed_by: by, closed_at: now })
    .onConflict((closed) => closed.columns(['area', 'person']).where('lifted_at', 'is', null).doNothing())
    .execute()
  await db
    .updateTable('online.session')
    .set({ ended_at: now, ended_reason: 'closed' })
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .where('ended_at', 'is', null)
    .execute()
}

/** Opens a person's access again, on all their records. */
export async function liftClosing(
  db: Db,
  { area, person, by, now }: Omit<ClosingNow, 'reason' | 'note'>,
): Promise<void> {
  await db
    .updateTable('online.closing')
    .set({ lifted_at: now, lifted_by: by })
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .where('lifted_at', 'is', null)
    .execute()
}

/** When and how a person last signed in as themselves. */
export async function findLastTime(db: Db, of: Of): Promise<LastTime | undefined> {
  return db
    .selectFrom('online.session')
    .select(['created_at as at', 'way'])
    .where('area', '=', of.area)
    .where(isOfPerson('person', of))
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}
