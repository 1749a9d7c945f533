import * as client from 'openid-client'
import { type Settings, SettingsProblem } from '#platform/settings.ts'
import { clientProof } from './client-proof.ts'
import {
  type Claims,
  hasSecondFactor,
  type IdentityProvider,
  providerProblem,
  standInKey,
  whyNotFresh,
} from './rules.ts'
import { asOurFailure, ProviderAway, SignInRefused } from './failures.ts'

/** What leaves with somebody who goes to a provider, and what must come back. */
export type Leaving = Readonly<{ state: string; nonce: string; verifier: string; hint?: string | undefined }>
export type Coming = Readonly<{
  state: string
  nonce: string
  verifier: string
  query: string
  leftAt: Temporal.Instant
}>

/** Who came back, in the provider's words. The ID token is kept only where signing out at the provider needs it. */
export type Arrival = Readonly<{
  subject: string
  name: string | undefined
  verifiedEmail: string | undefined
  secondFactor: boolean
  idToken: string | undefined
  /** Everything that its ID token and its user information say. */
  said: Claims
}>

/** How a request reaches a provider. */
export type Send = client.CustomFetch

/** All identity providers behind one face. */
export type OpenId = Readonly<{
  offered: readonly IdentityProvider[]
  leave(key: string, leaving: Leaving): Promise<URL>
  arrive(key: string, coming: Coming, now: Temporal.Instant): Promise<Arrival>
  signOutAddress(key: string, idToken: string): Promise<URL | undefined>
}>

// Somebody is waiting in front of a page: better a sentence than half a minute of nothing.
const secondsToWait = 8
// A provider may move its addresses; its signing keys are fetched anew by themselves when an unknown one appears.
const hoursToKeep = 12

