import { randomUUID } from 'node:crypto'
import { importPKCS8, SignJWT } from 'jose'
import { z } from 'zod'
import { postOutside } from '#platform/outside/asking.ts'
import type { BarsSettings } from './rules.ts'

const given = z.object({ access_token: z.string().min(1).max(10_000), expires_in: z.coerce.number().positive() })

/** How a gateway lets us through: with a token for its own addresses, and for those of nobody else. */
export type Passing = Readonly<{
  /** The token for an address; undefined where the address is not the gateway's. Throws where the gateway gives none. */
  tokenFor(address: string, now: Temporal.Instant): Promise<string | undefined>
  /** Lets go of a token that was not taken, so that the next one is asked for. */
  forget(): void
}>

type Held = Readonly<{ token: string; until: Temporal.Instant }>

/**
 * Asks the gateway for a token by a signed statement, as systems without a user do at the platform of NHS England (RS512,
 * five minutes at most), and keeps it until shortly before it ends.
 */
export function passing(gateway: BarsSettings['token'], ownNetwork: boolean): Passing {
  let held: Held | undefined
  return {
    forget: () => {
      held = undefined
    },
    tokenFor: async (address, now) => {
      if (!gateway || new URL(address).origin !== new URL(gateway.address).origin) return undefined
      if (!held || Temporal.Instant.compare(held.until, now) <= 0) held = await ask(gateway, { ownNetwork, now })
      return held.token
    },
  }
}

type Gateway = NonNullable<BarsSettings['token']>
type How = Readonly<{ ownNetwork: boolean; now: Temporal.Instant }>

/** The gateway gave no token: the same is asked for again later. */
export class NoToken extends Error {}

async function ask(gateway: Gateway, { ownNetwork, now }: How): Promise<Held> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await statement(gateway, now),
  }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'WorkWell' }
  const answer = await postOutside({ address: gateway.address, headers, body, ownNetwork, seconds: 10, bytes: 50_000 })
  const parts: Uint8Array[] = []
  for await (const part of answer.body) parts.push(part)
  const read = given.safeParse(answer.status === 200 ? parsed(Buffer.concat(parts).toString('utf8')) : undefined)
  if (!read.success) throw new NoToken('The gateway gave no token')
  // Some seconds are spent on the way.
  const seconds = Math.max(1, Math.floor(read.data.expires_in) - 30)
  return { token: read.data.access_token, until: now.add({ seconds }) }
}

async function statement({ client, kid, key, address }: Gateway, now: Temporal.Instant): Promise<string> {
  const seconds = Math.floor(now.epochMilliseconds / 1000)
  return new SignJWT({ iss: client, sub: client, aud: address, jti: randomUUID(), iat: seconds, exp: seconds + 240 })
    .setProtectedHeader({ alg: 'RS512', kid, typ: 'JWT' })
    .sign(await importPKCS8(key, 'RS512'))
}

// What is no JSON is no token.
function parsed(text: string): unknown {
  try {
    // Checked: what it is, is looked at before anything is read from it.
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
