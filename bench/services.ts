import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import pg from 'pg'
import { prepareDatabase } from '#app.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { openRunning } from '#platform/database/running.ts'
import { idFrom, newId } from '#platform/ids.ts'
import { readSettings } from '#platform/settings.ts'
import { findServices, listFound } from '#registers/seeking/store.ts'
import { type Saying, supportKinds, supportTaxonomy } from '#registers/services/rules.ts'
import { saveListings, saveLocations, saveOwners, saveTerms } from '#registers/services/store.ts'
import { anything, type Wanted } from '#registers/sifting/rules.ts'
import { measured, type Question, times, warming } from './busy.ts'
import { otherLists } from './directory-lists.ts'
import { aListing, kinds, locationIn, oneOf, phrase, towns, words } from './made-up-services.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const number = Number(process.env['BENCH_SERVICES'] ?? 100_000)
const limit = 30
// Only what has this in its name is asked, so that a part is measured in a minute: "beginning", or "^(?!other)".
const only = new RegExp(process.env['BENCH_ONLY'] ?? '')
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
  // What a migration has changed since is tidied up as the database does by itself in an hour.
  if ((rows[0]?.number ?? 0) >= number) return void (await owner.query('vacuum analyze'))
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
const rare = (place: number) => words[words.length - 1 - (place % 200)] ?? ''
const beginning = (place: number, letters: number) => (common[place % 12] ?? '').slice(0, letters)
const misspelt = (given: string) => `${given.slice(0, 2)}${given.slice(3)}`

// Each as a coach would, with other words and places each time.
const searches: readonly Search[] = [
  { what: 'a word that many say', wanted: (place) => ({ words: common[place % 12] ?? null }) },
  {
    what: 'two words that many say',
    wanted: (place) => ({ words: `${common[place % 12]} ${common[(place + 5) % 12]}` }),
  },
  {
    what: 'three words that many say',
    wanted: (place) => ({ words: [0, 5, 7].map((apart) => common[(place + apart) % 12]).join(' ') }),
  },
  {
    what: 'two words that many say around a postcode',
    wanted: (place) => ({ words: `${common[place % 12]} ${common[(place + 5) % 12]}`, place: town(place).outward }),
  },
  {
    what: 'two words that many say, nearest first',
    wanted: (place) => ({
      ...{ words: `${common[place % 12]} ${common[(place + 5) % 12]}`, place: town(place).outward },
      order: 'nearest',
    }),
  },
  {
    what: 'two words that some say',
    wanted: (place) => ({ words: `${words[20 + (place % 40)]} ${words[60 + (place % 40)]}` }),
  },
  {
    what: 'a word that many say beside one that few say',
    wanted: (place) => ({ words: `${common[place % 12]} ${rare(place)}` }),
  },
  { what: 'two words that few say', wanted: (place) => ({ words: `${rare(place)} ${rare(place + 7)}` }) },
  { what: 'a word that few say', wanted: (place) => ({ words: rare(place) }) },
  { what: 'the beginning of a word', wanted: (place) => ({ words: beginning(place, 4) }) },
  { what: 'the first three letters of a word', wanted: (place) => ({ words: beginning(place, 3) }) },
  {
    what: 'the beginning of a word around a postcode',
    wanted: (place) => ({ words: beginning(place, 4), place: town(place).outward }),
  },
  {
    what: 'a word that many say and the beginning of another',
    wanted: (place) => ({ words: `${common[(place + 5) % 12]} ${beginning(place, 4)}` }),
  },
  {
    what: 'a word that few say and the beginning of another',
    wanted: (place) => ({ words: `${rare(place)} ${beginning(place, 4)}` }),
  },
  {
    what: 'the beginnings of two words',
    wanted: (place) => ({ words: `${beginning(place, 4)} ${beginning(place + 5, 4)}` }),
  },
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
  {
    what: 'a word around a town',
    wanted: (place) => ({ words: common[place % 12] ?? null, place: town(place).town }),
  },
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
  { what: 'a word of what is closed', wanted: (place) => ({ words: common[place % 12] ?? null, state: 'closed' }) },
  {
    what: 'a word around a postcode, open at this moment',
    wanted: (place) => ({ words: common[place % 12] ?? null, place: town(place).outward, open: true, within: '60' }),
  },
  {
    what: 'four words that no service says all of',
    wanted: (place) => ({ words: `${rare(place)} ${rare(place + 7)} ${rare(place + 13)} ${common[place % 12]}` }),
  },
  { what: 'a misspelt word', wanted: (place) => ({ words: misspelt(words[100 + (place % 300)] ?? '') }) },
  {
    what: 'words with other ways of saying them',
    wanted: (place) => ({ words: ['bailiffs', 'behind with bills', 'feeling down', 'sick note'][place % 4] ?? null }),
  },
  {
    what: 'the same beside a word that many say',
    wanted: (place) => ({ words: `${['bailiffs', 'feeling down', 'sick note'][place % 3]} ${common[place % 12]}` }),
  },
]

