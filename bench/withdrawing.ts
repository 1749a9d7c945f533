import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { pino } from 'pino'
import { buildProduct, prepareDatabase } from '#app.ts'
import { populate } from '#exchange/population/import.ts'
import { dayOf } from '#platform/dates.ts'
import { openRunning } from '#platform/database/running.ts'
import { newId } from '#platform/ids.ts'
import { cookieNames } from '#platform/identity/cookies.ts'
import { chooseMembership, openSession } from '#platform/identity/store.ts'
import { newToken } from '#platform/identity/tokens.ts'
import { issueLink } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { readSettings } from '#platform/settings.ts'
import { recordPermission } from '#registers/permissions/store.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const wanted = { areas: 1, people: Number(process.env['BENCH_PEOPLE'] ?? 5_000), seed: 1 }
const times = 100
const each = 5

const settings = readSettings(
  {
    WORKWELL_ENV: 'test',
    WORKWELL_HOME: process.env['BENCH_HOME'] ?? '.workwell/bench-withdrawing',
    LOG_LEVEL: 'error',
  },
  root,
)
const running = await openRunning(settings, { prepare: prepareDatabase })
const owner = new pg.Pool({ connectionString: running.ownerUrl, max: 2 })
const { databases } = running
const product = await buildProduct({
  ...{ settings, databases, now: () => Temporal.Now.instant(), log: pino({ level: 'silent' }) },
})

type Somebody = Readonly<{ area: string; person: string; account: string; membership: string }>

/** People with a coach who may open their record. */
async function somebodies(): Promise<Somebody[]> {
  const listed = async () =>
    owner.query<Somebody>(
      `select distinct on (standing.person) standing.area, standing.person, coach.account, coach.id as membership
       from episode.standing join organisations.member coach on coach.area = standing.area and coach.id = standing.coach
       where standing.ended_at is null limit ${times}`,
    )
  const found = (await listed()).rows
  if (found.length >= times) return found
  await populate(databases, { ...wanted, now: Temporal.Now.instant() }, () => undefined)
  await owner.query('vacuum analyze')
  return (await listed()).rows
}

async function cookieOf({ account, membership, area }: Somebody): Promise<string> {
  const [token, now] = [newToken(), Temporal.Now.instant()]
  const session = {
    token,
    account,
    provider: 'stand-in',
    secondFactor: true,
    idToken: undefined,
    returnPath: undefined,
  }
  await databases.national(async (db) => {
    await openSession(db, session, now)
    await chooseMembership(db, token, { membership, area })
  })
  return `${cookieNames(settings.origin).session}=${token}`
}

/** Gives a permission, and lets messages wait and links stand open on it. */
async function allow({ area, person, membership }: Somebody): Promise<readonly string[]> {
  const now = Temporal.Now.instant()
  return databases.databaseFor(area).transaction(async (db) => {
    const said = {
      switch: 'employer',
      allows: 'summary',
      given: true,
      how: 'telephone',
      lawfulBasis: 'consent',
      wordingVersion: 1,
    } as const
    const allowedBy = await recordPermission(db, { area, person, ...said, by: membership, at: now })
    const expiresAt = now.add({ hours: 24 })
    const paths: string[] = []
    for (let nth = 0; nth < each; nth += 1) {
      const about = { area, person, allowedBy, now }
      const words = { channel: 'email', address: 'boss@example.org', body: 'A question', kind: 'request.sent' } as const
      await sendMessage(db, { ...about, ...words, recipient: 'another', notBefore: expiresAt })
      paths.push(await issueLink(db, { ...about, purpose: 'request', subject: newId(), expiresAt, by: membership }))
    }
    return paths
  })
}

/** How long it takes from the press of the button until nothing goes out and nothing opens any more. */
async function withdrawn(somebody: Somebody): Promise<number> {
  const [paths, cookie] = [await allow(somebody), await cookieOf(somebody)]
  const address = `/people/${somebody.person}/withdrawal`
  const page = await product.fastify.inject({ url: address, headers: { cookie } })
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.payload)?.[1] ?? ''
  const form = /name="form" value="([^"]+)"/.exec(page.payload)?.[1] ?? ''
  const began = performance.now()
  const sent = await product.fastify.inject({
    ...{ method: 'POST', url: address, payload: new URLSearchParams({ csrf, form, how: 'telephone' }).toString() },
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
  })
  const opened = await Promise.all(paths.map((url) => product.fastify.inject({ url, headers: { cookie } })))
  const took = performance.now() - began
  const { rows } = await owner.query<{ waiting: number }>(
    `select count(*)::integer as waiting from notify.message where person = $1 and kind = 'request.sent' and settled_at is null`,
    [somebody.person],
  )
  const statuses = [sent.statusCode, ...opened.map(({ statusCode }) => statusCode)].join(' ')
  if (statuses !== ['303', ...paths.map(() => '410')].join(' ') || rows[0]?.waiting !== 0)
    throw new Error(`The withdrawal did not hold: ${statuses}, ${rows[0]?.waiting} still waiting`)
  return took
}

try {
  const all: number[] = []
  for (const one of await somebodies()) all.push(await withdrawn(one))
  const sorted = all.toSorted((one, other) => one - other)
  const at = (share: number) => (sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(0)
  const text = `# How fast a withdrawal holds

\`npm run bench -- withdrawing --write\` gives people a permission, lets ${each} messages wait and ${each} links stand open on it, and then withdraws it through the page. Measured by the clock, from sending the form until each of the links has refused to open; not one message was waiting any more. The promise is a second.

| withdrawals | p50 ms | p95 ms | longest ms |
| --- | --- | --- | --- |
| ${sorted.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |

On ${dayOf(Temporal.Now.instant())}, with others at work on the machine.
`
  process.stdout.write(text)
  if (process.argv.includes('--write')) writeFileSync(`${root}bench/withdrawing.md`, text)
} finally {
  await product.fastify.close()
  await owner.end()
  await running.stop()
}
