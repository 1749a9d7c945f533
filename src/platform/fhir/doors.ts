import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isAway } from '#platform/database/away.ts'
import { Unavailable } from '#platform/http/refusals.ts'
import { limits, tooLarge, tooLargePacked, tookTooLong } from '#platform/machine/limits/rules.ts'
import {
  type Format,
  formatAsked,
  formats,
  formatSent,
  type Read,
  type Refusal,
  type RefusalStatus,
  type Resource,
} from './rules.ts'
import { problemsIn, readResource, Unreadable, written } from './wire.ts'

/** What was asked is not done, for these reasons. */
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

/** What was read; refused where it could not be. */
export function orRefuse<Value>(read: Read<Value>): Value {
  if (!read.ok) throw new Refused(read.refusals)
  return read.value
}

/** What another system asks, and what it sends. */
export type Asking = Readonly<{
  request: FastifyRequest
  /** Where an answer has another status than 200, or headers of its own. */
  reply: FastifyReply
  query: Readonly<Record<string, unknown>>
  /** A resource that was sent, with the digest of what stood on the wire. */
  body: () => Readonly<{ resource: Resource; digest: Buffer }>
}>

type Work = (asking: Asking) => Promise<object> | object

/** How a family of addresses differs from others that speak FHIR. */
export type Front = Readonly<{
  prefix: string
  /** How often one address on the internet may ask in a minute. */
  most: number
  /** Refuses whoever may not come in, before anything is read. */
  enter: (request: FastifyRequest) => void
  outcome: (refusals: readonly Refusal[]) => object
  /** What stands on every answer, also on one that refuses. */
  always?: (request: FastifyRequest, reply: FastifyReply) => void
  /** For how many milliseconds at most anybody waits for an answer. */
  patience?: number
}>
type Add = (path: string, work: Work) => void
type Doors = Readonly<{ get: Add; post: Add; put: Add }>

/** Opens addresses that speak FHIR: every answer is in the format that was asked for, and says what was wrong as an OperationOutcome. */
export function fhirDoors(fastify: FastifyInstance, front: Front, mount: (doors: Doors) => void): void {
  void fastify.register(
    async (scope) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      scope.addHook('onRequest', async (request, reply) => {
        front.always?.(request, reply)
        front.enter(request)
        if (formatFor(request) === undefined) refuse(406, 'not-supported', 'Ask for FHIR in JSON or XML')
      })
      const failed = (error: Error, request: FastifyRequest, reply: FastifyReply) => {
        const refusals = refusalsIn(error)
        const status = refusals[0]?.status ?? 500
        if (status === 500) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed')
        if (status === 503) reply.header('retry-after', '5')
        return send(reply.code(status), front.outcome(refusals), formatFor(request) ?? 'json')
      }
      scope.setErrorHandler<FastifyError>((error, request, reply) => failed(error, request, reply))
      scope.setNotFoundHandler((request, reply) => {
        const nothing = { status: 404, code: 'not-found', sentence: 'There is nothing at this address' } as const
        return failed(new Refused([nothing]), request, reply)
      })
      mountOn(scope, front, mount)
    },
    { prefix: front.prefix },
  )
}

function mountOn(scope: FastifyInstance, { most, patience }: Front, mount: (doors: Doors) => void): void {
  const handlerTimeout = patience ?? limits.seconds * 1_000
  const limit = { rateLimit: { max: most, timeWindow: '1 minute' } }
  const taken = new Map<string, Method[]>()
  const add = (method: Method) => (path: string, work: Work) => {
    taken.set(path, [...(taken.get(path) ?? []), method])
    scope.route({
      ...{ method, url: path, config: limit, exposeHeadRoute: false, handlerTimeout },
      handler: async (request, reply) => {
        const resource = await work({ request, reply, query: readableQuery(request), body: () => readBody(request) })
        return send(reply, resource, formatFor(request) ?? 'json')
      },
    })
  }
  mount({ get: add('GET'), post: add('POST'), put: add('PUT') })
  for (const [path, these] of taken)
    scope.route({
      method: methods.filter((other) => !these.some((one) => one === other)),
      ...{ url: path, config: limit, exposeHeadRoute: false },
      handler: (_request, reply) => {
        reply.header('allow', these.join(', '))
        return refuse(405, 'not-supported', `Only ${these.join(' and ')} is taken at this address`)
      },
    })
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = 'GET' | 'POST' | 'PUT'

function readBody(request: FastifyRequest) {
  const format = formatSent(request.headers['content-type'])
  if (format === undefined || !Buffer.isBuffer(request.body))
    return refuse(400, 'invalid', 'Send FHIR in JSON or XML, and say in the header Content-Type which')
  const body = unpacked(request.body, request.headers['content-encoding'])
  const resource = readResource(body.toString('utf8'), format)
  const problems = problemsIn(resource)
  if (problems.length > 0) throw new Refused(problems)
  return { resource, digest: createHash('sha256').update(body).digest() }
}

function unpacked(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === undefined || encoding === 'identity') return body
  if (encoding !== 'gzip') return refuse(400, 'invalid', 'Send the body as it is or packed with gzip')
  try {
    return gunzipSync(body, { maxOutputLength: limits.unpackedBytes })
  } catch (cause) {
    const isLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    return isLarge ? refuse(413, 'too-long', tooLargePacked) : refuse(400, 'invalid', 'The body cannot be unpacked')
  }
}

/** The same, where nothing in it is a character that no value has and no database keeps. */
function readableQuery(request: FastifyRequest) {
  const query = queryOf(request)
  const values = Object.values(query).flat()
  if (values.some((value) => /\p{Cc}/u.test(String(value))))
    return refuse(400, 'value', 'A value in the address has a character that cannot be read')
  return query
}

/** What is in the query, each name with all its values. */
function queryOf({ query }: FastifyRequest): Readonly<Record<string, unknown>> {
  return typeof query === 'object' && query !== null ? { ...query } : {}
}

function formatFor(request: FastifyRequest): Format | undefined {
  const { _format: format } = queryOf(request)
  return formatAsked({ accept: request.headers.accept, format: typeof format === 'string' ? format : undefined })
}

function send(reply: FastifyReply, resource: object, format: Format): FastifyReply {
  const type = `${formats[format].type}; charset=utf-8`
  return reply.header('cache-control', 'no-store').type(type).send(written(resource, format))
}

function refusalsIn(error: Error): readonly Refusal[] {
  if (error instanceof Refused && error.refusals.length > 0) return error.refusals
  if (error instanceof Unreadable) return [{ status: 400, code: 'structure', sentence: error.message }]
  if (error instanceof Unavailable || isAway(error))
    return [{ status: 503, code: 'transient', sentence: 'The service cannot answer now: send it again in a while' }]
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  return [fromServer(status)]
}

const known = new Set([400, 401, 403, 404, 405, 406, 409, 413, 422, 425, 429])

function fromServer(status: number): Refusal {
  if (status === 413) return { status, code: 'too-long', sentence: tooLarge() }
  if (status === 429)
    return { status, code: 'throttled', sentence: 'Too many messages in a minute: send it again later' }
  if (status === 503) return { status, code: 'timeout', sentence: tookTooLong }
  if (status >= 400 && status < 500 && known.has(status))
    return { status: 400, code: 'invalid', sentence: 'The request cannot be read' }
  return { status: 500, code: 'exception', sentence: 'Something went wrong here: send it again in a while' }
}
