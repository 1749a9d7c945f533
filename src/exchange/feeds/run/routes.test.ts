import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { aSentOnward } from '#test/people/onward.ts'
import {
  published,
  publishedServices,
  type FeedServer,
  type Published,
  sendJson,
  startFeed,
} from '#test/neighbours/feed.ts'

let app: TestApp
let administrator: Browser
const servers: FeedServer[] = []
beforeAll(async () => {
  app = await startApp({ WORKWELL_OWN_NETWORK: 'yes' })
})
// Days pass in some of these, and a session ends by itself.
beforeEach(async () => {
  administrator = await app.as(app.cast.administrator)
})
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})
afterAll(() => app.close())

/** Somebody adds a feed by its address; it is read at once where nothing else is said. */
async function added(services: Published[], prepare: (server: FeedServer) => void = () => undefined) {
  const server = await startFeed(services)
  servers.push(server)
  prepare(server)
  const id = newId()
  const typed = {
    id,
    address: `${server.address}/services`,
    every: 'day',
    answers: 'data@example.org',
    licence: 'OGL 3.0',
  }
  const sent = await administrator.send('/services/feeds/new', { ...typed, leastShare: '80' })
  expect(sent.location, sent.text).toBe(`/services/feeds/${id}`)
  await app.work()
  return { server, id, page: `/services/feeds/${id}` }
}
type Added = Awaited<ReturnType<typeof added>>

const again = async ({ page }: Added) => {
  app.clock.pass({ minutes: 1 })
  await administrator.send(`${page}/runs`)
  await app.work()
  return lastRun(page)
}
const runsOf = async (page: string) =>
  (await app.owner.query(`select * from run.run where feed = $1 order by began_at desc`, [page.split('/').at(-1)])).rows
const lastRun = async (page: string) => (await runsOf(page))[0]
const serviceNamed = async (name: string) =>
  (
    await app.owner.query(`select id, version, document from services.service where area = 'north' and name = $1`, [
      name,
    ])
  ).rows
const rowsOf = async (run: string) =>
  (await app.owner.query('select * from run.row where run = $1 order by number', [run])).rows

