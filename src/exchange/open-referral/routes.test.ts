import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newId } from '#platform/ids.ts'
import { supportTaxonomy } from '#registers/services/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aService, moneyKind } from '#test/people/services.ts'

// Restated by us from what the standard asks of a publisher; the published schemas may not be shipped.
const id = z.uuid()
const organization = z.object({
  id,
  name: z.string().min(1),
  description: z.string().min(1),
  website: z.url().optional(),
})
const service = z.object({
  ...{ id, organization_id: id, name: z.string().min(1), description: z.string(), url: z.url().optional() },
  status: z.enum(['active', 'inactive', 'defunct', 'temporarily closed']),
  ...{ last_modified: z.iso.datetime(), minimum_age: z.number().optional(), organization },
})
const term = z.object({ id, name: z.string().min(1), description: z.string().min(1), taxonomy_id: id })
const address = z.object({
  ...{ id, address_1: z.string().min(1), city: z.string(), state_province: z.string(), postal_code: z.string() },
  ...{ country: z.string(), address_type: z.enum(['physical', 'postal', 'virtual']) },
})
const location = z.object({ id, location_type: z.enum(['physical', 'postal', 'virtual']), addresses: z.array(address) })
const schedule = z.object({ id, freq: z.enum(['WEEKLY', 'MONTHLY']).optional(), byday: z.string().optional() })
const whole = service.extend({
  schedules: z.array(schedule).optional(),
  service_at_locations: z.array(z.object({ id, location })).optional(),
  attributes: z.array(z.object({ id, taxonomy_term: term })),
})
const listed = z.object({ id, service_id: id, location_id: id, service })
const page = <Item extends z.ZodType>(contents: Item) =>
  z.object({
    ...{ total_items: z.number(), total_pages: z.number(), page_number: z.number(), size: z.number() },
    ...{ first_page: z.boolean(), last_page: z.boolean(), empty: z.boolean(), contents: z.array(contents) },
  })
const services = page(service)

let app: TestApp
let there: string
beforeAll(async () => {
  app = await startApp()
  const openings = [{ day: 2, opens: '10:00', closes: '16:00', location: null } as const]
  const at = { latitude: 53.5, longitude: -2.2 }
  there = await aService(app, {
    at,
    openings,
    leastAge: 18,
    served: [
      { kind: 'outward', code: 'ZA1' },
      { kind: 'council', code: 'E08000003' },
    ],
    ...{ waitWeeks: 3, waitOn: '2025-12-20', capacity: 'full', validFrom: '2025-04-01', validUntil: '2027-04-01' },
    hours: 'Not in August',
    otherHours: [{ from: '2026-12-24', until: '2027-01-01', opens: null, closes: null, location: null }],
    contact: 'Duty adviser, 01632 960001',
  })
  await aService(app, {
    name: 'A house that keeps somebody safe',
    staffOnly: true,
    at: { name: 'Hidden', staffOnly: true },
  })
  await aService(app, { area: 'south', name: 'Advice in the south' })
})
afterAll(() => app.close())

const base = '/open-referral/v3'
const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
  const answered = await app.product.fastify.inject({ method: 'GET', url: path, headers })
  return { status: answered.statusCode, headers: answered.headers, text: answered.body }
}
const read = async <Shape extends z.ZodType>(path: string, shape: Shape) =>
  shape.parse(JSON.parse((await get(path)).text))
const names = async (query: string, of = base) =>
  (await read(`${of}/services?per_page=100&${query}`, services)).contents.map(({ name }) => name)

