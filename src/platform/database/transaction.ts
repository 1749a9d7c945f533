import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  type PostgresPool,
  type PostgresPoolClient,
  PostgresQueryCompiler,
} from 'kysely'
import type pg from 'pg'
import type { NameOf } from './naming.ts'
import { abandon, begin, commit, type Pipeline, start } from './pipeline.ts'
import type { Tables } from './types.ts'

/** One open transaction under the application's restricted role. Statements started together travel as one pipeline. */
export type Db = Kysely<Tables>

/** Where a transaction runs, whose rows it sees (no area's when it is undefined), and how statements are named. */
export type Scope = Readonly<{ pool: pg.Pool; area: string | undefined; nameOf: NameOf }>

/**
 * Runs the work in one transaction as the restricted role, seeing only the given area's rows (none when it is undefined).
 * Commits when the work returns and rolls back when it throws. The settings are local to the transaction, so a pooler
 * that hands connections around between transactions changes nothing.
 */
export async function inTransaction<T>({ pool, area, nameOf }: Scope, work: (db: Db) => Promise<T>): Promise<T> {
  const pipeline: Pipeline = { client: await pool.connect(), nameOf, over: false }
  // Not awaited: the first statement of the work follows on the same pipeline.
  const begun = begin(pipeline, area)
  begun.catch(() => undefined)
  try {
    const db = bound(pipeline)
    const done = await work(db)
    const last = (lastWords.get(db) ?? []).map(({ sql, parameters }) => start(pipeline, sql, parameters))
    await commit(pipeline, [begun, ...last])
    return done
  } catch (cause) {
    const why = await begun.then(
      () => cause,
      (first: unknown) => first,
    )
    await abandon(pipeline, why)
    throw why
  }
}

const lastWords = new WeakMap<Db, CompiledQuery[]>()

/**
 * Sends these statements with the commit of the open transaction, which does not happen unless they succeed: for what
 * has to be written and is not asked for again.
 */
export function sendWithCommit(db: Db, statements: readonly Compilable[]): void {
  const others = lastWords.get(db)
  if (!others) throw new Error('Not the handle of an open transaction')
  others.push(...statements.map((statement) => statement.compile()))
}

/** Asks one question in a transaction of its own, sent whole: the answer is there after one way to the server and back. */
export async function ask<Row>({ pool, area, nameOf }: Scope, question: (db: Db) => Compilable<Row>): Promise<Row[]> {
  const { sql, parameters } = question(compiler).compile()
  const pipeline: Pipeline = { client: await pool.connect(), nameOf, over: false }
  const begun = begin(pipeline, area)
  const asked = start(pipeline, sql, parameters)
  try {
    await commit(pipeline, [begun, asked])
    // Checked: Kysely knows the rows of what it compiled.
    return (await asked).rows as Row[]
  } catch (cause) {
    await abandon(pipeline, cause)
    throw cause
  }
}

// Writes statements and sends none.
const compiler: Db = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** The query builder over one connection. Not Kysely's own transaction: that sends one statement at a time. */
function bound(pipeline: Pipeline): Db {
  const query = (text: string, parameters: readonly unknown[]): unknown => start(pipeline, text, parameters)
  // Checked: pg's overloads are wider than the one shape that Kysely calls.
  const same: PostgresPoolClient = { query: query as PostgresPoolClient['query'], release: () => undefined }
  const pool: PostgresPool = { connect: async () => same, end: async () => undefined, options: {} }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  lastWords.set(db, [])
  return db
}