describe('Reading a feed', () => {
  it('finds out its name and edition, takes its services with all they say, and says what came of each', async () => {
    const feed = await added(publishedServices(3))
    const seen = await administrator.open(feed.page)

    expect(seen.text).toContain('Borsetshire Council')
    expect(seen.text).toContain('Open Referral UK 3.0')
    expect(await lastRun(feed.page)).toMatchObject({ ending: 'done', taken: 3, refused: 0, told: 3, kind: 'whole' })
    const [service] = await serviceNamed('Feed service 2')
    const { text } = await administrator.open(`/services/${service.id}`)
    for (const said of [
      'Borsetshire Advice',
      'Help with money & debt',
      '0113 496 0001',
      'Monday and Tuesday 9:30 to 16:00',
    ])
      expect(text).toContain(said)
    for (const said of ['Town Hall', 'ZA1 1ZZ', 'Polish', '18 or over', 'A first visit', 'Debt', 'Borsetshire'])
      expect(text).toContain(said)
    expect((await administrator.open(`/services/${service.id}/history`)).text).toContain('From Borsetshire Council')
  })

  it('reads it again without doing anything where nothing has changed', async () => {
    const feed = await added(publishedServices(5))
    expect(await again(feed)).toMatchObject({ taken: 0, changed: 0, unchanged: 5, missing: 0, ending: 'done' })
    expect((await serviceNamed('Feed service 5')).map(({ version }) => version)).toContain(1)
  })

  it('reads the older edition by its own names, asking for each service of which the list gives the beginning', async () => {
    const hub = {
      id: 'hub',
      name: 'The Hub',
      physical_addresses: [{ address_1: '2 Mill Lane', postal_code: 'ZA2 2ZZ' }],
    }
    const older = publishedServices(3).map((one, place): Published => ({
      ...one,
      ...{ name: `Older service ${place + 1}`, schedules: undefined, attributes: undefined },
      regular_schedules: [{ weekday: 'WE', opens_at: '10:00', closes_at: '12:00' }],
      service_at_locations: [{ id: 'x', location: hub }],
      service_taxonomys: [{ taxonomy: { id: 'money', name: 'Money matters', vocabulary: 'Older kinds' } }],
      languages: [{ language: 'Urdu' }],
    }))
    const feed = await added(older, ({ says }) => Object.assign(says, { speaks: '1.0', isShort: true, perPage: 2 }))

    expect((await administrator.open(feed.page)).text).toContain('Open Referral UK 1.0')
    expect(await lastRun(feed.page)).toMatchObject({ ending: 'done', taken: 3 })
    const [service] = await serviceNamed('Older service 1')
    const { text } = await administrator.open(`/services/${service.id}`)
    for (const said of ['Wednesday 10:00 to 12:00', 'The Hub', 'Urdu', 'Money matters']) expect(text).toContain(said)
    const details = () => feed.server.asked.filter(({ path }) => path.startsWith('/api/services/')).length
    expect(details()).toBe(3)
    expect(await again(feed)).toMatchObject({ unchanged: 3 })
    expect(details()).toBe(3)
  })

  it('keeps what was changed here, and puts before somebody what both say differently', async () => {
    const feed = await added(publishedServices(1, { name: 'Disputed service' }))
    const [{ id }] = await serviceNamed('Disputed service')
    await app.owner.query(
      `update services.service set version = 2, document = document || '{"summary":"Ours","hours":"Ring first"}' where id = $1`,
      [id],
    )
    await app.owner.query(
      `insert into services.version (area, about, subject, version, document, came_from, at)
       select area, 'service', id, 2, document, 'member', now() from services.service where id = $1`,
      [id],
    )
    feed.server.says.services = publishedServices(1, {
      name: 'Disputed service',
      description: 'Theirs',
      minimum_age: 16,
    })

    expect(await again(feed)).toMatchObject({ changed: 1, disputed: 1 })
    const [service] = await serviceNamed('Disputed service')
    expect(service.document).toMatchObject({ summary: 'Ours', hours: 'Ring first', leastAge: 16 })
    expect((await administrator.open(`/services/proposals?service=${id}`)).text).toContain(
      'As Borsetshire Council has it now',
    )
  })
  it('refuses rows that cannot be read with their reasons, and takes the rest', async () => {
    const services = [
      published(1, { name: undefined }),
      published(2, { name: 'Dated service', assured_date: '32/13/2024', url: 'javascript:alert(1)' }),
      published(3, { name: 'Nobody runs it', organization: undefined }),
      published(4, { name: 'Well said' }),
    ]
    const feed = await added(services)
    const run = await lastRun(feed.page)

    expect(run).toMatchObject({ taken: 2, refused: 2, remarked: 1, ending: 'done' })
    const { text } = await administrator.open(`${feed.page}/runs/${run.id}`)
    for (const said of [
      'It has no name',
      'It does not say who runs it',
      'assured_date “32/13/2024” is no date that can be read',
    ])
      expect(text).toContain(said)
    const file = await administrator.open(`${feed.page}/runs/${run.id}/rows.csv`)
    expect(file.html.split('\r\n').filter((line) => line.includes('Not taken'))).toHaveLength(2)
    expect(await rowsOf(run.id)).toHaveLength(3)
  })
})

