import type { Db } from '#platform/database/transaction.ts'
import type { Settings } from '#platform/settings.ts'
import { sessionTokenIn } from './cookies.ts'
import type { Membership } from './rules.ts'
import { type Asking, lateSession, sessionFrom } from './store.ts'

/** The question which memberships an account has at a moment; with the national transaction that is open, if one is. */
export type Memberships = (account: string, now: Temporal.Instant, open?: Db) => Promise<readonly Membership[]>

/** Ends what a participant's cookies open, since a member and a participant are never signed in at once; names the cookie. */
export type ParticipantLeaves = (
  cookies: Readonly<Record<string, string | undefined>>,
  now: Temporal.Instant,
) => Promise<string>

/** Who this browser is signed in as, and when that ends if nothing more is done. */
export type Current = Readonly<{
  account: string
  name: string
  membership: string | null
  area: string | null
  endsAt: Temporal.Instant
}>

/** What identity answers of a browser's session: who is signed in, and who was until it ran out. */
export const sessionAnswers = (settings: Pick<Settings, 'origin'>, asking: Asking) => ({
  session: currentSession(settings, asking),
  ranOut: sessionThatRanOut(settings, asking),
})

/** Answers, from a request's cookies, who is signed in: one indexed read, in one way to the database and back. */
function currentSession({ origin }: Pick<Settings, 'origin'>, asking: Asking) {
  return async (
    cookies: Readonly<Record<string, string | undefined>>,
    now: Temporal.Instant,
  ): Promise<Current | undefined> => {
    const session = await sessionFrom(asking, sessionTokenIn(cookies, origin), now)
    return session && { ...whoIs(session), endsAt: session.idleEndsAt }
  }
}

function whoIs({ account, name, membership, area }: Omit<Current, 'endsAt'>): Omit<Current, 'endsAt'> {
  return { account, name, membership, area }
}

/** Answers, from a request's cookies, whose session ran out by itself within the last day: what they send late is still theirs. */
function sessionThatRanOut({ origin }: Pick<Settings, 'origin'>, { ask }: Pick<Asking, 'ask'>) {
  return async (
    cookies: Readonly<Record<string, string | undefined>>,
    now: Temporal.Instant,
  ): Promise<Pick<Current, 'account' | 'area'> | undefined> => {
    const session = await lateSession(ask, sessionTokenIn(cookies, origin), now)
    return session && { account: session.account, area: session.area }
  }
}
