import { sql } from 'kysely'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { timingSafeEqual } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Home } from '#platform/database/router.ts'
import type { Parts } from './parts.ts'

/** Whether this copy runs, whether it can serve, and its measurements for those who may see them. */
export function healthRoutes(fastify: FastifyInstance, parts: Parts): void {
  fastify.get('/health/live', async () => ({ live: true }))
  fastify.get('/health/ready', async (_request, reply) => {
    if (parts.load.isBehind()) return notReady(reply, 'This copy has more work than it can do')
    const [national, ...others] = parts.databases.homes
    if (!national || !(await answers(national))) return notReady(reply, 'The database does not answer')
    // An area whose own database is away has its own trouble: everybody else can be served.
    const up = await Promise.all(others.map((home) => answersSoon(home)))
    const away = others.flatMap(({ named }, number) => (up[number] ? [] : named))
    return away.length === 0 ? { ready: true } : { ready: true, away }
  })
  const registry = measure(fastify, parts)
  fastify.get('/metrics', async (request, reply) => {
    if (!mayMeasure(parts.settings.metricsToken, request)) return reply.code(404).send()
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

async function answers(home: Home): Promise<boolean> {
  return home
    .national((db) => sql`select 1`.execute(db))
    .then(
      () => true,
      () => false,
    )
}

const soon = 1_000

// Whoever asks waits no longer for it than they would for the page.
async function answersSoon(home: Home): Promise<boolean> {
  const late = new AbortController()
  const tooLate = setTimeout(soon, false, { signal: late.signal, ref: false }).catch(() => false)
  const inTime = await Promise.race([answers(home), tooLate])
  late.abort()
  return inTime
}

function notReady(reply: FastifyReply, reason: string): FastifyReply {
  return reply.code(503).header('retry-after', '2').send({ ready: false, reason })
}

/** With a token only its holder; without one only this machine. */
function mayMeasure(token: string | undefined, { headers, ip }: FastifyRequest): boolean {
  // What a proxy passes on does not come from this machine, whatever it says of itself.
  if (token === undefined) return headers['x-forwarded-for'] === undefined && (ip === '127.0.0.1' || ip === '::1')
  const expected = Buffer.from(`Bearer ${token}`)
  const found = Buffer.from(headers.authorization ?? '')
  return expected.length === found.length && timingSafeEqual(expected, found)
}

function measure(fastify: FastifyInstance, parts: Parts): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'workwell_request_seconds',
    help: 'Time to answer a request, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const answering = new Gauge({
    name: 'workwell_requests_in_progress',
    help: 'Requests that are being answered',
    registers: [registry],
    collect: () => {
      answering.set(parts.load.strain().inProgress)
    },
  })
  const connections = new Gauge({
    name: 'workwell_database_connections',
    help: 'Database connections by state',
    labelNames: ['state'],
    registers: [registry],
    collect: () => {
      for (const [state, count] of Object.entries(parts.databases.load())) connections.set({ state }, count)
    },
  })
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  return registry
}
