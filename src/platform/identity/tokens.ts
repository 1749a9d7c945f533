import { createHash, randomBytes } from 'node:crypto'

/** A random 256-bit secret that only the browser it is given to has. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether something that came from a browser could be a token of ours at all; anything else is not looked up. */
export function isToken(given: string | undefined): given is string {
  return given !== undefined && /^[\w-]{43}$/.test(given)
}

/** What the database keeps of a token. Plain SHA-256 is enough: 256 random bits cannot be guessed or listed. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
