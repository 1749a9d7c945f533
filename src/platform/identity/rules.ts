import type { Role } from '#platform/access/rules.ts'

// design.md 5: idle 30 minutes, absolute 12 hours. NHS login asks for the same: it keeps no session of its own,
// so the service must ask again after 30 minutes without use or after 12 hours.
const idleTime = Temporal.Duration.from({ minutes: 30 })
export const longestTime = Temporal.Duration.from({ hours: 12 })

// A request only writes that the session was used when this has passed: one write a minute, not one a page.
const touchEvery = Temporal.Duration.from({ minutes: 1 })

// From leaving for the provider to being back. Providers keep their own codes for about as long.
export const pendingTime = Temporal.Duration.from({ minutes: 10 })

// Ended sessions and lost sign-ins are kept for questions about misuse, then forgotten.
export const keepEnded = Temporal.Duration.from({ hours: 30 * 24 })

// How often a copy of the product looks for what can be forgotten, when somebody signs in.
export const forgetEvery = Temporal.Duration.from({ minutes: 10 })

// How far another organisation's clock may be from ours.
const clockDifference = Temporal.Duration.from({ minutes: 1 })

/** The provider key of the stand-in, which no real provider may take. */
export const standInKey = 'stand-in'

/** Which claims prove a second factor at a provider: one of the values listed for each claim named. */
export type SecondFactor = Readonly<Record<string, readonly string[]>>

/** How we prove ourselves to a provider that takes no shared secret (NHS login RS512, GOV.UK One Login ES256 or RS256). */
export type ClientKey = Readonly<{ pem: string; algorithm: 'RS256' | 'RS512' | 'PS256' | 'ES256'; keyId?: string }>

/** An identity provider as the settings give it, with what only some of them need. */
export type IdentityProvider = Readonly<{
  key: string
  label: string
  issuer: string
  clientId: string
  clientSecret?: string
  scopes: string
  /** Sent along when leaving: `vtr`, `acr_values`, `prompt`, `max_age`, `claims`, `ui_locales`. */
  parameters: Readonly<Record<string, string>>
  clientKey?: ClientKey
  /** The only algorithm its ID tokens may be signed with; otherwise those it says it uses. */
  idTokenAlgorithm?: string
  secondFactor?: SecondFactor
}>

export type Environment = 'demo' | 'test' | 'production'

/** Why a session was ended before it ran out. */
export type EndReason = 'signed out' | 'signed in again' | 'revoked' | 'provider removed'

/** A sign-in that is or was open. */
export type Session = Readonly<{
  account: string
  name: string
  membership: string | null
  area: string | null
  provider: string
  secondFactor: boolean
  seenAt: Temporal.Instant
  idleEndsAt: Temporal.Instant
  endsAt: Temporal.Instant
  endedReason: EndReason | null
}>

/** What a later stage answers for an account: one line for each role it has now. */
export type Membership = Readonly<{
  membership: string
  area: string
  areaName: string
  organisation: string
  organisationName: string
  role: Role
  roleLabel: string
  from: Temporal.PlainDate
  until: Temporal.PlainDate | null
}>

/** What says until when a session may be used. */
export type Lasting = Pick<Session, 'idleEndsAt' | 'endsAt' | 'endedReason'>

/** Why a session may not be used any more, or undefined while it may. */
export function sessionEnds(session: Lasting, now: Temporal.Instant): EndReason | 'idle' | 'absolute' | undefined {
  if (session.endedReason !== null) return session.endedReason
  if (isAtOrAfter(now, session.endsAt)) return 'absolute'
  if (isAtOrAfter(now, session.idleEndsAt)) return 'idle'
  return undefined
}

/** Whether a session ran out by itself within the last day, and was not ended by anybody. */
export function ranOutLately(session: Lasting, now: Temporal.Instant): boolean {
  const why = sessionEnds(session, now)
  return (why === 'idle' || why === 'absolute') && !isAtOrAfter(now, session.idleEndsAt.add({ hours: 24 }))
}

/** When a session ends if nothing more is done: never later than its absolute end. */
export function idleEnd(seenAt: Temporal.Instant, endsAt: Temporal.Instant): Temporal.Instant {
  const idle = seenAt.add(idleTime)
  return isAtOrAfter(idle, endsAt) ? endsAt : idle
}

/** Whether enough time has passed to write again that a session is in use. */
export function touchDue(session: Pick<Session, 'seenAt'>, now: Temporal.Instant): boolean {
  return isDue(session.seenAt, touchEvery, now)
}

