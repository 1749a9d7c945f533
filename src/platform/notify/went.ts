import { type AliasedRawBuilder, sql } from 'kysely'

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