describe('A feed that', () => {
  it('stops half-way is gone on with from its page, and nothing is taken twice', async () => {
    let isBroken = false
    const feed = await added(publishedServices(25), ({ says }) => {
      says.perPage = 10
      says.instead = (_, response, url) => {
        if (!isBroken || url.searchParams.get('page') !== '2') return false
        const text = JSON.stringify({ total_items: 25, contents: says.services.slice(10, 20) })
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(text.slice(0, text.length * 0.7))
        return true
      }
    })
    isBroken = true
    feed.server.says.services = publishedServices(25, { description: 'Said anew' })
    const stopped = await again(feed)

    expect(stopped).toMatchObject({ ending: null, trouble: 'broken-off', page: 2, item: 6, changed: 16 })
    expect((await administrator.open(feed.page)).text).toContain('The answer broke off half-way')
    isBroken = false
    app.clock.pass({ minutes: 2 })
    await app.work()
    expect(await lastRun(feed.page)).toMatchObject({
      id: stopped.id,
      ending: 'done',
      changed: 25,
      twice: 0,
      missing: 0,
    })
  })

  it('sends duplicates gives each service once', async () => {
    const [one, two] = [published(1, { name: 'Once' }), published(1, { name: 'Once, said otherwise' })]
    const feed = await added([one, one, two, ...publishedServices(3).slice(1)])
    const run = await lastRun(feed.page)

    expect(run).toMatchObject({ taken: 3, twice: 2, remarked: 1, ending: 'done' })
    expect((await rowsOf(run.id))[0].reason).toBe('It is sent twice and differs: the first was taken')
  })

  it('says that it has three pages and has five is read to its end', async () => {
    const claims = { total_items: 30, total_pages: 3, last_page: true }
    const feed = await added(publishedServices(47), ({ says }) => Object.assign(says, { perPage: 10, claims }))
    expect(await lastRun(feed.page)).toMatchObject({ taken: 47, ending: 'done' })
  })

  it('says that it has a thousand pages and repeats the first for ever stops, and nothing is marked as missing', async () => {
    const feed = await added(publishedServices(20), ({ says }) => Object.assign(says, { perPage: 10 }))
    feed.server.says.instead = (_, response) => {
      const contents = [...feed.server.says.services.slice(0, 10), { id: 'without-a-name' }]
      sendJson(response, { total_items: 10_000, total_pages: 1000, contents })
      return true
    }
    expect(await again(feed)).toMatchObject({ ending: 'repeats', unchanged: 10, missing: 0 })
    expect(feed.server.asked.length).toBeLessThan(16)
  })

  it('sends one page twice on the way is read to its end', async () => {
    const feed = await added(publishedServices(30), ({ says }) => {
      says.perPage = 10
      says.instead = (_, response, url) => {
        if (url.searchParams.get('page') !== '2' || url.searchParams.has('modified_after')) return false
        sendJson(response, { total_items: 30, contents: says.services.slice(0, 10) })
        return true
      }
    })
    expect(await lastRun(feed.page)).toMatchObject({ taken: 20, ending: 'done' })
  })

  it.each([
    ['a page of HTML', (text: string) => text.replace(/^.*$/s, '<!DOCTYPE html><title>Sorry</title>'), 'not-json'],
    ['data that is no list', () => '{"error":"Try later"}', 'no-list'],
    ['data that is cut off', (text: string) => text.slice(0, -20), 'broken-off'],
  ])('answers with %s says so, and is asked again later', async (_, spoilt, trouble) => {
    const feed = await added(publishedServices(2))
    feed.server.says.instead = (__, response) =>
      Boolean(response.end(spoilt(JSON.stringify({ contents: publishedServices(2) }))))
    expect(await again(feed)).toMatchObject({ ending: null, trouble, missing: 0 })
    feed.server.says.instead = undefined
    app.clock.pass({ minutes: 2 })
    await app.work()
    expect(await lastRun(feed.page)).toMatchObject({ ending: 'done', unchanged: 2 })
  })

  it('asks to be called less often is left alone for as long as it says', async () => {
    const feed = await added(publishedServices(2))
    feed.server.says.instead = (_, response) => Boolean(response.writeHead(429, { 'retry-after': '1800' }).end())
    const run = await again(feed)
    expect(run).toMatchObject({ trouble: 'status-429', ending: null })
    expect(run.next_try - run.moved_at).toBe(1800_000)
  })

  it('says that nothing has changed is believed page by page', async () => {
    const feed = await added(publishedServices(25), ({ says }) => Object.assign(says, { perPage: 10, hasMarks: true }))
    feed.server.says.services = publishedServices(25).map((one, place) =>
      place === 24 ? { ...one, name: 'Changed alone' } : one,
    )
    feed.server.asked.length = 0

    expect(await again(feed)).toMatchObject({ changed: 1, unchanged: 24, missing: 0, ending: 'done' })
    const asked = feed.server.asked.map(({ status }) => status)
    feed.server.asked.length = 0

    // The last but one is the empty page with which it ends, and the last asks for what changed since a day.
    expect(asked).toEqual([304, 304, 200, 200, 200])
    expect(await again(feed)).toMatchObject({ changed: 0, unchanged: 25, ending: 'done' })
    expect(feed.server.asked.map(({ status }) => status)).toEqual([304, 304, 304, 200, 200])
  })

  it('knows what changed since a moment is asked for that alone by the clock, and packed answers are read', async () => {
    const feed = await added(publishedServices(3), ({ says }) =>
      Object.assign(says, { knowsSince: true, isPacked: true }),
    )
    expect(await lastRun(feed.page)).toMatchObject({ knows_since: true, taken: 3 })
    const late = { name: 'Changed later', last_modified: '2026-12-01T00:00:00Z' }
    feed.server.says.services = [...publishedServices(2), published(3, late)]
    app.clock.pass({ hours: 25 })
    await app.inArea('north', async (db) => app.product.jobs['feeds.due']?.(db, { area: 'north' }, app.clock.now))
    await app.work()
    expect(await lastRun(feed.page)).toMatchObject({
      kind: 'since',
      changed: 1,
      unchanged: 0,
      missing: 0,
      ending: 'done',
    })
  })

  it('writes in another encoding than it says is read all the same', async () => {
    const feed = await added(publishedServices(1), ({ says }) => {
      says.instead = (_, response, url) => {
        if (url.pathname !== '/api/services') return false
        const text = JSON.stringify({ total_items: 1, contents: publishedServices(1, { name: 'Café of the many' }) })
        response.setHeader('content-type', 'application/json; charset=utf-8')
        return Boolean(
          response.end(Buffer.from(url.searchParams.get('page') === '1' ? text : '{"contents":[]}', 'latin1')),
        )
      }
    })
    expect(await lastRun(feed.page)).toMatchObject({ taken: 1 })
    expect(await serviceNamed('Café of the many')).toHaveLength(1)
  })
})

