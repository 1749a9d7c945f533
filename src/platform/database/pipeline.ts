import type pg from 'pg'
import { asParameter } from './connection.ts'
import type { NameOf } from './naming.ts'

/** One transaction on its connection: what is started on it travels in order, without waiting for answers between. */
export type Pipeline = { readonly client: pg.PoolClient; readonly nameOf: NameOf; over: boolean }

/** PostgreSQL rolled the transaction back although every statement seemed accepted. */
class NotCommitted extends Error {}

/** A statement of a transaction that has ended; another one may be using its connection by now. */
class TooLate extends Error {}

const areaCode = /^[a-z0-9-]{2,40}$/

/** Refuses anything that is not the code of an area before it is written into a statement. */
function checkedArea(area: string): string {
  if (!areaCode.test(area)) throw new TypeError('Not the code of an area')
  return area
}

/**
 * Begins a transaction as the restricted role that sees the rows of this area (of none when it is undefined). A plan is
 * made once for all values: PostgreSQL reckons planning cheaper than it is, and our lists take longer to plan than to run.
 */
export async function begin({ client }: Pipeline, area: string | undefined): Promise<void> {
  // `set local` and not set_config(): the latter is not carried to the workers of a distributed PostgreSQL.
  const scope = area === undefined ? '' : `; set local app.area = '${checkedArea(area)}'`
  sendTogether(client)
  await client.query(`begin; set local role workwell_app; set local plan_cache_mode = force_generic_plan${scope}`)
}

/** Starts a statement; what was started before it in this transaction is run before it. */
export async function start(pipeline: Pipeline, text: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
  const { client, nameOf, over } = pipeline
  if (over) throw new TooLate('A statement was started after its transaction had ended')
  const name = nameOf(text)
  sendTogether(client)
  return client.query({ text, values: parameters.map(asParameter), ...(name === undefined ? {} : { name }) })
}

/** Commits; done only when everything that was started is. */
export async function commit(pipeline: Pipeline, started: readonly Promise<unknown>[]): Promise<void> {
  pipeline.over = true
  sendTogether(pipeline.client)
  // In a pipeline the `commit` of a failed transaction is itself fulfilled: only its tag says what happened.
  const ended = pipeline.client.query('commit').then(({ command }) => {
    if (command !== 'COMMIT') throw new NotCommitted('The transaction was rolled back')
  })
  // Answers come in order, so that what failed first is what is thrown.
  await Promise.all([...started, ended])
  pipeline.client.release()
}

// A plan that a change of the schema has overtaken: the next connection makes its own.
const planOvertaken = '0A000'

/** Rolls back and gives the connection up, or away where it is of no more use. */
export async function abandon(pipeline: Pipeline, why: unknown): Promise<void> {
  const { client } = pipeline
  pipeline.over = true
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
