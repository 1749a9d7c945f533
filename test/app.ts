import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Logger, pino } from 'pino'
import { buildProduct, type Product } from '#app.ts'
import { type Databases, openDatabases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { cookieNames } from '#platform/identity/cookies.ts'
import { chooseMembership, openSession } from '#platform/identity/store.ts'
import type { Send } from '#platform/identity/openid.ts'
import { newToken } from '#platform/identity/tokens.ts'
import { cookieValue, ownCookie } from '#registers/online/rules.ts'
import { openOwnSession } from '#registers/online/store.ts'
import { readSettings, type Settings } from '#platform/settings.ts'
import { type Browser, browser } from './browser.ts'
import { type Cast, type Member, playCast } from './cast.ts'
import { cloneDatabase } from './database.ts'

/** The product on a database of its own, with a clock that tests set and a small cast that is signed in by name. */
export type TestApp = Readonly<{
  product: Product
  databases: Databases
  settings: Settings
  cast: Cast
  /** A browser in which this member is signed in. */
  as(member: Member): Promise<Browser>
  /** A browser in which this person is signed in as themselves. */
  asParticipant(person: string, area?: string): Promise<Browser>
  /** A browser of somebody without an account, at this address of the network. */
  visitor(from?: string): Browser
  /** Looks into (or prepares) an area's rows as the application may. */
  inArea<T>(area: string, work: (db: Db) => Promise<T>): Promise<T>
  /** The owner's own connection, for what no page can show. */
  owner: pg.Client
  clock: { now: Temporal.Instant; set(moment: string): void; pass(time: Temporal.DurationLike): void }
  /** Does all work that is waiting in the queue and due by the clock. */
  work(): Promise<number>
  close(): Promise<void>
}>

// Tests fill forms in at once.
const usual = { WORKWELL_ENV: 'test', LOG_LEVEL: 'error', WORKWELL_FORM_SECONDS: '0' } as const
const silent = pino({ level: 'fatal' })

/** Starts the product for one test file, on a clone of the migrated template. Monday 5 January 2026, 10 in the morning. */
export async function startApp(
  env: Readonly<Record<string, string>> = {},
  log: Logger = silent,
  send?: Send,
): Promise<TestApp> {
  const clone = await cloneDatabase()
  const owner = new pg.Client({ connectionString: clone.ownerUrl })
  await owner.connect()
  const cast = await playCast(owner)
  const clock = testClock('2026-01-05T10:00:00Z')
  const home = mkdtempSync(join(tmpdir(), 'workwell-'))
  const settings = readSettings({ ...usual, WORKWELL_HOME: home, ...env }, home)
  const areas = Object.fromEntries(Object.entries(settings.areaDatabases).map(([area, { url }]) => [area, url]))
  const databases = openDatabases({ url: clone.url, areas, most: 5 })
  const reaching = send ? { send } : {}
  const product = await buildProduct({ settings, databases, now: () => clock.now, log, ...reaching })
  return {
    product,
    databases,
    settings,
    cast,
    clock,
    owner,
    ...browsersOn(product, { databases, settings, clock }),
    inArea: (area, work) => databases.databaseFor(area).transaction(work),
    work: () => workQueue(owner, product, databases, clock.now),
    close: async () => {
      await product.fastify.close()
      await databases.close()
      await owner.end()
      await clone.drop()
    },
  }
}

type Ground = Pick<TestApp, 'databases' | 'settings' | 'clock'>

/** Browsers of whoever a test needs: strangers, members who are signed in, and participants. */
function browsersOn({ fastify }: Product, { databases, settings, clock }: Ground) {
  const holding = (name: string, cookie: string) => browser(fastify, new Map([[name, cookie]]))
  const { origin } = settings
  return {
    visitor: (from?: string) => browser(fastify, new Map(), from),
    as: async (member: Member) => holding(cookieNames(origin).session, await signIn(databases, member, clock.now)),
    asParticipant: async (person: string, area = 'north') =>
      holding(ownCookie(origin), await signInAs(databases, { person, area, now: clock.now })),
  }
}

type Coming = Readonly<{ person: string; area: string; now: Temporal.Instant }>

async function signInAs(databases: Databases, { area, ...coming }: Coming): Promise<string> {
  const token = newToken()
  const opening = { ...coming, area, token, way: 'code' } as const
  await databases.databaseFor(area).transaction((db) => openOwnSession(db, opening))
  return cookieValue(area, token)
}

async function signIn(
  databases: Databases,
  { account, membership, area }: Member,
  now: Temporal.Instant,
): Promise<string> {
  const token = newToken()
  await databases.national(async (db) => {
    await openSession(
      db,
      { token, account, provider: 'stand-in', secondFactor: true, idToken: undefined, returnPath: undefined },
      now,
    )
    await chooseMembership(db, token, { membership, area })
  })
  return token
}

function testClock(start: string): TestApp['clock'] {
  const clock = {
    now: Temporal.Instant.from(start),
    set: (moment: string) => {
      clock.now = Temporal.Instant.from(moment)
    },
    pass: (time: Temporal.DurationLike) => {
      clock.now = clock.now.toZonedDateTimeISO('Europe/London').add(time).toInstant()
    },
  }
  return clock
}

// No test lives in the years around its own run, so a time after this is the machine's.
const started = Temporal.Now.instant().toString()

type Waiting = { id: string; name: string; payload: { area: string } }

// The real queue's rows, worked one after the other, so that a test knows when the work is done.
async function workQueue(
  owner: pg.Client,
  product: Product,
  databases: Databases,
  now: Temporal.Instant,
): Promise<number> {
  let done = 0
  // What is due by the test's clock, and what was added for "now", which the queue takes from the machine's clock.
  for (;;) {
    const { rows } = await owner.query<Waiting>(
      `delete from graphile_worker._private_jobs where id = (select id from graphile_worker._private_jobs
         where run_at <= $1::timestamptz or run_at between $2::timestamptz and now() order by run_at, id limit 1)
       returning id, (select identifier from graphile_worker._private_tasks t where t.id = task_id) as name, payload`,
      [now.toString(), started],
    )
    const [job] = rows
    if (!job) return done
    const work = product.jobs[job.name]
    if (!work) throw new Error(`Nobody works ${job.name}`)
    await databases.databaseFor(job.payload.area).transaction((db) => work(db, job.payload, now))
    done += 1
  }
}
