import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CompiledQuery, sql } from 'kysely'
import pg from 'pg'
import { prepareDatabase } from '#app.ts'
import { populate } from '#exchange/population/import.ts'
import type { Actor, Role } from '#platform/access/rules.ts'
import { openRunning } from '#platform/database/running.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { readSettings } from '#platform/settings.ts'
import { listOfServices } from '#journey/day/store.ts'
import { pageLength } from '#journey/inbox/rules.ts'
import { listInbox } from '#journey/inbox/store.ts'
import { findOnwardOf, listOnwardOf, recordEvent } from '#journey/onward/store.ts'
import { listConflicts } from '#journey/onward-conflict/store.ts'
import { countWaiting, listOnward } from '#journey/onward-list/store.ts'
import { countedDays } from '#programme/onward-figures/rules.ts'
import { countSent } from '#programme/onward-figures/store.ts'
import { measured, type Question, times, warming } from './busy.ts'
import { makeOnward } from './made-up-onward.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const number = Number(process.env['BENCH_ONWARD'] ?? 1_000_000)
const limit = 10
const now = Temporal.Now.instant()
const anything = { state: null, service: null, page: 1 }
// A database of its own, which is taken away again unless it is named.
const home = process.env['BENCH_HOME'] ?? mkdtempSync(join(tmpdir(), 'workwell-bench-onward-'))
const settings = readSettings({ WORKWELL_ENV: 'test', WORKWELL_HOME: home, LOG_LEVEL: 'error' }, root)
const running = await openRunning(settings, { prepare: prepareDatabase })
const owner = new pg.Client({ connectionString: running.ownerUrl })
await owner.connect()
const many = { people: Math.max(1000, number / 10), coaches: Math.max(10, number / 4000), services: 2_000 }

try {
  const { area, took } = await fill()
  const rows = await measureAll(await whoAsks(area))
  if (process.argv.includes('--write')) writeFileSync(`${root}bench/onward.md`, page(rows, took))
} finally {
  await owner.end()
  await running.stop()
  if (process.env['BENCH_HOME'] === undefined) rmSync(home, { recursive: true, force: true })
}

async function fill(): Promise<Readonly<{ area: string; took: number }>> {
  const began = performance.now()
  const areaOf = async () =>
    (await owner.query<{ area: string }>('select area from areas.area order by area limit 1')).rows[0]?.area
  const { rows } = await owner.query<{ number: number }>('select count(*)::integer as number from onward.referral')
  if ((rows[0]?.number ?? 0) < number) {
    const wanted = { areas: 1, people: 200, seed: 1, now: Temporal.Now.instant() }
    await populate(running.databases, wanted, () => undefined)
    await makeOnward(owner, { area: (await areaOf()) ?? '', referrals: number, ...many })
  }
  const took = Math.round((performance.now() - began) / 1000)
  process.stdout.write(`${number} onward referrals written in ${took} s\n`)
  return { area: (await areaOf()) ?? '', took }
}

type Asking = Readonly<{
  area: string
  coaches: readonly Actor[]
  manager: Actor
  provider: Actor
  services: readonly string[]
  open: readonly Readonly<{ id: string; person: string }>[]
}>

