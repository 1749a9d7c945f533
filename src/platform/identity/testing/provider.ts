import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type ClientMetadata, type Configuration, interactionPolicy, type JWK, Provider } from 'oidc-provider'
import type { Send } from '#platform/identity/openid.ts'
import type { IdentityProvider } from '#platform/identity/rules.ts'
import { freePort } from './product.ts'

export const careOrigin = 'https://login.example.org'

/** What the made-up provider says about whoever comes; `authTime` moves when it says they signed in, in seconds. */
export type Saying = {
  subject: string
  name: string
  email?: string
  emailVerified?: boolean
  amr?: string[]
  authTime?: number
}

export type CareLogin = Readonly<{
  settings: IdentityProvider
  /** Where its made-up https address really is. */
  hosts: Readonly<Record<string, string>>
  send: Send
  says: (saying: Saying) => void
  away: (is: boolean) => void
  /** What its token endpoint was sent. */
  tokenRequests: readonly Readonly<{ headers: Readonly<Record<string, string>>; body: URLSearchParams }>[]
  /** What its authorization endpoint was asked. */
  asked: readonly URLSearchParams[]
  close: () => Promise<void>
}>

/** Another organisation's provider: private_key_jwt with RS512 as NHS login wants it, vtr, and signing out there. */
export async function careLogin(
  callback: string,
  afterSigningOut: string,
  parameters: Record<string, string> = {},
): Promise<CareLogin> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  let saying: Saying = { subject: 'none', name: 'None' }
  let isAway = false
  const asked: URLSearchParams[] = []
  const tokenRequests: { headers: Readonly<Record<string, string>>; body: URLSearchParams }[] = []
  const us: ClientMetadata = {
    client_id: 'workwell',
    redirect_uris: [callback],
    post_logout_redirect_uris: [afterSigningOut],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS512',
    id_token_signed_response_alg: 'ES256',
    jwks: { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), alg: 'RS512', use: 'sig', kid: 'ours' }] },
  }
  const key = { ...signing.privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }
  const provider = new Provider(
    careOrigin,
    configuration(us, key, () => saying),
  )
  provider.proxy = true
  const answer = provider.callback()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', careOrigin)
    if (url.pathname === '/auth') asked.push(url.searchParams)
    if (url.pathname.startsWith('/comes/')) return void comes(provider, request, response, saying)
    return void answer(request, response)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const at = `http://127.0.0.1:${port}`
  return {
    settings: {
      key: 'care',
      label: 'Care login',
      issuer: careOrigin,
      clientId: 'workwell',
      scopes: 'openid profile email',
      parameters: { vtr: '["P9.Cp.Cd"]', ...parameters },
      clientKey: {
        pem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        algorithm: 'RS512',
        keyId: 'ours',
      },
      idTokenAlgorithm: 'ES256',
      secondFactor: { amr: ['otp'] },
    },
    hosts: { [careOrigin]: at },
    send: async (url, options) => {
      if (isAway) throw new TypeError('fetch failed')
      const { pathname, search } = new URL(url)
      if (pathname === '/token')
        tokenRequests.push({ headers: options.headers, body: new URLSearchParams(String(options.body)) })
      const headers = { ...options.headers, 'x-forwarded-host': new URL(careOrigin).host, 'x-forwarded-proto': 'https' }
      return fetch(at + pathname + search, {
        method: options.method,
        headers,
        ...(options.body ? { body: String(options.body) } : {}),
      })
    },
    says: (next) => void (saying = next),
    away: (is) => void (isAway = is),
    tokenRequests,
    asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function configuration(us: ClientMetadata, key: JWK, saying: () => Saying): Configuration {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  return {
    clients: [us],
    jwks: { keys: [key] },
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
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: 'workwell', accountId: oidc.session?.accountId })
      grant.addOIDCScope('openid profile email')
      grant.addOIDCClaims(['amr'])
      await grant.save()
      return grant
    },
    findAccount: async (_context, accountId) => {
      const { name, email, emailVerified } = saying()
      return { accountId, claims: () => ({ sub: accountId, name, email, email_verified: emailVerified }) }
    },
  }
}

/** Whoever comes is let in at once, as whom the test said. */
async function comes(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  { subject, amr, authTime }: Saying,
) {
  const ts = Math.floor(Date.now() / 1000) + (authTime ?? 0)
  const login = { accountId: subject, ts, remember: false, ...(amr ? { amr } : {}) }
  await provider.interactionFinished(request, response, { login })
}
