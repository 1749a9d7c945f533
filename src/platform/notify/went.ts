import { type AliasedRawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { renewedKind } from './rules.ts'

type Went = Readonly<{ wentAt: Temporal.Instant | null; waits: boolean | null }>
type Of = Readonly<{ area: string; kind: string; about: string; since: string }>

/**
 * When the first message of a kind about the row in a column went since the moment in another, undefined where none went or
 * arrived, and whether one still waits: what is counted from a message is counted from when it went.
 */
export function messageThatWent({ area, kind, about, since }: Of): AliasedRawBuilder<Went, 'message'> {
  return sql<Went>`(select
      min(one.settled_at) filter (where one.settled_as = 'sent' and one.arrival is distinct from 'not arrived') as "wentAt",
      bool_or(one.settled_at is null) as waits
    from notify.message one where one.area = ${area} and one.kind = ${kind} and one.about = ${sql.ref(about)}
      and one.written_at >= ${sql.ref(since)})`.as('message')
}

type About = Readonly<{ area: string; about: string; kinds: readonly string[] }>

/** The newest message of these kinds about something, or that renewed its link, however far it has got; undefined where there is none. */
export async function findNewestAbout(db: Db, { area, about, kinds }: About) {
  return db
    .selectFrom('notify.message')
    .select(['id', 'written_at as at', 'not_before as notBefore', 'settled_at as settledAt'])
    .where('area', '=', area)
    .where('about', '=', about)
    .where('kind', 'in', [...kinds, renewedKind])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/**
 * The message that was sent since the one that whoever sends another has seen, undefined where theirs is the newest: a
 * second press, or somebody else at the same moment, sends nothing. Held until the end, so that one of two waits.
 */
export async function sentSince(db: Db, of: About, seen: string | null) {
  await sql`select pg_advisory_xact_lock(hashtextextended('sent about ' || ${of.area} || ${of.about}, 0))`.execute(db)
  const newest = await findNewestAbout(db, of)
  return newest?.id === (seen ?? undefined) ? undefined : newest
}
