import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { FailedJob, JobPayload } from './rules.ts'

/** When a job runs, and what makes a second request for the same job replace the first. */
export type JobTiming = Readonly<{ runAt?: Temporal.Instant; key?: string; attempts?: number }>

/** Adds work for later in the transaction of the act that causes it: ids and codes only, never text about people. */
export async function addJob(db: Db, name: string, payload: JobPayload, timing: JobTiming = {}): Promise<void> {
  await sql`select jobs.enqueue(${name}, ${JSON.stringify(payload)}::json, ${timing.runAt ?? null}::timestamptz,
    ${timing.key ?? null}, ${timing.attempts ?? 8}::integer)`.execute(db)
}

/** Takes work for later back, by the key it was added with; nothing where it is done or was never added. */
export async function callOffJob(db: Db, key: string): Promise<void> {
  await sql`select jobs.call_off(${key})`.execute(db)
}

/** The jobs of this area that failed, newest first, with the reason. */
export async function listFailedJobs(db: Db, area: string): Promise<FailedJob[]> {
  const { rows } = await sql<FailedJob>`select * from jobs.failures(${area})`.execute(db)
  return rows
}

/** Puts a failed job back in the queue; false when it is running or not of this area. */
export async function runJobAgain(db: Db, job: number): Promise<boolean> {
  const { rows } = await sql<{ again: boolean }>`select jobs.run_again(${job}) as again`.execute(db)
  return rows[0]?.again ?? false
}
