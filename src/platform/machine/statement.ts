import { createHash } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, errors, importJWK, jwtVerify } from 'jose'
import { z } from 'zod'
import { limits } from './limits/rules.ts'
import { type PublicKey, signsBy } from './rules.ts'

// SMART Backend Services 2.1: a statement holds for at most five minutes.
const longest = 300
// Clocks of two machines are never quite the same.
const clockTolerance = 10

/** Why no token is given, in the words of RFC 6749 (5.2), with a sentence for whoever builds the other system. */
export class NotGiven extends Error {
  readonly code: 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type'
  constructor(code: NotGiven['code'], sentence: string) {
    super(sentence)
    this.code = code
  }
}

/** Said of a signed statement that is longer than any system writes. */
export const longStatement = `A signed JWT has at most ${limits.statementLetters} letters`

const statementType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** What was asked for: as whom, with which statement, and for what. */
export type Asked = Readonly<{ called: string; statement: string; scope: string | undefined }>

const bodyShape = z.record(z.string(), z.unknown()).catch({})

/** Reads a request for a token; throws `NotGiven`. Who it says it is, is not yet believed. */
export function readAsked(body: unknown): Asked {
  const fields = bodyShape.parse(body)
  const field = (name: string): string | undefined => {
    const value = fields[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  if (field('grant_type') !== 'client_credentials')
    throw new NotGiven('unsupported_grant_type', 'Ask with grant_type=client_credentials')
  if (field('client_assertion_type') !== statementType)
    throw new NotGiven('invalid_request', `Ask with client_assertion_type=${statementType}`)
  const statement = field('client_assertion')
  if (statement !== undefined && statement.length > limits.statementLetters)
    throw new NotGiven('invalid_request', longStatement)
  if (statement === undefined) throw new NotGiven('invalid_request', 'Send a signed JWT as client_assertion')
  return { called: claimedBy(statement), statement, scope: field('scope') }
}

/** The same for every cause: nobody learns which systems there are. */
export const nobodyKnown = () =>
  new NotGiven('invalid_client', 'No system is known by this client id and key, or the statement was not signed by it')

// What a statement says is as its sender wrote it, of whichever kind, until it was looked at.
const textOf = (claim: unknown): string => (typeof claim === 'string' ? claim : '')

/** As whose a JWT gives itself out, which is not yet believed. */
export function claimedIssuer(statement: string): string {
  try {
    return textOf(decodeJwt(statement).iss)
  } catch {
    throw nobodyKnown()
  }
}

function claimedBy(statement: string): string {
  try {
    return textOf(decodeJwt(statement).sub)
  } catch {
    throw new NotGiven('invalid_request', 'client_assertion is not a JWT')
  }
}

type Held = readonly (PublicKey & Readonly<{ endedAt: Temporal.Instant | null }>)[]
type Judging = Readonly<{ keys: Held; called: string; audience: string; now: Temporal.Instant }> &
  Readonly<{
    /** Whether whoever signs speaks for nobody else, as in a request for a token. */
    asSubject?: boolean
  }>

/** What of a statement is kept until it holds no longer, so that it is taken once. */
export type Statement = Readonly<{ digest: Buffer; until: Temporal.Instant }>

/**
 * Whether a statement was signed by a key of the system that it names, for this address, and holds now: RFC 7523 as SMART
 * Backend Services has it. Throws `NotGiven`.
 */
export async function judgeStatement(statement: string, judging: Judging): Promise<Statement> {
  const { keys, called, audience, now, asSubject = true } = judging
  const { kid, alg } = headOf(statement)
  const key = keys.find((one) => one.endedAt === null && one.kid === kid)
  if (!key || alg === undefined || !signsBy[key.algorithm].some((one) => one === alg)) throw nobodyKnown()
  const verified = await jwtVerify(statement, await importJWK(key.jwk, alg), {
    ...{ algorithms: [alg], issuer: called, audience, clockTolerance, ...(asSubject ? { subject: called } : {}) },
    ...{ currentDate: new Date(now.epochMilliseconds), requiredClaims: ['exp', 'jti'] },
  }).catch((cause: unknown) => {
    throw why(cause)
  })
  const { exp = 0, jti } = verified.payload
  if (exp - now.epochMilliseconds / 1000 > longest + clockTolerance)
    throw new NotGiven('invalid_client', 'exp is more than five minutes from now')
  // A sender may have written a number there, whatever the standard says.
  if (typeof jti !== 'string' || jti === '' || jti.length > 200)
    throw new NotGiven('invalid_client', 'jti is a text of 1 to 200 characters')
  const until = Temporal.Instant.fromEpochMilliseconds(Math.floor((exp + clockTolerance) * 1000))
  return { digest: createHash('sha256').update(jti).digest(), until }
}

function headOf(statement: string) {
  try {
    return decodeProtectedHeader(statement)
  } catch {
    throw nobodyKnown()
  }
}

// Only what whoever signed it already knows is said back to them.
function why(cause: unknown): Error {
  if (cause instanceof errors.JWTExpired)
    return new NotGiven('invalid_client', 'The statement is over: look at exp and at the clock')
  if (cause instanceof errors.JWTClaimValidationFailed)
    return new NotGiven('invalid_client', `The claim ${cause.claim} is missing or not the one that is needed`)
  return cause instanceof errors.JOSEError ? nobodyKnown() : new Error('A statement could not be judged', { cause })
}
