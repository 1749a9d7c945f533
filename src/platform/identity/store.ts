import { sql } from 'kysely'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  type EndReason,
  idleEnd,
  keepEnded,
  longestTime,
  pendingTime,
  ranOutLately,
  type Session,
  sessionEnds,
  touchDue,
} from './rules.ts'
import { hashOf, isToken } from './tokens.ts'

/** A transaction that sees no area's rows. */
export type National = <T>(work: (db: Db) => Promise<T>) => Promise<T>

/** How a session is looked for, and noted to be in use. */
export type Asking = Readonly<{ ask: Databases['ask']; national: National }>

/** Who this browser is signed in as: one indexed read, and at most once a minute a note that the session is in use. */
export async function sessionFrom(
  { ask, national }: Asking,
  token: string | undefined,
  now: Temporal.Instant,
): Promise<Session | undefined> {
  if (!isToken(token)) return undefined
  const [row] = await ask((db) => sessionOf(db, token))
  const session = usable(row, now)
  if (!session || !touchDue(session, now)) return session
  await national((db) => touchSession(db, token, session, now))
  return { ...session, seenAt: now, idleEndsAt: idleEnd(now, session.endsAt) }
}

/** The session of this token while it may be used; nothing once it ended or ran out. */
export async function findSession(
  db: Db,
  token: string | undefined,
  now: Temporal.Instant,
): Promise<Session | undefined> {
  if (!isToken(token)) return undefined
  return usable(await sessionOf(db, token).executeTakeFirst(), now)
}

/** The session of this token where it ran out by itself not long ago. */
export async function lateSession(
  ask: Databases['ask'],
  token: string | undefined,
  now: Temporal.Instant,
): Promise<Session | undefined> {
  if (!isToken(token)) return undefined
  const [row] = await ask((db) => sessionOf(db, token))
  return row && ranOutLately(row, now) ? row : undefined
}

function sessionOf(db: Db, token: string) {
  return db
    .selectFrom('identity.session as s')
    .innerJoin('identity.account as a', 'a.id', 's.account')
    .select(['s.account', 'a.name', 's.membership', 's.area', 's.provider', 's.second_factor as secondFactor'])
    .select(['s.seen_at as seenAt', 's.idle_ends_at as idleEndsAt', 's.ends_at as endsAt'])
    .select(sql<EndReason | null>`s.ended_reason`.as('endedReason'))
    .where('s.token_hash', '=', hashOf(token))
}

function usable(session: Session | undefined, now: Temporal.Instant): Session | undefined {
  return session && sessionEnds(session, now) === undefined ? session : undefined
}

export type Opening = Readonly<{
  token: string
  account: string
  provider: string
  secondFactor: boolean
  idToken: string | undefined
  returnPath: string | undefined
}>

/** Opens a session for somebody who has just signed in. */
export async function openSession(db: Db, opening: Opening, now: Temporal.Instant): Promise<void> {
  const endsAt = now.add(longestTime)
  await db
    .insertInto('identity.session')
    .values({
      token_hash: hashOf(opening.token),
      account: opening.account,
      provider: opening.provider,
      second_factor: opening.secondFactor,
      id_token: opening.idToken ?? null,
      return_path: opening.returnPath ?? null,
      created_at: now,
      seen_at: now,
      idle_ends_at: idleEnd(now, endsAt),
      ends_at: endsAt,
    })
    .execute()
}

/** Notes that the session is in use, which moves its idle end. */
async function touchSession(
  db: Db,
  token: string,
  session: Pick<Session, 'endsAt'>,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('identity.session')
    .set({ seen_at: now, idle_ends_at: idleEnd(now, session.endsAt) })
    .where('token_hash', '=', hashOf(token))
    .where('ended_at', 'is', null)
    .execute()
}

/** Puts a membership on; answers the page that was asked for before signing in, once. */
export async function chooseMembership(
  db: Db,
  token: string,
  chosen: Readonly<{ membership: string; area: string }>,
): Promise<string | undefined> {
  const before = await db
    .selectFrom('identity.session')
    .select('return_path')
    .where('token_hash', '=', hashOf(token))
    .forUpdate()
    .executeTakeFirst()
  await db
    .updateTable('identity.session')
    .set({ membership: chosen.membership, area: chosen.area, return_path: null })
    .where('token_hash', '=', hashOf(token))
    .where('ended_at', 'is', null)
    .execute()
  return before?.return_path ?? undefined
}

/** Ends the session of this token; says through which provider it was opened and whether that offers to sign out too. */
export async function endSession(
  db: Db,
  token: string | undefined,
  reason: EndReason,
  now: Temporal.Instant,
): Promise<Readonly<{ provider: string; signOutThere: boolean }> | undefined> {
  if (!isToken(token)) return undefined
  const row = await db
    .updateTable('identity.session')
    .set({ ended_at: now, ended_reason: reason })
    .where('token_hash', '=', hashOf(token))
    .where('ended_at', 'is', null)
    .returning(['provider', 'id_token'])
    .executeTakeFirst()
  return row && { provider: row.provider, signOutThere: row.id_token !== null }
}

/** Ends every session of an account at once, for somebody who left or whose device is lost; answers how many. */
export async function endSessionsOf(
  db: Db,
  account: string,
  reason: EndReason,
  now: Temporal.Instant,
): Promise<number> {
  const ended = await db
    .updateTable('identity.session')
    .set({ ended_at: now, ended_reason: reason, id_token: null })
    .where('account', '=', account)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return Number(ended.numUpdatedRows)
}

/** Ends what was opened through providers that are no longer offered, such as the stand-in before going live. */
export async function endSessionsNotFrom(db: Db, providers: readonly string[], now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('identity.session')
    .set({ ended_at: now, ended_reason: 'provider removed', id_token: null })
    .where('ended_at', 'is', null)
    .where('ends_at', '>', now)
    .where((row) => row.not(row('provider', '=', row.fn.any(row.val([...providers])))))
    .execute()
}

/** What the provider needs to sign somebody out there: of a session just ended, once. */
export async function takeSignOut(
  db: Db,
  token: string | undefined,
  now: Temporal.Instant,
): Promise<string | undefined> {
  if (!isToken(token)) return undefined
  const row = await db
    .selectFrom('identity.session')
    .select('id_token')
    .where('token_hash', '=', hashOf(token))
    .where('ended_reason', '=', 'signed out')
    .where('ended_at', '>', now.subtract(pendingTime))
    .forUpdate()
    .executeTakeFirst()
  await db.updateTable('identity.session').set({ id_token: null }).where('token_hash', '=', hashOf(token)).execute()
  return row?.id_token ?? undefined
}

/** Forgets lost sign-ins, what the stand-in no longer needs, and sessions that ended long ago. */
export async function forgetExpired(db: Db, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('identity.pending').where('expires_at', '<', now).execute()
  await db.deleteFrom('identity.stand_in').where('expires_at', '<', now).execute()
  await db.deleteFrom('identity.session').where('ends_at', '<', now.subtract(keepEnded)).execute()
  // Only of the last day, which an index finds: older ones were met by an earlier call.
  await db
    .updateTable('identity.session')
    .set({ id_token: null })
    .where('id_token', 'is not', null)
    .where('ends_at', '<', now)
    .where('ends_at', '>', now.subtract({ hours: 24 }))
    .execute()
}
