import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Algorithm, PublicKey } from './rules.ts'

// NIST SP 800-131A: RSA below 2,048 bits is no longer used to sign.
const leastBits = 2048

/**
 * Reads a public key as somebody pastes it: PEM, a JWK, or a set of one JWK. A key without a name of its own is named by its
 * RFC 7638 thumbprint. Gives a sentence where it cannot be taken, also where it is a private key, which nobody may send.
 */
export function readPublicKey(given: string): PublicKey | Readonly<{ problem: string }> {
  const text = given.trim()
  if (/PRIVATE KEY/.test(text))
    return { problem: 'This is a private key: keep it to yourself and paste the public one' }
  const read = text.startsWith('{') ? fromJwk(text) : fromPem(text)
  if (read === undefined) return { problem: 'Paste one public key, as PEM or as a JSON Web Key (JWK)' }
  if (read === 'private') return { problem: 'This holds a private key: keep it to yourself and paste the public one' }
  const { key, kid } = read
  const algorithm = algorithmOf(key)
  if (algorithm === undefined)
    return { problem: `Use an RSA key of at least ${leastBits} bits, or an elliptic key on P-256 or P-384` }
  const jwk = publicPart(key)
  return { kid: kid ?? thumbprint(jwk), algorithm, jwk }
}

type Found = Readonly<{ key: KeyObject; kid: string | undefined }>

function fromPem(text: string): Found | undefined {
  try {
    return { key: createPublicKey(text), kid: undefined }
  } catch {
    return undefined
  }
}

const jwkShape = z.record(z.string(), z.unknown())
const pasted = z.union([z.object({ keys: z.tuple([jwkShape]) }).transform(({ keys: [only] }) => only), jwkShape])
const keyName = z.string().regex(/^[\w.:=-]{1,200}$/)

function fromJwk(text: string): Found | 'private' | undefined {
  try {
    const jwk = pasted.parse(JSON.parse(text))
    if ('d' in jwk) return 'private'
    const kid = keyName.safeParse(jwk['kid'])
    return { key: createPublicKey({ key: jwk, format: 'jwk' }), kid: kid.data }
  } catch {
    return undefined
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Algorithm | undefined {
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= leastBits ? 'RS512' : undefined
  return asymmetricKeyType === 'ec' ? byCurve[asymmetricKeyDetails?.namedCurve ?? ''] : undefined
}

// As OpenSSL calls P-256 and P-384.
const byCurve: Readonly<Record<string, Algorithm>> = { prime256v1: 'ES256', secp384r1: 'ES384' }

function publicPart(key: KeyObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(key.export({ format: 'jwk' })).filter(
      (part): part is [string, string] => typeof part[1] === 'string',
    ),
  )
}

// RFC 7638: the required members in the order of their names, without spaces.
function thumbprint(jwk: Readonly<Record<string, string>>): string {
  const members = jwk['kty'] === 'RSA' ? ['e', 'kty', 'n'] : ['crv', 'kty', 'x', 'y']
  const ordered = JSON.stringify(Object.fromEntries(members.map((name) => [name, jwk[name]])))
  return createHash('sha256').update(ordered).digest('base64url')
}
