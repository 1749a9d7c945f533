import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type ClientMetadata, type Configuration, interactionPolicy, type JWK, Provider } from 'oidc-provider'
import type { Send } from '#platform/identity/openid.ts'
import type { IdentityProvider } from '#platform/identity/rules.ts'
import { freePort } from './product.ts'

export const careOrigin = 'https://login.example.org'

/** What the made-up provider says about whoever comes; `authTime` moves when it says they signed in, in seconds. */
export type Saying = Readonly<{
  subject: string
  name: string
  email?: string
  emailVerified?: boolean
  amr?: string[]
  authTime?: number
}>

type Keys = Readonly<{ privateKey: KeyObject; publicKey: KeyObject }>
type TokenRequest = Readonly<{ headers: Readonly<Record<string, string>>; body: URLSearchParams }>

/** What a test makes happen at the provider, and what it sees there. */
type Stage = {
  saying: Saying
  away: boolean
  meddling: (answer: string) => string
  tokenRequests: TokenRequest[]
  asked: URLSearchParams[]
}

export type CareLogin = Readonly<{
  settings: IdentityProvider
  /** Where its made-up https address really is. */
  hosts: Readonly<Record<string, string>>
  send: Send
  says: (saying: Saying) => void
  away: (is: boolean) => void
  /** What somebody in between makes of its token answers. */
  meddle: (how: (answer: string) => string) => void
  /** What its token endpoint was sent. */
  tokenRequests: readonly TokenRequest[]
  /** What its authorization endpoint was asked. */
  asked: readonly URLSearchParams[]
  close: () => Promise<void>
}>

/** Another organisation's provider: private_key_jwt with RS512 as NHS login wants it, vtr, and signing out there. */
export async function careLogin(callback: string, afterSigningOut: string): Promise<CareLogin> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const stage: Stage = {
    saying: { subject: 'none', name: 'None' },
    away: false,
    meddling: (answer) => answer,
    tokenRequests: [],
    asked: [],
  }
  const provider = new Provider(careOrigin, configuration(clientOf(keys, callback, afterSigningOut), stage))
  provider.proxy = true
  const port = await freePort()
  const server = serverOf(provider, stage)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const at = `http://127.0.0.1:${port}`
  return {
    settings: settingsOf(keys),
    hosts: { [careOrigin]: at },
    send: sendingTo(at, stage),
    says: (saying) => void (stage.saying = saying),
    away: (is) => void (stage.away = is),
    meddle: (how) => void (stage.meddling = how),
    tokenRequests: stage.tokenRequests,
    asked: stage.asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function settingsOf({ privateKey }: Keys): IdentityProvider {
  return {
    key: 'care',
    label: 'Care login',
    issuer: careOrigin,
    clientId: 'workwell',
    scopes: 'openid profile email',
    parameters: { vtr: '["P9.Cp.Cd"]' },
    clientKey: {
      pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      algorithm: 'RS512',
      keyId: 'ours',
    },
    idTokenAlgorithm: 'ES256',
    secondFactor: { amr: ['otp'] },
  }
}

function clientOf({ publicKey }: Keys, callback: string, afterSigningOut: string): ClientMetadata {
  return {
    client_id: 'workwell',
    redirect_uris: [callback],
    post_logout_redirect_uris: [afterSigningOut],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS512',
    id_token_signed_response_alg: 'ES256',
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'RS512', use: 'sig', kid: 'ours' }] },
  }
}

function serverOf(provider: Provider, stage: Stage): Server {
  const answer = provider.callback()
  return createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', careOrigin)
    if (pathname === '/auth') stage.asked.push(searchParams)
    return pathname.startsWith('/comes/')
      ? void comes(provider, request, response, stage.saying)
      : void answer(request, response)
  })
}

/** The way to the provider, which a test can cut or listen in on. */
function sendingTo(at: string, stage: Stage): Send {
  return async (url, { method, headers, body }) => {
    if (stage.away) throw new TypeError('fetch failed')
    const { pathname, search } = new URL(url)
    const sent = typeof body === 'string' || body instanceof URLSearchParams ? { body: body.toString() } : {}
    const proxied = { ...headers, 'x-forwarded-host': new URL(careOrigin).host, 'x-forwarded-proto': 'https' }
    const answer = await fetch(at + pathname + search, { method, headers: proxied, ...sent })
    if (pathname !== '/token') return answer
    stage.tokenRequests.push({ headers, body: new URLSearchParams(sent.body) })
    return new Response(stage.meddling(await answer.text()), { status: answer.status, headers: answer.headers })
  }
}

function configuration(us: ClientMetadata, stage: Stage): Configuration {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  return {
    clients: [us],
    jwks: { keys: [signingKey()] },
    cookies: { keys: ['only for tests'] },
    extraParams: ['vtr'],
    claims: {
      openid: ['sub', 'amr'],
      profile: ['name'],
      email: ['email', 'email_verified'],
      acr: null,
      auth_time: null,
    },
    enabledJWA: { clientAuthSigningAlgValues: ['RS512'], idTokenSigningAlgValues: ['ES256'] },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_context, { uid }) => `/comes/${uid}` },
    ttl: { Session: 60, Interaction: 60, Grant: 60, AccessToken: 60, AuthorizationCode: 60, IdToken: 60 },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: 'workwell', accountId: oidc.session?.accountId })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
    findAccount: async (_context, accountId) => {
      const { name, email, emailVerified } = stage.saying
      return { accountId, claims: () => ({ sub: accountId, name, email, email_verified: emailVerified }) }
    },
  }
}

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }
}

/** Whoever comes is let in at once, as whom the test said. */
async function comes(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  saying: Saying,
): Promise<void> {
  const ts = Math.floor(Date.now() / 1000) + (saying.authTime ?? 0)
  const login = { accountId: saying.subject, ts, remember: false, ...(saying.amr ? { amr: saying.amr } : {}) }
  await provider.interactionFinished(request, response, { login })
}
