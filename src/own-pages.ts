import type { Logger } from 'pino'
import type { App } from '#platform/http/app.ts'
import type { Cookie } from '#platform/http/answer.ts'
import type { Databases } from '#platform/database/router.ts'
import { cookieNames, sessionTokenIn } from '#platform/identity/cookies.ts'
import type { ParticipantLeaves } from '#platform/identity/session.ts'
import { endSession } from '#platform/identity/store.ts'
import type { Jobs, JobWork, Schedule } from '#platform/jobs/worker.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { codeJobs } from '#registers/code/jobs.ts'
import { codeRoutes, type SigningInParts } from '#registers/code/routes.tsx'
import { loginJobs, loginSchedules } from '#registers/login/jobs.ts'
import { findWaiting, forgetWaiting, rememberLogin, removeLoginsSince } from '#registers/login/store.ts'
import { arriving } from './arriving.ts'
import { opening } from './disclosing.ts'
import type { Settings } from '#platform/settings.ts'
import { cookieParts, ownCookie } from '#registers/online/rules.ts'
import type { AfterMerge, Questions } from '#registers/likeness/routes.tsx'
import { doubtWaysSince, stopWhereNotWanted } from '#registers/means/store.ts'
import { tellOfWaysThatCame } from '#registers/own-ways/store.ts'
import { joinReferrals, partReferrals } from '#journey/triage/store.ts'
import { type ListOthers, ownAgreementsRoutes } from '#registers/own-agreements/routes.tsx'
import { onlineRoutes } from '#registers/online/routes.tsx'
import { endOtherSessions, endOwnSession } from '#registers/online/store.ts'
import { ownDetailsRoutes } from '#registers/own-details/routes.tsx'
import { ownLoginsRoutes } from '#registers/own-logins/routes.tsx'
import { ownWaysRoutes } from '#registers/own-ways/routes.tsx'
import { ownPlaces } from '#journey/own-pilots/rules.ts'
import { ownPilotsRoutes } from '#journey/own-pilots/routes.tsx'
import { listOwnPilots } from '#journey/own-pilots/store.ts'
import { listOwnPaid } from '#journey/support/budget/store.ts'
import { actionReminderJobs, actionReminderSchedules } from '#journey/action-reminder/jobs.ts'
import { feedbackJobs } from '#journey/feedback/jobs.ts'
import { myPlanRoutes, planCopyRoutes } from '#journey/my-plan/routes.tsx'
import { changeoverRoutes } from '#journey/changeover/routes.tsx'
import { callOffOwn } from '#journey/booking/store.ts'
import { saveEnding, withdrawEnding } from '#journey/ending/store.ts'
import { agreePlan, holdPlan } from '#journey/agreement/store.ts'
import { planAnswerRoutes } from '#journey/plan-answer/routes.tsx'
import { leavingRoutes } from '#journey/leaving/routes.tsx'
import { myWorkRoutes } from '#journey/support/my-work/routes.tsx'
import { settleTakenBack } from '#journey/onward-sending/store.ts'
import { emailedAnswerJobs, emailedAnswerSchedules } from '#journey/emailed-answer/jobs.ts'
import { onwardSendingJobs, onwardSendingSchedules } from '#journey/onward-sending/jobs.ts'
import { onwardAskingJobs, onwardAskingSchedules } from '#journey/onward-asking/jobs.ts'
import { onwardAskingRoutes } from '#journey/onward-asking/routes.tsx'
import { onwardTellingJobs, onwardTellingSchedules } from '#journey/onward-telling/jobs.ts'
import { waitsForMembersJobs, waitsForMembersSchedules } from '#programme/waits-for-members/jobs.ts'
import { onwardSilenceJobs, onwardSilenceSchedules } from '#journey/onward-silence/jobs.ts'
import { askedByEmployerJobs, askedByEmployerSchedules } from '#journey/asked-by-employer/jobs.ts'
import { ownOnwardRoutes } from '#journey/own-onward/routes.tsx'
import { participantRoutes } from '#journey/participant/routes.tsx'
import { carriedRoutes } from '#exchange/fhir/carried/routes.ts'
import { replyJobs, replyToSenders } from '#exchange/bars/reply/jobs.ts'
import { tellSystems, webhookJobs } from '#exchange/webhooks/webhook-event/jobs.ts'
import { settleSaid } from './record-pages.ts'

/** Everything for a participant who signs in as themselves: how they come in and go, and their own pages. */
export async function ownRoutes(app: App): Promise<void> {
  await onlineRoutes(app)
  await codeRoutes({
    others: othersOf(app.settings),
    memberLeaves: memberLeaves(app),
    account: accountsOf(app.settings),
  })(app)
  await ownDetailsRoutes(app)
  await ownWaysRoutes({ stop: stopWhereNotWanted, signOutElsewhere: endOtherSessions })(app)
  await ownLoginsRoutes(endOtherSessions)(app)
  await ownAgreementsRoutes(app, listAskedToTry, settleSaid)
  await ownPilotsRoutes(app)
  await myWorkRoutes(app)
  await ownOnwardRoutes(app)
  await onwardAskingRoutes(app)
  await myPlanRoutes(app, listOwnPaid)
  await planCopyRoutes(app)
  await planAnswerRoutes({ hold: holdPlan, keep: agreePlan })(app)
  await changeoverRoutes(app)
  await leavingRoutes({ saveEnding, withdrawEnding, callOff: callOffOwn, settle: settleTakenBack })(app)
  await carriedRoutes(app)
  await participantRoutes(app)
}

