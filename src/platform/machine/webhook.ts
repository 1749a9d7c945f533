import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign } from 'node:crypto'

/** What is signed: the id of the event, the second in which it is sent, and the words as they go. */
export type Signed = Readonly<{ id: string; second: number; body: string }>

/** A key by which the service proves to one address that it was the service that told it something. */
export type WebhookKey = Readonly<{
  /** As receivers paste it (Standard Webhooks 1.0). */
  written: string
  /** As receivers fetch it (RFC 8037). */
  jwk: Readonly<{ kty: 'OKP'; crv: 'Ed25519'; x: string; alg: 'EdDSA'; use: 'sig'; kid: string }>
  signature: (said: Signed) => string
}>

type Of = Readonly<{ secret: string; area: string; address: string; number: number }>

// RFC 8410: what stands before the 32 bytes of a private key of Ed25519.
const before = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The key of an address by its number. It is derived from the secret of the installation and kept nowhere, so that no
 * database and no copy of one holds anything to sign with.
 */
export function webhookKey({ secret, area, address, number }: Of): WebhookKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', `webhook:${area}:${address}:${number}`, 32))
  const own = createPrivateKey({ key: Buffer.concat([before, seed]), format: 'der', type: 'pkcs8' })
  const x = publicPart(own)
  return {
    written: `whpk_${x.toString('base64')}`,
    jwk: {
      kty: 'OKP',
      crv: 'Ed25519',
      x: x.toString('base64url'),
      alg: 'EdDSA',
      use: 'sig',
      kid: `${address}.${number}`,
    },
    signature: ({ id, second, body }) =>
      `v1a,${sign(null, Buffer.from(`${id}.${second}.${body}`), own).toString('base64')}`,
  }
}

function publicPart(own: KeyObject): Buffer {
  return createPublicKey(own).export({ format: 'der', type: 'spki' }).subarray(-32)
}