/** Who asks: coaches with some forty people each, a manager of all of them, and somebody of a service with very many. */
async function whoAsks(area: string): Promise<Asking> {
  const held = await owner.query<{ coach: string; organisation: string }>(
    `select standing.coach, holder.organisation from episode.standing join people.holder on holder.area = standing.area
      and holder.person = standing.person and holder.until is null
      where standing.area = $1 and standing.ended_at is null and standing.coach = md5('coach 1')::uuid limit 1`,
    [area],
  )
  const organisation = held.rows[0]?.organisation ?? ''
  const actor = (membership: string, role: Role, of = organisation): Actor => ({
    ...{ account: newId(), membership, name: 'Bench', area, areaName: 'Bench', organisation: of, role },
    ...{ organisationName: 'Bench', organisations: [of] },
  })
  const coach = (place: number) => `md5('coach ${place}')::uuid`
  const ids = await owner.query<{ id: string }>(
    `select id from (values ${Array.from({ length: 10 }, (_, place) => `(${coach(place + 1)})`).join(', ')}) as one(id)`,
  )
  const services = await owner.query<{ service: string }>(
    'select service from onward.referral where area = $1 group by service order by count(*) desc limit 10',
    [area],
  )
  const open = await owner.query<{ id: string; person: string }>(
    `select id, person from onward.referral where area = $1 and state = 'sent' limit 100`,
    [area],
  )
  const inbox = newId()
  await owner.query(
    `insert into answering.answering (area, id, service, organisation, at, by)
      select $1, gen_random_uuid(), service, $3, now(), (select id from organisations.member where area = $1 limit 1)
      from unnest($2::uuid[]) as service on conflict do nothing`,
    [area, services.rows.slice(3, 6).map(({ service }) => service), organisation],
  )
  return {
    ...{ area, coaches: ids.rows.map(({ id }) => actor(id, 'coach')), manager: actor(inbox, 'service-manager') },
    ...{
      provider: actor(inbox, 'provider-lead'),
      services: services.rows.map(({ service }) => service),
      open: open.rows,
    },
  }
}

/** The lists of those who refer: of one caseload, and of everybody. */
function listsOf({ area, coaches, manager, services }: Asking): Question[] {
  const list = (what: string, of: Partial<Parameters<typeof listOnward>[2]>, whose: readonly Actor[] = [manager]) => ({
    ...{ what, scope: area },
    ask: async (db: Db, place: number) => {
      const actor = whose[place % whose.length] ?? manager
      const listed = { actor, coaches: actor.role === 'coach' ? [actor.membership] : undefined }
      const [{ count }] = await Promise.all([listOnward(db, listed, { ...anything, ...of }), countWaiting(db, listed)])
      return count
    },
  })
  return [
    list("a coach's list", {}, coaches),
    list("a manager's list", {}),
    list("a manager's list, no reply", { state: 'no-reply' }),
    list("a manager's list, ended", { state: 'ended' }),
    list("a manager's list, of one service", { service: services[3] ?? null }),
  ]
}

/** What is looked at of one coach's day, of one service and of one person; the inbox of a service is the last. */
function questionsOf({ area, coaches, provider, services, open }: Asking): Question[] {
  const asked = (what: string, ask: Question['ask']): Question => ({ what, scope: area, ask })
  const coach = (place: number) => [coaches[place % coaches.length]?.membership ?? '']
  const one = (place: number) => open[place % open.length] ?? { id: '', person: '' }
  const many = async (some: Promise<readonly unknown[]>) => (await some).length
  const days = { area, ...countedDays(dayOf(now)) }
  const listing = { standing: null, service: null, reference: null, after: undefined, most: pageLength, now }
  return [
    asked("a coach's day: what was said", (db, place) => many(listOfServices(db, area, coach(place)))),
    asked("a coach's day: what cannot all be so", (db, place) => many(listConflicts(db, area, coach(place)))),
    asked(
      "a service's figures",
      async (db, place) => (await countSent(db, { ...days, service: services[place % services.length] ?? '' })).sent,
    ),
    asked("a person's, on their record", (db, place) => many(listOnwardOf(db, area, [one(place).person]))),
    asked('a service answers by its link', async (db, place) => {
      const onward = await findOnwardOf(db, { area, ...one(place) })
      const seen = { area, id: newId(), referral: one(place).id, kind: 'seen', witness: 'service', at: now } as const
      await recordEvent(db, seen)
      return onward?.events.length ?? 0
    }),
    asked("a service's inbox", async (db) => (await listInbox(db, provider, listing)).rows.length),
    asked("a service's inbox, what it said yes to", async (db) => {
      const answered = {
        ...listing,
        after: { answered: true, askedAt: now.subtract({ hours: 24 * 200 }), id: newId() },
      }
      return (await listInbox(db, provider, answered)).rows.length
    }),
    asked("a service's inbox, what it declined", async (db) => {
      const { rows } = await listInbox(db, provider, { ...listing, standing: 'declined' })
      return rows.length
    }),
  ]
}

