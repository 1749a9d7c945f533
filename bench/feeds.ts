import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { prepareDatabase } from '#app.ts'
import { saveFeed } from '#exchange/feeds/feed/store.ts'
import { beginRun, readOn } from '#exchange/feeds/run/import.ts'
import { listRuns } from '#exchange/feeds/run/store.ts'
import { openRunning } from '#platform/database/running.ts'
import { newId } from '#platform/ids.ts'
import { readSettings } from '#platform/settings.ts'
import { takeArea } from '#registers/areas/import.ts'
import { takeStaff } from '#registers/organisations/import.ts'

// A feed that sends everything as one page, made as it is sent: how long it takes, and how much memory at its highest.
const root = fileURLToPath(new URL('../', import.meta.url))
const megabytes = Number(process.env['BENCH_MEGABYTES'] ?? 200)
const bytesOfOne = Number(process.env['BENCH_SERVICE_BYTES'] ?? 10_000)
const services = Math.round((megabytes * 1_000_000) / bytesOfOne)
const home = process.env['BENCH_HOME'] ?? '.workwell/bench'
const settings = readSettings({ WORKWELL_ENV: 'test', WORKWELL_HOME: home, LOG_LEVEL: 'error' }, root)
const ground = { ownNetwork: true }

const running = await openRunning(settings, { prepare: prepareDatabase })
const owner = new pg.Client({ connectionString: running.ownerUrl })
await owner.connect()
const server = createServer(
  (_, response) =>
    void sendAll(
      (text) => response.write(text),
      () => response.end(),
      response,
    ),
)
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
try {
  // Checked: a server on a port has an address with one.
  const { port } = server.address() as AddressInfo
  const feed = await beginFeed(`http://127.0.0.1:${port}/api`)
  process.stdout.write(`A feed of ${megabytes} MB with ${services} services, as one page\n`)
  for (const what of ['taken', 'read again: as before']) {
    const { seconds, before, most } = await measured(() => readAll(feed))
    const [run] = await running.databases
      .databaseFor(feed.area)
      .transaction((db) => listRuns(db, feed.area, feed.id, 1))
    const counts = `${run?.taken} new, ${run?.unchanged} as before, ${run?.refused} not taken, ${run?.ending}`
    process.stdout.write(
      `${what}: ${seconds.toFixed(1)} s, memory ${before} MB before, ${most} MB at most; ${counts}\n`,
    )
  }
  process.stdout.write(`Load of the machine at the end: ${loadavg()[0]?.toFixed(1)}\n`)
} finally {
  server.closeAllConnections()
  server.close()
  await owner.end()
  await running.stop()
}

async function sendAll(write: (text: string) => boolean, end: () => void, on: NodeJS.EventEmitter): Promise<void> {
  const filling = 'Help with money and debt. '.repeat(Math.ceil(bytesOfOne / 26)).slice(0, bytesOfOne - 420)
  write(`{"total_items":${services},"contents":[`)
  for (let number = 0; number < services; number += 1) {
    const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
    const organization = { id: 'org', name: 'Borsetshire Advice' }
    const contacts = [{ phones: [{ number: `0113 4960 ${number}` }] }]
    const one = {
      id,
      name: `Service ${number}`,
      description: filling,
      last_modified: '2026-01-01',
      organization,
      contacts,
    }
    if (!write(`${number === 0 ? '' : ','}${JSON.stringify(one)}`))
      await new Promise((drained) => on.once('drain', drained))
  }
  write(']}')
  end()
}

type Begun = Readonly<{ area: string; id: string }>

async function readAll({ area, id }: Begun): Promise<void> {
  const now = Temporal.Now.instant()
  const inArea = running.databases.databaseFor(area)
  await inArea.transaction((db) => beginRun(db, { area, feed: id, by: null, now }))
  const [run] = await inArea.transaction((db) => listRuns(db, area, id, 1))
  await readOn({ ...ground, databases: running.databases }, { area, run: run?.id ?? '', now: Temporal.Now.instant() })
}

async function measured(work: () => Promise<void>) {
  const size = () => Math.round(process.memoryUsage.rss() / 1_000_000)
  const before = size()
  let most = before
  const looking = setInterval(() => {
    most = Math.max(most, size())
  }, 50)
  const began = performance.now()
  await work()
  clearInterval(looking)
  return { seconds: (performance.now() - began) / 1000, before, most }
}

async function beginFeed(address: string): Promise<Begun> {
  const area = `bench-${Date.now().toString(36)}`
  const [lead, member, account, id, at] = [newId(), newId(), newId(), newId(), Temporal.Now.instant()]
  const fromOn = Temporal.PlainDate.from('2024-10-01')
  const named = { area, name: 'Bench', runBy: null, phone: null, email: null, boards: [] }
  const organisation = { id: lead, name: 'Lead', kind: 'provider', controller: 'processor' } as const
  const email = `administrator@${area}.example.org`
  const one = {
    id: member,
    account,
    name: 'Ada',
    email,
    organisation: lead,
    role: 'administrator' as const,
    languages: [],
  }
  const added = 'insert into identity.account (id, name, email, created_at) values ($1, $2, $3, now())'
  await owner.query(added, [account, one.name, email])
  const feed = { id, area, address, name: 'Bench', speaks: '3.0' as const, answers: 'Nobody', licence: 'None' }
  await running.databases.databaseFor(area).transaction(async (db) => {
    await takeArea(db, { ...named, fromOn, synthetic: true, settings: { receivingOrganisation: lead }, at })
    await takeStaff(db, { area, fromOn, organisations: [organisation], members: [one] })
    await saveFeed(db, { ...feed, every: 'day', leastShare: 80, by: member, at })
  })
  return { area, id }
}
