import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { check, type Fields } from '#platform/form/fields.ts'
import type { Rule } from './app.ts'
import { NotFound } from './refusals.ts'

/**
 * What is known of a request before its page's transaction begins, for a page that asks other systems something: no
 * transaction stays open while another organisation's server is thinking.
 */
export type Beforehand<Query> = Readonly<{
  area: string
  query: Query
  /** Who keeps this browser's drafts: the account, or the visit of somebody without one. */
  owner: string
  now: Temporal.Instant
  /** Does something in a transaction of its own, which is committed before the next thing is done. */
  inArea<T>(work: (db: Db) => Promise<T>): Promise<T>
}>

type Known = Readonly<{ given: unknown; area: string | undefined; owner: string; now: Temporal.Instant }>

/** What a page has to know of others before its transaction begins; nothing where it asks nobody. */
export async function askBefore(databases: Databases, rule: Rule<Fields, Fields>, known: Known) {
  if (!rule.before) return undefined
  const { given, area = '', ...more } = known
  const query = check(rule.query ?? {}, given)
  if (!query.ok) throw new NotFound()
  const inArea = <T>(work: (db: Db) => Promise<T>) => databases.databaseFor(area).transaction(work)
  return rule.before({ ...more, area, query: query.value, inArea })
}