type Row = Awaited<ReturnType<typeof measured>> & Readonly<{ what: string; times: number }>

async function measureAll(asking: Asking): Promise<Row[]> {
  const { area, open } = asking
  const bare = await measured(running.databases, {
    ...{ what: 'one by its id', scope: area },
    ask: async (db, place) => {
      const { id } = open[place % open.length] ?? {}
      await sql`select state from onward.referral where area = ${area} and id = ${id}`.execute(db)
      return 1
    },
  })
  const rows: Row[] = [{ ...bare, what: 'one by its id: the bare limit', times: 1 }]
  for (const question of [...listsOf(asking), ...questionsOf(asking)]) {
    const took = await measured(running.databases, question)
    rows.push({ ...took, what: question.what, times: took.busy / bare.busy })
    process.stdout.write(`${rows.slice(-1).map(lineOf).join('')}\n`)
    if (process.argv.includes('--plans')) process.stdout.write(await plansOf(area, question))
  }
  return rows
}

/** How PostgreSQL reads what a question takes longest over. */
async function plansOf(area: string, { ask }: Question): Promise<string> {
  return running.databases.databaseFor(area).transaction(async (db) => {
    const watched = db.withPlugin({ transformQuery: ({ node }) => node, transformResult: async ({ result }) => result })
    const executor = watched.getExecutor()
    const original = executor.executeQuery.bind(executor)
    const seen: [CompiledQuery, number][] = []
    executor.executeQuery = async (query, ...rest) => {
      const began = performance.now()
      const answer = await original(query, ...rest)
      seen.push([query, performance.now() - began])
      return answer
    }
    await ask(watched, 7)
    seen.length = 0
    await ask(watched, 8)
    const texts: string[] = []
    for (const [query, took] of seen) {
      if (took < 3 || !/^\s*(select|with)/.test(query.sql) || / for update/.test(query.sql)) continue
      const explained = CompiledQuery.raw(`explain (analyze, costs off) ${query.sql}`, [...query.parameters])
      const { rows } = await db.executeQuery<{ 'QUERY PLAN': string }>(explained)
      texts.push(`${query.sql.slice(0, 160)}\n${rows.map((row) => row['QUERY PLAN']).join('\n')}\n\n`)
    }
    return texts.join('')
  })
}

function lineOf({ what, found, busy, most, times: ratio, wall }: Row): string {
  const verdict = most <= limit ? 'yes' : `no, ${(most / limit).toFixed(1)} of it`
  return `| ${what} | ${found.toLocaleString('en-GB')} | ${busy.toFixed(1)} | ${most.toFixed(1)} | ${ratio.toFixed(0)} | ${wall.toFixed(1)} | ${verdict} |`
}

function page(rows: readonly Row[], took: number): string {
  const [load = 0] = loadavg()
  const kept = readFileSync(`${root}bench/onward.md`, 'utf8').split('## How each is read')[1] ?? '\n'
  return `# A million people passed on to services

\`npm run bench -- onward --write\` makes ${number.toLocaleString('en-GB')} onward referrals of ${many.people.toLocaleString('en-GB')} people to ${many.services.toLocaleString('en-GB')} services in one area of a database of its own (${took} s), asks what the pages ask, each ${warming} times before anything is counted and then ${times} times, writes this page down to the plans and takes the database away. With \`--plans\` it prints how PostgreSQL reads each.

"Busy" is for how long one keeps a processor busy, database and product together; see \`services.md\`. Nothing here should take longer than ${limit} ms of it. Load average at the end ${load.toFixed(1)} on ${availableParallelism()} cores, ${load > 2 ? 'with others at work on them' : 'most of it the bench itself'}, on ${dayOf(Temporal.Now.instant()).toString()}.

| what is looked at | found | busy p50 ms | busy p95 ms | times one by its id | there and back p50 ms | p95 within ${limit} ms |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map(lineOf).join('\n')}

## How each is read${kept}`
}
