import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { written } from '#platform/fhir/wire.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { changeByChance, numbersFrom } from '#test/chance.ts'
import { headers, message, type Wanted } from '#test/neighbours/bars-sender.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const door = '/bars/FHIR/R4'
type Headers = Readonly<Record<string, string>>
type Sent = Readonly<{ body?: string | Buffer; with?: Headers; without?: readonly string[]; path?: string }>

async function ask(method: 'GET' | 'POST' | 'PUT', path: string, { body, with: more = {}, without = [] }: Sent = {}) {
  const said = Object.entries({ ...headers(), ...more }).filter(([name]) => !without.includes(name))
  const payload = body === undefined ? {} : { payload: body }
  const answer = await app.product.fastify.inject({
    ...{ method, url: `${door}${path}`, headers: Object.fromEntries(said), ...payload },
  })
  return { status: answer.statusCode, headers: answer.headers, text: answer.body }
}

const post = (bundle: object, sent: Omit<Sent, 'body'> = {}) =>
  ask('POST', '/$process-message', { ...sent, body: JSON.stringify(bundle) })
const send = (wanted: Wanted = {}, sent: Omit<Sent, 'body'> = {}) => post(message(wanted), sent)

const bundleShape = z.object({
  id: z.string(),
  entry: z.array(z.object({ resource: z.looseObject({ resourceType: z.string(), id: z.string() }) })),
})
const outcomeShape = z.object({
  issue: z.array(
    z.object({
      code: z.string(),
      diagnostics: z.string(),
      details: z.object({ coding: z.array(z.object({ code: z.string() })) }),
    }),
  ),
})

/** The id that the service gave the request of a message. */
function requestIn(text: string): string {
  const { entry } = bundleShape.parse(JSON.parse(text))
  return entry.find(({ resource }) => resource.resourceType === 'ServiceRequest')?.resource.id ?? ''
}

function faultIn({ status, text }: Readonly<{ status: number; text: string }>) {
  const [issue] = outcomeShape.parse(JSON.parse(text)).issue
  return { status, code: issue?.code, says: issue?.details.coding[0]?.code }
}

const referrals = async () => {
  const { rows } = await app.owner.query<{ number: string }>('select count(*) as number from referral.referral')
  return Number(rows[0]?.number)
}

describe('A referral of another system', () => {
  it('is on the list of those to be decided about, with what was written and by whom', async () => {
    const { status } = await send({ policy: 'OPTIN' })
    const list = await (await app.as(app.cast.administrator)).open('/referrals')
    const where = /href="(\/referrals\/[0-9a-f-]{36})"[^>]*>[^<]*Quillfeather/.exec(list.html)?.[1] ?? ''
    const referral = await (await app.as(app.cast.administrator)).open(where)

    expect(status).toBe(200)
    for (const said of [
      'Marnie',
      'Robin Bright',
      'Park Surgery',
      'another system',
      'Wants to keep her job.',
      'Back pain for months.',
    ])
      expect(referral.text).toContain(said)
    expect(referral.text).toContain('Other ways to reach them: 01632 960002')
  })

  it('waits until somebody has asked the person, where the message does not say that they agreed', async () => {
    const { status } = await send({ patient: { name: [{ family: 'Thistlewood', given: ['Ines'] }] } })
    const list = await (await app.as(app.cast.administrator)).open('/referrals?state=held')

    expect(status).toBe(200)
    expect(list.text).toContain('Thistlewood')
  })

  it('is taken in XML and packed, and answered in the form that is asked for', async () => {
    const [bundle, type] = [message(), 'application/fhir+xml']
    const body = gzipSync(written(bundle, 'xml'))
    const answer = await ask('POST', '/$process-message', {
      ...{ body, with: { 'content-type': type, 'content-encoding': 'gzip', accept: type } },
    })

    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toContain(type)
    expect(answer.text).toContain(`<id value="${bundle.id}"/>`)
  })

  it('is taken in XML with comments, and not with an extension that can turn round what it says', async () => {
    const sendXml = (xml: string) =>
      ask('POST', '/$process-message', { body: xml, with: { 'content-type': 'application/fhir+xml' } })
    const commented = written(message(), 'xml').replaceAll('<resource>', '<!-- what was asked -->$&')
    const turned = [{ url: 'https://example.org/not-meant', valueBoolean: true }]
    const refused = await send({ patient: { modifierExtension: turned } })

    expect([(await sendXml(commented)).status, commented.includes('<!--')]).toEqual([200, true])
    expect(faultIn(refused)).toMatchObject({ status: 400, says: 'REC_BAD_REQUEST' })
    expect(refused.text).toContain('Patient.modifierExtension'.replace('Patient', 'resource'))
  })

  it('keeps a number that nobody verified as words, and never as the number of the person', async () => {
    const before = await app.owner.query(`select from people.person where nhs_number = '9990000042'`)
    await send({ nhsNumber: '9990000042', verified: false })
    const after = await app.owner.query(`select from people.person where nhs_number = '9990000042'`)
    const said = await app.owner.query(`select from referral.referral where reason like '%not verified: 9990000042%'`)

    expect([before.rowCount, after.rowCount, said.rowCount]).toEqual([0, 0, 1])
  })

  it('is not taken where it could not be acted on, with every reason and no word of the person', async () => {
    const before = await referrals()
    const died = await send({ patient: { deceasedBoolean: true } })
    const unreachable = await send({ patient: { contact: [], address: [] } })
    const impossible = await send({ nhsNumber: '9990000094' })
    const unborn = await send({ patient: { birthDate: '2031-01-01' } })

    for (const answer of [died, unreachable, impossible, unborn]) {
      expect(faultIn(answer)).toMatchObject({ status: 400, says: 'REC_BAD_REQUEST' })
      expect(answer.text).not.toMatch(/Quillfeather|9990000094|2031/)
    }
    expect(await referrals()).toBe(before)
  })
})

