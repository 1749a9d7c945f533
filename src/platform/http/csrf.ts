import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The token that a form of ours carries. It is bound to this browser's own session or visit, so a token taken from
 * anywhere else says nothing here (the signed double-submit pattern; no state of its own is needed).
 */
export function formToken(secret: string, owner: string): string {
  return createHmac('sha256', secret).update(`form:${owner}`).digest('base64url')
}

/** Whether a submitted form came from a page this browser was given. */
export function isOwnForm(secret: string, owner: string, given: unknown): boolean {
  if (typeof given !== 'string') return false
  const expected = Buffer.from(formToken(secret, owner))
  const found = Buffer.from(given)
  return expected.length === found.length && timingSafeEqual(expected, found)
}

/** Whether the browser itself says that the request comes from another site. */
export function isCrossSite(headers: Readonly<Record<string, unknown>>, origin: string): boolean {
  const site = headers['sec-fetch-site']
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') return true
  // Browsers too old to name the site say "null" on a page that keeps its address to itself; there the token decides.
  const own = [undefined, 'null', origin]
  return site === undefined && !own.some((known) => known === headers['origin'])
}

/** When a page with a public form was shown, signed and bound to this browser: nobody can make an earlier one. */
export function timeToken(secret: string, owner: string, now: Temporal.Instant): string {
  const at = `${Math.floor(now.epochMilliseconds / 1000)}`
  return `${at}.${createHmac('sha256', secret).update(`shown:${owner}:${at}`).digest('base64url')}`
}

/** The moment of a token of ours; undefined where it is not one that this browser was given. */
export function momentIn(secret: string, owner: string, given: unknown): Temporal.Instant | undefined {
  const [at = ''] = typeof given === 'string' ? given.split('.') : []
  if (!/^\d{9,11}$/.test(at)) return undefined
  const moment = Temporal.Instant.fromEpochMilliseconds(Number(at) * 1000)
  const expected = Buffer.from(timeToken(secret, owner, moment))
  const found = Buffer.from(String(given))
  return expected.length === found.length && timingSafeEqual(expected, found) ? moment : undefined
}
