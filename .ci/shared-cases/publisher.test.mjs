import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '#test/app.ts'
import { aService, moneyKind } from '#test/people/services.ts'
import { nullsIn, readShared, validator } from './shared.mjs'

const cases = new Map(readShared('standards/vectors/oruk-cases.json').publisher.map((one) => [one.id, one]))
const run = new Set()
const problems = validator()
const headings = ['total_items', 'total_pages', 'page_number', 'size', 'first_page', 'last_page', 'empty', 'contents']

let app
let base
beforeAll(async () => {
  app = await startApp()
  const at = { latitude: 53.48, longitude: -2.24, accessWords: 'Ramp at the side door' }
  const openings = [{ day: 1, opens: '09:00', closes: '17:00', location: null }]
  const more = {
    ...{
      openings,
      leastAge: 18,
      mostAge: 64,
      phones: [{ number: '0113 496 0000', about: 'Office' }],
      url: 'https://example.org',
    },
    ...{
      languages: ['Polish'],
      costOptions: [{ what: 'A first visit', pence: 500 }],
      contact: 'The office',
      cost: 'some',
    },
    ...{
      served: [{ kind: 'outward', code: 'ZA1' }],
      eligibility: 'People with debts',
      waitWeeks: 2,
      hours: 'Not in August',
    },
  }
  for (const number of [1, 2, 3]) await aService(app, { ...more, at, name: `Advice ${number}` })
  await aService(app, {
    name: 'A house that keeps somebody safe',
    staffOnly: true,
    at: { name: 'Hidden', staffOnly: true },
  })
  base = `${await app.product.fastify.listen({ port: 0, host: '127.0.0.1' })}/open-referral/v3`
})
afterAll(() => app.close())

/** One case of the file, under its number and what it asks for. */
const held = (id, check) => {
  run.add(id)
  const { request, expect: wanted } = cases.get(id)
  it(`${id} ${request}: ${wanted}`, check)
}

const get = async (path, headers = {}) => {
  const answer = await fetch(base + path, { headers })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) }
}
const contents = async (path) => (await get(path)).body.contents
const valid = (schema, answers) => expect(answers.flatMap((one) => problems(schema, one))).toEqual([])

/** The nine addresses, each of a list with the first of it. */
const everything = async () => {
  const lists = ['/services', '/service_at_locations', '/taxonomies', '/taxonomy_terms']
  const firsts = await Promise.all(lists.map(async (list) => `${list}/${(await contents(list))[0].id}`))
  return ['', ...lists, ...firsts]
}

describe('Publishing Open Referral UK', () => {
  held('P-01', async () => {
    const { status, body } = await get('')
    expect([status, body.version]).toEqual([200, 'HSDS-UK-3.0'])
    expect(Object.keys(body)).toEqual(expect.arrayContaining(['profile', 'openapi_url']))
  })
  held('P-02', async () => {
    for (const query of ['', '?per_page=500', '?per_page=500&full=true']) {
      const { status, body } = await get(`/services${query}`)
      expect([status, Object.keys(body)]).toEqual([200, headings])
      valid('compiled/service_list.json', body.contents)
      if (query.includes('full')) valid('compiled/service.json', body.contents)
    }
  })
  held('P-03', async () => {
    const { total_pages: pages } = (await get('/services?per_page=10')).body
    const { body } = await get(`/services?per_page=10&page=${pages}`)
    expect([pages > 1, body.last_page, body.contents.length > 0]).toEqual([true, true, true])
  })
  held('P-04', async () => {
    const { total_pages: pages } = (await get('/services')).body
    const { status, body } = await get(`/services?page=${pages + 1}`)
    expect([status, body.empty, body.contents]).toEqual([200, true, []])
  })
  held('P-05', async () => {
    for (const { id } of await contents('/services?per_page=500')) {
      const { status, body } = await get(`/services/${id}`)
      expect([status, body.id]).toEqual([200, id])
      valid('compiled/service.json', [body])
    }
  })
  held('P-06', async () => {
    for (const list of ['services', 'service_at_locations', 'taxonomies', 'taxonomy_terms'])
      for (const id of ['00000000-0000-4000-8000-000000000000', 'nothing'])
        expect((await get(`/${list}/${id}`)).status).toBe(404)
  })
  held('P-07', async () => {
    for (const path of await everything())
      expect((await get(path, { origin: 'https://example.org' })).headers.get('access-control-allow-origin')).toBe('*')
  })
  held('P-08', async () => {
    for (const path of await everything()) expect((await get(path)).status).toBe(200)
  })
  held('P-09', async () => {
    const paths = [...(await everything()), '/services?per_page=500&full=true', '/service_at_locations?per_page=500']
    const bodies = await Promise.all(paths.map(async (path) => (await get(path)).body))
    expect(bodies.flatMap((body) => nullsIn(body))).toEqual([])
    expect(JSON.stringify(bodies)).not.toMatch(/keeps somebody safe|Hidden/)
  })
  held('P-10', async () => {
    const all = (await get('/services')).body.total_items
    const narrower = [
      ...[`taxonomy_term_id=${moneyKind}`, 'search=advice', 'minimum_age=18', 'maximum_age=64', 'day=MO'],
      ...['start_time=08:00', 'end_time=18:00', 'postcode=ZA1 1ZZ&proximity=2000', 'postcode=ZA9 9ZZ'],
    ]
    for (const query of narrower) {
      const { status, body } = await get(`/services?${query}`)
      expect([query, status, body.total_items < all]).toEqual([query, 200, true])
    }
    expect((await get('/services?colour=red')).body.total_items).toBe(all)
  })
  held('P-11', async () => {
    const { status, body } = await get('/services?per_page=100000')
    expect([status, body.contents.length <= 500]).toEqual([200, true])
  })
  held('P-12', async () => {
    const lists = {
      '/taxonomies': ['taxonomy.json', 'taxonomy.json'],
      '/taxonomy_terms': ['taxonomy_term.json', 'taxonomy_term.json'],
      '/service_at_locations': ['compiled/service_at_location_list.json', 'compiled/service_at_location.json'],
    }
    for (const [list, [item, whole]] of Object.entries(lists)) {
      const found = await contents(list)
      valid(item, found)
      const wholes = await Promise.all(found.map(async ({ id }) => (await get(`${list}/${id}`)).body))
      valid(whole, wholes)
      expect(found.length).toBeGreaterThan(0)
    }
  })
  it('all nine addresses may be kept for a while, and answer 304 to whoever has them already', async () => {
    for (const path of await everything()) {
      const { headers } = await get(path)
      expect(headers.get('cache-control')).toMatch(/max-age=\d+/)
      expect((await get(path, { 'if-none-match': headers.get('etag') })).status).toBe(304)
    }
  })
  it('every case of the file for those who publish was run', () => {
    expect([...cases.keys()].filter((id) => !run.has(id))).toEqual([])
  })
  it('a faulty answer would have been seen', () => {
    expect(problems('compiled/service.json', { id: 'x' }).length).toBeGreaterThan(2)
    expect(problems('taxonomy_term.json', { id: 'x' }).length).toBeGreaterThan(0)
  })
})
