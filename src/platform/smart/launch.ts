import { createHash } from 'node:crypto'
import { z } from 'zod'
import { askOutside, type OutsideAnswer, postOutside } from '#platform/outside/asking.ts'
import { readDocument } from '#platform/outside/lists.ts'
import { OutsideProblem, type OutsideReason } from '#platform/outside/problems.ts'
import type { LaunchReason, Trusted } from './rules.ts'

/** A records system handed nobody over. */
export class LaunchProblem extends Error {
  readonly reason: LaunchReason
  constructor(reason: LaunchReason, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

/** Where a records system lets somebody in and then hands over whose record is open, as it says so itself. */
export type Ways = Readonly<{ authorize: string; token: string; issuer: string | null; scope: string }>

// Somebody waits in front of a white page meanwhile. Our own figures, as are the sizes: a Patient has a few kilobytes.
const patience = { seconds: 5, redirects: 0 } as const
const [mostSaid, mostOfPatient] = [64_000, 256_000]

const agent = { 'user-agent': 'WorkWell' } as const
const address = z.url().max(2000)
const configuration = z.looseObject({
  ...{ authorization_endpoint: address, token_endpoint: address, issuer: z.string().min(1).max(2000).optional() },
  code_challenge_methods_supported: z.array(z.string()),
  capabilities: z.array(z.string()).optional(),
})

/**
 * Asks a records system for its ways in (SMART App Launch 2.2, 2.1). They have to stand on the servers that were registered
 * for it: nobody is sent anywhere else, and nothing is asked of any other.
 */
export async function findWays(system: Trusted, ownNetwork: boolean): Promise<Ways> {
  const asked = { address: `${system.iss}/.well-known/smart-configuration`, ...patience, bytes: mostSaid, ownNetwork }
  const read = configuration.safeParse(await documentOf(askOutside({ ...asked, headers: agent })))
  if (!read.success) throw new LaunchProblem('unusable', read.error)
  const { authorization_endpoint: authorize, token_endpoint: token, capabilities = [], ...said } = read.data
  const isProven = said.code_challenge_methods_supported.includes('S256')
  if (!isProven || ![authorize, token].every((one) => isOf(system, one, ownNetwork)))
    throw new LaunchProblem('unusable')
  // Version 1 of the standard says it in another way, and some systems still read only that.
  const isOld = capabilities.includes('permission-v1') && !capabilities.includes('permission-v2')
  const scope = `launch ${isOld ? 'patient/Patient.read' : 'patient/Patient.r'}`
  return { authorize, token, issuer: said.issuer ?? null, scope }
}

function isOf({ iss, signIn }: Trusted, given: string, ownNetwork: boolean): boolean {
  const url = new URL(given)
  const isSafe = url.protocol === 'https:' || (ownNetwork && url.protocol === 'http:')
  return isSafe && url.username === '' && url.password === '' && [new URL(iss).origin, signIn].includes(url.origin)
}

type Leaving = Readonly<{ launch: string; state: string; verifier: string; redirect: string }> &
  // Its address letter by letter as it said it itself, since some compare it so.
  Readonly<{ iss: string }>

/** Where a browser is sent so that the records system lets us read the one patient whose record is open. */
export function leavingAddress({ clientId }: Trusted, ways: Ways, leaving: Leaving): string {
  const url = new URL(ways.authorize)
  const said = {
    ...{
      response_type: 'code',
      client_id: clientId,
      redirect_uri: leaving.redirect,
      scope: ways.scope,
      aud: leaving.iss,
    },
    ...{ launch: leaving.launch, state: leaving.state, code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(leaving.verifier).digest('base64url'),
  }
  for (const [name, value] of Object.entries(said)) url.searchParams.set(name, value)
  return url.href
}

type Coming = Readonly<{ code: string; verifier: string; redirect: string; token: string; ownNetwork: boolean }>

const given = z.looseObject({
  ...{ access_token: z.string().min(1).max(10_000), token_type: z.string().regex(/^bearer$/i) },
  patient: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/),
})
const handedOver = z.looseObject({ resourceType: z.literal('Patient'), id: z.string() })

/** The Patient whose record is open, read once with the token that the records system gives for it, which is then let go of. */
export async function fetchPatient({ iss, clientId }: Trusted, coming: Coming): Promise<unknown> {
  const { code, verifier, redirect, token, ownNetwork } = coming
  const body = new URLSearchParams({
    ...{ grant_type: 'authorization_code', code, redirect_uri: redirect, client_id: clientId, code_verifier: verifier },
  }).toString()
  const headers = { ...agent, 'content-type': 'application/x-www-form-urlencoded' }
  const answer = postOutside({ address: token, headers, body, seconds: patience.seconds, bytes: mostSaid, ownNetwork })
  const read = given.safeParse(await documentOf(answer))
  if (!read.success) throw new LaunchProblem('unusable', read.error)
  const { access_token: bearer, patient } = read.data
  const asked = {
    ...{ address: `${iss}/Patient/${patient}`, ...patience, bytes: mostOfPatient, ownNetwork },
    headers: { ...agent, accept: 'application/fhir+json', authorization: `Bearer ${bearer}` },
  }
  const found = handedOver.safeParse(await documentOf(askOutside(asked)))
  // Somebody else's record is worse than none.
  if (!found.success || found.data.id !== patient) throw new LaunchProblem('unusable')
  return found.data
}

async function documentOf(asked: Promise<OutsideAnswer>): Promise<unknown> {
  try {
    const { status, body, leave } = await asked
    if (status === 200) return await readDocument(body)
    leave()
    throw new LaunchProblem(reasonOf(status))
  } catch (cause) {
    if (!(cause instanceof OutsideProblem)) throw cause
    throw new LaunchProblem(silent.includes(cause.reason) ? 'silent' : 'unusable', cause)
  }
}

const silent: readonly OutsideReason[] = ['unreachable', 'broken-off', 'too-slow']

function reasonOf(status: number): LaunchReason {
  if (status >= 500 || status === 429) return 'silent'
  return [400, 401, 403].includes(status) ? 'refused' : 'unusable'
}
