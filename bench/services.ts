import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import pg from 'pg'
import { prepareDatabase } from '#app.ts'
import { dayOf } from '#platform/dates.ts'
import { openRunning } from '#platform/database/running.ts'
import { idFrom, newId } from '#platform/ids.ts'
import { readSettings } from '#platform/settings.ts'
import { findServices, listFound } from '#registers/seeking/store.ts'
import { type Saying, supportKinds, supportTaxonomy } from '#registers/services/rules.ts'
import { saveListings, saveLocations, saveOwners, saveTerms } from '#registers/services/store.ts'
import { anything, type Wanted } from '#registers/sifting/rules.ts'
import { aListing, kinds, locationIn, oneOf, phrase, towns, words } from './made-up-services.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const number = Number(process.env['BENCH_SERVICES'] ?? 100_000)
const times = 30
const limit = 30
const area = 'bench'

const settings = readSettings(
  { WORKWELL_ENV: 'test', WORKWELL_HOME: process.env['BENCH_HOME'] ?? '.workwell/bench-services', LOG_LEVEL: 'error' },
  root,
)
const running = await openRunning(settings, { prepare: prepareDatabase })
const owner = new pg.Pool({ connectionString: running.ownerUrl, max: 2 })
const here = running.databases.databaseFor(area)

async function fill(): Promise<void> {
  const { rows } = await owner.query<{ number: number }>('select count(*)::integer as number from services.service')
  if ((rows[0]?.number ?? 0) >= number) return
  const began = performance.now()
  await owner.query(
    `insert into areas.area (area, name, crisis_text, from_on) values ($1, 'Bench', 'Call 999', '2025-01-01') on conflict do nothing`,
    [area],
  )
  const saying: Saying = { area, cameFrom: 'feed', source: 'bench', note: null, by: null, at: Temporal.Now.instant() }
  const terms = Object.entries(supportKinds).map(([id, { label: name, about }]) => ({ id, name, about }))
  const owners = Array.from({ length: 500 }, () => ({ id: newId(), version: 1, owner: { ...nobody, name: phrase(2) } }))
  const places = Array.from({ length: 8_000 }, () => ({ id: newId(), version: 1, location: locationIn(oneOf(towns)) }))
  await here.transaction(async (db) => {
    await saveTerms(db, area, supportTaxonomy, terms)
    await saveOwners(db, saying, owners)
    await saveLocations(db, saying, places)
  })
  for (let done = 0; done < number; done += 2_000) {
    const said = Array.from({ length: 2_000 }, (_, place) => ({
      ...{ id: idFrom('bench service', `${done + place}`), version: 1, origin: 'feed' as const },
      listing: aListing(oneOf(owners).id, places),
    }))
    await here.transaction((db) => saveListings(db, saying, said))
  }
  await owner.query('vacuum analyze')
  process.stdout.write(`${number} services written in ${Math.round((performance.now() - began) / 1000)} s\n`)
}

const nobody = { about: null, url: null, email: null }

type Search = Readonly<{ what: string; wanted: (place: number) => Partial<Wanted> }>

const common = words.slice(0, 12)
const town = (place: number) => towns[place % towns.length] ?? { town: '', outward: 'M1' }
const misspelt = (given: string) => `${given.slice(0, 2)}${given.slice(3)}`

// Each as a coach would, with other words and places each time.
const searches: readonly Search[] = [
  { what: 'a word that many say', wanted: (place) => ({ words: common[place % 12] ?? null }) },
  {
    what: 'two words that many say',
    wanted: (place) => ({ words: `${common[place % 12]} ${common[(place + 5) % 12]}` }),
  },
  { what: 'a word that few say', wanted: (place) => ({ words: words[words.length - 1 - (place % 200)] ?? null }) },
  { what: 'the beginning of a word', wanted: (place) => ({ words: (common[place % 12] ?? '').slice(0, 4) }) },
  { what: 'a word and a kind', wanted: (place) => ({ words: common[place % 12] ?? null, kind: kindAt(place) }) },
  {
    what: 'a word around a postcode',
    wanted: (place) => ({ words: common[place % 12] ?? null, place: town(place).outward }),
  },
  { what: 'a word, open at this moment', wanted: (place) => ({ words: common[place % 12] ?? null, open: true }) },
  {
    what: 'everything around a postcode, nearest first',
    wanted: (place) => ({ place: town(place).outward, order: 'nearest' }),
  },
  { what: 'everything around a town', wanted: (place) => ({ place: town(place).town }) },
  { what: 'everything within 60 miles', wanted: (place) => ({ place: town(place).outward, within: '60' }) },
  { what: 'a kind', wanted: (place) => ({ kind: kindAt(place) }) },
  {
    what: 'a kind that is open, shortest wait first',
    wanted: (place) => ({ kind: kindAt(place), state: 'open', order: 'wait' }),
  },
  {
    what: 'a kind, step-free, in Polish, with places',
    wanted: (place) => ({ kind: kindAt(place), access: ['step-free'], language: 'polish', room: true }),
  },
  {
    what: 'six filters that hardly any fits',
    wanted: () => ({
      access: ['step-free', 'loop', 'home', 'quiet'],
      language: 'welsh',
      wait: 'fortnight',
      cost: 'free',
    }),
  },
  { what: 'what is closed', wanted: () => ({ state: 'closed' }) },
  { what: 'a misspelt word', wanted: (place) => ({ words: misspelt(words[100 + (place % 300)] ?? '') }) },
  {
    what: 'words with other ways of saying them',
    wanted: (place) => ({ words: ['bailiffs', 'behind with bills', 'feeling down', 'sick note'][place % 4] ?? null }),
  },
]