function kindAt(place: number): Wanted['kind'] {
  return kinds[place % kinds.length] ?? null
}

async function search(db: Db, wanted: Partial<Wanted>): Promise<number> {
  const asked = {
    area,
    wanted: { ...anything, ...wanted },
    now: Temporal.Instant.from('2026-01-06T10:30:00Z'),
    page: 1,
  }
  const { hits, count } = await findServices(db, asked)
  await listFound(db, { area }, hits)
  return count
}

try {
  await fill()
  const { rows } = await owner.query<{ id: string }>('select id from services.service limit 1000')
  // What the machine can do: one service by its id, there and back.
  const bare = await measured(running.databases, {
    scope: area,
    what: 'one service by its id',
    ask: async (db, place) => {
      await sql`select name from services.service where area = ${area} and id = ${rows[place]?.id}`.execute(db)
      return 1
    },
  })
  const coach = searches.map(({ what, wanted }): Question => ({
    ...{ what, scope: area, ask: (db, place) => search(db, wanted(place)) },
  }))
  const [lines, all]: [string[], number[]] = [[], []]
  for (const question of [...coach, ...otherLists(area)].filter(({ what }) => only.test(what))) {
    const { found, wall, busy, most, each } = await measured(running.databases, question)
    if (coach.includes(question)) all.push(...each)
    const verdict = most <= limit ? 'yes' : `no, ${(most / limit).toFixed(1)} of it`
    const many =
      found > 1000 && question.scope && coach.includes(question) ? 'more than 1,000' : found.toLocaleString('en-GB')
    const ratio = Math.round(busy / Math.max(bare.busy, 0.1))
    lines.push(
      `| ${question.what} | ${many} | ${busy.toFixed(1)} | ${most.toFixed(1)} | ${ratio} | ${wall.toFixed(1)} | ${verdict} |`,
    )
    process.stdout.write(`${lines.at(-1)}\n`)
  }
  const ofAll = all.toSorted((one, other) => one - other)[Math.floor(all.length * 0.95)] ?? 0
  process.stdout.write(`95 of 100 of all were within ${ofAll.toFixed(1)} ms\n`)
  if (process.argv.includes('--write')) writeFileSync(`${root}bench/services.md`, page(lines, { bare, all, ofAll }))
} finally {
  await owner.end()
  await running.stop()
}

type Rest = Readonly<{ bare: Readonly<{ wall: number; busy: number }>; all: readonly number[]; ofAll: number }>

function page(lines: readonly string[], { bare, all, ofAll }: Rest): string {
  const above = all.filter((busy) => busy > limit).length
  const [load = 0] = loadavg()
  const kept = readFileSync(`${root}bench/services.md`, 'utf8').split('## How each is read')[1] ?? '\n'
  return `# Searching the directory

\`npm run bench -- services --write\` writes ${number.toLocaleString('en-GB')} made-up services into one area once, searches them as a coach would, reads the lists that others read, and writes this page down to the plans. Each is one transaction as a page makes it, with everything that a list shows, ${warming} times before anything is counted and then ${times} times, with other words and places each time.

"Busy" is for how long one keeps a processor busy, database and product together, as the system counts it for both processes: what others do on the machine changes it little (it still shares memory and caches with them), while it makes times many times longer. One service by its id took ${bare.busy.toFixed(2)} ms of it, and ${bare.wall.toFixed(2)} ms there and back. The limit is ${limit} ms for 95 of 100. Of all ${all.length.toLocaleString('en-GB')} searches of coaches and of people near them, 95 of 100 were within ${ofAll.toFixed(1)} ms, and ${above} above the limit; each kind is held against it by itself below.

Load average at the end ${load.toFixed(1)} on ${availableParallelism()} cores, ${load > 2 ? 'with others at work on them' : 'most of it the bench itself'}, on ${dayOf(Temporal.Now.instant()).toString()}.

| what is looked for | found | busy p50 ms | busy p95 ms | times one by its id | there and back p50 ms | p95 within the limit |
| --- | --- | --- | --- | --- | --- | --- |
${lines.join('\n')}

## How each is read${kept}`
}
