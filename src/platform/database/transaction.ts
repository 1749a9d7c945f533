import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { asParameter } from './connection.ts'
import type { NameOf } from './naming.ts'
import type { Tables } from './types.ts'

/** One open transaction under the application's restricted role. Statements started together travel as one pipeline. */
export type Db = Kysely<Tables>

/** Where a transaction runs, whose rows it sees (no area's when it is undefined), and how statements are named. */
export type Scope = Readonly<{ pool: pg.Pool; area: string | undefined; nameOf: NameOf }>

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
export async function inTransaction<T>({ pool, area, nameOf }: Scope, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let begun: Promise<unknown> = Promise.resolve()
  try {
    // `set local` and not set_config(): the latter is not carried to the workers of a distributed PostgreSQL.
    const scope = area === undefined ? '' : `; set local app.area = '${checkedArea(area)}'`
    sendTogether(client)
    // Not awaited: the first statement of the work follows on the same pipeline.
    begun = client.query(`begin; set local role workwell_app${scope}`)
    begun.catch(() => undefined)
    const done = await work(bound(client, nameOf))
    await begun
    await commit(client)
    client.release()
    return done
  } catch (cause) {
    const why = await begun.then(
      () => cause,
      (first: unknown) => first,
    )
    await abandon(client, why)
    throw why
  }
}

// In a pipeline the `commit` of a failed transaction is itself fulfilled: only its tag says what happened.
async function commit(client: pg.PoolClient): Promise<void> {
  const result = await client.query('commit')
  if (result.command !== 'COMMIT') throw new NotCommitted('The transaction was rolled back')
}

// A plan that a change of the schema has overtaken: the next connection makes its own.
const planOvertaken = '0A000'

async function abandon(client: pg.PoolClient, why: unknown): Promise<void> {
  try {
    await client.query('rollback')
    client.release(why instanceof Error && 'code' in why && why.code === planOvertaken)
  } catch (cause) {
    client.release(cause instanceof Error ? cause : true)
  }
}

/** What is written until the work waits for an answer leaves in one packet and not in one for each statement. */
function sendTogether({ connection: { stream } }: pg.PoolClient): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** The query builder over one connection. Not Kysely's own transaction: that sends one statement at a time. */
function bound(client: pg.PoolClient, nameOf: NameOf): Db {
  const query = (text: string, parameters: readonly unknown[]): unknown => {
    sendTogether(client)
    const name = nameOf(text)
    return client.query({ text, values: parameters.map(asParameter), ...(name === undefined ? {} : { name }) })
  }
  // Checked: pg's overloads are wider than the one shape that Kysely calls.
  const same: PostgresPoolClient = { query: query as PostgresPoolClient['query'], release: () => undefined }
  const pool: PostgresPool = { connect: async () => same, end: async () => undefined, options: {} }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
