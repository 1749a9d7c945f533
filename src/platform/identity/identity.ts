import type { FastifyInstance } from 'fastify'
import type { App } from '#platform/http/app.ts'
import type { RouteLine } from '#platform/http/route.ts'
import { type Settings, SettingsProblem } from '#platform/settings.ts'
import { pageText } from './answering.ts'
import { type OwnDoor, ownSignInLines, ownSignInRoutes } from './own-routes.ts'
import { openIdProviders, overTheNetwork, type Send } from './openid.ts'
import { StandInExpired } from './pages.tsx'
import { type IdentityProvider, standInKey } from './rules.ts'
import { identityRoutes } from './routes.ts'
import { signInLines, signInRoutes } from './sign-in-routes.ts'
import { type StandInPeople, standInProvider, startStandIn } from './stand-in.ts'
import { standInLines, standInRoutes } from './stand-in-routes.ts'
import type { Memberships, ParticipantLeaves } from './session.ts'
import { endSessionsNotFrom, type National } from './store.ts'

/** How identity providers are reached: over the network unless a test says otherwise. */
export type Reaching = Readonly<{ send?: Send }>

/** What a later stage answers for identity, and how providers are reached. */
export type IdentityParts = Readonly<{
  national: National
  memberships: Memberships
  people: StandInPeople
  /** Signs a participant out who is signed in at the same browser as a member who signs in; gives what clears their cookie. */
  participantLeaves?: ParticipantLeaves
  /** Lets participants in who come back from a provider of theirs. */
  participantArrives?: OwnDoor
}> &
  Reaching

/**
 * Mounts everything about signing in; with the stand-in where the settings ask for it. Answers, for the access table,
 * the routes that are mounted beside `app`.
 */
export async function mountIdentity(
  fastify: FastifyInstance,
  app: App,
  parts: IdentityParts,
): Promise<readonly RouteLine[]> {
  const { settings, now } = app
  const { national, memberships, people } = parts
  const offered = providersOf(settings)
  const openId = openIdProviders(settings, offered, reaching(fastify, settings, parts.send ?? overTheNetwork))
  if (settings.standIn) {
    const standIn = await startStandIn({
      settings,
      national,
      now,
      people,
      problem: () => pageText({ settings, now }, StandInExpired()),
      onFault: (cause) => fastify.log.error({ err: cause }, 'stand-in identity provider'),
    })
    await standInRoutes(fastify, { settings, now }, standIn)
  }
  signInRoutes(fastify, { settings, national, now, openId, memberships, participantLeaves: parts.participantLeaves })
  await identityRoutes(app, { offered, memberships })
  const keys = offered.map(({ key }) => key)
  await national((db) => endSessionsNotFrom(db, keys, now()))
  return [...signInLines, ...(settings.standIn ? standInLines : []), ...ownDoor(fastify, app, parts)]
}

/** The way in of participants by an account elsewhere, where one is set up. */
function ownDoor(fastify: FastifyInstance, { settings, now }: App, parts: IdentityParts): readonly RouteLine[] {
  const { national, participantArrives: arrived, send = overTheNetwork } = parts
  if (!arrived) return []
  const openId = openIdProviders(settings, settings.ownProviders, send, (key) => `/my/sign-in/${key}/callback`)
  ownSignInRoutes(fastify, { settings, national, now, openId, arrived })
  return ownSignInLines
}

/** Every provider that is offered: those of the settings, and the stand-in where it is on. */
function providersOf(settings: Settings): readonly IdentityProvider[] {
  const offered = settings.standIn ? [...settings.providers, standInProvider(settings)] : settings.providers
  const taken = new Set(settings.standIn ? [] : [standInKey])
  for (const { key } of offered) {
    if (taken.has(key)) throw new SettingsProblem(`Give the identity provider ${key} another key: this one is taken.`)
    taken.add(key)
  }
  return offered
}

/**
 * The stand-in is asked within this process: that works behind any proxy, before the port is open and whatever the
 * machine calls itself. All others are asked over the network.
 */
function reaching(fastify: FastifyInstance, { origin, standIn }: Settings, send: Send): Send {
  return async (url, options) => {
    if (!standIn || !url.startsWith(`${origin}/stand-in/`)) return send(url, options)
    const { method, headers, body } = options
    const { pathname, search } = new URL(url)
    // The protocol sends forms only: text, or the parameters it is made from.
    const payload = typeof body === 'string' || body instanceof URLSearchParams ? { payload: body.toString() } : {}
    const answer = await fastify.inject({
      method: method === 'POST' ? 'POST' : 'GET',
      url: pathname + search,
      headers,
      ...payload,
    })
    return new Response(answer.payload, { status: answer.statusCode, headers: headersOf(answer.headers) })
  }
}

function headersOf(given: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(given).map(([name, value]) => [name, String(value)])
}
