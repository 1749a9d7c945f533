import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { visitOwner } from '#platform/http/browser.ts'
import type { Cookie } from '#platform/http/answer.ts'
import { NotFound } from '#platform/http/refusals.ts'
import type { RouteLine } from '#platform/http/route.ts'
import { languageOf } from '#platform/http/surroundings.ts'
import type { Settings } from '#platform/settings.ts'
import { showPage } from './answering.ts'
import { browserTokenIn, cookieNames, cookieOptions } from './cookies.ts'
import { ProviderAway, SignInRefused } from './failures.ts'
import type { OpenId } from './openid.ts'
import { OwnProviderDoesNotAnswer, OwnSignInAgain } from './pages.tsx'
import { savePending, takePending } from './pending.ts'
import { type Claims, type IdentityProvider, pendingTime } from './rules.ts'
import type { National } from './store.ts'
import { isToken, newToken } from './tokens.ts'

/** These routes in the words of the access table; they are not mounted like the others. */
export const ownSignInLines: readonly RouteLine[] = [
  { method: 'GET', path: '/in/:area/sign-in/with/:provider', rule: { who: 'anyone', area: 'path' } },
  { method: 'GET', path: '/my/sign-in/:provider/callback', rule: { who: 'anyone', area: 'none' } },
]

/** Somebody who came back from a provider of participants, with everything it says of them. */
export type OwnArrival = Readonly<{
  area: string
  provider: string
  /** The levels that the provider was asked to vouch for one of. */
  vtr: string | undefined
  subject: string
  said: Claims
  /** Whose drafts and codes this browser's are; undefined where it has no visit. */
  owner: string | undefined
  to: string
  cookies: Readonly<Record<string, string | undefined>>
  now: Temporal.Instant
}>

/** Where somebody goes who came back, and which cookies they get. Answered by the register of accounts elsewhere. */
export type OwnDoor = (arrival: OwnArrival) => Promise<Readonly<{ to: string; cookies: readonly Cookie[] }>>

export type OwnSignInParts = Readonly<{
  settings: Settings
  national: National
  now: () => Temporal.Instant
  openId: OpenId
  arrived: OwnDoor
}>

type Asked = FastifyRequest<{ Params: { area?: string; provider: string }; Querystring: Record<string, unknown> }>
type Turn = Readonly<{ parts: OwnSignInParts; provider: IdentityProvider; request: Asked; reply: FastifyReply }>

const limited = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } }

/**
 * The ways out to a provider of participants and back, bound to the browser that left like those of members. None runs in
 * a transaction: none may stay open while another organisation's server is thinking.
 */
export function ownSignInRoutes(fastify: FastifyInstance, parts: OwnSignInParts): void {
  const guarded = (work: (turn: Turn) => Promise<FastifyReply>) => async (request: Asked, reply: FastifyReply) => {
    const provider = parts.openId.offered.find(({ key }) => key === request.params.provider)
    if (!provider) throw new NotFound()
    try {
      return await work({ parts, provider, request, reply })
    } catch (cause) {
      return answerFailure({ parts, provider, request, reply }, cause)
    }
  }
  fastify.get('/in/:area/sign-in/with/:provider', limited, guarded(leave))
  fastify.get('/my/sign-in/:provider/callback', limited, guarded(arrive))
}

// The area stands in what is kept until they are back: the address a provider sends people back to is always the same.
const placeOf = (area: string, to: string) => `/in/${area}${to}`

async function leave({ parts, provider, request, reply }: Turn): Promise<FastifyReply> {
  const { settings, national, openId } = parts
  const area = request.params.area ?? ''
  if (!/^[a-z0-9-]{2,40}$/.test(area)) throw new NotFound()
  const known = browserTokenIn(request.cookies, settings.origin)
  const browser = isToken(known) ? known : newToken()
  const secrets = { state: newToken(), nonce: newToken(), verifier: newToken() }
  const address = await openId.leave(provider.key, secrets)
  const given = request.query['to']
  const returnPath = placeOf(area, typeof given === 'string' && /^\/my(\/[\w-]+)*$/.test(given) ? given : '/my')
  await national((db) => savePending(db, { ...secrets, browser, provider: ownKey(provider), returnPath }, parts.now()))
  const there = { ...cookieOptions(settings.origin), maxAge: pendingTime.total('seconds') }
  reply.setCookie(cookieNames(settings.origin).browser, browser, there)
  return reply.header('cache-control', 'no-store').redirect(address.href, 303)
}

async function arrive({ parts, provider, request, reply }: Turn): Promise<FastifyReply> {
  const { settings, national, openId } = parts
  const now = parts.now()
  const given = request.query['state']
  const state = typeof given === 'string' ? given : undefined
  const browser = browserTokenIn(request.cookies, settings.origin)
  const coming = { state, browser, provider: ownKey(provider) }
  const pending = await national((db) => takePending(db, coming, now))
  const [, area = '', to = '/my'] = /^\/in\/([a-z0-9-]+)(\/my.*)$/.exec(pending?.returnPath ?? '') ?? []
  if (!pending || state === undefined || area === '')
    throw new SignInRefused('no sign-in of this browser waits for that')
  const query = new URL(request.url, settings.origin).search
  const { subject, said } = await openId.arrive(provider.key, { ...pending, state, query }, now)
  const came = { area, provider: provider.key, vtr: provider.parameters['vtr'], subject, said, to, now }
  const next = await parts.arrived({ ...came, owner: visitOwner(request.cookies), cookies: request.cookies })
  for (const { name, value } of next.cookies)
    reply.setCookie(name, value, { ...cookieOptions(settings.origin), ...(value === '' ? { maxAge: 0 } : {}) })
  return reply.header('cache-control', 'no-store').redirect(next.to, 303)
}

// Apart from the providers of members, which may have the same keys.
const ownKey = ({ key }: IdentityProvider) => `participants ${key}`

function answerFailure({ parts, provider, request, reply }: Turn, cause: unknown): FastifyReply {
  const language = languageOf(request)
  if (cause instanceof ProviderAway) {
    request.log.error({ err: cause, provider: provider.key }, 'identity provider away')
    return showPage(reply.header('retry-after', '60'), { ...parts, language }, OwnProviderDoesNotAnswer(provider), 503)
  }
  if (cause instanceof SignInRefused) {
    request.log.warn({ err: cause, provider: provider.key }, 'sign-in refused')
    return showPage(reply, { ...parts, language }, OwnSignInAgain(), 400)
  }
  throw cause
}
