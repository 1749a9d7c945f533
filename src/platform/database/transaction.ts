import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { asParameter } from './connection.ts'
import type { Tables } from './types.ts'

/** One open transaction under the application's restricted role. Statements started together travel as one pipeline. */
export type Db = Kysely<Tables>

/** PostgreSQL rolled the transaction back although every statement seemed accepted. */
class NotCommitted extends Error {}

const areaCode = /^[a-z0-9-]{2,40}$/

/** Refuses anything that is not the code of an area before it is written into a statement. */
function checkedArea(area: string): string {
  if (!areaCode.test(area)) throw new TypeError('Not the code of an area')
  return area
}

/**
 * Runs the work in one transaction as the restricted role, seeing only the given area's rows (none when it is undefined).
 * Commits when the work returns and rolls back when it throws. The settings are local to the transaction, so a pooler
 * that hands connections around between transactions changes nothing.
 */
export async function inTransaction<T>(pool: pg.Pool, area: string | undefined, work: (db: Db) => Promise<T>) {
  const client = await pool.connect()
  let begun: Promise<unknown> = Promise.resolve()
  try {
    // `set local` and not set_config(): the latter is not carried to the workers of a distributed PostgreSQL.
    const scope = area === undefined ? '' : `; set local app.area = '${checkedArea(area)}'`
    // Not awaited: the first statement of the work follows on the same pipeline.
    begun = client.query(`begin; set local role workwell_app${scope}`)
    begun.catch(() => undefined)
    const done = await work(bound(client))
    await begun
    await commit(client)
    client.release()
    return done
  } catch (cause) {
    const why = await begun.then(
      () => cause,
      (first: unknown) => first,
    )
    await abandon(client)
    throw why
  }
}

// In a pipeline the `commit` of a failed transaction is itself fulfilled: only its tag says what happened.
async function commit(client: pg.PoolClient): Promise<void> {
  const result = await client.query('commit')
  if (result.command !== 'COMMIT') throw new NotCommitted('The transaction was rolled back')
}

async function abandon(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('rollback')
    client.release()
  } catch (cause) {
    client.release(cause instanceof Error ? cause : true)
  }
}

/** The query builder over one connection. Not Kysely's own transaction: that sends one statement at a time. */
function bound(client: pg.PoolClient): Db {
  const query = (text: string, parameters: readonly unknown[]): unknown =>
    client.query(text, parameters.map(asParameter))
  // Checked: pg's overloads are wider than the one shape that Kysely calls.
  const same: PostgresPoolClient = { query: query as PostgresPoolClient['query'], release: () => undefined }
  const pool: PostgresPool = { connect: async () => same, end: async () => undefined, options: {} }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
