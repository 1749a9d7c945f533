import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastifyServer, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { randomUUID } from 'node:crypto'
import { limits } from '#platform/machine/limits/rules.ts'
import { assetRoutes } from '#platform/html/assets.ts'
import { answerFailure, refuse } from './failures.ts'
import { healthRoutes } from './health.ts'
import type { Parts } from './parts.ts'
import { Unavailable } from './refusals.ts'
import { securityRoutes } from './security.ts'

// Our own list, not helmet's defaults: nothing of another host, nothing inline, nobody frames us.
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    manifestSrc: ["'self'"],
  },
}

/** Every address the server answers, whoever mounted it. */
export type Mounted = Readonly<{ method: string; path: string }>

/** A web server with everything that holds for every page, and no pages yet. */
export async function webServer(
  parts: Parts,
  saw: (address: Mounted) => void = () => undefined,
): Promise<FastifyInstance> {
  const fastify = fastifyServer(options(parts))
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) saw({ method: one, path: url })
  })
  await fastify.register(helmet, {
    contentSecurityPolicy,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: parts.settings.origin.startsWith('https://') ? { maxAge: 63_072_000 } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  })
  await fastify.register(cookie)
  await fastify.register(formbody)
  // A file that is too large is let go by whoever reads it, so that its form can still be answered.
  await fastify.register(multipart, { throwFileSizeLimit: false })
  await fastify.register(rateLimit, { global: false })
  sendAwayWhenBehind(fastify, parts)
  await fastify.register(assetRoutes)
  healthRoutes(fastify, parts)
  securityRoutes(fastify, parts)
  // The pattern of the route and never the address itself, which could one day hold something about a person.
  fastify.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    })
  })
  answerFailure(fastify, parts)
  return fastify
}

// Asked by machines that decide on the answer: they must have one above all when there is too much work.
const always = ['/health/live', '/health/ready', '/metrics']

function sendAwayWhenBehind(fastify: FastifyInstance, { load }: Parts): void {
  fastify.addHook('onRequest', async ({ routeOptions }, reply) => {
    const answered = load.begin()
    // Whoever leaves before the end is answered too; then there is only a close.
    reply.raw.once('finish', answered).once('close', answered)
    if (load.isBehind() && !always.includes(routeOptions.url ?? '')) throw new Unavailable('More work than can be done')
  })
  fastify.addHook('onClose', async () => load.stop())
}

// The router gives up on these before anything else is asked, so that what stands on every answer is put on here.
const onEveryAnswer = {
  'content-security-policy': Object.entries(contentSecurityPolicy.directives)
    .map(([name, sources]) => [name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), ...sources].join(' '))
    .join(';'),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

function options(parts: Parts) {
  const { log, settings } = parts
  return {
    frameworkErrors: (_cause: unknown, request: FastifyRequest, reply: FastifyReply) =>
      void refuse(parts, request, reply.headers(onEveryAnswer), { status: 404 }),
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: settings.environment === 'production' ? 'loopback,linklocal,uniquelocal' : false,
    bodyLimit: limits.bytes,
    requestTimeout: limits.arrivingSeconds * 1_000,
    forceCloseConnections: 'idle' as const,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    return503OnClosing: true,
  }
}