describe('A message that comes again', () => {
  it('is answered as before and makes one referral, whether by the same request or by a new one', async () => {
    const [bundle, first] = [message(), headers()]
    const before = await referrals()
    const one = await post(bundle, { with: first })
    app.clock.pass({ minutes: 5 })
    const two = await post(bundle, { with: first })
    const three = await post(bundle)

    expect([one.status, two.status, three.status]).toEqual([200, 200, 200])
    expect([two.text, three.text]).toEqual([one.text, one.text])
    expect(two.headers['x-request-id']).toBe(first['x-request-id'])
    expect(await referrals()).toBe(before + 1)
  })

  it('is told to come back while the first is being worked on', async () => {
    const [bundle, first] = [message(), headers()]
    const key = `bars north request ${first['x-request-id']}`
    await app.owner.query('select pg_advisory_lock(hashtextextended($1, 0))', [key])
    const early = await post(bundle, { with: first })
    await app.owner.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key])
    const later = await post(bundle, { with: first })

    expect(faultIn(early)).toEqual({ status: 425, code: 'transient', says: 'REC_TOO_EARLY' })
    expect(later.status).toBe(200)
  })

  it('makes one referral where it comes many times at once', async () => {
    const [bundle, first] = [message(), headers()]
    const before = await referrals()
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(bundle, { with: first })))
    const taken = answers.filter(({ status }) => status === 200)

    expect(new Set(taken.map(({ text }) => text)).size).toBe(1)
    expect(new Set(answers.map(({ status }) => status)).difference(new Set([200, 425])).size).toBe(0)
    expect(await referrals()).toBe(before + 1)
  })

  it('with other words under the same ids is refused', async () => {
    const first = headers()
    const bundle = message()
    await post(bundle, { with: first })
    const other = await send({}, { with: first })
    const changed = await post(message({ id: bundle.id, patient: { gender: 'male' } }))

    for (const answer of [other, changed])
      expect(faultIn(answer)).toEqual({ status: 409, code: 'duplicate', says: 'REC_CONFLICT' })
  })
})

describe('Who sent a referral', () => {
  const cancelling = { reason: 'update', status: 'revoked', at: '2026-01-05T09:00:00+00:00' }

  it('reads it back and takes it back, and the team sees that it was taken back', async () => {
    const bundle = message({ policy: 'OPTIN', nhsNumber: '9990000050' })
    const request = requestIn((await post(bundle)).text)
    const before = await ask('GET', `/ServiceRequest/${request}`)
    const gone = await send({ ...cancelling, id: bundle.id, nhsNumber: '9990000050', without: ['Consent', 'CarePlan'] })
    const after = await ask('GET', '/ServiceRequest?patient:identifier=https://fhir.nhs.uk/Id/nhs-number%7C9990000050')
    const twice = await send({ ...cancelling, id: bundle.id, at: '2026-01-05T10:00:00+00:00' })
    const withdrawn = await app.owner.query(
      `select from withdrawal.withdrawal back join receiver.request asked on asked.referral = back.referral where asked.id = $1`,
      [request],
    )

    expect(JSON.parse(before.text)).toMatchObject({ id: request, status: 'active', intent: 'plan' })
    expect(gone.status).toBe(200)
    expect(JSON.parse(after.text)).toMatchObject({
      total: 1,
      entry: [{ resource: { id: request, status: 'revoked' } }],
    })
    expect(faultIn(twice)).toMatchObject({ status: 409, code: 'conflict' })
    expect(withdrawn.rowCount).toBe(1)
  })

  it('is the only one who may: for every other organisation it is not there', async () => {
    const bundle = message({ nhsNumber: '9990000069' })
    const request = requestIn((await post(bundle)).text)
    const other = { with: headers('Z99999') }
    const read = await ask('GET', `/ServiceRequest/${request}`, other)
    const number = 'https://fhir.nhs.uk/Id/nhs-number%7C9990000069'
    const searched = await ask('GET', `/ServiceRequest?patient:identifier=${number}`, other)
    const cancelled = await send({ ...cancelling, id: bundle.id }, other)

    expect(faultIn(read)).toMatchObject({ status: 404, code: 'not-found' })
    expect(JSON.parse(searched.text)).toMatchObject({ total: 0 })
    expect(faultIn(cancelled)).toMatchObject({ status: 404, code: 'not-found' })
  })

  it('stands among those who have seen the record', async () => {
    const bundle = message({ nhsNumber: '9990000077', policy: 'OPTIN' })
    const request = requestIn((await post(bundle)).text)
    await ask('GET', `/ServiceRequest/${request}`)
    const { rows } = await app.owner.query<{ person: string }>(
      'select person from referral.referral join receiver.request asked on asked.referral = referral.id where asked.id = $1',
      [request],
    )
    const readers = await (await app.as(app.cast.manager)).open(`/people/${rows[0]?.person}/readers`)

    expect(readers.text).toContain('Whoever referred, by their own system')
  })
})

