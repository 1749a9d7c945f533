import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { isAway } from '#platform/database/away.ts'
import { Refused } from '#platform/fhir/doors.ts'
import type { IssueCode } from '#platform/fhir/rules.ts'
import { Unavailable } from '#platform/http/refusals.ts'
import { depthProblem, limits, listProblem, tooLarge, tookTooLong } from '#platform/machine/limits/rules.ts'
import { type Fault, type FaultKind, faults, problemOf, readJson, type Wrong } from './rules.ts'

/** What was asked is not done, for this reason. */
class NotDone extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.detail)
    this.fault = fault
  }
}

/** Refuses with one reason, and with each thing that is wrong where there are several. */
export const notDone = (kind: FaultKind, detail: string, errors?: readonly Wrong[]): never => {
  throw new NotDone(errors === undefined ? { kind, detail } : { kind, detail, errors })
}

/** What another system asks in JSON. */
export type JsonAsking = Readonly<{ request: FastifyRequest; reply: FastifyReply }>

type Method = 'GET' | 'POST' | 'PUT'
type Route = Readonly<{ method: Method; path: string; work: (asking: JsonAsking) => Promise<object> | object }>

/** A family of addresses that speak JSON: where they are, what describes them, and how often one address may ask. */
type Front = Readonly<{ prefix: string; described: string; most: number }> &
  // For how many milliseconds at most anybody waits for an answer.
  Readonly<{ patience?: number }>

/** Opens addresses that speak JSON: whatever goes wrong is said as RFC 9457 has it, in a sentence and with its place. */
export function jsonDoors(
  fastify: FastifyInstance,
  { prefix, described, most, patience }: Front,
  routes: readonly Route[],
): void {
  void fastify.register(
    async (scope) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))
      const failed = (error: Error, request: FastifyRequest, reply: FastifyReply) => {
        const fault = faultIn(error)
        const { status } = faults[fault.kind]
        if (status === 500) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed')
        if (status === 503) reply.header('retry-after', '5')
        if (status === 401) reply.header('www-authenticate', 'Bearer')
        const body = JSON.stringify(problemOf(fault, described))
        return reply.code(status).header('cache-control', 'no-store').type('application/problem+json').send(body)
      }
      scope.setErrorHandler<FastifyError>(failed)
      scope.setNotFoundHandler((request, reply) =>
        failed(new NotDone({ kind: 'not-there', detail: 'There is nothing at this address' }), request, reply),
      )
      mount(scope, { most, handlerTimeout: patience ?? limits.seconds * 1_000 }, routes)
    },
    { prefix },
  )
}

type Bounds = Readonly<{ most: number; handlerTimeout: number }>

function mount(scope: FastifyInstance, { most, handlerTimeout }: Bounds, routes: readonly Route[]): void {
  const shared = { config: { rateLimit: { max: most, timeWindow: '1 minute' } }, exposeHeadRoute: false }
  for (const { method, path: url, work } of routes)
    scope.route({
      ...{ ...shared, method, url, handlerTimeout },
      handler: async (request, reply) => {
        const said = JSON.stringify(await work({ request, reply }))
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
        return reply.type('application/json; charset=utf-8').send(said)
      },
    })
  for (const [url, these] of Map.groupBy(routes, ({ path }) => path)) {
    const taken: readonly string[] = these.map(({ method }) => method)
    const no = `Only ${taken.join(' and ')} is taken at this address`
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => !taken.includes(one))
    scope.route({
      ...{ ...shared, method: others, url },
      handler: (_request, reply) => {
        reply.header('allow', taken.join(', '))
        notDone('not-this-way', no)
      },
    })
  }
}

/** What was sent, read by its schema; refused with the place of each thing that is wrong. */
export function bodyOf<Value>({ request: { body } }: JsonAsking, schema: z.ZodType<Value>): Value {
  if (typeof body !== 'string' || body.trim() === '') return notDone('unreadable', 'Send a body in JSON')
  const tooDeep = depthProblem(body, 'json')
  if (tooDeep) return notDone('unreadable', tooDeep)
  const given = parsed(body)
  const tooMany = listProblem(given)
  if (tooMany) return notDone('unreadable', tooMany)
  const read = readJson(schema, given)
  if (read.ok) return read.value
  const errors = read.wrong.map(({ detail, pointer = '' }) => ({ detail, pointer }))
  return notDone('not-right', 'Something in the body is not right, and nothing was kept', errors)
}

function parsed(body: string): unknown {
  try {
    // Checked: what it is, is looked at before anything is read from it.
    return JSON.parse(body) as unknown
  } catch {
    return notDone('unreadable', 'The body is no JSON')
  }
}

/** What stands in the query, read by its schema; refused where anything in it is not understood. */
export function queryOf<Value>({ request: { query } }: JsonAsking, schema: z.ZodType<Value>): Value {
  const given = Object.entries<unknown>({ ...(query ?? {}) })
  const counted = given.map(([name, value]) => [name, typeof value === 'string' ? numberIn(value) : value])
  const read = readJson(schema, Object.fromEntries(counted))
  if (read.ok) return read.value
  const errors = read.wrong.map(({ detail, at: parameter }) => ({ detail, parameter }))
  return notDone('unreadable', 'Something after the question mark cannot be read', errors)
}

// Whatever stands in an address is text.
const numberIn = (value: string): string | number => (/^\d{1,9}$/.test(value) ? Number(value) : value)

const kindOf: Readonly<Partial<Record<IssueCode, FaultKind>>> = {
  ...{ login: 'no-token', forbidden: 'not-allowed', throttled: 'too-often', transient: 'not-now' },
}
const kindOfStatus: Readonly<Record<number, FaultKind>> = { 413: 'too-long', 415: 'not-json', 429: 'too-often' }

const sentences: Readonly<Partial<Record<FaultKind, string>>> = {
  'too-long': tooLarge(),
  'not-json': 'Send JSON, and say so: Content-Type: application/json',
  'too-often': 'Too many requests in a minute: send it again later',
  'not-now': 'The service cannot answer now: send the same again in a while',
  unreadable: 'The request cannot be read',
}

function faultIn(error: Error): Fault {
  if (error instanceof NotDone) return error.fault
  if (error instanceof Refused) return refusedAs(error)
  if (error instanceof Unavailable || isAway(error)) return said('not-now')
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  if (status === 503) return { kind: 'not-now', detail: tookTooLong }
  return said(kindOfStatus[status] ?? (status >= 400 && status < 500 ? 'unreadable' : 'broken'))
}

const said = (kind: FaultKind): Fault => ({
  ...{ kind, detail: sentences[kind] ?? 'Something went wrong here: send the same again in a while' },
})

// What comes in with a token is looked at in one place for every door.
function refusedAs({ refusals }: Refused): Fault {
  const [first] = refusals
  if (!first) return said('broken')
  return { kind: kindOf[first.code] ?? 'unreadable', detail: first.sentence }
}
