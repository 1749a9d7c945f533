import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ClientMetadata, type Configuration, interactionPolicy, type JWK, Provider } from 'oidc-provider'
import type { Send } from '#platform/identity/openid.ts'

/** Which of the two it plays, and what each of them insists on by its own documents. */
const plays = {
  'nhs-login': {
    label: 'NHS login',
    origin: 'https://auth.login.example.org',
    // "private_key_jwt" with RS512 only; ID tokens RS512; levels P0, P5, P9 (NHS login interface specification).
    ours: 'RS512',
    theirs: 'RS512',
    scopes: ['openid', 'profile'],
    vtr: ['P9.Cp.Cd', 'P9.Cp.Ck', 'P9.Cm'],
  },
  'one-login': {
    label: 'GOV.UK One Login',
    origin: 'https://oidc.account.example.org',
    ours: 'PS256',
    theirs: 'ES256',
    scopes: ['openid', 'email'],
    vtr: ['Cl.Cm'],
  },
} as const

/** What the made-up provider says of whoever comes. */
export type Saying = Readonly<{ subject: string; vot?: string; claims?: Readonly<Record<string, unknown>> }>

export type ParticipantLogin = Readonly<{
  /** The settings of the product that lead to it. */
  settings: Readonly<Record<string, unknown>>
  hosts: Readonly<Record<string, string>>
  send: Send
  says(saying: Saying): void
  /** What it refused, in its own words. */
  refused: readonly string[]
  close(): Promise<void>
}>

type Stage = { saying: Saying; refused: string[] }
type Play = (typeof plays)[keyof typeof plays]
type Keys = Readonly<{ privateKey: KeyObject; publicKey: KeyObject }>

/** A stand-in for NHS login or GOV.UK One Login that insists on what they insist on. */
export async function participantLogin(which: keyof typeof plays, callback: string): Promise<ParticipantLogin> {
  const play: Play = plays[which]
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const stage: Stage = { saying: { subject: 'nobody' }, refused: [] }
  const provider = new Provider(play.origin, configuration(play, clientOf(play, keys, callback), stage))
  provider.proxy = true
  provider.on('authorization.error', (_context, error) => stage.refused.push(error.message))
  provider.on('grant.error', (_context, error) => stage.refused.push(error.message))
  const server = serverOf(provider, play.origin, stage)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Checked: a server that listens on a port has an address with one.
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    settings: settingsOf(which, play, keys),
    hosts: { [play.origin]: at },
    send: sendingTo(at, play.origin),
    says: (saying) => void (stage.saying = saying),
    refused: stage.refused,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function clientOf({ ours, theirs }: Play, { publicKey }: Keys, callback: string): ClientMetadata {
  return {
    ...{ client_id: 'workwell', redirect_uris: [callback], token_endpoint_auth_method: 'private_key_jwt' },
    ...{ token_endpoint_auth_signing_alg: ours, id_token_signed_response_alg: theirs },
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), alg: ours, use: 'sig', kid: 'ours' }] },
  }
}

function settingsOf(which: keyof typeof plays, { label, origin, ours, theirs, scopes, vtr }: Play, keys: Keys) {
  return {
    ...{ key: which, label, issuer: origin, clientId: 'workwell', scopes: scopes.join(' ') },
    ...{ proof: which === 'nhs-login' ? 'nhs-number' : 'code', idTokenAlgorithm: theirs },
    parameters: { vtr: JSON.stringify(vtr) },
    clientKey: {
      ...{ algorithm: ours, keyId: 'ours' },
      pem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  }
}

function configuration({ ours, theirs, scopes, vtr }: Play, us: ClientMetadata, stage: Stage): Configuration {
  return {
    clients: [us],
    jwks: { keys: [signingKey(theirs)] },
    cookies: { keys: ['only for tests'] },
    pkce: { required: () => true },
    extraParams: { vtr: (_context, value) => refuseUnless(isListOf(value, vtr), 'vtr', stage.refused) },
    claims: {
      openid: ['sub', 'vot'],
      profile: ['nhs_number', 'birthdate', 'family_name', 'identity_proofing_level'],
      email: ['email', 'email_verified'],
    },
    enabledJWA: { clientAuthSigningAlgValues: [ours], idTokenSigningAlgValues: [theirs] },
    features: { devInteractions: { enabled: false } },
    interactions: { policy: withoutConsent(), url: (_context, { uid }) => `/comes/${uid}` },
    ttl: { Session: 60, Interaction: 60, Grant: 60, AccessToken: 60, AuthorizationCode: 60, IdToken: 60 },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: 'workwell', accountId: oidc.session?.accountId })
      grant.addOIDCScope(scopes.join(' '))
      await grant.save()
      return grant
    },
    findAccount: async (_context, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, vot: stage.saying.vot ?? vtr[0], ...stage.saying.claims }),
    }),
  }
}

function refuseUnless(holds: boolean, what: string, refused: string[]): void {
  if (holds) return
  refused.push(`${what} is not what we ask for`)
  throw new Error(`${what} is not what we ask for`)
}

function isListOf(value: string | undefined, allowed: readonly string[]): boolean {
  const given: unknown = value === undefined ? undefined : JSON.parse(value)
  return Array.isArray(given) && given.length > 0 && given.every((one) => allowed.includes(String(one)))
}

function withoutConsent() {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  return policy
}

function signingKey(algorithm: 'RS512' | 'ES256'): JWK {
  const { privateKey } =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), alg: algorithm, use: 'sig' }
}

/** Both want a nonce and a state; GOV.UK One Login also answers 403 to whoever does not say who they are. */
function serverOf(provider: Provider, origin: string, stage: Stage): Server {
  const answer = provider.callback()
  return createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', origin)
    const missing = pathname === '/auth' ? ['nonce', 'state', 'vtr'].filter((name) => !searchParams.get(name)) : []
    const isNobody = pathname === '/token' && !request.headers['user-agent']?.startsWith('WorkWell')
    if (missing.length > 0 || isNobody) {
      stage.refused.push(isNobody ? 'no user agent' : `missing: ${missing.join(', ')}`)
      return void response.writeHead(isNobody ? 403 : 400).end()
    }
    if (pathname.startsWith('/comes/')) return void comes(provider, request, response, stage.saying.subject)
    return void answer(request, response)
  })
}

async function comes(provider: Provider, request: IncomingMessage, response: ServerResponse, accountId: string) {
  await provider.interactionFinished(request, response, {
    login: { accountId, ts: Math.floor(Date.now() / 1000), remember: false },
  })
}

function sendingTo(at: string, origin: string): Send {
  return async (url, { method, headers, body }) => {
    const { pathname, search } = new URL(url)
    const sent = typeof body === 'string' || body instanceof URLSearchParams ? { body: body.toString() } : {}
    const proxied = { ...headers, 'x-forwarded-host': new URL(origin).host, 'x-forwarded-proto': 'https' }
    return fetch(at + pathname + search, { method, headers: proxied, ...sent })
  }
}