/** The answers to messages in which one thing, somewhere, is another or gone. */
async function mutants(number: number) {
  const below = numbersFrom(11)
  const answers: Awaited<ReturnType<typeof post>>[] = []
  for (let made = 0; made < number; made += 1) {
    const bundle = message({
      nhsNumber: '9990000107',
      ...(below(4) === 0 ? { reason: 'update', status: 'revoked' } : {}),
    })
    changeByChance(bundle, below)
    answers.push(await post(bundle))
  }
  return answers
}

describe('The door of the standard', () => {
  it('answers every refusal as FHIR, in the form that was asked for, with what to do', async () => {
    const type = 'application/fhir+xml'
    const answers = {
      missing: await ask('GET', '/nothing/here'),
      unnamed: await send({}, { without: ['nhsd-end-user-organisation'] }),
      elsewhere: await send({}, { with: { 'nhsd-target-identifier': Buffer.from('{}').toString('base64') } }),
      unreadable: await ask('POST', '/$process-message', { body: '{' }),
      entity: await ask('POST', '/$process-message', {
        ...{ body: '<!DOCTYPE a [<!ENTITY b "c">]><Bundle/>', with: { 'content-type': type } },
      }),
      large: await ask('POST', '/$process-message', { body: JSON.stringify({ a: 'a'.repeat(1_100_000) }) }),
      unknownVersion: await send({ versionId: '7.0.0' }),
    }

    expect(Object.values(answers).map(({ status }) => status)).toEqual([404, 400, 400, 400, 400, 413, 422])
    for (const answer of Object.values(answers)) expect(faultIn(answer).says).toMatch(/^REC_/)
    expect((await ask('GET', '/nothing', { with: { accept: type } })).text).toContain('<OperationOutcome')
  })

  it('never fails on a message that was changed by chance: it is taken, or refused with a reason', async () => {
    const seen = new Set<number>()
    for (const { status, text } of await mutants(400)) {
      seen.add(status)
      expect([200, 400, 404, 409, 422], text.slice(0, 300)).toContain(status)
    }
    expect(seen.size).toBeGreaterThan(1)
  }, 60_000)

  it('is open without a gateway to this machine alone, and to nothing that a proxy passes on', async () => {
    const from = (more: object) => app.product.fastify.inject({ method: 'GET', url: `${door}/metadata`, ...more })
    const all = [await from({}), await from({ remoteAddress: '10.0.0.9' })]
    const passedOn = await from({ headers: { 'x-forwarded-for': '8.8.8.8' } })

    expect([...all, passedOn].map(({ statusCode }) => statusCode)).toEqual([200, 401, 401])
  })

  it('is open only to the gateway where there is one', async () => {
    const gateway = { header: 'x-gateway', value: 'a secret of sixteen' }
    const bars = { services: { '111111111': { area: 'north', useCases: ['a5t1'] } }, gateway }
    const guarded = await startApp({ WORKWELL_BARS: JSON.stringify(bars) })
    const request = (more: Headers) =>
      guarded.product.fastify.inject({ method: 'GET', url: `${door}/metadata`, headers: more })
    const [without, wrong, right] = [
      await request({}),
      await request({ 'x-gateway': 'another secret' }),
      await request({ 'x-gateway': gateway.value }),
    ]
    await guarded.close()

    expect([without.statusCode, wrong.statusCode, right.statusCode]).toEqual([401, 401, 200])
  })
})
