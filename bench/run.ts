import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { pino } from 'pino'
import fastifyServer from 'fastify'
import { buildProduct, prepareDatabase } from '#app.ts'
import { populate } from '#exchange/population/import.ts'
import { type Running, openRunning } from '#platform/database/running.ts'
import { cookieNames } from '#platform/identity/cookies.ts'
import { chooseMembership, openSession } from '#platform/identity/store.ts'
import { newToken } from '#platform/identity/tokens.ts'
import { readSettings } from '#platform/settings.ts'
import { type Asked, measure, type Measured } from './measure.ts'
import { plansOf } from './plans.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const wanted = { areas: 15, people: Number(process.env['BENCH_PEOPLE'] ?? 200_000), seed: 1 }
const requests = 400

type Member = Readonly<{ area: string; membership: string; account: string; role: string }>
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
  const product = await buildProduct({
    settings,
    databases,
    now: () => Temporal.Now.instant(),
    log: pino({ level: 'silent' }),
  })
  await product.fastify.listen({ port: 0, host: '127.0.0.1' })
  const bare = await bareServer()
  const [coaches, runners] = [
    await signedIn(databases, await membersOf('coach')),
    await signedIn(databases, await membersOf('service-manager')),
  ]
  const people = await owner.query<{ area: string; person: string; coach: string }>(
    `select distinct on (coach) area, person, coach from episode.standing where coach is not null and ended_at is null order by coach, received_at`,
  )
  const records = coaches.flatMap(({ membership, cookie }) =>
    people.rows
      .filter(({ coach }) => coach === membership)
      .map(({ person }) => ({ path: `/people/${person}`, cookie })),
  )
  const pages: readonly (readonly [page: string, asked: readonly Asked[], bare: string, limit: string])[] = [
    ["a coach's day", coaches.map(({ cookie }) => ({ path: '/day', cookie })), '/caseload', 'rendering the page'],
    ['caseload list', coaches.map(({ cookie }) => ({ path: '/caseload', cookie })), '/caseload', 'rendering the page'],
    [
      "manager's board",
      runners.map(({ cookie }) => ({ path: '/board', cookie })),
      '/board',
      'counting the open episodes',
    ],
    [
      'people of the organisation',
      runners.map(({ cookie }) => ({ path: '/people', cookie })),
      '/people',
      'who may be seen, row by row',
    ],
    ['a record', records, '/record', 'nine small queries, rendering'],
  ]
  const rows: Row[] = []
  for (const [page, asked, path, limit] of pages) {
    for (const connections of [1, 8]) {
      const all = Array.from({ length: requests }, (_, place) => asked[place % asked.length]).filter(
        (one) => one !== undefined,
      )
      const same = Array.from({ length: requests }, (_, place) => ({
        path: `${path}?${place % coaches.length}`,
        cookie: '',
      }))
      rows.push({
        page,
        connections,
        limit,
        ours: await measure(portOf(product.fastify), all, connections),
        bare: await measure(portOf(bare), same, connections),
      })
    }
  }
  await product.fastify.close()
  await bare.close()
  return rows
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

/** The same rows by hand: one query each, no sign-in, no access rules, no journal, no page; the most there could be. */
async function bareServer() {
  const server = fastifyServer()
  const coaches = await membersOf('coach')
  const runners = await membersOf('service-manager')
  const list = (text: string, of: (place: number) => unknown[]) => async (request: { url: string }) => {
    const place = Number(request.url.split('?')[1] ?? 0)
    return (await owner.query(text, of(place))).rows
  }
  const coach = (place: number) => coaches[place % coaches.length]
  const runner = (place: number) => runners[place % runners.length]
  const columns = `s.episode, s.person, s.stage, s.next_due_on, s.limit_on, p.given_name, p.family_name`
  const joined = `from episode.standing s join people.person p on p.area = s.area and p.id = s.person`
  server.get(
    '/caseload',
    list(
      `select ${columns} ${joined} where s.area = $1 and s.coach = $2 and (s.ended_at is null or s.stage = 'aftercare')`,
      (place) => [coach(place)?.area, coach(place)?.membership],
    ),
  )
  server.get(
    '/board',
    list(
      `select stage, count(*), min(stage_since) from episode.standing where area = $1 and ended_at is null group by stage`,
      (place) => [runner(place)?.area],
    ),
  )
  server.get(
    '/people',
    list(
      `select ${columns} ${joined} where s.area = $1 and s.ended_at is null order by s.received_at, s.episode limit 51`,
      (place) => [runner(place)?.area],
    ),
  )
  server.get(
    '/record',
    list(
      `select st.* from episode.step st join episode.standing s on s.area = st.area and s.episode = st.episode where s.area = $1 and s.coach = $2 limit 12`,
      (place) => [coach(place)?.area, coach(place)?.membership],
    ),
  )
  await server.listen({ port: 0, host: '127.0.0.1' })
  return server
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

async function readme(table: string): Promise<string> {
  const { rows } = await owner.query<{ people: number; areas: number; open: number }>(
    `select count(*)::integer as people, count(distinct area)::integer as areas, (select count(*)::integer from episode.standing where ended_at is null) as open from people.person`,
  )
  const [facts] = rows
  return `# What was measured

\`npm run bench -- --write\` fills a database of its own with made-up people once, measures, and writes this page. Compare the ratios, never times of different days: client and server share one machine.

Each page is asked for as a signed-in member would, over HTTP, ${requests} times over 60 members of all areas; "bare" sends the same rows by one query without sign-in, access rules, journal or page, and so is more than any product could reach.

Population: ${facts?.people} people in ${facts?.areas} areas, ${facts?.open} of them with the service now.

${table}
The plans of the queries behind the lists stand in \`plans/lists.txt\`.
`
}
