import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NotFound } from '#platform/http/refusals.ts'
import type { RouteLine } from '#platform/http/route.ts'
import type { Settings } from '#platform/settings.ts'
import { accountFor } from './accounts.ts'
import { showPage } from './answering.ts'
import { browserTokenIn, cookieNames, cookieOptions, isLink, linkIn, sessionTokenIn } from './cookies.ts'
import { ProviderAway, SignInRefused } from './failures.ts'
import type { Arrival, OpenId } from './openid.ts'
import { ProviderDoesNotAnswer, SignInAgain } from './pages.tsx'
import { type Pending, savePending, takePending } from './pending.ts'
import {
  choiceAfterSignIn,
  forgetEvery,
  isDue,
  type IdentityProvider,
  needsSecondFactor,
  ownPath,
  pendingTime,
  standInKey,
} from './rules.ts'
import { chooseMembership, endSession, forgetExpired, type National, openSession, takeSignOut } from './store.ts'
import type { Memberships, ParticipantLeaves } from './session.ts'
import { isToken, newToken } from './tokens.ts'

/** These routes in the words of the access table; they are not mounted like the others. */
export const signInLines: readonly RouteLine[] = [
  { method: 'GET', path: '/sign-in/:provider', rule: { who: 'anyone', area: 'none' } },
  { method: 'GET', path: '/sign-in/:provider/callback', rule: { who: 'anyone', area: 'none' } },
  { method: 'GET', path: '/sign-out/:provider', rule: { who: 'anyone', area: 'none' } },
]

export type SignInParts = Readonly<{
  settings: Settings
  national: National
  now: () => Temporal.Instant
  openId: OpenId
  memberships: Memberships
  participantLeaves?: ParticipantLeaves | undefined
}>

type Asked = FastifyRequest<{ Params: { provider: string }; Querystring: Record<string, unknown> }>

const limited = { config: { rateLimit: { max: 120, timeWindow: '1 minute' } } }

/**
 * The ways out to an identity provider and back. Not mounted like other pages: those run in a transaction, and none may
 * stay open while another organisation's server is thinking.
 */
export function signInRoutes(fastify: FastifyInstance, parts: SignInParts): void {
  const guarded = (work: typeof leave) => async (request: Asked, reply: FastifyReply) => {
    const provider = parts.openId.offered.find(({ key }) => key === request.params.provider)
    if (!provider) throw new NotFound()
    try {
      return await work(parts, provider, request, reply)
    } catch (cause) {
      return answerFailure(parts, provider, { request, reply, cause })
    }
  }
  const forget = forgetting(parts)
  fastify.get('/sign-in/:provider', limited, async (request: Asked, reply) => {
    await forget()
    return guarded(leave)(request, reply)
  })
  fastify.get('/sign-in/:provider/callback', limited, guarded(arrive))
  fastify.get('/sign-out/:provider', limited, guarded(signOutThere))
}

function forgetting({ national, now }: SignInParts): () => Promise<void> {
  let last: Temporal.Instant | undefined
  return async () => {
    const moment = now()
    if (!isDue(last, forgetEvery, moment)) return
    last = moment
    await national((db) => forgetExpired(db, moment))
  }
}

async function leave(
  parts: SignInParts,
  provider: IdentityProvider,
  request: Asked,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { settings, national, openId } = parts
  const now = parts.now()
  const known = browserTokenIn(request.cookies, settings.origin)
  const browser = isToken(known) ? known : newToken()
  const secrets = { state: newToken(), nonce: newToken(), verifier: newToken() }
  const hint = provider.key === standInKey ? wordIn(request, 'as') : undefined
  const address = await openId.leave(provider.key, { ...secrets, hint })
  const to = ownPath(wordIn(request, 'to'))
  const returnPath = isLink(to) ? undefined : to
  await national((db) => savePending(db, { ...secrets, browser, provider: provider.key, returnPath }, now))
  const names = cookieNames(settings.origin)
  const there = { ...cookieOptions(settings.origin), maxAge: pendingTime.total('seconds') }
  reply.setCookie(names.browser, browser, there)
  reply.setCookie(names.link, isLink(to) && to ? to : '', isLink(to) ? there : { ...there, maxAge: 0 })
  return reply.header('cache-control', 'no-store').redirect(address.href, 303)
}

