import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** A service as a feed has it. */
export type Published = Readonly<Record<string, unknown>> & Readonly<{ id: string }>

/** The open directory of somebody else, as such directories answer; what it does wrong is set by the test. */
export type FeedServer = Readonly<{
  address: string
  /** What it publishes, and how. */
  says: Saying
  /** The addresses that were asked for, in their order, with the status each was answered with. */
  asked: Readonly<{ path: string; status: number }>[]
  close(): Promise<void>
}>

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => boolean | Promise<boolean>

type Saying = {
  services: Published[]
  perPage: number
  speaks: '3.0' | '1.0'
  /** Lists give only the beginning of each service. */
  isShort: boolean
  knowsSince: boolean
  hasMarks: boolean
  isPacked: boolean
  /** What its pages claim, where that is not what is there. */
  claims: Readonly<Record<string, unknown>>
  /** Answers in its place, once or always; true where it has answered. */
  instead: Answer | undefined
}

/** Starts a feed on this machine that publishes these services. */
export async function startFeed(services: Published[]): Promise<FeedServer> {
  const says: Saying = {
    ...{ services, perPage: 100, speaks: '3.0', isShort: false, knowsSince: false, hasMarks: false, isPacked: false },
    ...{ claims: {}, instead: undefined },
  }
  const asked: { path: string; status: number }[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://feed')
    response.on('close', () => asked.push({ path: url.pathname + url.search, status: response.statusCode }))
    void answer({ says, request, response, url })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  // Checked: a server on a port has an address with one.
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
  return { address: `http://127.0.0.1:${port}/api`, says, asked, close }
}

type Asked = Readonly<{ says: Saying; request: IncomingMessage; response: ServerResponse; url: URL }>

async function answer({ says, request, response, url }: Asked): Promise<void> {
  if (says.instead && (await says.instead(request, response, url))) return
  if (url.pathname === '/api/') {
    const about = { version: 'HSDS-UK-3.0', profile: 'https://example.org', publisher: 'Borsetshire Council' }
    return says.speaks === '3.0' ? sendJson(response, about) : sendJson(response, { error: 'Not found' }, 404)
  }
  const [, one] = /^\/api\/services\/(.+)$/.exec(url.pathname) ?? []
  if (one !== undefined) {
    const found = says.services.find(({ id }) => id === decodeURIComponent(one))
    return found ? sendJson(response, found) : sendJson(response, { error: 'Not found' }, 404)
  }
  const page = pageOf(says, url)
  const text = JSON.stringify(page)
  const etag = `"${text.length}-${hash(text)}"`
  if (says.hasMarks) response.setHeader('etag', etag)
  if (says.hasMarks && request.headers['if-none-match'] === etag) return void response.writeHead(304).end()
  if (!says.isPacked) return sendJson(response, page)
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(text))
}

const hash = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7)

function pageOf({ services, perPage, speaks, isShort, knowsSince, claims }: Saying, url: URL) {
  const since = url.searchParams.get('modified_after')
  const all = services.filter((one) => !knowsSince || since === null || String(one['last_modified']) >= since)
  const size = Math.min(Number(url.searchParams.get('per_page') ?? perPage), perPage)
  const [page, pages] = [Number(url.searchParams.get('page') ?? 1), Math.max(1, Math.ceil(all.length / size))]
  const shown = all.slice((page - 1) * size, page * size).map((one) => (isShort ? beginningOf(one) : one))
  const edition =
    speaks === '3.0'
      ? { total_items: all.length, total_pages: pages, page_number: page, last_page: page === pages, contents: shown }
      : { totalElements: all.length, totalPages: pages, number: page, last: page === pages, content: shown }
  return { ...edition, ...claims }
}

function beginningOf({ id, name, last_modified, organization }: Published) {
  return { id, name, organization, ...(last_modified === undefined ? {} : { last_modified }) }
}

/** Answers with data. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/** Services of a feed, numbered from 1. */
export function publishedServices(number: number, over: Readonly<Record<string, unknown>> = {}): Published[] {
  return Array.from({ length: number }, (_, place) => published(place + 1, over))
}

/** One service of a feed, with everything the standard has that we keep. */
export function published(number: number, over: Readonly<Record<string, unknown>> = {}): Published {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  return {
    ...{ id, name: `Feed service ${number}`, description: `<p>Help with money &amp; debt</p>`, status: 'active' },
    ...{ url: 'https://example.org/help', email: 'help@example.org', minimum_age: 18, assured_date: '2025-11-03' },
    last_modified: '2025-12-01T10:00:00Z',
    organization: { id: 'org-1', name: 'Borsetshire Advice', description: 'A charity' },
    contacts: [{ id: 'c', name: 'Front desk', phones: [{ id: 'p', number: '0113 496 0001' }] }],
    schedules: [{ id: 's', freq: 'WEEKLY', byday: 'MO,TU', opens_at: '09:30', closes_at: '16:00' }],
    service_at_locations: [{ id: `at-${number}`, location: townHall }],
    attributes: [
      { id: 'a', taxonomy_term: { id: 'debt', name: 'Debt', description: 'Debt', taxonomy: 'Borsetshire kinds' } },
    ],
    cost_options: [{ id: 'o', option: 'A first visit', amount: 5 }],
    languages: [{ id: 'l', name: 'Polish' }],
    service_areas: [{ id: 'sa', name: 'Borsetshire' }],
    ...over,
  }
}

const townHall = {
  ...{ id: 'hall', name: 'Town Hall', location_type: 'physical', latitude: 53.48, longitude: -2.24 },
  addresses: [{ id: 'ad', address_1: '1 Market Place', city: 'Felpersham', postal_code: 'ZA1 1ZZ', country: 'GB' }],
}
