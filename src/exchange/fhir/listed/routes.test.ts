import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { problemsIn } from '#platform/fhir/wire.ts'
import type { Location } from '#registers/services/rules.ts'
import { saveLocations } from '#registers/services/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aSender, everyPage, faultIn, type Sender } from '#test/neighbours/fhir-asking.ts'
import { aService } from '#test/people/services.ts'

let app: TestApp
let sender: Sender
beforeAll(async () => {
  app = await startApp()
  sender = await aSender(app)
})
afterAll(() => app.close())

const namesIn = (resources: readonly Readonly<Record<string, unknown>>[]) => resources.map(({ name }) => name)
const everyName = async (path: string, by = sender) => namesIn((await everyPage(by, path)).flat())

describe('The organisations that a system reads', () => {
  it('are those that hold the records here, its own, and those that run a published service', async () => {
    await aService(app, { runBy: 'Riverside Trust' })
    await aService(app, { runBy: 'A house that keeps somebody safe', staffOnly: true })
    const names = await everyName('/Organization')
    const { rows } = await app.owner.query<{ name: string; data_role: string; id: string }>(
      `select name, data_role, id from organisations.organisation where area = 'north' and from_on <= $1`,
      [app.clock.now.toString().slice(0, 10)],
    )
    const holding = rows.filter((one) => one.data_role !== 'none' || one.id === app.cast.referrer.organisation)
    const others = rows.filter((one) => !holding.includes(one)).map(({ name }) => name)

    expect(names).toEqual(expect.arrayContaining([...holding.map(({ name }) => name), 'Riverside Trust']))
    expect(names).not.toContain('A house that keeps somebody safe')
    expect(others.length).toBeGreaterThan(0)
    expect(names.filter((name) => others.some((other) => other === name))).toEqual([])
  })

  it('are never those of another area, nor another employer or Jobcentre, by no address either', async () => {
    const elsewhere = await aSender(app, { from: app.cast.managerElsewhere })
    const jobcentre = await aSender(app, { from: app.cast.jobcentrePartner })
    const own = `/Organization/${app.cast.jobcentrePartner.organisation}`

    expect((await jobcentre.ask('GET', own)).status).toBe(200)
    expect(faultIn(await sender.ask('GET', own))).toEqual({ status: 404, code: 'not-found' })
    expect(faultIn(await elsewhere.ask('GET', own))).toEqual({ status: 404, code: 'not-found' })
    expect(faultIn(await sender.ask('GET', `/Organization/${newId()}`))).toEqual({ status: 404, code: 'not-found' })
    const holder = `/Organization/${app.cast.coach.organisation}`
    expect((await sender.ask('GET', holder)).status).toBe(200)
    expect((await elsewhere.ask('GET', holder)).status).toBe(404)
  })

  it('are found by how their name begins and by their code, and by when they changed', async () => {
    const [id, manager] = [newId(), await app.as(app.cast.systemAdministrator)]
    const columns = { name: 'Lakeside Health', kind: 'health', data_role: 'controller', ods_code: 'zz9 99' }
    app.clock.pass({ minutes: 1 })
    const since = app.clock.now.toString()
    const saved = await manager.send(`/organisations/${id}`, {
      ...{ ...columns, version: '0', phone: '', email: '' },
      ...{ 'from-day': '1', 'from-month': '1', 'from-year': '2026' },
    })
    const ods = 'https://fhir.nhs.uk/Id/ods-organization-code'

    expect(saved.status).toBe(303)
    expect(await everyName('/Organization?name=lakes')).toEqual(['Lakeside Health'])
    expect(await everyName(`/Organization?identifier=${encodeURIComponent(`${ods}|ZZ999`)}`)).toEqual([
      'Lakeside Health',
    ])
    expect(await everyName(`/Organization?_lastUpdated=ge${since}&name=Lakeside`)).toEqual(['Lakeside Health'])
    expect(await everyName(`/Organization?_lastUpdated=lt${since}&name=Lakeside`)).toEqual([])
  })
})