/** Opens the way to the providers of the settings; each is asked for its addresses when first needed. */
export function openIdProviders(
  settings: Settings,
  providers: readonly IdentityProvider[],
  send: Send = overTheNetwork,
  callback: (key: string) => string = (key) => `/sign-in/${key}/callback`,
): OpenId {
  for (const provider of providers) refuseUnusable(provider, settings.environment)
  const discovered = keptFor(hoursToKeep, (provider: IdentityProvider) =>
    discover(provider, named(send, settings.origin)),
  )
  const callbackOf = (key: string) => settings.origin + callback(key)
  const knownBy = (key: string): IdentityProvider => {
    const provider = providers.find((one) => one.key === key)
    if (!provider) throw new SignInRefused(`no identity provider ${key}`)
    return provider
  }
  return {
    offered: providers,
    leave: async (key, leaving) =>
      authorizationAddress(await discovered(knownBy(key)), knownBy(key), callbackOf(key), leaving),
    arrive: async (key, coming, now) => {
      const provider = knownBy(key)
      const config = await discovered(provider)
      const tokens = await exchange(config, callbackOf(key), coming)
      return arrivalOf({ config, provider, tokens, leftAt: coming.leftAt, now })
    },
    signOutAddress: async (key, idToken) => {
      const config = await discovered(knownBy(key))
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined
      return client.buildEndSessionUrl(config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${settings.origin}/signed-out`,
      })
    },
  }
}

/** The plain way to another organisation's server. Checked: the options that openid-client gives are the ones fetch takes. */
export const overTheNetwork = fetch as Send

function refuseUnusable(provider: IdentityProvider, environment: Settings['environment']): void {
  const problem = providerProblem(provider, environment)
  if (problem !== undefined) throw new SettingsProblem(problem)
  try {
    clientProof(provider, () => undefined)
  } catch (cause) {
    throw new SettingsProblem(`Identity provider ${provider.key}: the client key is not a private key in PEM form.`, {
      cause,
    })
  }
}

async function discover(provider: IdentityProvider, send: Send): Promise<client.Configuration> {
  const metadata =
    provider.idTokenAlgorithm === undefined ? {} : { id_token_signed_response_alg: provider.idTokenAlgorithm }
  try {
    const proof = clientProof(provider, () => config.serverMetadata().token_endpoint)
    const config: client.Configuration = await client.discovery(
      new URL(provider.issuer),
      provider.clientId,
      metadata,
      proof,
      {
        [client.customFetch]: send,
        timeout: secondsToWait,
        // Signatures are checked too, although the token comes straight from the provider: a second wall behind TLS.
        execute: [
          client.enableNonRepudiationChecks,
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- so marked only to stand out; the stand-in speaks plain http on this machine
          ...(isPlainStandIn(provider) ? [client.allowInsecureRequests] : []),
        ],
      },
    )
    return config
  } catch (cause) {
    throw new ProviderAway(provider.label, { cause })
  }
}

function isPlainStandIn({ key, issuer }: IdentityProvider): boolean {
  return key === standInKey && issuer.startsWith('http:')
}

async function authorizationAddress(
  config: client.Configuration,
  provider: IdentityProvider,
  callback: string,
  { state, nonce, verifier, hint }: Leaving,
): Promise<URL> {
  return client.buildAuthorizationUrl(config, {
    ...provider.parameters,
    ...(hint === undefined ? {} : { login_hint: hint }),
    scope: provider.scopes,
    redirect_uri: callback,
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
}

async function exchange(config: client.Configuration, callback: string, coming: Coming) {
  const address = new URL(callback)
  address.search = coming.query
  try {
    return await client.authorizationCodeGrant(config, address, {
      expectedState: coming.state,
      expectedNonce: coming.nonce,
      pkceCodeVerifier: coming.verifier,
      idTokenExpected: true,
    })
  } catch (cause) {
    throw asOurFailure(cause)
  }
}

type Exchanged = Readonly<{
  config: client.Configuration
  provider: IdentityProvider
  tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>
  leftAt: Temporal.Instant
  now: Temporal.Instant
}>

async function arrivalOf({ config, provider, tokens, leftAt, now }: Exchanged): Promise<Arrival> {
  const claims = tokens.claims()
  if (claims === undefined) throw new SignInRefused('no ID token')
  const stale = whyNotFresh(provider.parameters, claims, leftAt, now)
  if (stale !== undefined) throw new SignInRefused(stale)
  const said = await everythingSaid(config, tokens.access_token, claims)
  return {
    subject: claims.sub,
    name: nameIn(said),
    verifiedEmail: verifiedEmailIn(said),
    secondFactor: hasSecondFactor(provider.secondFactor, claims),
    idToken: config.serverMetadata().end_session_endpoint === undefined ? undefined : tokens.id_token,
    said,
  }
}

async function everythingSaid(
  config: client.Configuration,
  token: string,
  claims: Claims & { sub: string },
): Promise<Claims> {
  const enough = nameIn(claims) !== undefined && claims.email !== undefined
  if (enough || config.serverMetadata().userinfo_endpoint === undefined) return claims
  try {
    return { ...claims, ...(await client.fetchUserInfo(config, token, claims.sub)) }
  } catch (cause) {
    throw asOurFailure(cause)
  }
}

function nameIn({ name, given_name: given, family_name: family }: Claims): string | undefined {
  const parts = typeof name === 'string' ? [name] : [given, family].filter((one) => typeof one === 'string')
  return parts.join(' ').trim().slice(0, 200) || undefined
}

function verifiedEmailIn({ email, email_verified: verified }: Claims): string | undefined {
  return typeof email === 'string' && /^\S+@\S+$/.test(email) && (verified === true || verified === 'true')
    ? email
    : undefined
}

// GOV.UK One Login answers 403 at its token endpoint to anyone who does not say who they are.
function named(send: Send, origin: string): Send {
  return (url, options) =>
    send(url, { ...options, headers: { ...options.headers, 'user-agent': `WorkWell (+${origin})` } })
}

/** Keeps an answer for some hours; a failure is never kept, and those who ask meanwhile wait for the same answer. */
function keptFor<T>(
  hours: number,
  ask: (provider: IdentityProvider) => Promise<T>,
): (provider: IdentityProvider) => Promise<T> {
  const kept = new Map<string, { answer: Promise<T>; until: number }>()
  return (provider) => {
    const found = kept.get(provider.key)
    if (found && found.until > performance.now()) return found.answer
    const answer = ask(provider)
    kept.set(provider.key, { answer, until: performance.now() + hours * 3_600_000 })
    answer.catch(() => kept.delete(provider.key))
    return answer
  }
}
