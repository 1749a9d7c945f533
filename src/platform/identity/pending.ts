import type { Db } from '#platform/database/transaction.ts'
import { pendingTime } from './rules.ts'
import { hashOf, isToken } from './tokens.ts'

export type Pending = Readonly<{
  provider: string
  nonce: string
  verifier: string
  returnPath: string | null
  leftAt: Temporal.Instant
}>
export type Leaving = Omit<Pending, 'leftAt' | 'returnPath'> &
  Readonly<{ state: string; browser: string; returnPath: string | undefined }>

/** Remembers a sign-in that leaves for a provider. */
export async function savePending(db: Db, leaving: Leaving, now: Temporal.Instant): Promise<void> {
  await db
    .insertInto('identity.pending')
    .values({
      state_hash: hashOf(leaving.state),
      browser_hash: hashOf(leaving.browser),
      provider: leaving.provider,
      nonce: leaving.nonce,
      verifier: leaving.verifier,
      return_path: leaving.returnPath ?? null,
      created_at: now,
      expires_at: now.add(pendingTime),
    })
    .execute()
}

/**
 * The sign-in that comes back with this state to the browser that left: usable once. Another browser's attempt does not
 * use it up, so that a stranger with a leaked address can neither finish nor spoil it.
 */
export async function takePending(
  db: Db,
  coming: Readonly<{ state: string | undefined; browser: string | undefined; provider: string }>,
  now: Temporal.Instant,
): Promise<Pending | undefined> {
  if (!isToken(coming.state) || !isToken(coming.browser)) return undefined
  return db
    .deleteFrom('identity.pending')
    .where('state_hash', '=', hashOf(coming.state))
    .where('browser_hash', '=', hashOf(coming.browser))
    .where('provider', '=', coming.provider)
    .where('expires_at', '>', now)
    .returning(['provider', 'nonce', 'verifier', 'return_path as returnPath', 'created_at as leftAt'])
    .executeTakeFirst()
}
