import { type CronItem, Logger, parseCronItems, run, type Runner, type Task, type TaskList } from 'graphile-worker'
import { z } from 'zod'
import { databaseProblem } from '#platform/database/problems.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { type JobPayload, safeReason } from './rules.ts'

/** What a job is given: one transaction of its own area, its payload, and the time. */
export type JobWork = (db: Db, payload: JobPayload, now: Temporal.Instant) => Promise<void>

/** Work that runs later, by name; `everyArea` work is started by the clock, once for each area. */
export type Jobs = Readonly<Record<string, JobWork>>
export type Schedule = Readonly<{ job: string; match: string }>

/** A queue: the database it stands in, and the areas whose work it holds. */
export type Queue = Readonly<{ directUrl: string; areas: () => Promise<string[]> }>

export type WorkerParts = Readonly<{
  databases: Databases
  /** One for each distinct database: a job stands in the database of the area that caused it. */
  queues: readonly Queue[]
  jobs: Jobs
  schedules: readonly Schedule[]
  now: () => Temporal.Instant
  log: (level: string, message: string) => void
}>

const payloadShape = z.looseObject({ area: z.string() })

/** Works every queue under the worker's restricted role; each job's own statements run as the application. */
export async function startWorkers(parts: WorkerParts): Promise<Readonly<{ stop(): Promise<void> }>> {
  const started = await Promise.allSettled(parts.queues.map((queue) => startWorker(parts, queue)))
  const runners = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const stop = async (): Promise<void> => {
    await Promise.all(runners.map((runner) => runner.stop()))
  }
  const failed = started.find((one) => one.status === 'rejected')
  if (!failed) return { stop }
  await stop()
  throw failed.reason
}

async function startWorker(parts: WorkerParts, queue: Queue): Promise<Runner> {
  try {
    return await runQueue(parts, queue)
  } catch (cause) {
    throw databaseProblem(queue.directUrl, cause)
  }
}

function runQueue(parts: WorkerParts, queue: Queue): Promise<Runner> {
  return run({
    connectionString: asWorker(queue.directUrl),
    taskList: tasks(parts, queue),
    parsedCronItems: parseCronItems(parts.schedules.map(cronItem)),
    concurrency: 4,
    pollInterval: 2_000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => parts.log(level, message)),
  })
}

function cronItem({ job, match }: Schedule): CronItem {
  return { task: `each-area.${job}`, match, identifier: job, options: { backfillPeriod: 0 } }
}

function tasks({ databases, jobs, schedules, now }: WorkerParts, { areas }: Queue): TaskList {
  const work = Object.entries(jobs).map(([name, work]): [string, Task] => [
    name,
    safely(async (given: unknown) => {
      const payload = payloadShape.parse(given)
      // Checked: everything in a payload was written by addJob, which takes only these kinds.
      await databases.databaseFor(payload.area).transaction((db) => work(db, payload as JobPayload, now()))
    }),
  ])
  // A clock's job is spread into one job for each area, so that one area's trouble stays its own.
  const spread = schedules.map(({ job }): [string, Task] => [
    `each-area.${job}`,
    async (_payload, { addJob }) => {
      for (const area of await areas()) await addJob(job, { area }, { jobKey: `${job}:${area}`, maxAttempts: 8 })
    },
  ])
  return Object.fromEntries([...work, ...spread])
}

// What is thrown here the queue writes into its own tables and the log, so it must not repeat what an error was given.
function safely(work: (given: unknown) => Promise<void>) {
  return async (given: unknown): Promise<void> => {
    try {
      await work(given)
    } catch (cause) {
      const reason = safeReason(cause)
      throw Object.assign(new Error(reason), { stack: reason })
    }
  }
}

function asWorker(url: string): string {
  const address = new URL(url)
  address.searchParams.set('options', '-c role=workwell_worker')
  return address.toString()
}
