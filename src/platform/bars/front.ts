import { timingSafeEqual, createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isAway } from '#platform/database/away.ts'
import { type Format, formatAsked, formats, formatSent, type Resource } from '#platform/fhir/rules.ts'
import { readResource, Unreadable, written } from '#platform/fhir/wire.ts'
import { Unavailable } from '#platform/http/refusals.ts'
import { readHeader, type Service } from './headers.ts'
import { type BarsSettings, type Refusal, type RefusalStatus, refusalCodes } from './rules.ts'

/** A message is not taken, for these reasons. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[]
  constructor(refusals: readonly Refusal[]) {
    super(refusals.map(({ sentence }) => sentence).join('; '))
    this.refusals = refusals
  }
}

/** Refuses with one reason. */
export const refuse = (status: RefusalStatus, code: Refusal['code'], sentence: string): never => {
  throw new Refused([{ status, code, sentence }])
}

/** What another system asks: as what it says it is, and what it sends. */
export type Asking = Readonly<{
  request: FastifyRequest
  query: Readonly<Record<string, unknown>>
  /** A resource that was sent, with the digest of what stood on the wire. */
  body: () => Readonly<{ resource: Resource; digest: Buffer }>
  service: () => Service
  /** The code of the organisation that asks (ODS). */
  sender: () => string
  ids: () => Readonly<{ requestId: string; correlationId: string }>
}>

type Work = (asking: Asking) => Promise<object> | object
type Front = Readonly<{ settings: BarsSettings; outcome: (refusals: readonly Refusal[]) => object }>
type Doors = Readonly<{ get: (path: string, work: Work) => void; post: (path: string, work: Work) => void }>

const echoed = ['x-request-id', 'x-correlation-id'] as const
const mostUnpacked = 2_000_000

/**
 * Opens the addresses of the Booking and Referral Standard: every answer is FHIR in the format that was asked for, echoes
 * the ids of the request, and says what was wrong as an OperationOutcome. Nobody else's proof is taken for the gateway's.
 */
export function barsFront(fastify: FastifyInstance, front: Front, mount: (doors: Doors) => void): void {
  const { settings, outcome } = front
  void fastify.register(
    async (scope) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      scope.addHook('onRequest', async (request, reply) => {
        for (const name of echoed) echo(reply, name, request.headers[name])
        if (!isTrusted(settings, request)) refuse(401, 'login', 'Send this through the gateway of the service')
        if (formatFor(request) === undefined) refuse(406, 'not-supported', 'Ask for FHIR in JSON or XML')
      })
      const failed = (error: Error, request: FastifyRequest, reply: FastifyReply) => {
        const refusals = refusalsIn(error)
        const status = refusals[0]?.status ?? 500
        if (status === 500) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed')
        if (status === 503) reply.header('retry-after', '5')
        return answer(reply.code(status), outcome(refusals), formatFor(request) ?? 'json')
      }
      scope.setErrorHandler<FastifyError>((error, request, reply) => failed(error, request, reply))
      scope.setNotFoundHandler((request, reply) => {
        const nothing = { status: 404, code: 'not-found', sentence: 'There is nothing at this address' } as const
        return failed(new Refused([nothing]), request, reply)
      })
      mount(doorsOn(scope, settings))
    },
    { prefix: '/bars/FHIR/R4' },
  )
}

const limit = { rateLimit: { max: 1_200, timeWindow: '1 minute' } }

function doorsOn(scope: FastifyInstance, settings: BarsSettings): Doors {
  const add = (method: 'GET' | 'POST') => (path: string, work: Work) => {
    scope.route({
      ...{ method, url: path, config: limit, exposeHeadRoute: false },
      handler: async (request, reply) =>
        answer(reply, await work(askingOf(settings, request)), formatFor(request) ?? 'json'),
    })
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((other) => other !== method)
    scope.route({
      ...{ method: others, url: path, config: limit, exposeHeadRoute: false },
      handler: () => refuse(405, 'not-supported', `Only ${method} is taken at this address`),
    })
  }
  return { get: add('GET'), post: add('POST') }
}

function askingOf(settings: BarsSettings, request: FastifyRequest): Asking {
  return {
    ...{ request, query: queryOf(request) },
    body: () => readBody(request),
    service: () => orRefuse(readHeader.service(request.headers, settings)),
    sender: () => orRefuse(readHeader.sender(request.headers)),
    ids: () => orRefuse(readHeader.ids(request.headers)),
  }
}

function orRefuse<Value>(
  read: Readonly<{ ok: true; value: Value }> | Readonly<{ ok: false; refusals: readonly Refusal[] }>,
) {
  if (!read.ok) throw new Refused(read.refusals)
  return read.value
}

function readBody(request: FastifyRequest) {
  const format = formatSent(request.headers['content-type'])
  if (format === undefined || !Buffer.isBuffer(request.body))
    return refuse(400, 'invalid', 'Send FHIR in JSON or XML, and say in the header Content-Type which')
  const body = unpacked(request.body, request.headers['content-encoding'])
  const resource = readResource(body.toString('utf8'), format)
  return { resource, digest: createHash('sha256').update(body).digest() }
}

function unpacked(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === undefined || encoding === 'identity') return body
  if (encoding !== 'gzip') return refuse(400, 'invalid', 'Send the body as it is or packed with gzip')
  try {
    return gunzipSync(body, { maxOutputLength: mostUnpacked })
  } catch {
    return refuse(400, 'invalid', 'The body cannot be unpacked, or is larger than 2 MB')
  }
}

/** What is in the query, each name with all its values. */
function queryOf({ query }: FastifyRequest): Readonly<Record<string, unknown>> {
  return typeof query === 'object' && query !== null ? { ...query } : {}
}

function formatFor(request: FastifyRequest): Format | undefined {
  const { _format: format } = queryOf(request)
  return formatAsked({ accept: request.headers.accept, format: typeof format === 'string' ? format : undefined })
}

function answer(reply: FastifyReply, resource: object, format: Format): FastifyReply {
  const type = `${formats[format].type}; charset=utf-8`
  return reply.header('cache-control', 'no-store').type(type).send(written(resource, format))
}

function echo(reply: FastifyReply, name: string, value: string | string[] | undefined): void {
  if (typeof value === 'string' && /^[\w-]{1,64}$/.test(value)) reply.header(name, value)
}

/** Whether it came through the gateway; where there is none, as in a demonstration, only this machine is answered. */
function isTrusted({ gateway }: BarsSettings, { headers, ip }: FastifyRequest): boolean {
  if (!gateway) return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(ip)
  const shown = headers[gateway.header]
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return typeof shown === 'string' && timingSafeEqual(digest(shown), digest(gateway.value))
}

function refusalsIn(error: Error): readonly Refusal[] {
  if (error instanceof Refused && error.refusals.length > 0) return error.refusals
  if (error instanceof Unreadable) return [{ status: 400, code: 'structure', sentence: error.message }]
  if (error instanceof Unavailable || isAway(error))
    return [{ status: 503, code: 'transient', sentence: 'The service cannot answer now: send it again in a while' }]
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  return [fromServer(status)]
}

function fromServer(status: number): Refusal {
  if (status === 413) return { status, code: 'too-long', sentence: 'A message has at most 1 MB' }
  if (status === 429)
    return { status, code: 'throttled', sentence: 'Too many messages in a minute: send it again later' }
  if (status >= 400 && status < 500 && status in refusalCodes)
    return { status: 400, code: 'invalid', sentence: 'The request cannot be read' }
  return { status: 500, code: 'exception', sentence: 'Something went wrong here: send it again in a while' }
}
