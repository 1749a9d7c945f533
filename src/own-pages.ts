import type { App } from '#platform/http/app.ts'
import type { Cookie } from '#platform/http/answer.ts'
import type { Databases } from '#platform/database/router.ts'
import { cookieNames, sessionTokenIn } from '#platform/identity/cookies.ts'
import type { ParticipantLeaves } from '#platform/identity/session.ts'
import { endSession } from '#platform/identity/store.ts'
import type { Jobs } from '#platform/jobs/worker.ts'
import { codeJobs } from '#registers/code/jobs.ts'
import { codeRoutes } from '#registers/code/routes.tsx'
import { cookieParts, ownCookie } from '#registers/online/rules.ts'
import { ownAgreementsRoutes } from '#registers/own-agreements/routes.tsx'
import { onlineRoutes } from '#registers/online/routes.tsx'
import { endOwnSession } from '#registers/online/store.ts'
import { myPlanRoutes } from '#journey/my-plan/routes.tsx'
import { changeoverRoutes } from '#journey/changeover/routes.tsx'
import { callOffOwn } from '#journey/booking/store.ts'
import { saveEnding, withdrawEnding } from '#journey/ending/store.ts'
import { leavingRoutes } from '#journey/leaving/routes.tsx'
import { participantRoutes } from '#journey/participant/routes.tsx'

/** Everything for a participant who signs in as themselves: how they come in and go, and their own pages. */
export async function ownRoutes(app: App): Promise<void> {
  await onlineRoutes(app)
  await codeRoutes({ others: () => [], memberLeaves: memberLeaves(app) })(app)
  await ownAgreementsRoutes(app)
  await myPlanRoutes(app)
  await changeoverRoutes(app)
  await leavingRoutes({ saveEnding, withdrawEnding, callOff: callOffOwn })(app)
  await participantRoutes(app)
}

/** Their work for later. */
export const ownJobs: Jobs = codeJobs

// A member and a participant are never signed in at once in one browser: whoever signs in ends the other's session.
const memberLeaves =
  ({ databases, settings: { origin } }: Pick<App, 'databases' | 'settings'>) =>
  async (cookies: Readonly<Record<string, string | undefined>>, now: Temporal.Instant): Promise<Cookie> => {
    const token = sessionTokenIn(cookies, origin)
    if (token) await databases.national((db) => endSession(db, token, 'signed in again', now))
    return { name: cookieNames(origin).session, value: '' }
  }

/** The same where a member signs in at a browser in which a participant was signed in. */
export const participantLeaves =
  (origin: string, { databaseFor }: Pick<Databases, 'databaseFor'>): ParticipantLeaves =>
  async (cookies, now) => {
    const name = ownCookie(origin)
    const given = cookieParts(cookies[name])
    if (given) await databaseFor(given.area).transaction((db) => endOwnSession(db, given, 'signed in again', now))
    return name
  }
