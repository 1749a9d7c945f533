import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newId } from '#platform/ids.ts'
import { written } from '#platform/fhir/wire.ts'
import { endClient } from '#registers/clients/store.ts'
import { recordStep } from '#journey/episode/store.ts'
import type { Step } from '#journey/episode/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { changeByChance, numbersFrom } from '#test/chance.ts'
import { aSender, everyPage, faultIn, placesIn, type Sender } from '#test/neighbours/fhir-asking.ts'
import { numbering, tokenFor, transaction } from '#test/neighbours/fhir-sender.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const door = '/fhir/R4'
const countReferrals = async () => {
  const { rows } = await app.owner.query<{ number: string }>('select count(*) as number from referral.referral')
  return Number(rows[0]?.number)
}

const newest = async () => {
  const { rows } = await app.owner.query<{ id: string; person: string; episode: string | null; route: string }>(
    'select id, person, episode, route from referral.referral order by typed_at desc, id desc limit 1',
  )
  if (!rows[0]) throw new Error('No referral was taken')
  return rows[0]
}

async function moved(steps: readonly Step[]): Promise<void> {
  const { episode } = await newest()
  if (episode === null) throw new Error('Nothing has begun')
  const on = { area: 'north', episode, at: app.clock.now, by: app.cast.coach.membership }
  for (const step of steps) await app.inArea('north', (db) => recordStep(db, { ...on, step }))
  app.clock.pass({ minutes: 61 })
}

const ethnicityInWords = {
  url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory',
  valueString: 'something',
}
// One of FHIR's own.
const turned = [{ url: 'http://hl7.org/fhir/StructureDefinition/request-doNotPerform', valueBoolean: true }]
const nowhere = 'urn:uuid:11111111-1111-4111-8111-111111111111'

