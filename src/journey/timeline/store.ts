import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Stretch } from './rules.ts'

/** By what a list of things that happened is ordered: its moment, and the id that tells two of one moment apart. */
export type Order = Readonly<{ at: RawBuilder<Temporal.Instant> | string; id: string }>

/** The newest rows before a place on a timeline. Each stage asks so for its own, and the record puts them together. */
export function readNewest<DB, Tables extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, Tables, Row>,
  { at: given, id }: Order,
  { before, most }: Stretch,
): SelectQueryBuilder<DB, Tables, Row> {
  const at = typeof given === 'string' ? sql.ref<Temporal.Instant>(given) : given
  const earlier = before
    ? query.where(sql<boolean>`(${at}, ${sql.ref(id)}) < (${before.at}::timestamptz, ${before.id}::uuid)`)
    : query
  return earlier
    .orderBy(at, 'desc')
    .orderBy(sql.ref(id), 'desc')
    .limit(most + 1)
}

/**
 * The moment for something of which only the day is known: when it was written down, or the end of its day where that
 * came later, so that it stands before what is known to have come after it.
 */
export function readMomentOn(day: string, recorded: string): RawBuilder<Temporal.Instant> {
  return sql<Temporal.Instant>`least(${sql.ref(recorded)},
    (${sql.ref(day)} + 1)::timestamp at time zone 'Europe/London' - interval '1 microsecond')`
}

/** Whether a column names one of these. */
export function isAnyOf(column: string, ids: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} = any(${[...ids]}::uuid[])`
}

/** What the member in a column is called, also one who has left. */
export function findNameOf(area: string, member: string): RawBuilder<string | null> {
  return sql<string | null>`(select named.name from organisations.member named
    where named.area = ${area} and named.id = ${sql.ref(member)})`
}