describe('Services that a feed does not say any more', () => {
  it('are marked with the day and left as they are, and are there again when they come back', async () => {
    const all = publishedServices(10).map((one, place) => ({ ...one, name: `Lasting ${place}` }))
    const feed = await added(all)
    const [{ id: waitedFor }] = await serviceNamed('Lasting 0')
    await aSentOnward(app, { service: waitedFor })
    const over = await aSentOnward(app, { service: waitedFor })
    await over.browser.send(`/onward/${over.onward}/withdrawal`, { id: newId(), reason: 'asked' })
    feed.server.says.services = all.slice(1)

    expect(await again(feed)).toMatchObject({ missing: 1, unchanged: 9, ending: 'done' })
    const missing = await administrator.open(`${feed.page}/missing`)
    expect(missing.text).toMatch(/Waiting for it .*Lasting 0 .* 1 /)
    const [{ id }] = await serviceNamed('Lasting 0')
    expect((await administrator.open(`/services/${id}`)).text).toContain(
      'Borsetshire Council does not have it any more',
    )
    feed.server.says.services = all
    expect(await again(feed)).toMatchObject({ missing: 0, back: 1, unchanged: 10 })
    expect((await administrator.open(`/services/${id}`)).text).not.toContain('does not have it any more')
  })

  it.each([
    ['far fewer', 5, 'shrunk'],
    ['none at all', 0, 'empty'],
  ])('are not marked where there are %s before somebody has looked', async (_, left, ending) => {
    const feed = await added(publishedServices(10))
    feed.server.says.services = publishedServices(left)
    const run = await again(feed)

    expect(run).toMatchObject({ ending, missing: 0 })
    expect((await administrator.open('/services/feeds')).text).toContain(left === 0 ? 'it is empty' : 'far fewer')
    expect((await administrator.open('/services')).text).toMatch(/Feeds: \d+ ha(s|ve) stopped/)
    await administrator.send(`${feed.page}/runs/${run.id}/acceptance`)
    expect(await lastRun(feed.page)).toMatchObject({ ending: 'done', missing: 10 - left })
  })
})

describe('Addresses', () => {
  it('of the own network are not called unless a setting says so', async () => {
    const { isOwnNetwork } = await import('#platform/outside/addresses.ts')
    for (const own of [
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      '192.168.0.1',
      '::1',
      'fd00::1',
      'fe80::1',
      '::ffff:10.0.0.1',
    ])
      expect([own, isOwnNetwork(own)]).toEqual([own, true])
    for (const public_ of ['93.184.216.34', '2606:2800:220:1::1'])
      expect([public_, isOwnNetwork(public_)]).toEqual([public_, false])
    const { askOutside } = await import('#platform/outside/asking.ts')
    const { server } = await added(publishedServices(1))
    const local = server.address.replace('127.0.0.1', 'localhost')
    for (const address of [server.address, local, 'ftp://example.org/', 'http://me:secret@example.org/'])
      await expect(askOutside({ address, seconds: 5, bytes: 1000, ownNetwork: false })).rejects.toMatchObject({
        reason: /ftp|secret/.test(address) ? 'not-an-address' : 'own-network',
      })
  })

  it('are refused with what they said where no directory answers, and nothing that was typed is lost', async () => {
    const server = await startFeed([])
    servers.push(server)
    server.says.instead = (_, response) => Boolean(response.end('<html>Welcome</html>'))
    const typed = {
      id: newId(),
      address: server.address,
      every: 'week',
      answers: 'Sam',
      licence: 'OGL',
      leastShare: '70',
    }
    const sent = await administrator.send('/services/feeds/new', typed)

    expect(sent.status).toBe(422)
    expect(sent.text).toContain(
      'It answers with something that is no list of services. It begins with: <html>Welcome</html>',
    )
    expect(sent.html).toContain('value="OGL"')
    expect((await (await app.as(app.cast.coach)).open('/services/feeds')).status).toBe(403)
  })
})