describe('The services that a system reads', () => {
  it('say what the open directory says, without whom to ask for, and nothing of what is kept back', async () => {
    const owner = 'Hilltop Advice'
    const id = await aService(app, {
      ...{ name: 'Hilltop money advice', runBy: owner, contact: 'Ask for Jo Miller', languages: ['Polish'] },
      ...{ phones: [{ number: '0113 496 0000', about: 'Jo Miller' }], url: 'https://example.org', leastAge: 18 },
      openings: [
        { day: 1, opens: '09:00', closes: '17:00', location: null },
        { day: 2, opens: '09:00', closes: '17:00', location: null },
        { day: 6, opens: '00:00', closes: '00:00', location: null },
      ],
      ...{ cost: 'some', ways: ['gp'], hours: 'Not in August', at: {} },
    })
    const hidden = await aService(app, { name: 'A safe house', staffOnly: true, at: { name: 'Kept back' } })
    const place = await aService(app, { name: 'At a place kept back', at: { name: 'Kept back', staffOnly: true } })
    const text = (await sender.ask('GET', `/HealthcareService/${id}`)).text
    const service = await sender.read(`/HealthcareService/${id}`)

    expect(service).toMatchObject({
      ...{ active: true, name: 'Hilltop money advice', comment: 'Advice on money worries, face to face.' },
      location: [{ display: 'Riverside Hall, 1 High Street, Riverton, ZA1 1ZZ' }],
      availableTime: [
        { daysOfWeek: ['mon', 'tue'], availableStartTime: '09:00:00', availableEndTime: '17:00:00' },
        { daysOfWeek: ['sat'], allDay: true },
      ],
      ...{ availabilityExceptions: 'Not in August', eligibility: [{ comment: 'Ages: 18 or over' }] },
    })
    expect(text).not.toContain('Jo Miller')
    expect(faultIn(await sender.ask('GET', `/HealthcareService/${hidden}`))).toEqual({ status: 404, code: 'not-found' })
    expect(await everyName('/HealthcareService')).not.toContain('A safe house')
    expect(JSON.stringify(await everyPage(sender, '/HealthcareService'))).not.toContain('Kept back')
    expect((await sender.read(`/HealthcareService/${place}`))['location']).toBeUndefined()
    const providedBy = /"providedBy":\{"reference":"(Organization\/[^"]+)"/.exec(text)?.[1]
    expect(await sender.read(`/${providedBy}`)).toMatchObject({ name: owner })
    expect(await everyName(`/HealthcareService?organization=${providedBy}`)).toEqual(['Hilltop money advice'])
  })

  it('come as they changed, page by page, each once: what changes meanwhile comes at the end', async () => {
    app.clock.pass({ minutes: 1 })
    const since = app.clock.now.toString()
    for (const name of ['P1', 'P2', 'P3', 'P4', 'P5']) {
      app.clock.pass({ seconds: 1 })
      await aService(app, { name })
    }
    const pages = await everyPage(sender, `/HealthcareService?_count=2&_lastUpdated=ge${since}`, () =>
      aService(app, { name: 'P6' }),
    )
    const seen = namesIn(pages.flat()).filter((name) => String(name).startsWith('P'))

    expect(pages.every((page) => page.length <= 2)).toBe(true)
    expect(seen).toEqual(['P1', 'P2', 'P3', 'P4', 'P5', 'P6'])
  })

  it('have changed too where a location of theirs has, and are of one area alone', async () => {
    const id = await aService(app, { name: 'Moves house', at: {} })
    app.clock.pass({ minutes: 1 })
    const since = app.clock.now.toString()
    const changed = () => everyName(`/HealthcareService?_lastUpdated=ge${since}&name=Moves`)
    const before = await changed()
    await movesHouse(id)

    expect([before, await changed()]).toEqual([[], ['Moves house']])
    const elsewhere = await aSender(app, { from: app.cast.managerElsewhere })
    expect((await elsewhere.ask('GET', `/HealthcareService/${id}`)).status).toBe(404)
    expect(await everyName('/HealthcareService?name=Moves', elsewhere)).toEqual([])
  })

  it('are not active once they are closed', async () => {
    const id = await aService(app, { name: 'Closed', validUntil: '2026-01-01', pausedFrom: null })
    const paused = await aService(app, { pausedFrom: '2026-01-01', pausedUntil: '2099-01-01', notice: 'Rebuilding' })

    expect(await sender.read(`/HealthcareService/${id}`)).toMatchObject({ active: false })
    expect(await sender.read(`/HealthcareService/${paused}`)).toMatchObject({
      ...{ active: true, notAvailable: [{ description: 'Rebuilding', during: { start: '2026-01-01' } }] },
    })
  })
})

/** Somebody says that the location of a service is called something else. */
async function movesHouse(service: string): Promise<void> {
  const { rows } = await app.owner.query<{ location: string; document: object }>(
    `select location, document from services.at_location join services.location
      on location.id = at_location.location where service = $1`,
    [service],
  )
  const [{ location, document } = { location: '', document: {} }] = rows
  const saying = { area: 'north', cameFrom: 'member', source: null, note: null, by: null, at: app.clock.now } as const
  // Checked: what was kept is what is kept again.
  const moved = { ...document, name: 'Lakeside Hall' } as Location
  await app.inArea('north', (db) => saveLocations(db, saying, [{ id: location, version: 2, location: moved }]))
}

describe('What the registers say', () => {
  it.each(['Organization', 'HealthcareService'])('is as FHIR R4 has it, in JSON and in XML: %s', async (kind) => {
    const resources = (await everyPage(sender, `/${kind}?_count=100`)).flat()
    const xml = await sender.ask('GET', `/${kind}?_count=1&_format=xml`)

    expect(resources.length).toBeGreaterThan(3)
    expect(resources.flatMap((one) => problemsIn(one))).toEqual([])
    expect(xml.text).toMatch(new RegExp(`^<.*<${kind}>`, 's'))
  })

  it('needs a token that allows it, and is searched by nothing else', async () => {
    const reader = await aSender(app, { may: ['system/Organization.rs'] })

    expect((await reader.ask('GET', '/Organization')).status).toBe(200)
    expect(faultIn(await reader.ask('GET', '/HealthcareService'))).toEqual({ status: 403, code: 'forbidden' })
    expect(faultIn(await sender.ask('GET', '/Organization?address=Leeds'))).toEqual({ status: 400, code: 'value' })
    expect(faultIn(await sender.ask('GET', '/HealthcareService/1'))).toEqual({ status: 404, code: 'not-found' })
    expect(faultIn(await sender.ask('POST', '/Organization', '{}'))).toEqual({ status: 405, code: 'not-supported' })
    for (const path of ['/Organization?name=%00', '/HealthcareService?name=a%07', '/ServiceRequest?identifier=%00|x'])
      expect(faultIn(await sender.ask('GET', path))).toEqual({ status: 400, code: 'value' })
  })
})
