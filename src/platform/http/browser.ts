import { createHash, randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Settings } from '#platform/settings.ts'
import { csrfField } from '#platform/html/shell.tsx'
import { isCrossSite, isOwnForm } from './csrf.ts'
import type { OwnSession, Parts, Session } from './parts.ts'
import { PageExpired } from './refusals.ts'

/**
 * The browser at the other end: a member, a participant, or known only by the visit that its drafts and forms are bound
 * to. Never a member and a participant at once.
 */
export type Browser = Readonly<{
  session: Session | undefined
  me: OwnSession | undefined
  owner: string
  newVisit: string | undefined
}>

/** The cookie of somebody without an account; it holds nothing but a random number. */
export const visitCookie = 'workwell-visit'

/** Who is at the other end of this request. */
export async function browserOf(parts: Parts, request: FastifyRequest, now: Temporal.Instant): Promise<Browser> {
  const session = await parts.questions.session(request.cookies, now)
  if (session) return { session, me: undefined, owner: memberOwner(session.account), newVisit: undefined }
  const me = await parts.questions.participant(request.cookies, now)
  if (me) return { session, me, owner: participantOwner(me.person), newVisit: undefined }
  const known = request.cookies[visitCookie]
  const visit = known !== undefined && /^[\w-]{32}$/.test(known) ? known : randomBytes(24).toString('base64url')
  return { session, me, owner: ownerOf(visit), newVisit: visit === known ? undefined : visit }
}

/** The name under which a member's drafts and forms are kept. */
export const memberOwner = (account: string) => `account:${account}`

/** The name under which a participant's are. */
export const participantOwner = (person: string) => `participant:${person}`

/** Under which name a stranger's drafts and forms are kept; undefined where this browser has no visit. */
export function visitOwner(cookies: Readonly<Record<string, string | undefined>>): string | undefined {
  const visit = cookies[visitCookie]
  return visit !== undefined && /^[\w-]{32}$/.test(visit) ? ownerOf(visit) : undefined
}

// Kept hashed, so that somebody who reads the drafts table cannot take over a visit.
function ownerOf(visit: string): string {
  return `visit:${createHash('sha256').update(visit).digest('base64url')}`
}

/** Stops a form that this browser was not given by us. */
export function refuseForeignForm(settings: Settings, browser: Browser, request: FastifyRequest, body: unknown): void {
  if (isForeignForm(settings, browser.owner, request, body)) throw new PageExpired()
}

/** Whether a form is not one that we gave to whoever sends it. */
export function isForeignForm(settings: Settings, owner: string, request: FastifyRequest, body: unknown): boolean {
  const fields: [string, unknown][] = typeof body === 'object' && body !== null ? Object.entries(body) : []
  const given = fields.find(([name]) => name === csrfField)?.[1]
  return isCrossSite(request.headers, settings.origin) || !isOwnForm(settings.secret, owner, given)
}
