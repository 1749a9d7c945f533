import { createPrivateKey } from 'node:crypto'
import * as client from 'openid-client'
import type { ClientKey, IdentityProvider } from './rules.ts'

const algorithms = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  RS512: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
} as const satisfies Record<ClientKey['algorithm'], object>

/** How we prove to a provider that it is us: by a signed statement where a key is set, else by the shared secret. */
export function clientProof(provider: IdentityProvider, tokenEndpoint: () => string | undefined): client.ClientAuth {
  const { clientKey, clientSecret } = provider
  if (clientKey) return signedStatement(clientKey, tokenEndpoint)
  return clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret)
}

function signedStatement(
  { pem, algorithm, keyId }: ClientKey,
  tokenEndpoint: () => string | undefined,
): client.ClientAuth {
  const key = createPrivateKey(pem).toCryptoKey(algorithms[algorithm], false, ['sign'])
  return client.PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId }, {
    // NHS login, CIS2 and One Login want the statement addressed to the token endpoint, not to the issuer.
    [client.modifyAssertion]: (_header, statement) => {
      statement.aud = tokenEndpoint() ?? null
    },
  })
}
