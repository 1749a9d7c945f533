import { createHmac } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { ClientMetadata, Configuration, interactionPolicy, JWK, KoaContextWithOIDC } from 'oidc-provider'
import { type Settings, SettingsProblem } from '#platform/settings.ts'
import { type IdentityProvider, standInKey } from './rules.ts'
import { standInKeyFrom, standInStore } from './stand-in-store.ts'
import type { National } from './store.ts'

const sessionCookie = 'stand-in-session'

/** Somebody one can sign in as: where they work and as what, and what one finds as such a person. */
export type StandInPerson = Readonly<{
  subject: string
  name: string
  area: string
  role: string
  finds: string
  organisation: string
  email?: string
}>

/** The question who exists, which a later stage answers: those that fit a search, and one by the subject. */
export type StandInPeople = Readonly<{
  list: (search: string) => Promise<readonly StandInPerson[]>
  find: (subject: string) => Promise<StandInPerson | undefined>
}>

export type StandInParts = Readonly<{
  settings: Settings
  national: National
  now: () => Temporal.Instant
  people: StandInPeople
  /** The page that says a sign-in cannot go on, as a whole document. */
  problem: () => string
  onFault: (cause: Error) => void
}>

/** The stand-in identity provider: the real protocol, without a password. */
export type StandIn = Readonly<{
  people: StandInPeople
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** The sign-in that this browser is in the middle of; it may say itself who comes. */
  asked: (
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<Readonly<{ id: string; hint: string | undefined }> | undefined>
  /** Says who it is; answers the address to go on to. */
  choose: (request: IncomingMessage, response: ServerResponse, subject: string) => Promise<string>
}>

/** How the rest of the product knows the stand-in: as one more provider in the list. */
export function standInProvider({ origin, secret }: Settings): IdentityProvider {
  return {
    key: standInKey,
    label: 'the demo',
    issuer: `${origin}/stand-in`,
    clientId: 'workwell',
    clientSecret: derived(secret, 'client'),
    scopes: 'openid profile email',
    parameters: {},
    idTokenAlgorithm: 'ES256',
    secondFactor: { amr: ['demo'] },
  }
}

type Loaded = typeof import('oidc-provider')

/**
 * The provider and its usual policy, from behind the package's index: that warns, at each start, of every Node that is not
 * a long-term release yet. Which Node and which provider go together is pinned in package.json and seen in the tests.
 */
async function loadProvider() {
  const index = pathToFileURL(createRequire(import.meta.url).resolve('oidc-provider'))
  const load = (file: string): Promise<unknown> => import(new URL(file, index).href)
  const { Provider } = (await load('./provider.js')) as Loaded
  const policies = (await load('./helpers/interaction_policy/index.js')) as Loaded['interactionPolicy']
  return { Provider, policy: policies.base() }
}

/** Starts the stand-in; never in production, where anybody could sign in as anybody. */
export async function startStandIn(parts: StandInParts): Promise<StandIn> {
  const { settings, people } = parts
  if (settings.environment === 'production' || !settings.standIn) {
    throw new SettingsProblem(
      'The stand-in identity provider is refused in production and wherever the settings do not ask for it.',
    )
  }
  const { issuer } = standInProvider(settings)
  // Only here, so that it is never so much as loaded where it is refused.
  const { Provider, policy } = await loadProvider()
  policy.remove('consent')
  const provider = new Provider(issuer, configuration(parts, policy, await standInKeyFrom(parts)))
  provider.proxy = true
  provider.on('server_error', (_context, cause) => parts.onFault(cause))
  const callback = provider.callback()
  return {
    people,
    answer: (request, response) => callback(asMounted(request, new URL(issuer)), response),
    asked: async (request, response) => {
      const details = await provider.interactionDetails(request, response).catch(() => undefined)
      const hint = details?.params.login_hint
      return details && { id: details.uid, hint: typeof hint === 'string' ? hint : undefined }
    },
    choose: (request, response, subject) =>
      provider.interactionResult(request, response, { login: { accountId: subject, amr: ['demo'] } }),
  }
}

type Policy = interactionPolicy.DefaultPolicy

function configuration(parts: StandInParts, policy: Policy, key: JWK): Configuration {
  const { settings, national, now, people, problem } = parts
  return {
    adapter: (model) => standInStore(model, { national, now }),
    clients: [ourselves(settings)],
    jwks: { keys: [key] },
    cookies: cookiesOf(settings),
    claims: { openid: ['sub', 'amr'], profile: ['name'], email: ['email', 'email_verified'] },
    scopes: ['openid', 'profile', 'email'],
    responseTypes: ['code'],
    pkce: { required: () => true },
    // Signing out of the product is enough here: the stand-in remembers nobody and asks each time who comes.
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { policy, url: (_context, { uid }) => `/stand-in/people/${uid}` },
    loadExistingGrant: grantOf,
    findAccount: async (_context, subject) => {
      const person = await people.find(subject)
      return person && { accountId: subject, claims: () => claimsOf(person) }
    },
    renderError: (context) => {
      context.type = 'html'
      context.body = problem()
    },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 300, AuthorizationCode: 60, IdToken: 600 },
  }
}

function ourselves(settings: Settings): ClientMetadata {
  const { key, clientId, clientSecret } = standInProvider(settings)
  return {
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: [`${settings.origin}/sign-in/${key}/callback`],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    id_token_signed_response_alg: 'ES256',
  }
}

function cookiesOf({ secret }: Settings): NonNullable<Configuration['cookies']> {
  const cookie = { signed: true, httpOnly: true, sameSite: 'lax', overwrite: true } as const
  return {
    keys: [derived(secret, 'cookies')],
    names: { session: sessionCookie, interaction: 'stand-in-interaction', resume: 'stand-in-resume' },
    long: { ...cookie, path: '/stand-in' },
    short: cookie,
  }
}

async function grantOf({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc
  const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId })
  grant.addOIDCScope('openid profile email')
  await grant.save()
  return grant
}

function claimsOf({ subject, name, email }: StandInPerson) {
  return { sub: subject, name, ...(email === undefined ? {} : { email, email_verified: true }) }
}

/**
 * The request as the stand-in must see it: below its own address, under the one origin of the settings, whatever a
 * proxy or the sender says about host and scheme, and without the cookie by which it would know the last one who came:
 * it would ask by a form with a script in it, which our pages do not allow, whether that one has left.
 */
function asMounted(request: IncomingMessage, issuer: URL): IncomingMessage {
  const originalUrl = request.url ?? '/'
  const cookies = (request.headers.cookie ?? '').split(/; */).filter((one) => !one.startsWith(sessionCookie))
  Object.assign(request.headers, {
    cookie: cookies.join('; '),
    host: issuer.host,
    'x-forwarded-host': issuer.host,
    'x-forwarded-proto': issuer.protocol.replace(':', ''),
  })
  return Object.assign(request, { originalUrl, url: originalUrl.slice(issuer.pathname.length) || '/' })
}

function derived(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(`stand-in ${purpose}`).digest('base64url')
}
