import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'

/** Something that is asked, with other words, people or places each time; gives how many there are. */
export type Question = Readonly<{
  what: string
  /** The area in which it is asked; all of them where none is named. */
  scope: string | undefined
  ask: (db: Db, place: number) => Promise<number>
}>

/** How often a question is asked before anything is counted, and then. */
export const [warming, times] = [6, 40]

// What a question keeps a processor busy for, database and product together, which others at work change little, while it
// makes times many times longer. Linux counts it for each process, in billionths of a second.
function busyOf(backend: number): number {
  const [onProcessor = '0'] = readFileSync(`/proc/${backend}/schedstat`, 'utf8').split(' ')
  const { user, system } = process.cpuUsage()
  return Number(onProcessor) / 1_000_000 + (user + system) / 1000
}

type Took = Readonly<{ wall: number; busy: number; count: number }>

async function took(databases: Databases, scope: string | undefined, ask: (db: Db) => Promise<number>): Promise<Took> {
  const began = performance.now()
  const work = async (db: Db) => {
    // All in one process, so that nothing is kept busy that is not counted.
    await sql`set local max_parallel_workers_per_gather = 0`.execute(db)
    const { rows } = await sql<{ backend: number }>`select pg_backend_pid() as backend`.execute(db)
    const backend = rows[0]?.backend ?? 0
    const before = busyOf(backend)
    const count = await ask(db)
    return { count, busy: busyOf(backend) - before }
  }
  const done = await (scope === undefined ? databases.national(work) : databases.databaseFor(scope).transaction(work))
  return { ...done, wall: performance.now() - began }
}

/** Asks a few times before anything is counted, since a statement is planned and what it reads is fetched the first times. */
export async function measured(databases: Databases, { scope, ask }: Question) {
  const all: Took[] = []
  for (let place = -warming; place < times; place += 1) {
    const one = await took(databases, scope, (db) => ask(db, place + warming))
    if (place >= 0) all.push(one)
  }
  const at = (share: number, of: (one: Took) => number) =>
    all.map(of).toSorted((one, other) => one - other)[Math.floor(times * share)] ?? 0
  const found = Math.round(all.reduce((sum, { count }) => sum + count, 0) / times)
  return {
    found,
    wall: at(0.5, ({ wall }) => wall),
    busy: at(0.5, ({ busy }) => busy),
    most: at(0.95, ({ busy }) => busy),
    each: all.map(({ busy }) => busy),
  }
}
