import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { type FeedServer, publishedServices, startFeed } from '#test/neighbours/feed.ts'

let app: TestApp
let administrator: Browser
let server: FeedServer
const feed = newId()

const renamed = (name: string, ids: string) =>
  publishedServices(4).map((one, place) => ({ ...one, id: `${ids}-${place}`, name: `${name} ${place}` }))

beforeAll(async () => {
  app = await startApp({ WORKWELL_OWN_NETWORK: 'yes' })
  administrator = await app.as(app.cast.administrator)
  server = await startFeed(renamed('Help', 'first'))
  const typed = { id: feed, address: server.address, every: 'day', answers: 'Sam', licence: 'OGL', leastShare: '80' }
  await administrator.send('/services/feeds/new', typed)
  await app.work()
})
afterAll(async () => {
  await server.close()
  await app.close()
})

const again = async () => {
  app.clock.pass({ minutes: 1 })
  await administrator.send(`/services/feeds/${feed}/runs`)
  await app.work()
  return (await app.owner.query(`select * from run.run where feed = $1 order by began_at desc limit 1`, [feed])).rows[0]
}
const pairs = async () =>
  (
    await app.owner.query(
      `select pair.*, service.name from twins.pair join services.service on service.id = pair.one order by service.name`,
    )
  ).rows
const service = async (id: string) =>
  (await app.owner.query('select * from services.service where id = $1', [id])).rows[0]
const decided = (pair: string, decision: string) =>
  administrator.send(`/services/twins/${pair}/decision`, { decision, reason: 'Rang them' })

describe('A feed that gives its services new ids', () => {
  it('stops, and each service is put beside the one it seems to be, with the reason', async () => {
    server.says.services = renamed('Help', 'second')
    const run = await again()

    expect(run).toMatchObject({ ending: 'shrunk', taken: 4, missing: 0 })
    expect((await administrator.open('/services/feeds')).text).toContain('4 pairs of services may be one')
    const [pair] = await pairs()
    const { text } = await administrator.open(`/services/twins/${pair.id}`)
    expect(text).toContain('the same name and owner, the same postcode, the same phone number')
    expect(text).toContain('They say the same in every part')
  })

  it('has them joined by somebody: the first stays with its history and is told of by the new id from then on', async () => {
    const [pair] = await pairs()
    const { location } = await decided(pair.id, 'joined')

    expect(location).toBe(`/services/${pair.one}`)
    expect((await administrator.open(`/services/${pair.other}`)).text).toContain('This is the same service as Help 0')
    server.says.services = renamed('Help', 'second').map((one) => ({ ...one, description: 'Said anew' }))
    expect(await again()).toMatchObject({ changed: 4, taken: 0 })
    expect((await service(pair.one)).document).toMatchObject({ summary: 'Said anew', validUntil: null })
    expect((await service(pair.other)).document.validUntil).toBe('2026-01-05')
    expect((await administrator.open(`/services/${pair.one}/history`)).text).toContain('Found to be one with Help 0')
    expect((await administrator.open(`/services/${pair.one}`)).text).toContain('Town Hall')
  })

  it('has others said to be two, and nobody is asked about them again', async () => {
    const [, pair] = await pairs()
    await decided(pair.id, 'two')
    await again()

    expect((await pairs()).filter(({ decision }) => decision === null)).toHaveLength(2)
    expect((await service(pair.other)).document.validUntil).toBeNull()
    expect((await decided(pair.id, 'joined')).location).toBe('/services/twins')
    expect((await service(pair.other)).document.validUntil).toBeNull()
  })

  it('has a joining taken back: both stand by themselves, each with its places, and the pair waits again', async () => {
    const [pair] = await pairs()
    const { location } = await administrator.send(`/services/twins/${pair.id}/undoing`)

    expect(location).toBe(`/services/twins/${pair.id}`)
    expect((await administrator.open(`/services/${pair.one}`)).text).toContain('Town Hall')
    expect((await service(pair.other)).document).toMatchObject({ validUntil: null, notice: null })
    expect((await administrator.open(`/services/${pair.other}`)).text).toContain('Town Hall')
    server.says.services = renamed('Help', 'second').map((one) => ({ ...one, description: 'Said once more' }))
    await again()
    expect((await service(pair.other)).document.summary).toBe('Said once more')
    expect((await service(pair.one)).document.summary).toBe('Said anew')
    expect((await administrator.open('/services/twins')).text).toContain('3 pairs wait')
  })

  it('has one put beside another whose name is written otherwise, and which shares nothing else', async () => {
    const [one] = publishedServices(1).map((said) => ({ ...said, id: 'third-0', name: 'Harbour Help-Desk' }))
    if (!one) throw new Error('No service')
    server.says.services = [...server.says.services, one]
    await again()
    const bare = { phones: [], contacts: [], url: undefined, email: undefined, service_at_locations: [] }
    const anew = { ...one, ...bare, id: 'fourth-0', name: 'HARBOUR HELPDESK' }
    server.says.services = [...server.says.services.filter(({ id }) => id !== one.id), anew]
    await again()

    const [pair] = (await pairs()).filter(({ name }) => name === 'Harbour Help-Desk')
    expect(pair?.because).toEqual([])
    expect((await administrator.open(`/services/twins/${pair.id}`)).text).toContain(
      'They have the same name and owner.',
    )
  })

  it('is decided about by those alone who decide what the directory says', async () => {
    expect((await (await app.as(app.cast.coach)).open('/services/twins')).status).toBe(403)
    const elsewhere = await app.as(app.cast.managerElsewhere)
    const [pair] = await pairs()
    expect((await elsewhere.open(`/services/twins/${pair.id}`)).status).toBe(404)
  })
})
