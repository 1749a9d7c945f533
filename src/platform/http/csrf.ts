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