describe('The open directory', () => {
  it('says which standard it speaks, and answers at all nine addresses in its shape, with nothing left empty', async () => {
    const places = await read(`${base}/service_at_locations`, page(listed))
    const all = {
      [base]: z.object({ version: z.literal('HSDS-UK-3.0'), profile: z.url(), openapi_url: z.url() }),
      [`${base}/services`]: services,
      [`${base}/services/${there}`]: whole,
      [`${base}/service_at_locations`]: page(listed),
      [`${base}/service_at_locations/${places.contents[0]?.id}`]: z.object({ id, location, service: z.object({ id }) }),
      [`${base}/taxonomies`]: page(z.object({ id, name: z.string(), description: z.string() })),
      [`${base}/taxonomies/${supportTaxonomy.id}`]: z.object({ id, taxonomy_terms: z.array(term).length(8) }),
      [`${base}/taxonomy_terms`]: page(term),
      [`${base}/taxonomy_terms/${moneyKind}`]: term,
    }
    for (const [path, shape] of Object.entries(all)) {
      const answered = await get(path)
      expect([path, answered.status, answered.headers['access-control-allow-origin']]).toEqual([path, 200, '*'])
      expect(shape.safeParse(JSON.parse(answered.text)).error?.issues ?? []).toEqual([])
      expect(answered.text).not.toMatch(/:null|:""|:\[\]/)
    }
  })

  it('tells all of a service: kinds, hours, locations with access, and the same ids each time', async () => {
    const [once, again] = [await get(`${base}/services/${there}`), await get(`${base}/services/${there}`)]
    const said = whole.parse(JSON.parse(once.text))

    expect(again.text).toBe(once.text)
    expect(said.attributes.map(({ taxonomy_term: { name } }) => name)).toEqual(['Debt and money'])
    expect(JSON.parse(once.text)).toMatchObject({
      schedules: [
        { freq: 'WEEKLY', byday: 'TU', valid_from: '2025-04-01', valid_to: '2027-03-31' },
        { valid_from: '2026-12-24', valid_to: '2027-01-01' },
      ],
      contacts: [{ title: 'Duty adviser', phones: [{ number: '01632 960001' }] }],
      wait_time: '3 weeks (checked on 2025-12-20)',
      capacities: [{ description: 'Full, with a waiting list', available: 0, updated: '2025-12-20' }],
      service_areas: [{ name: 'Postcodes that begin with ZA1' }, { name: 'Manchester', service_area: 'E08000003' }],
    })
    expect(said.service_at_locations?.[0]?.location.addresses).toMatchObject([
      { postal_code: 'ZA1 1ZZ', country: 'GB' },
    ])
    expect(once.text).toContain('Step-free way in')
  })

  it('tells a page of another site that it may ask, also with headers of its own', async () => {
    for (const url of [`${base}/services`, '/open-referral/v3/taxonomies']) {
      const { statusCode, headers } = await app.product.fastify.inject({ method: 'OPTIONS', url })

      expect([statusCode, headers['access-control-allow-origin'], headers['access-control-allow-methods']]).toEqual([
        ...[204, '*', 'GET'],
      ])
    }
  })

  it('goes through its pages to the last, caps their size, and answers beyond the end with nothing', async () => {
    const first = await read(`${base}/services?per_page=10`, services)
    const last = await read(`${base}/services?per_page=10&page=${first.total_pages}`, services)
    const beyond = await read(`${base}/services?per_page=10&page=${first.total_pages + 1}`, services)
    const capped = await read(`${base}/services?per_page=100000&unheard=of`, services)

    expect(first).toMatchObject({ total_items: 42, total_pages: 5, first_page: true, last_page: false, size: 10 })
    expect(last).toMatchObject({ last_page: true, empty: false, size: 2 })
    expect(beyond).toMatchObject({ empty: true, contents: [], last_page: true })
    expect(capped.size).toBe(42)
  })

  it('narrows by words, kind, age, day, time, place and distance, and by when something was changed', async () => {
    const mine = 'Riverside debt advice'
    expect(await names('search=money+worries')).toContain(mine)
    expect(await names(`taxonomy_term_id=${moneyKind}&day=TU&start_time=09:30`)).toEqual([mine])
    expect(await names(`taxonomy_id=${supportTaxonomy.id}&minimum_age=18&start_time=09:30&end_time=16:30`)).toEqual([
      mine,
    ])
    expect(await names('minimum_age=19')).toEqual([])
    expect(await names('postcode=ZA1+1ZZ&proximity=1000')).toEqual([mine])
    expect(await names('postcode=ZA1+1ZZ')).toContain(mine)
    expect(await names('postcode=M1+1AA')).not.toContain(mine)
    expect(await names('modified_after=2999-01-01')).toEqual([])
  })

  it('keeps back what is for staff only, whole and in every list', async () => {
    const hidden = await app.owner.query(`select id from services.service where name like 'A house%'`)
    const all = [
      ...[await get(`${base}/services?per_page=500&full=true`), await get(`${base}/service_at_locations`)],
      ...[await get(`/in/north${base}/services?per_page=500`), await get(`/in/north${base}/service_at_locations`)],
    ]

    for (const { text } of all) expect(text).not.toMatch(/keeps somebody safe|Hidden/)
    expect((await get(`${base}/services/${hidden.rows[0].id}`)).status).toBe(404)
    expect((await get(`/in/north${base}/services/${hidden.rows[0].id}`)).status).toBe(404)
  })

  it('is one area’s where an area is named, and else that of all, with a national service once', async () => {
    expect(await names('search=advice+south')).toEqual(['Advice in the south'])
    expect(await names('search=advice+south', `/in/north${base}`)).toEqual([])
    expect(await names('search=stepchange')).toEqual(['StepChange Debt Charity'])
    expect((await get(`/in/south${base}/services/${there}`)).status).toBe(404)
    expect((await get(`/in/nowhere${base}/services`)).status).toBe(404)
    expect((await get(`${base}/services/${newId()}`)).headers['content-type']).toContain('application/json')
  })

  it('is fetched again only where it was changed', async () => {
    const { headers } = await get(`${base}/services`)
    const again = await get(`${base}/services`, { 'if-none-match': String(headers['etag']) })

    expect(headers['cache-control']).toBe('public, max-age=300')
    expect(headers['set-cookie']).toBeUndefined()
    expect(again).toMatchObject({ status: 304, text: '' })
  })
})
