import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyServer from 'fastify'
import pg from 'pg'
import { pino } from 'pino'
import { buildProduct, prepareDatabase } from '#app.ts'
import { populate } from '#exchange/population/import.ts'
import { openRunning } from '#platform/database/running.ts'
import { dayOf } from '#platform/dates.ts'
import { hashOf, newToken } from '#platform/identity/tokens.ts'
import { newId } from '#platform/ids.ts'
import { readSettings } from '#platform/settings.ts'
import { fhirPath, type Scope } from '#registers/clients/rules.ts'
import { addClient, saveToken } from '#registers/clients/store.ts'
import { type Asked, measure, type Measured } from './measure.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const number = Number(process.env['BENCH_REFERRALS'] ?? 2_000)
const searches = 600
const warming = 200
let made = 0
const now = () => Temporal.Now.instant()
// A database of its own, which is taken away again.
const home = mkdtempSync(join(tmpdir(), 'workwell-bench-fhir-'))
const settings = readSettings({ WORKWELL_ENV: 'test', WORKWELL_HOME: home, LOG_LEVEL: 'error' }, root)
const running = await openRunning(settings, { prepare: prepareDatabase })
const owner = new pg.Pool({ connectionString: running.ownerUrl, max: 20 })
const { databases } = running
const product = await buildProduct({ settings, databases, now, log: pino({ level: 'silent' }) })
const bare = fastifyServer()

type Row = Readonly<{ what: string; connections: number; ours: Measured; bare: Measured }>

try {
  await populate(databases, { areas: 1, people: 200, seed: 1, now: now() }, () => undefined)
  await owner.query('create table public.bare (id uuid primary key, said jsonb not null, at timestamptz not null)')
  await openBare()
  await product.fastify.listen({ port: 0, host: '127.0.0.1' })
  const rows = await measureAll(await aSystem())
  const text = page(rows)
  process.stdout.write(text)
  if (process.argv.includes('--write')) writeFileSync(`${root}bench/fhir.md`, text)
} finally {
  await product.fastify.close()
  await bare.close()
  await owner.end()
  await running.stop()
  rmSync(home, { recursive: true, force: true })
}

/** The least that takes a referral and gives it back: the same bytes read as JSON and one row written or twenty read. */
async function openBare(): Promise<void> {
  bare.addContentTypeParser('application/fhir+json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, JSON.parse(body.toString())),
  )
  bare.post('/', async (request) => {
    await owner.query('insert into public.bare values ($1, $2, now())', [newId(), JSON.stringify(request.body)])
    return { ok: true }
  })
  bare.get('/', async (): Promise<unknown> => {
    const { rows } = await owner.query<Record<string, unknown>>('select * from public.bare order by id limit 20')
    return rows
  })
  await bare.listen({ port: 0, host: '127.0.0.1' })
}

/** A practice's system with a token that holds for as long as this takes, and no limit that it reaches. */
async function aSystem(): Promise<Readonly<Record<string, string>>> {
  const { rows } = await owner.query<{ area: string; id: string }>(
    `select area, id from organisations.organisation where kind = 'practice' limit 1`,
  )
  const [{ area, id: organisation } = { area: '', id: '' }] = rows
  const [id, token, at] = [newId(), newToken(), now()]
  const scopes: Scope[] = ['system/ServiceRequest.c', 'system/ServiceRequest.rs', 'system/Task.rs']
  await databases.databaseFor(area).transaction(async (db) => {
    const said = { name: 'Measured', contact: 'it@example.org', organisation, scopes, perMinute: 1_000_000 }
    await addClient(db, { area, id, ...said, by: null, at })
    await saveToken(db, { area, client: id, hash: hashOf(token), scopes, now: at, until: at.add({ hours: 5 }) })
  })
  return { authorization: `Bearer ${area}.${token}`, 'content-type': 'application/fhir+json' }
}

async function measureAll(headers: Readonly<Record<string, string>>): Promise<Row[]> {
  // A database that has just been filled knows nothing of its rows yet, and is a minute from knowing by itself.
  const begun = Array.from({ length: warming }, () => ({ path: fhirPath, headers, body: aReferral() }))
  await measure(portOf(product.fastify), begun, 4)
  await owner.query('vacuum analyze')
  const rows: Row[] = []
  const both = async (what: string, connections: number, asked: readonly Asked[]) => {
    const same = asked.map((one) => ({ ...one, path: '/' }))
    const ours = await measure(portOf(product.fastify), asked, connections)
    rows.push({ what, connections, ours, bare: await measure(portOf(bare), same, connections) })
  }
  for (const connections of [1, 8, 32])
    await both(
      'a referral taken',
      connections,
      Array.from({ length: number }, () => ({ path: fhirPath, headers, body: aReferral() })),
    )
  await owner.query('analyze')
  for (const [what, path] of await pagesToRead(headers))
    for (const connections of [1, 8])
      await both(
        what,
        connections,
        Array.from({ length: searches }, () => ({ path, headers })),
      )
  return rows
}

