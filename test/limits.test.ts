import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fhirDoors } from '#platform/fhir/doors.ts'
import { jsonDoors } from '#platform/json/doors.ts'
import { limits } from '#platform/machine/limits/rules.ts'
import { outcomeOf } from '#exchange/fhir/edge/rules.ts'
import { startApp, type TestApp } from './app.ts'
import { headers } from './neighbours/bars-sender.ts'
import { aCdsClient, callWith } from './neighbours/cds-client.ts'
import { aSender, type Sender } from './neighbours/fhir-asking.ts'
import { transaction } from './neighbours/fhir-sender.ts'
import { aJsonSender, referralInJson } from './neighbours/json-sender.ts'
import { anAskedTask, answerTask } from './people/asked-task.ts'

let app: TestApp
let fhir: Sender
let json: Awaited<ReturnType<typeof aJsonSender>>
let offers: Awaited<ReturnType<typeof aCdsClient>>
let task: Awaited<ReturnType<typeof anAskedTask>>
beforeAll(async () => {
  app = await startApp()
  fhir = await aSender(app)
  json = await aJsonSender(app)
  offers = await aCdsClient(app)
  task = await anAskedTask(app)
  await (await app.as(app.cast.manager)).send('/area/note-offers', { id: crypto.randomUUID(), on: 'yes' })
})
afterAll(() => app.close())

type Answer = Readonly<{ status: number; text: string }>

