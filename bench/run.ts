import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { pino } from 'pino'
import { buildProduct, prepareDatabase } from '#app.ts'
import { populate } from '#exchange/population/import.ts'
import { type Running, openRunning } from '#platform/database/running.ts'
import { cookieNames } from '#platform/identity/cookies.ts'
import { chooseMembership, openSession } from '#platform/identity/store.ts'
import { newToken } from '#platform/identity/tokens.ts'
import { readSettings } from '#platform/settings.ts'
import { bareServer } from './bare.ts'
import { timesToChoose } from './choosing.ts'
import { type Asked, measure, type Measured } from './measure.ts'
import { type Member, plansOf } from './plans.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const wanted = { areas: 15, people: Number(process.env['BENCH_PEOPLE'] ?? 200_000), seed: 1 }
const requests = 1_000

type Row = Readonly<{ page: string; connections: number; ours: Measured; bare: Measured; limit: string }>

const settings = readSettings(
  { WORKWELL_ENV: 'test', WORKWELL_HOME: process.env['BENCH_HOME'] ?? '.workwell/bench', LOG_LEVEL: 'error' },
  root,
)
const running = await openRunning(settings, { prepare: prepareDatabase })
const owner = new pg.Pool({ connectionString: running.ownerUrl, max: 10 })
try {
  await fill(running)
  const rows = await measureAll(running)
  const table = asTable(rows)
  process.stdout.write(table)
  if (process.argv.includes('--write')) writeFileSync(`${root}bench/README.md`, await readme(table))
  if (process.argv.includes('--write'))
    writeFileSync(
      `${root}bench/plans/lists.txt`,
      await plansOf(running.databases, await membersOf('service-manager'), await membersOf('coach')),
    )
} finally {
  await owner.end()
  await running.stop()
}

/** Makes the population once; later runs measure the same people. */
async function fill({ databases }: Running): Promise<void> {
  const { rows } = await owner.query<{ people: number }>('select count(*)::integer as people from people.person')
  if ((rows[0]?.people ?? 0) >= wanted.people * 0.9) return
  const began = performance.now()
  const done = await populate(databases, { ...wanted, now: Temporal.Now.instant() }, () => undefined)
  await owner.query('vacuum analyze')
  process.stdout.write(
    `${done} made-up people in ${wanted.areas} areas loaded in ${Math.round((performance.now() - began) / 1000)} s\n\n`,
  )
}

async function membersOf(role: string): Promise<Member[]> {
  const { rows } = await owner.query<Member>(
    `select area, id as membership, account, role from organisations.member where role = $1 order by md5(id::text) limit 60`,
    [role],
  )
  return rows
}

async function measureAll({ databases }: Running): Promise<Row[]> {
  const log = pino({ level: 'silent' })
  const product = await buildProduct({ settings, databases, now: () => Temporal.Now.instant(), log })
  await product.fastify.listen({ port: 0, host: '127.0.0.1' })
  const bare = await bareServer(owner, await membersOf('coach'), await membersOf('service-manager'))
  const rows: Row[] = []
  for (const { page, asked, bare: path, limit } of await pagesOf(databases)) {
    const all = Array.from({ length: requests }, (_, place) => asked[place % asked.length]).filter(
      (one) => one !== undefined,
    )
    const same = all.map((_, place) => ({ path: `${path}?${place}`, cookie: '' }))
    for (const connections of [1, 8]) {
      const ours = await measure(portOf(product.fastify), all, connections)
      rows.push({ page, connections, limit, ours, bare: await measure(portOf(bare), same, connections) })
    }
  }
  await product.fastify.close()
  await bare.close()
  return rows
}

type Paged = Readonly<{ page: string; asked: readonly Asked[]; bare: string; limit: string }>