describe('A referral in one transaction', () => {
  it('is on the list of those to be decided about, with what was written and for which organisation', async () => {
    const sender = await aSender(app)
    const { status, text } = await sender.send()
    const { id, route } = await newest()
    const page = await (await app.as(app.cast.administrator)).open(`/referrals/${id}`)

    expect([status, route]).toEqual([200, 'gp'])
    expect(Object.keys(placesIn(text)).toSorted()).toEqual(['Patient', 'ServiceRequest', 'Task'])
    for (const said of ['Marnie', 'Robin Bright', 'Park Surgery', 'another system', 'by the system of Park Surgery'])
      expect(page.text).toContain(said)
  })

  it('waits until somebody has asked the person, where nobody says that they agreed', async () => {
    const sender = await aSender(app)
    await sender.send({ policy: null, patient: { name: [{ family: 'Thistlewood', given: ['Ines'] }] } })
    const list = await (await app.as(app.cast.administrator)).open('/referrals?state=held')

    expect((await newest()).episode).toBeNull()
    expect(list.text).toContain('Thistlewood')
  })

  it('is taken once: sent again it has the same ids, and something else by the same number is refused', async () => {
    const sender = await aSender(app)
    const first = await sender.send({ value: 'A1' })
    const before = await countReferrals()
    const again = await sender.send({ value: 'A1' })
    const other = await sender.send({ value: 'A1', nhsNumber: '9990000042' })
    const ifNone = await sender.send({ value: 'A1', nhsNumber: '9990000042', ifNone: true })

    expect(placesIn(again.text)).toEqual(placesIn(first.text))
    expect(placesIn(ifNone.text)).toEqual(placesIn(first.text))
    expect(faultIn(other)).toEqual({ status: 409, code: 'duplicate' })
    expect(await countReferrals()).toBe(before)
  })

  it('is taken once also where it comes many times at one moment', async () => {
    const sender = await aSender(app)
    const before = await countReferrals()
    const answers = await Promise.all(Array.from({ length: 6 }, () => sender.send({ value: 'B1' })))

    expect(new Set(answers.map(({ text }) => placesIn(text)['ServiceRequest'])).size).toBe(1)
    expect(await countReferrals()).toBe(before + 1)
  })

  it('may have the number that another organisation has used for its own', async () => {
    const [one, other] = [await aSender(app), await aSender(app, { from: app.cast.jobcentrePartner })]
    const before = await countReferrals()

    expect((await one.send({ value: 'C1' })).status).toBe(200)
    expect((await other.send({ value: 'C1' })).status).toBe(200)
    expect(await countReferrals()).toBe(before + 2)
  })

  it('is taken in XML, and answered in what was asked for', async () => {
    const sender = await aSender(app)
    const xml = written(transaction(), 'xml')
    const type = 'application/fhir+xml'
    const { status, text } = await sender.ask('POST', '', xml, { 'content-type': type, accept: type })

    expect(status).toBe(200)
    expect(text).toMatch(/^<.*<location value="ServiceRequest\//s)
  })

  it('is taken in XML with comments between its elements, which say nothing', async () => {
    const sender = await aSender(app)
    const type = 'application/fhir+xml'
    const commented = `<!-- by hand -->${written(transaction(), 'xml')}`
      .replace(/^(<!-- by hand -->)(<\?xml.*?\?>)/, '$2$1')
      .replaceAll(/<(Patient|family|status|reasonCode|entry|fullUrl)\b/g, '<!-- what <b> is, > or not -->\n<$1')
    const answer = await sender.ask('POST', '', commented, { 'content-type': type })
    const open = await sender.ask('POST', '', commented.replaceAll('-->', '->'), { 'content-type': type })

    expect([answer.status, commented.split('<!--').length > 6]).toEqual([200, true])
    expect(Object.keys(placesIn(answer.text))).toContain('ServiceRequest')
    expect(open.status).toBe(400)
  })

  it('is refused with where and by what somebody could be reached', async () => {
    const { text } = await (await aSender(app)).send({ patient: { telecom: [], address: [] } })

    expect(text).toContain('Enter a phone number, an email address or a postal address')
    expect(text).toContain('"expression":["Patient.telecom"]')
  })

  it.each([
    ['nobody to reach', { patient: { telecom: [], address: [] } }, 400],
    ['no date of birth', { patient: { birthDate: undefined } }, 400],
    ['another subject', { request: { subject: { reference: 'urn:uuid:nobody' } } }, 400],
    ['no number of its own', { request: { identifier: [] } }, 400],
    ['an NHS number for its number', { request: { identifier: [nhsNumbered()] } }, 400],
    ['a request that is over', { request: { status: 'completed' } }, 400],
    ['a resource that is not read', { with: [{ resourceType: 'Observation', status: 'final' }] }, 400],
    ['an element that FHIR does not have', { patient: { colour: 'blue' } }, 400],
    ['a code that FHIR does not have there', { patient: { gender: 'banana' } }, 400],
    ['a reference to another kind of resource', { patient: { managingOrganization: { reference: 'Patient/1' } } }, 400],
    ['an extension of UK Core that holds something else', { patient: { extension: [ethnicityInWords] } }, 400],
    ['an extension that can turn round what it says', { request: { modifierExtension: turned } }, 400],
    ['the same deep within it', { patient: { contact: [{ modifierExtension: turned }] } }, 400],
    ['something that it refers to and does not send', { request: { performer: [{ reference: nowhere }] } }, 400],
    ['somebody who has died', { patient: { deceasedBoolean: true } }, 400],
  ])('is refused with %s, and nothing of it is kept', async (_what, wanted, expected) => {
    const sender = await aSender(app)
    const before = await countReferrals()
    const { status, text } = await sender.send(wanted)

    expect([status, faultIn({ status, text }).code !== undefined]).toEqual([expected, true])
    expect(text).not.toContain('Quillfeather')
    expect(await countReferrals()).toBe(before)
  })
})

const numberStatus = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus'

describe('An NHS number that comes with a referral', () => {
  const numberKept = async () => {
    const { rows } = await app.owner.query<{ number: string | null }>(
      'select nhs_number as number from people.person where id = $1',
      [(await newest()).person],
    )
    return rows[0]?.number
  }
  const [england, bars] = [
    { system: `${numberStatus}England`, code: '01' },
    { system: numberStatus, code: 'number-present-and-verified' },
  ]

  it.each([
    ['England', england, '9990000115'],
    ['the examples of BaRS', bars, '9990000123'],
  ])('is the person’s where its sender verified it, as %s codes that', async (_who, status, nhsNumber) => {
    const sender = await aSender(app)
    const before = await countReferrals()
    const wrong = await sender.send({ status, nhsNumber: '1234567890' })

    expect(faultIn(wrong)).toEqual({ status: 400, code: 'value' })
    expect(await countReferrals()).toBe(before)
    expect((await sender.send({ status, nhsNumber })).status).toBe(200)
    expect(await numberKept()).toBe(nhsNumber)
  })

  it('stands there in words where nobody has looked it up, and never under a code that UK Core does not have', async () => {
    const sender = await aSender(app)
    const untraced = await sender.send({ status: { code: '02' }, nhsNumber: '9990000131' })
    const { text } = await (await app.as(app.cast.administrator)).open(`/referrals/${(await newest()).id}`)
    const unknown = await sender.send({ status: { ...bars, system: england.system } })

    expect([untraced.status, await numberKept()]).toEqual([200, null])
    expect(text).toContain('NHS number, not verified: 9990000131')
    expect(faultIn(unknown)).toEqual({ status: 400, code: 'value' })
    expect(unknown.text).toContain('in England 01')
  })
})

function nhsNumbered() {
  return { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000034' }
}

describe('A request that is taken back', () => {
  const back = (id: string, more: object = {}) =>
    JSON.stringify({
      ...{ resourceType: 'ServiceRequest', id, status: 'revoked', intent: 'order', subject: { display: 'As sent' } },
      ...{ note: [{ text: 'Sent by mistake' }], ...more },
    })

  it('is revoked from then on, once, and stands so for whoever decides about it', async () => {
    const sender = await aSender(app)
    const places = placesIn((await sender.send()).text)
    const place = places['ServiceRequest'] ?? ''
    const id = place.split('/').at(-1) ?? ''
    const answers = [await sender.ask('PUT', place, back(id)), await sender.ask('PUT', place, back(id))]
    const referral = await (await app.as(app.cast.administrator)).open(`/referrals/${(await newest()).id}`)
    const { rows } = await app.owner.query('select what from journal.entry where what = $1 and subject = $2', [
      'referral.withdrawn',
      (await newest()).id,
    ])

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await sender.read(place)).toMatchObject({ status: 'revoked' })
    expect(await sender.read(places['Task'] ?? '')).toMatchObject({ status: 'cancelled' })
    expect(referral.text).toContain('Sent by mistake')
    expect(rows).toHaveLength(1)
  })

  it('is not changed otherwise, nor by another organisation', async () => {
    const [sender, other] = [await aSender(app), await aSender(app, { from: app.cast.jobcentrePartner })]
    const place = placesIn((await sender.send()).text)['ServiceRequest'] ?? ''
    const id = place.split('/').at(-1) ?? ''

    expect((await sender.ask('PUT', place, back(id, { status: 'active' }))).status).toBe(400)
    expect((await sender.ask('PUT', place, back('another'))).status).toBe(400)
    expect(faultIn(await other.ask('PUT', place, back(id)))).toEqual({ status: 404, code: 'not-found' })
    expect(await sender.read(place)).toMatchObject({ status: 'active' })
  })
})

describe('What a system reads back', () => {
  it('is what its organisation sent, and each reading stands among those who have seen the record', async () => {
    const sender = await aSender(app)
    const places = placesIn((await sender.send({ value: 'D1' })).text)
    const request = await sender.read(places['ServiceRequest'] ?? '')
    const patient = await sender.read(places['Patient'] ?? '')
    const { person } = await newest()
    const readers = await (await app.as(app.cast.manager)).open(`/people/${person}/readers`)

    expect(request).toMatchObject({ status: 'active', subject: { reference: places['Patient']?.slice(1) } })
    expect(JSON.stringify(request)).toContain(`{"system":"${numbering}","value":"D1"}`)
    expect(JSON.stringify(patient)).toContain('9990000034')
    expect(JSON.stringify(patient)).toContain(`"${numberStatus}England","code":"01"`)
    expect(readers.text).toContain('Whoever referred, by their own system')
  })

  it('is nothing of another organisation, by no address and no search', async () => {
    const [sender, other] = [await aSender(app), await aSender(app, { from: app.cast.jobcentrePartner })]
    const elsewhere = await aSender(app, { from: app.cast.managerElsewhere })
    const places = placesIn((await sender.send({ value: 'E1' })).text)
    const read = await Promise.all(Object.values(places).map((place) => other.ask('GET', place)))
    const lists = ['/ServiceRequest', `/ServiceRequest?identifier=${numbering}|E1`, '/Task', '/Patient']
    const found = await Promise.all([other, elsewhere].flatMap((one) => lists.map((path) => one.list(path))))
    read.push(...(await Promise.all(Object.values(places).map((place) => elsewhere.ask('GET', place)))))

    expect(read.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
    const seen = found.flatMap(({ entry }) => entry.map(({ resource }) => `/${resource?.resourceType}/${resource?.id}`))
    expect(seen.filter((place) => Object.values(places).includes(place))).toEqual([])
  })

  it('of how it goes on is what the person allows, and no reason why it ended', async () => {
    const sender = await aSender(app)
    const task = placesIn((await sender.send()).text)['Task'] ?? ''
    const status = async () => (await sender.read(task))['status']
    const seen = [await status()]
    await moved([{ kind: 'accepted' }])
    const again = await refreshed(sender)
    seen.push(await again(task))
    await moved([{ kind: 'ended', as: 'left-early' }])
    seen.push(await (await refreshed(sender))(task))
    const { person } = await newest()
    await (
      await app.as(app.cast.coach)
    ).send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', gp: 'no' })
    seen.push(await (await refreshed(sender))(task))

    expect(seen).toEqual(['received', 'accepted', 'completed', 'received'])
  })

  it('is no more to a Jobcentre than that it arrived', async () => {
    const sender = await aSender(app, { from: app.cast.jobcentrePartner })
    const task = placesIn((await sender.send()).text)['Task'] ?? ''
    await moved([{ kind: 'accepted' }, { kind: 'ended', as: 'unreachable' }])

    expect((await newest()).route).toBe('jobcentre')
    expect(await (await refreshed(sender))(task)).toBe('received')
  })

  it('comes page by page, each once, also while more are sent', async () => {
    const sender = await aSender(app, { from: app.cast.serviceLead })
    for (const value of ['F1', 'F2', 'F3', 'F4', 'F5']) {
      app.clock.pass({ seconds: 1 })
      await sender.send({ value })
    }
    const pages = await everyPage(sender, '/ServiceRequest?_count=2', () => sender.send({ value: 'F6' }))
    const seen = pages.flat().map((one) => JSON.stringify(one))

    expect(seen.map((one) => /"value":"(F\d)"/.exec(one)?.[1])).toEqual(['F1', 'F2', 'F3', 'F4', 'F5', 'F6'])
  })
})

/** Reads the status of a task with a token that holds now. */
async function refreshed(sender: Sender) {
  const token = await tokenFor(app, sender)
  return async (path: string) => {
    const headers = { authorization: `Bearer ${token}` }
    const { body } = await app.product.fastify.inject({ method: 'GET', url: `${door}${path}`, headers })
    return z.object({ status: z.string() }).parse(JSON.parse(body)).status
  }
}

describe('Nobody comes in', () => {
  it('without a token that holds, and the sentence is the same for every cause', async () => {
    const sender = await aSender(app)
    const ended = await aSender(app)
    const ending = { area: 'north', client: ended.id, by: app.cast.manager.membership, at: app.clock.now }
    await app.inArea('north', (db) => endClient(db, ending))
    const no = { authorization: '' }
    const answers = [
      await ended.ask('GET', '/ServiceRequest'),
      await sender.ask('GET', '/ServiceRequest', undefined, no),
      await sender.ask('POST', '', JSON.stringify(transaction()), no),
      await sender.ask('GET', '/Task', undefined, { authorization: `Bearer nowhere.${'a'.repeat(43)}` }),
    ]

    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } })
  })

  it('to do what its token does not allow', async () => {
    const reader = await aSender(app, { may: ['system/ServiceRequest.rs'] })

    expect(faultIn(await reader.send())).toEqual({ status: 403, code: 'forbidden' })
    expect(faultIn(await reader.ask('GET', '/Task'))).toEqual({ status: 403, code: 'forbidden' })
    expect((await reader.ask('GET', '/ServiceRequest')).status).toBe(200)
    expect((await reader.ask('DELETE', '/ServiceRequest')).status).toBe(405)
  })

  it('more often in a minute than its area lets it', async () => {
    const sender = await aSender(app, { perMinute: 3 })
    const statuses: number[] = []
    for (let asked = 0; asked < 5; asked += 1) statuses.push((await sender.ask('GET', '/ServiceRequest')).status)
    const { headers } = await sender.ask('GET', '/ServiceRequest')
    app.clock.pass({ minutes: 1 })

    expect(statuses).toEqual([200, 200, 200, 429, 429])
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect((await sender.ask('GET', '/ServiceRequest')).status).toBe(200)
  })
})