/** The pilots that somebody was asked to take part in, as they stand among what they agreed to. */
const listAskedToTry: ListOthers = async ({ db, me, today }) =>
  (await listOwnPilots(db, me, today)).map(({ pilot, place, newest, answeredTo }) => ({
    ...{ href: `/my/pilots/${pilot.id}`, name: pilot.name, tag: ownPlaces[place] },
    ...{ words: answeredTo ?? pilot.words, changed: answeredTo !== undefined },
    answered: newest && { at: newest.at, version: newest.version },
  }))

/** Their work for later. */
export const ownJobs: Jobs = {
  ...{ ...askedByEmployerJobs, ...codeJobs, ...loginJobs, ...onwardSendingJobs, ...emailedAnswerJobs },
}
export const ownSchedules: readonly Schedule[] = [
  ...[...askedByEmployerSchedules, ...loginSchedules, ...actionReminderSchedules],
  ...[...onwardSendingSchedules, ...onwardSilenceSchedules, ...onwardTellingSchedules, ...onwardAskingSchedules],
  ...[...waitsForMembersSchedules, ...emailedAnswerSchedules],
]

type Telling = Readonly<{ settings: Settings; log: Logger }>

/** What people and whoever referred them are told later, with links to where people reach us, or by their own system. */
export const tellingJobs = ({ settings, log }: Telling): Jobs => ({
  ...replyJobs({ ...settings, alarm: (text, of) => log.error(of, text) }),
  ...webhookJobs({ ...settings, alarm: (text, of) => log.error(of, text) }),
  ...emailJobs(settings),
})

/** An episode moved: the systems of whoever referred hear of it, by whichever way they referred. */
const tellAllSystems: JobWork = async (db, payload, now) => {
  await replyToSenders(db, payload, now)
  await tellSystems(db, payload, now)
}

const emailJobs = ({ origin, ...settings }: Settings): Jobs => ({
  ...{ ...feedbackJobs(origin, tellAllSystems), ...actionReminderJobs(origin) },
  ...{ ...onwardSilenceJobs({ ...settings, origin }), ...onwardTellingJobs(origin), ...onwardAskingJobs(origin) },
  ...waitsForMembersJobs(origin),
})

type Origin = Readonly<{ databases: Pick<Databases, 'national'>; settings: Readonly<{ origin: string }> }>

// A member and a participant are never signed in at once in one browser: whoever signs in ends the other's session.
const memberLeaves =
  ({ databases, settings: { origin } }: Origin) =>
  async (cookies: Readonly<Record<string, string | undefined>>, now: Temporal.Instant): Promise<Cookie> => {
    const token = sessionTokenIn(cookies, origin)
    if (token) await databases.national((db) => endSession(db, token, 'signed in again', now))
    return { name: cookieNames(origin).session, value: '' }
  }

/** What identity asks: to sign a participant out where a member signs in, and to let one in who comes back from a provider. */
export const ownDoors = (settings: Settings, databases: Databases) => ({
  participantLeaves: participantLeaves(settings.origin, databases),
  participantArrives: arriving({ settings, databases, memberLeaves: memberLeaves({ databases, settings }) }),
})

const participantLeaves =
  (origin: string, { databaseFor }: Pick<Databases, 'databaseFor'>): ParticipantLeaves =>
  async (cookies, now) => {
    const name = ownCookie(origin)
    const given = cookieParts(cookies[name])
    if (given) await databaseFor(given.area).transaction((db) => endOwnSession(db, given, 'signed in again', now))
    return name
  }

const accountsOf = ({ ownProviders }: Settings): SigningInParts['account'] => ({
  findWaiting: async (db, of) => {
    const waiting = await findWaiting(db, of)
    return ownProviders.find(({ key }) => key === waiting?.provider)?.label
  },
  remember: rememberLogin,
  forget: forgetWaiting,
})

/** The providers by which somebody may sign in beside a code, from an area's way in. */
const othersOf =
  ({ ownProviders }: Settings): SigningInParts['others'] =>
  (area, returnPath) =>
    ownProviders.map(({ key, label }) => ({
      label,
      href: `/in/${area}/sign-in/with/${key}${returnPath === null ? '' : `?to=${encodeURIComponent(returnPath)}`}`,
    }))

/** What follows when two records become one: their referrals come together, and the person hears of ways that came with one. */
export const afterMerge: AfterMerge = async (db, merged) => {
  await joinReferrals(db, merged)
  await tellOfWaysThatCame(db, merged)
}

/**
 * What follows when two records that were one are two again: their referrals part, and nothing opens either by what was
 * shown while they were one. Whoever is signed in, holds a link or is known by an account or a way since then, may be the
 * other person.
 */
export const afterUndo: Questions['afterUndo'] = async (db, parted) => {
  await partReferrals(db, parted)
  const { area, kept, merged, since, at: now } = parted
  for (const person of [kept, merged]) {
    await endOtherSessions(db, { area, person, here: undefined, now, why: 'records parted' })
    await removeLoginsSince(db, { area, person, since, now })
    await doubtWaysSince(db, { area, person, since })
    for (const purpose of opening) await withdrawLinks(db, { area, person, purpose, now })
  }
}