function kindAt(place: number): Wanted['kind'] {
  return kinds[place % kinds.length] ?? null
}

async function measured(work: (place: number) => Promise<unknown>) {
  const took: number[] = []
  for (let place = 0; place < times; place += 1) {
    const began = performance.now()
    await work(place)
    took.push(performance.now() - began)
  }
  const sorted = took.slice(4).toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
  return { p50: at(0.5), p95: at(0.95) }
}

// What a search keeps a processor busy for, database and product together, which others at work do not change. Linux tells
// it in hundredths of a second, so that it is right as the mean of many.
let busy = 0
function busyOf(backend: number): number {
  const [, after = ''] = readFileSync(`/proc/${backend}/stat`, 'utf8').split(') ')
  const fields = after.split(' ')
  const { user, system } = process.cpuUsage()
  return (Number(fields[11]) + Number(fields[12])) * 10 + (user + system) / 1000
}

async function search(wanted: Partial<Wanted>): Promise<number> {
  return here.transaction(async (db) => {
    const { rows } = await sql<{ backend: number }>`select pg_backend_pid() as backend`.execute(db)
    const backend = rows[0]?.backend ?? 0
    const before = busyOf(backend)
    const asked = {
      area,
      wanted: { ...anything, ...wanted },
      now: Temporal.Instant.from('2026-01-06T10:30:00Z'),
      page: 1,
    }
    const { hits, count } = await findServices(db, asked)
    await listFound(db, { area }, hits)
    busy += busyOf(backend) - before
    return count
  })
}

try {
  await fill()
  // What the machine can do: one service by its id, there and back.
  const { rows } = await owner.query<{ id: string }>('select id from services.service limit 1000')
  const bare = await measured((place) =>
    owner.query('select name from services.service where area = $1 and id = $2', [area, rows[place]?.id]),
  )
  const lines: string[] = []
  for (const { what, wanted } of searches) {
    const counts: number[] = []
    await search(wanted(1))
    busy = 0
    const { p50, p95 } = await measured(async (place) => counts.push(await search(wanted(place))))
    const mean = busy / counts.length
    const found = Math.round(counts.reduce((sum, one) => sum + one, 0) / counts.length)
    const verdict = p95 <= limit ? 'yes' : `no, ${(p95 / limit).toFixed(1)} of it`
    lines.push(
      `| ${what} | ${found > 1000 ? 'more than 1,000' : found} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${mean.toFixed(1)} | ${verdict} |`,
    )
    process.stdout.write(`${lines.at(-1)}\n`)
  }
  if (process.argv.includes('--write')) writeFileSync(`${root}bench/services.md`, page(lines, bare.p50))
} finally {
  await owner.end()
  await running.stop()
}

function page(lines: readonly string[], bare: number): string {
  const [load = 0] = loadavg()
  return `# Searching the directory

\`npm run bench -- services --write\` writes ${number.toLocaleString('en-GB')} made-up services into one area once, searches them as a coach would, and writes this page. Each search is one transaction as a page makes it, with everything that a list shows of the first 25 services, ${times} times with other words and places each time. "Busy" is for how long a search keeps a processor busy in the mean, database and product together: what others do on the machine does not change it, while it makes times many times longer. One service by its id, without access rules, took ${bare.toFixed(2)} ms. The limit is ${limit} ms for 95 of 100.

Load average at the end ${load.toFixed(1)} on ${availableParallelism()} cores, ${load > 2 ? 'with others at work on them' : 'most of it the bench itself'}, on ${dayOf(Temporal.Now.instant()).toString()}.

| what is looked for | found | p50 ms | p95 ms | busy ms | p95 within the limit |
| --- | --- | --- | --- | --- | --- |
${lines.join('\n')}
`
}