/** Whether something done every so often has to be done again. */
export function isDue(last: Temporal.Instant | undefined, every: Temporal.Duration, now: Temporal.Instant): boolean {
  return last === undefined || isAtOrAfter(now, last.add(every))
}

/** What happens after signing in: straight on, a choice, or nothing that this account may do. */
export type Choice =
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'one'; membership: Membership }>
  | Readonly<{ kind: 'several'; memberships: readonly Membership[] }>

/** Which choice is given to somebody who has signed in: one membership is chosen by itself. */
export function choiceAfterSignIn(memberships: readonly Membership[]): Choice {
  const [first, ...others] = memberships
  if (first === undefined) return { kind: 'none' }
  if (others.length === 0) return { kind: 'one', membership: first }
  return { kind: 'several', memberships }
}

/** Whether the service still asks for a second factor: every membership is a member of staff's, and those need one for real. */
export function needsSecondFactor(session: Pick<Session, 'secondFactor'>, environment: Environment): boolean {
  return environment === 'production' && !session.secondFactor
}

/**
 * The page to go to after signing in, when it is a page of ours; undefined for anything that could lead to another host
 * or round in circles.
 */
export function ownPath(wanted: string | undefined): string | undefined {
  if (wanted === undefined || wanted.length > 2000) return undefined
  // Browsers read a backslash as a slash and drop tabs and line ends, so "/\evil.example" and "/\t/evil.example" leave us.
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wanted)) return undefined
  const here = 'https://ours.invalid'
  if (!URL.canParse(wanted, here)) return undefined
  const address = new URL(wanted, here)
  if (address.origin !== here || address.pathname.startsWith('//')) return undefined
  if (/^\/(sign-in|sign-out|signed-out|stand-in)(\/|$)/.test(address.pathname)) return undefined
  return address.pathname + address.search
}

/** Why this provider cannot be used as it is set, in a sentence for whoever runs the product. */
export function providerProblem(provider: IdentityProvider, environment: Environment): string | undefined {
  const issuer = new URL(provider.issuer)
  const standIn = provider.key === standInKey
  if (standIn && environment === 'production') {
    return 'The stand-in identity provider is refused in production: anybody could sign in as anybody.'
  }
  if (issuer.protocol === 'https:') return undefined
  if (!standIn) return `Identity provider ${provider.key}: the issuer must be an https address.`
  if (issuer.protocol === 'http:' && isLoopback(issuer.hostname)) return undefined
  return 'The stand-in identity provider needs an https address or localhost: set WORKWELL_ORIGIN.'
}

/** Whether a host is this machine itself, where plain http cannot be listened to. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** What an ID token says, as far as it is looked at here. */
export type Claims = Readonly<Record<string, unknown>>

/**
 * Why the provider's word is not taken although the protocol went well: it was asked to make the person sign in afresh
 * (`prompt=login` or `max_age`) and does not say, or not truly, that they did.
 */
export function whyNotFresh(
  parameters: Readonly<Record<string, string>>,
  claims: Claims,
  leftAt: Temporal.Instant,
  now: Temporal.Instant,
): string | undefined {
  const oldest = oldestSignIn(parameters, leftAt, now)
  if (oldest === undefined) return undefined
  if (typeof claims.auth_time !== 'number') return 'the provider does not say when the person signed in'
  const signedInAt = Temporal.Instant.fromEpochMilliseconds(claims.auth_time * 1000)
  if (Temporal.Instant.compare(signedInAt, oldest.subtract(clockDifference)) >= 0) return undefined
  return 'the person did not sign in afresh'
}

function oldestSignIn(
  parameters: Readonly<Record<string, string>>,
  leftAt: Temporal.Instant,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  if (parameters.prompt?.split(' ').includes('login')) return leftAt
  if (parameters.max_age === undefined) return undefined
  return now.subtract({ seconds: Number(parameters.max_age) })
}

/** Whether the provider says that a second factor was used, in the words its settings expect. */
export function hasSecondFactor(expected: SecondFactor | undefined, claims: Claims): boolean {
  if (expected === undefined) return false
  const asked = Object.entries(expected)
  return (
    asked.length > 0 && asked.every(([claim, values]) => said(claims[claim]).some((value) => values.includes(value)))
  )
}

function said(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}

function isAtOrAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) >= 0
}