describe('The door', () => {
  it('says to anybody what it does and where a token is given', async () => {
    const open = async (path: string) => {
      const { statusCode, body } = await app.product.fastify.inject({ method: 'GET', url: `${door}${path}` })
      return { statusCode, body }
    }
    const [metadata, smart] = [await open('/metadata'), await open('/.well-known/smart-configuration')]

    expect(metadata.statusCode).toBe(200)
    expect(metadata.body).toContain('"transaction"')
    expect(JSON.parse(smart.body)).toMatchObject({
      token_endpoint: `${app.settings.origin}/oauth2/token`,
      token_endpoint_auth_signing_alg_values_supported: ['RS512', 'RS384', 'ES256', 'ES384'],
    })
  })

  it('never fails on a transaction that was changed by chance: it is taken, or refused with a reason', async () => {
    const sender = await aSender(app, { perMinute: 1_000_000 })
    const below = numbersFrom(7)
    const seen = new Set<number>()
    for (let made = 0; made < 300; made += 1) {
      const one = transaction({ nhsNumber: '9990000107' })
      changeByChance(one, below)
      const { status, text } = await sender.ask('POST', '', JSON.stringify(one))
      seen.add(status)
      expect([200, 400, 409], text.slice(0, 300)).toContain(status)
    }
    expect(seen.size).toBeGreaterThan(1)
  }, 60_000)
})
