import { sql } from 'kysely'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { idleEnd, keepEnded, ranOutLately, sessionEnds, touchDue } from '#platform/identity/rules.ts'
import { hashOf } from '#platform/identity/tokens.ts'
import { cookieParts, freshSession, ownCookie, type OwnEndReason, type OwnSession, type Way } from './rules.ts'

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

/** Opens a session for a participant who has just shown who they are, and forgets those that ended long ago. */
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
