import type { FastifyError, FastifyInstance } from 'fastify'
import { isAway } from '#platform/database/away.ts'
import type { Databases } from '#platform/database/router.ts'
import { hashOf, newToken } from '#platform/identity/tokens.ts'
import { Unavailable } from '#platform/http/refusals.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { limits, tooLarge, tookTooLong } from '#platform/machine/limits/rules.ts'
import { type Asked, judgeStatement, nobodyKnown, NotGiven, readAsked } from '#platform/machine/statement.ts'
import { listEveryArea } from '#registers/areas/store.ts'
import { readClientName, tokenPath } from '#registers/clients/rules.ts'
import { findClient, listKeys, saveToken, takeStatement } from '#registers/clients/store.ts'
import { notAllowed, scopesFor, tokenSeconds } from './rules.ts'

type Doors = Readonly<{ databases: Databases; origin: string; now: () => Temporal.Instant }>

const limit = { rateLimit: { max: 300, timeWindow: '1 minute' } }
const bounds = { bodyLimit: limits.tokenBytes, handlerTimeout: limits.seconds * 1_000 }
const tooLargeHere = tooLarge(limits.tokenBytes)
const statusOf = { invalid_request: 400, invalid_client: 401, invalid_scope: 400, unsupported_grant_type: 400 } as const

/** Where another system gets what it shows with each request: by a statement that it signs, never by a password. */
export function tokenDoors(fastify: FastifyInstance, doors: Doors): void {
  void fastify.register(async (scope) => {
    scope.setErrorHandler<FastifyError>((error, request, reply) => {
      void reply.headers({ 'cache-control': 'no-store' })
      if (error instanceof NotGiven)
        return reply.code(statusOf[error.code]).send({ error: error.code, error_description: error.message })
      if (error instanceof Unavailable || isAway(error))
        return reply.code(503).header('retry-after', '5').send({ error: 'temporarily_unavailable' })
      const status = error.statusCode ?? 500
      if (status === 413) return reply.code(413).send({ error: 'invalid_request', error_description: tooLargeHere })
      if (status === 503)
        return reply
          .code(503)
          .header('retry-after', '5')
          .send({ error: 'temporarily_unavailable', error_description: tookTooLong })
      if (status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed')
      return reply.code(status).send({ error: status >= 500 ? 'server_error' : 'invalid_request' })
    })
    scope.post(tokenPath, { config: limit, ...bounds }, async (request, reply) => {
      const asked = readAsked(request.body)
      return reply.header('cache-control', 'no-store').send(await giveToken(doors, asked))
    })
  })
}

async function giveToken(doors: Doors, { called, statement, scope }: Asked) {
  const { databases, now: clock, origin } = doors
  const named = readClientName(called)
  const areas = (await listEveryArea(databases.everywhere)).map(({ area }) => area)
  if (!named || !areas.includes(named.area)) throw nobodyKnown()
  const { area, id } = named
  const now = clock()
  return databases.databaseFor(area).transaction(async (db) => {
    const client = await findClient(db, area, id)
    const keys = client && !client.endedAt ? await listKeys(db, area, id) : []
    const judged = await judgeStatement(statement, { keys, called, audience: `${origin}${tokenPath}`, now })
    const allowed = scopesFor(scope, client?.scopes ?? [])
    if (!allowed) throw new NotGiven('invalid_scope', notAllowed)
    if (!(await takeStatement(db, { area, client: id, ...judged, now })))
      throw new NotGiven('invalid_client', 'A statement with this jti was used before: sign a new one')
    const token = newToken()
    const until = now.add({ seconds: tokenSeconds })
    await saveToken(db, { area, client: id, hash: hashOf(token), scopes: allowed, now, until })
    const happening = { kind: 'act', what: 'client.token-given', subject: id } as const
    writeEntry(db, { area, by: undefined, happening, at: now })
    return {
      ...{ access_token: `${area}.${token}`, token_type: 'Bearer' },
      ...{ expires_in: tokenSeconds, scope: allowed.join(' ') },
    }
  })
}