async function arrive(
  parts: SignInParts,
  provider: IdentityProvider,
  request: Asked,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { settings, national, openId } = parts
  const now = parts.now()
  const state = wordIn(request, 'state')
  const browser = browserTokenIn(request.cookies, settings.origin)
  // Taken and committed before the provider is asked, so that of two callbacks at once only one goes on.
  const pending = await national((db) => takePending(db, { state, browser, provider: provider.key }, now))
  if (!pending || state === undefined) throw new SignInRefused('no sign-in of this browser waits for that')
  const query = new URL(request.url, settings.origin).search
  const arrival = await openId.arrive(provider.key, { ...pending, state, query }, now)
  const token = newToken()
  const account = await open(
    parts,
    { provider, pending, arrival, token, before: sessionTokenIn(request.cookies, settings.origin) },
    now,
  )
  reply.setCookie(cookieNames(settings.origin).session, token, cookieOptions(settings.origin))
  const own = await parts.participantLeaves?.(request.cookies, now)
  if (own !== undefined) reply.setCookie(own, '', { ...cookieOptions(settings.origin), maxAge: 0 })
  const link = linkIn(request.cookies, settings.origin)
  reply.setCookie(cookieNames(settings.origin).link, '', { ...cookieOptions(settings.origin), maxAge: 0 })
  const next = link ?? (await firstPage(parts, { account, token, secondFactor: arrival.secondFactor }, now))
  return reply.header('cache-control', 'no-store').redirect(next, 303)
}

type Opened = Readonly<{
  provider: IdentityProvider
  pending: Pending
  arrival: Arrival
  token: string
  before: string | undefined
}>

async function open(
  { national }: SignInParts,
  { provider, pending, arrival, token, before }: Opened,
  now: Temporal.Instant,
): Promise<string> {
  const { secondFactor, idToken } = arrival
  return national(async (db) => {
    await endSession(db, before, 'signed in again', now)
    const account = await accountFor(db, { ...arrival, provider: provider.key }, now)
    const returnPath = pending.returnPath ?? undefined
    await openSession(db, { token, account, provider: provider.key, secondFactor, idToken, returnPath }, now)
    return account
  })
}

async function firstPage(
  { national, memberships, settings }: SignInParts,
  { account, token, secondFactor }: Readonly<{ account: string; token: string; secondFactor: boolean }>,
  now: Temporal.Instant,
): Promise<string> {
  const choice = choiceAfterSignIn(await memberships(account, now))
  if (choice.kind !== 'one' || needsSecondFactor({ secondFactor }, settings.environment)) return '/memberships'
  return (await national((db) => chooseMembership(db, token, choice.membership))) ?? '/'
}

async function signOutThere(
  parts: SignInParts,
  provider: IdentityProvider,
  request: Asked,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { settings, national, openId } = parts
  const token = sessionTokenIn(request.cookies, settings.origin)
  const idToken = await national((db) => takeSignOut(db, token, parts.now()))
  const address = idToken === undefined ? undefined : await openId.signOutAddress(provider.key, idToken)
  reply.setCookie(cookieNames(settings.origin).session, '', { ...cookieOptions(settings.origin), maxAge: 0 })
  return reply.header('cache-control', 'no-store').redirect(address?.href ?? '/signed-out', 303)
}

type Failed = Readonly<{ request: Asked; reply: FastifyReply; cause: unknown }>

function answerFailure(
  parts: SignInParts,
  provider: IdentityProvider,
  { request, reply, cause }: Failed,
): FastifyReply {
  if (cause instanceof ProviderAway) {
    request.log.error({ err: cause, provider: provider.key }, 'identity provider away')
    return showPage(reply.header('retry-after', '60'), parts, ProviderDoesNotAnswer(provider), 503)
  }
  if (cause instanceof SignInRefused) {
    request.log.warn({ err: cause, provider: provider.key }, 'sign-in refused')
    return showPage(reply, parts, SignInAgain(), 400)
  }
  throw cause
}

function wordIn(request: Asked, name: string): string | undefined {
  const value = request.query[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