/** The first page of a list and one far down in it, by the addresses that the list itself gives. */
async function pagesToRead(headers: Readonly<Record<string, string>>) {
  const first = `${fhirPath}/ServiceRequest`
  const { rows } = await owner.query<{ taken_at: Date; id: string }>(
    `select taken_at::text, id from edge.request order by taken_at, id offset $1 limit 1`,
    [Math.floor(number * 2.5)],
  )
  const deep = await product.fastify.inject({
    url: `${first}?_count=20&_cursor=${cursorAt(rows[0])}`,
    headers: { ...headers },
  })
  if (deep.statusCode !== 200) throw new Error(`The deep page cannot be read: ${deep.body}`)
  return [
    ['twenty requests, the first page', `${first}?_count=20`],
    ['twenty requests, far down', `${first}?_count=20&_cursor=${cursorAt(rows[0])}`],
    ['twenty tasks, as far as each person allows', `${fhirPath}/Task?_count=20`],
  ] as const
}

function cursorAt(row: Readonly<{ taken_at: unknown; id: string }> | undefined): string {
  const at = Temporal.Instant.from(String(row?.taken_at).replace(' ', 'T'))
  return Buffer.from(`${at.toString()} ${row?.id}`).toString('base64url')
}

function aReferral(): string {
  made += 1
  const [person, asked, task, consent] = [1, 2, 3, 4].map(
    (last) => `urn:uuid:00000000-0000-4000-8000-00000000000${last}`,
  )
  const entry = (
    fullUrl: string | undefined,
    resource: Readonly<{ resourceType: string; [more: string]: unknown }>,
  ) => ({
    ...{ fullUrl, resource, request: { method: 'POST', url: resource.resourceType } },
  })
  // As different as people of one area are: whoever looks for one person twice finds what there is to find.
  const birthDate = Temporal.PlainDate.from('1960-01-01')
    .add({ days: (made * 7919) % 16_000 })
    .toString()
  const who = { name: [{ family: `Made${made}`, given: [`Up${made % 97}`] }], birthDate }
  const telecom = [{ system: 'phone', value: `07700 ${900_000 + (made % 100_000)}` }]
  return JSON.stringify({
    ...{ resourceType: 'Bundle', type: 'transaction' },
    entry: [
      entry(person, { resourceType: 'Patient', ...who, telecom }),
      entry(asked, {
        ...{ resourceType: 'ServiceRequest', status: 'active', intent: 'order', subject: { reference: person } },
        ...{ identifier: [{ system: 'https://example.org/bench', value: `${made}` }], reasonCode: [{ text: 'Back' }] },
      }),
      entry(task, { resourceType: 'Task', status: 'requested', intent: 'order', ...{ focus: { reference: asked } } }),
      entry(consent, {
        ...{ resourceType: 'Consent', status: 'active', category: [{ text: 'Referral' }] },
        scope: { text: 'Agreement' },
        policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }] },
      }),
    ],
  })
}

function portOf(server: { server: { address(): unknown } }): number {
  const address = server.server.address()
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0
}

function page(rows: readonly Row[]): string {
  const [load = 0] = loadavg()
  const kept = readFileSync(`${root}bench/fhir.md`, 'utf8').split('## What stands in the way')[1] ?? '\n'
  const lines = rows.map(({ what, connections, ours, bare: least }) => {
    const times = [ours.p50, ours.p95, ours.p99].map((time) => time.toFixed(1))
    const share = `${Math.round((ours.perSecond / least.perSecond) * 100)} %`
    const cells = [
      what,
      connections,
      ...times,
      Math.round(ours.perSecond),
      Math.round(least.perSecond),
      share,
      ours.failed,
    ]
    return `| ${cells.join(' | ')} |`
  })
  return `# Referrals and lists as FHIR R4

\`npm run bench -- fhir --write\` sends ${number} referrals at a time over 1, 8 and 32 connections to one copy of the product, asks for pages of the ${3 * number} that then stand there, ${searches} times each, and writes this page down to what stands in the way. "Bare" reads the same bytes and writes one row, or reads twenty, without a token, access rules, journal, person, clock or message: more than any product could reach. Client, product, bare server and database share one machine.

Load average at the end ${load.toFixed(1)}, on ${dayOf(now()).toString()}.

| what | connections | p50 ms | p95 ms | p99 ms | a second | bare a second | of bare | failed |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${lines.join('\n')}

## What stands in the way${kept}`
}