const large = JSON.stringify({ resourceType: 'Bundle', a: 'a'.repeat(limits.bytes) })
const deep = (levels: number) => `{"resourceType":"Bundle","a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
const deepXml = (levels: number) =>
  `<Bundle xmlns="http://hl7.org/fhir">${'<a b="1 > 0">'.repeat(levels - 1)}${'</a>'.repeat(levels - 1)}</Bundle>`
const long = JSON.stringify({ resourceType: 'Bundle', a: Array.from({ length: limits.items + 1 }, () => 1) })
const xml = { 'content-type': 'application/fhir+xml' }
const packed = { 'content-encoding': 'gzip' }

const toFhir = (body: string, more = {}) => fhir.ask('POST', '', body, more)
const toTask = (body: string, more = {}) => task.system.ask('PUT', task.path, body, more)
const toJson = (body: string): Promise<Answer> => json.ask({ method: 'POST', path: '/referrals', body })
const toBars = async (payload: string, more = {}): Promise<Answer> => {
  const sent = { ...headers(), 'content-type': 'application/fhir+json', ...more }
  const url = '/bars/FHIR/R4/$process-message'
  const answer = await app.product.fastify.inject({ method: 'POST', url, headers: sent, payload })
  return { status: answer.statusCode, text: answer.body }
}
const forToken = async (statement: string): Promise<Answer> => {
  const fields = { grant_type: 'client_credentials', client_assertion: statement }
  const type = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' }
  const answer = await app.product.fastify.inject({
    ...{ method: 'POST', url: '/oauth2/token', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    payload: new URLSearchParams({ ...fields, ...type }).toString(),
  })
  return { status: answer.statusCode, text: answer.body }
}
const manyEntries = () => {
  const bundle = transaction()
  const [first] = bundle.entry
  return JSON.stringify({ ...bundle, entry: Array.from({ length: limits.entries + 1 }, () => first) })
}
const unpacksLarge = () => gzipSync(`{"a":"${'a'.repeat(limits.unpackedBytes)}"}`)
const jwt = `a.${'b'.repeat(limits.statementLetters)}.c`
const tooDeep = `A message is at most ${limits.depth} deep`
const tooMany = `A list in a message has at most ${limits.items} entries`
const noTypes = 'XML with a document type is not taken'
const entity = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Bundle xmlns="http://hl7.org/fhir">&b;</Bundle>'

type Row = readonly [what: string, ask: () => Promise<Answer>, status: number, sentence: string]

const rows: readonly Row[] = [
  ['a FHIR message that is too large', () => toFhir(large), 413, 'A message has at most 1 MB'],
  [
    'a FHIR message that unpacks to too much',
    () => fhirPacked(unpacksLarge()),
    413,
    'A message has at most 1 MB, and 2 MB once it is unpacked',
  ],
  ['a FHIR message that is too deep', () => toFhir(deep(limits.depth + 1)), 400, tooDeep],
  ['a FHIR message in XML that is too deep', () => toFhir(deepXml(limits.depth + 1), xml), 400, tooDeep],
  ['a FHIR message with too long a list', () => toFhir(long), 400, tooMany],
  ['a transaction of too many entries', () => toFhir(manyEntries()), 400, 'has at most 50 entries'],
  ['a FHIR message with a document type', () => toFhir(entity, xml), 400, noTypes],
  ['an answer of a service that is too large', () => toTask(large), 413, 'A message has at most 1 MB'],
  ['an answer of a service that is too deep', () => toTask(deep(limits.depth + 1)), 400, tooDeep],
  ['an answer of a service with too long a list', () => toTask(long), 400, tooMany],
  ['an answer of a service with a document type', () => toTask(entity, xml), 400, noTypes],
  [
    'an answer of a service with too long a note',
    () => answerTask(task.system, task.path, { status: 'accepted', note: [{ text: 'a'.repeat(1001) }] }),
    422,
    'A note has at most 1000 letters',
  ],
  ['a BaRS message that is too large', () => toBars(large), 413, 'A message has at most 1 MB'],
  ['a BaRS message that is too deep', () => toBars(deep(limits.depth + 1)), 400, tooDeep],
  ['a BaRS message with too long a list', () => toBars(long), 400, tooMany],
  ['a BaRS message with a document type', () => toBars(entity, xml), 400, noTypes],
  ['a referral in JSON that is too large', () => toJson(large), 413, 'A message has at most 1 MB'],
  ['a referral in JSON that is too deep', () => toJson(deep(limits.depth + 1)), 400, tooDeep],
  ['a referral in JSON with too long a list', () => toJson(long), 400, tooMany],
  [
    'a referral in JSON with too many words',
    () => toJson(JSON.stringify(referralInJson({ reason: 'a'.repeat(5_001) }))),
    422,
    'This has at most 5000',
  ],
  ['a request for a token that is too large', () => forToken('a'.repeat(limits.tokenBytes)), 413, 'at most 50 KB'],
  [
    'a request for a token with too long a statement',
    () => forToken(jwt),
    400,
    'A signed JWT has at most 10000 letters',
  ],
  [
    'a question beside a fit note that is too large',
    () => offers.call(callWith(null, { extension: { a: 'a'.repeat(limits.offerBytes) } })),
    413,
    'A message has at most 256 KB',
  ],
  ['a question beside a fit note that is too deep', () => offers.call(deep(limits.depth + 1)), 400, tooDeep],
  [
    'a question beside a fit note with too long a statement',
    () => offers.call(callWith(null), { jwt }),
    401,
    'A signed JWT has at most 10000 letters',
  ],
]

const fhirPacked = async (payload: Buffer): Promise<Answer> => {
  const sent = { authorization: `Bearer ${fhir.token}`, 'content-type': 'application/fhir+json', ...packed }
  const answer = await app.product.fastify.inject({ method: 'POST', url: '/fhir/R4', headers: sent, payload })
  return { status: answer.statusCode, text: answer.body }
}

describe('Whoever sends', () => {
  it.each(rows)('%s is told so, and nothing breaks', async (_what, ask, status, sentence) => {
    const answer = await ask()

    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(sentence)])
  })

  it('as much as is taken is not told that it is too much', async () => {
    const answers = [
      await toFhir(deep(limits.depth)),
      await toFhir(deepXml(limits.depth), xml),
      await toFhir(`<!-- ${'<a>'.repeat(99)} -->${deepXml(2)}`, xml),
      await toJson(deep(limits.depth)),
      await toJson(JSON.stringify(referralInJson({ reason: '['.repeat(99) }))),
    ]

    for (const { text } of answers) expect(text).not.toContain(tooDeep)
  })

  it('something that takes too long is told to send it again, in the words of the door', async () => {
    const slow = Fastify()
    const never = () => new Promise<object>(() => undefined)
    const front = { most: 100, patience: 40 }
    fhirDoors(slow, { ...front, prefix: '/fhir', enter: () => undefined, outcome: outcomeOf }, ({ get }) =>
      get('/never', never),
    )
    const route = { method: 'GET', path: '/never', work: never } as const
    jsonDoors(slow, { ...front, prefix: '/json', described: 'https://example.org/api' }, [route])
    const answers = await Promise.all(['/fhir/never', '/json/never'].map((url) => slow.inject({ url })))
    await slow.close()

    for (const answer of answers) {
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5'])
      expect(answer.body).toContain('This took longer than 30 seconds: send the same again in a while')
    }
    expect(app.product.fastify.server.requestTimeout).toBe(limits.arrivingSeconds * 1_000)
  })

  it('finds every sentence in the list of limits', () => {
    const page = readFileSync(new URL('../docs/limits.md', import.meta.url), 'utf8')

    for (const [, , status, sentence] of rows.filter(([what]) => !what.includes('in JSON with too many words')))
      expect(page).toMatch(
        new RegExp(`\\| ${status}[^|]*\\|[^|]*${sentence.replaceAll(/[.+()]/g, '.')}|${status}.*${sentence}`),
      )
  })
})
