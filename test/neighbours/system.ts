import { randomUUID } from 'node:crypto'
import {
  type CryptoKey,
  exportJWK,
  exportPKCS8,
  exportSPKI,
  generateKeyPair,
  importPKCS8,
  type JWTPayload,
  SignJWT,
} from 'jose'
import type { Algorithm } from '#platform/machine/rules.ts'

/** Another system with a key of its own, which signs what it is asked to. */
export type System = Readonly<{
  /** Its public key, as whoever registers it pastes it. */
  pem: string
  jwk: string
  /** A signed statement (RFC 7523) for an address; whatever else it shall say is said in place of what is right. */
  state(saying: Saying): Promise<string>
}>

type Saying = Readonly<{
  called: string
  audience: string
  kid: string
  now: Temporal.Instant
  alg?: string
  claims?: Readonly<Record<string, unknown>>
}>

/** Makes a system with a key of this kind, that signs as systems at the platform of NHS England do unless a test says otherwise. */
export async function aSystem(algorithm: Algorithm = 'ES256'): Promise<System> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 })
  return {
    pem: await exportSPKI(publicKey),
    jwk: JSON.stringify(await exportJWK(publicKey)),
    state: async ({ called, audience, kid, now, alg = algorithm, claims = {} }) => {
      const seconds = Math.floor(now.epochMilliseconds / 1000)
      const right = { iss: called, sub: called, aud: audience, jti: randomUUID(), iat: seconds, exp: seconds + 240 }
      return signed({ ...right, ...claims }, { alg, kid, privateKey })
    },
  }
}

type Signing = Readonly<{ alg: string; kid: string; privateKey: CryptoKey }>

// An RSA key signs by RS384 as well, where it is read for that.
async function signed(payload: JWTPayload, { alg, kid, privateKey }: Signing): Promise<string> {
  const key = alg === 'RS384' ? await importPKCS8(await exportPKCS8(privateKey), alg) : privateKey
  return new SignJWT(payload).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(key)
}