async function pagesOf(databases: Running['databases']): Promise<Paged[]> {
  const coaches = await signedIn(databases, await membersOf('coach'))
  const runners = await signedIn(databases, await membersOf('service-manager'))
  const { rows } = await owner.query<{ person: string; coach: string }>(
    `select distinct on (coach) person, coach from episode.standing where coach is not null and ended_at is null order by coach, received_at`,
  )
  const records = coaches.flatMap(({ membership, cookie }) =>
    rows.filter(({ coach }) => coach === membership).map(({ person }) => ({ path: `/people/${person}`, cookie })),
  )
  const by = (members: typeof coaches, path: string) => members.map(({ cookie }) => ({ path, cookie }))
  return [
    { page: "a coach's day", asked: by(coaches, '/day'), bare: '/caseload', limit: 'sign-in, journal, rendering' },
    { page: 'caseload list', asked: by(coaches, '/caseload'), bare: '/caseload', limit: 'sign-in, journal, rendering' },
    { page: "manager's board", asked: by(runners, '/board'), bare: '/board', limit: 'reading who is open, rendering' },
    {
      page: 'people of the organisation',
      asked: by(runners, '/people'),
      bare: '/people',
      limit: 'sign-in, journal, rendering',
    },
    {
      page: 'times to choose from',
      asked: await timesToChoose(databases, owner, coaches),
      bare: '/slots',
      limit: 'reading hours and what is taken, finding gaps, rendering',
    },
    { page: 'a record', asked: records, bare: '/record', limit: 'its small queries, rendering' },
  ]
}

async function signedIn(databases: Running['databases'], members: readonly Member[]) {
  const name = cookieNames(settings.origin).session
  return Promise.all(
    members.map(async ({ account, membership, area }) => {
      const token = newToken()
      await databases.national(async (db) => {
        await openSession(
          db,
          { token, account, provider: 'stand-in', secondFactor: true, idToken: undefined, returnPath: undefined },
          Temporal.Now.instant(),
        )
        await chooseMembership(db, token, { membership, area })
      })
      return { membership, area, cookie: `${name}=${token}` }
    }),
  )
}

function portOf(server: { server: { address(): unknown } }): number {
  const address = server.server.address()
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0
}

function asTable(rows: readonly Row[]): string {
  const ms = (value: number) => value.toFixed(1)
  const lines = rows.map(({ page, connections, ours, bare, limit }) => [
    page,
    connections,
    ms(ours.p50),
    ms(ours.p95),
    ms(ours.p99),
    Math.round(ours.perSecond),
    Math.round(bare.perSecond),
    `${Math.round((ours.perSecond / bare.perSecond) * 100)} %`,
    limit,
    ours.failed,
  ])
  const heading = [
    'page',
    'connections',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'a second',
    'bare rows a second',
    'of bare',
    'what limits it',
    'failed',
  ]
  return `${[heading, heading.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
}

// The load of the last minute holds the bench itself: a client, the product and the database at work side by side.
function otherWork(): string {
  const [load = 0] = loadavg()
  const quiet = load < 6
  return quiet
    ? `Load average at the end ${load.toFixed(1)}, most of it the bench itself.`
    : `Measured while others worked on the same cores (load average ${load.toFixed(0)}): times are several times those of a quiet machine; the bare server met the same.`
}

async function readme(table: string): Promise<string> {
  const { rows } = await owner.query<{ people: number; areas: number; open: number }>(
    `select count(*)::integer as people, count(distinct area)::integer as areas, (select count(*)::integer from episode.standing where ended_at is null) as open from people.person`,
  )
  const [facts] = rows
  return `# What was measured

\`npm run bench -- --write\` fills a database of its own with made-up people once, measures, and writes this page. Compare the ratios, never times of different days: client and server share one machine.

Each page is asked for as a signed-in member would, over HTTP, ${requests} times over 60 members of all areas; "bare" sends the same rows by one query without sign-in, access rules, journal or page, and so is more than any product could reach.

${otherWork()}

Population: ${facts?.people} people in ${facts?.areas} areas, ${facts?.open} of them with the service now.

${table}
The plans of the queries behind the lists stand in \`plans/lists.txt\`. How fast a withdrawal holds stands in \`withdrawing.md\`, and whether a guess shows in how long it takes in \`guessing.md\`. How fast a directory of 100,000 services is searched stands in \`services.md\`, and what referrals and lists of other systems cost in \`fhir.md\`.
`
}
