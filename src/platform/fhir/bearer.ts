import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Compilable } from 'kysely'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { hashOf } from '#platform/identity/tokens.ts'
import { countRequests } from '#platform/machine/allowance.ts'
import { type Asking, refuse } from './doors.ts'

/** A system that shows a token: what it may do, and how often. */
type Bearer = Readonly<{ id: string; perMinute: number; scopes: readonly string[] }>

type Setting = Readonly<{ area: string; client: string; minute: Temporal.Instant; wanted: number }>

/** Who knows whose a token is. */
export type Known<One extends Bearer> = Readonly<{
  databases: Databases
  now: () => Temporal.Instant
  findBearer: (db: Db, area: string, shown: Readonly<{ hash: Buffer; now: Temporal.Instant }>) => Compilable<One>
  /** Sets requests of a minute aside for a system. */
  setAside: (db: Db, setting: Setting) => Promise<number>
}>

/** As whom, where and when something is asked. */
export type Inside<One> = Readonly<{ db: Db; area: string; bearer: One; now: Temporal.Instant }>

type Work<One> = (here: Inside<One>) => Promise<object>

/** Refuses whoever shows nothing that could be a token, before anything is read. */
export function enterWithToken(request: FastifyRequest): void {
  if (tokenIn(request) === undefined) unknown()
}

/** What every answer says of how one comes in. */
export function asksForToken(_request: FastifyRequest, reply: FastifyReply): void {
  reply.header('www-authenticate', 'Bearer')
}

const unknown = () => refuse(401, 'login', 'Show a token that holds, as Authorization: Bearer')

function tokenIn({ headers }: FastifyRequest): Readonly<{ area: string; hash: Buffer }> | undefined {
  const [, area, token] = /^Bearer ([a-z0-9-]{2,40})\.([\w-]{20,200})$/i.exec(headers.authorization ?? '') ?? []
  return area === undefined || token === undefined ? undefined : { area, hash: hashOf(token) }
}

/**
 * Runs work as the system whose token is shown, in its area, where it may do this and has asked for no more than it may: what
 * is done without a scope looks itself at what the token allows.
 */
export function asBearer<One extends Bearer>({ databases, now: clock, findBearer, setAside }: Known<One>) {
  const counted = countRequests()
  return async (asking: Pick<Asking, 'request' | 'reply'>, scope: string | null, work: Work<One>): Promise<object> => {
    const shown = tokenIn(asking.request)
    if (!shown) return unknown()
    const { area, hash } = shown
    const now = clock()
    const database = databases.databaseFor(area)
    const [bearer] = await database.ask((db) => findBearer(db, area, { hash, now }))
    if (!bearer) return unknown()
    const { id: client, perMinute } = bearer
    const isWithin = await counted({
      ...{ client, perMinute, now },
      setAside: (wanted, minute) => database.transaction((db) => setAside(db, { area, client, minute, wanted })),
    })
    if (!isWithin) {
      asking.reply.header('retry-after', String(60 - (Math.floor(now.epochMilliseconds / 1000) % 60)))
      return refuse(429, 'throttled', `This system may ask ${perMinute} times a minute: ask again in the next one`)
    }
    if (scope !== null && !bearer.scopes.includes(scope))
      return refuse(403, 'forbidden', `The token does not allow ${scope}`)
    return database.transaction((db) => work({ db, area, bearer, now }))
  }
}
