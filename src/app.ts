import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { migrate } from '#platform/database/migrate.ts'
import type { Databases, Home } from '#platform/database/router.ts'
import { formJobs, formRoutes, formSchedules } from '#platform/form/routes.ts'
import type { App } from '#platform/http/app.ts'
import { watchLoad } from '#platform/http/load.ts'
import type { Questions } from '#platform/http/parts.ts'
import { refusal } from '#platform/http/refusal.tsx'
import { mount, type RouteLine } from '#platform/http/route.ts'
import { type Mounted, webServer } from '#platform/http/server.ts'
import { jobRoutes } from '#platform/jobs/routes.tsx'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { journalJobs, journalSchedules } from '#platform/journal/sealer.ts'
import { mountIdentity, type Reaching } from '#platform/identity/identity.ts'
import { notifyJobs } from '#platform/notify/jobs.ts'
import { letterRoutes } from '#platform/notify/letter-routes.tsx'
import type { Openable } from '#platform/notify/reading.ts'
import { notifyRoutes } from '#platform/notify/routes.tsx'
import type { Settings } from '#platform/settings.ts'
import { areaRoutes } from '#registers/areas/routes.tsx'
import { profileRoutes } from '#journey/profile/routes.tsx'
import { findByReference, listCoachesOf, listHoldings } from '#journey/record/store.ts'
import { recordRoutes } from '#journey/record/routes.tsx'
import { dayRoutes } from '#journey/day/routes.tsx'
import { unsentRoutes } from '#journey/unsent/routes.tsx'
import { loadPlaces } from '#registers/places/import.ts'
import { loadSickPay } from '#registers/sick-pay/import.ts'
import { organisationRoutes } from '#registers/organisations/routes.tsx'
import { listMemberNames, listTakers } from '#registers/membership/store.ts'
import { membershipRoutes } from '#registers/membership/routes.tsx'
import { sharingRoutes } from '#registers/sharing/routes.tsx'
import { eligibilityRoutes } from '#journey/eligibility/routes.tsx'
import { findEffect, saveAnswers } from '#journey/screening/store.ts'
import { decisionRoutes } from '#journey/decision/routes.tsx'
import { helpedOnRoutes } from '#journey/helped-on/routes.tsx'
import { countWaitingForms } from '#exchange/mailbox/waiting-forms/store.ts'
import { countToTell } from '#journey/helped-on/store.ts'
import { absenceRoutes } from '#journey/absence/routes.tsx'
import { findArea, listAreas } from '#registers/areas/store.ts'
import { deathRoutes } from '#registers/death/routes.tsx'
import { detailsRoutes } from '#registers/details/routes.tsx'
import { meansRoutes } from '#registers/means/routes.tsx'
import { equalityRoutes } from '#registers/equality/routes.tsx'
import { likenessJobs, likenessSchedules } from '#registers/likeness/jobs.ts'
import { likenessRoutes } from '#registers/likeness/routes.tsx'
import { lookForPairs } from '#registers/likeness/store.ts'
import { twoSidesRoutes } from '#registers/two-sides/routes.tsx'
import { restrictionRoutes } from '#registers/restriction/routes.tsx'
import { searchRoutes } from '#registers/search/routes.tsx'
import { listHiddenWays } from '#registers/restriction/store.ts'
import { listOpenable } from '#registers/search/store.ts'
import { callingProblem } from '#registers/templates/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { recordDeath } from '#registers/people/store.ts'
import { callOffToCome, findBookedOn } from '#journey/booking/store.ts'
import { contactRoutes } from '#journey/contact/routes.tsx'
import { goalRoutes } from '#journey/goal/routes.tsx'
import { actionRoutes } from '#journey/action/routes.tsx'
import { listOffered as listSuggested, listSuggestedByBarrier } from '#journey/solution/store.ts'
import { planRoutes } from '#journey/plan/routes.tsx'
import { draftPlanRoutes } from '#journey/draft-plan/routes.tsx'
import { addAction } from '#journey/action/store.ts'
import { addGoal } from '#journey/goal/store.ts'
import { agreementRoutes } from '#journey/agreement/routes.tsx'
import { listAgreements } from '#journey/agreement/store.ts'
import { listSent } from '#journey/plan-offer/store.ts'
import { pauseRoutes } from '#journey/support/pause/routes.tsx'
import { weekLimitRoutes } from '#journey/support/week-limit/routes.tsx'
import { messageRoutes } from '#journey/message/routes.tsx'
import { logRoutes } from '#journey/support/log/routes.tsx'
import { completionRoutes } from '#journey/completion/routes.tsx'
import { endingRoutes } from '#journey/ending/routes.tsx'
import { followUpRoutes } from '#journey/follow-up/routes.tsx'
import { instruments } from '#registers/instruments/rules.ts'
import { reEntryRoutes } from '#journey/re-entry/routes.tsx'
import { answerHeldReferral } from '#journey/referral/store.ts'
import { assessmentRoutes } from '#journey/assessment/routes.tsx'
import { triageRoutes } from '#journey/triage/routes.tsx'
import { appointmentPages } from './appointment-pages.ts'
import { caseloadPages } from './caseload-pages.ts'
import { directoryJobs, directoryPages, directorySchedules } from './directory-pages.ts'
import { importingJobs, importingRoutes, importingSchedules } from './importing-pages.ts'
import { linkDoors, outsideRoutes } from './linking.ts'
import { machineDoors } from './machine-doors.ts'
import { anotherWay, asItGoes, lacksWay, messageDoors, posting, sending, titleOf } from './messaging.ts'
import { homes, navigation, ownNavigation } from './navigation.ts'
import { onwardPages } from './onward-pages.ts'
import { afterMerge, afterUndo, ownDoors, ownJobs, ownRoutes, ownSchedules, tellingJobs } from './own-pages.ts'
import { placePages } from './place-pages.ts'
import { programmeRoutes } from './programme-pages.ts'
import { questionnairePages } from './questionnaire-pages.ts'
import { referralPages } from './referral-pages.ts'
import { writingPages } from './writing-pages.ts'
import { safetyJobs, safetyRoutes, safetySchedules } from './safety-pages.ts'
import { supportPages } from './support-pages.ts'
import { teamPages } from './team-pages.ts'
import { passAlertsOn } from '#journey/shut-out/store.ts'
import { findLetterFile } from '#exchange/mailbox/filing-letter/store.ts'
import { listOffered, over, recordKeepingJobs, recordKeepingRoutes, recordKeepingSchedules } from './record-pages.ts'
import { memberships, signedInAnswers, standInPeople } from './signing-in.ts'

export type Start = Readonly<{ settings: Settings; databases: Databases; now: () => Temporal.Instant; log: Logger }> &
  Reaching

/** The product: everything that is mounted, in the order of the journey. */
export type Product = Readonly<{
  fastify: FastifyInstance
  lines: readonly RouteLine[]
  addresses: readonly Mounted[]
  jobs: Jobs
  schedules: readonly Schedule[]
  /** The areas that live in one database. */
  areasIn: (home: Home) => Promise<string[]>
}>

/** Brings a database to this version, with the reference facts that come with the product. */
export async function prepareDatabase(ownerUrl: string): Promise<void> {
  await migrate(ownerUrl)
  await loadPlaces(ownerUrl)
  await loadSickPay(ownerUrl)
}

/** Puts the product together; nothing listens yet. */
export async function buildProduct({ settings, databases, now, log, ...reaching }: Start): Promise<Product> {
  const parts = { settings, databases, now, log, refusal, load: watchLoad(), questions: questions(settings, databases) }
  const addresses: Mounted[] = []
  const fastify = await webServer(parts, (address) => addresses.push(address))
  const { app, lines } = mount(fastify, parts)
  const identity = await mountIdentity(fastify, app, {
    national: databases.national,
    memberships: memberships(databases),
    people: standInPeople(databases, now),
    ...ownDoors(settings, databases),
    ...reaching,
  })
  await formRoutes(async (db, area) => (await findArea(db, area)) !== undefined)(app)
  const ofOutbox = { asItGoes: asItGoes(settings), letterWith: findLetterFile }
  await notifyRoutes({ openable, hiddenWays: listHiddenWays, ...ofOutbox })(app)
  await letterRoutes({ ...posting, openable })(app)
  await jobRoutes(app)
  await linkDoors(settings, databases)(app)
  await ownRoutes(app)
  for (const routes of mounted) await routes(app)
  messageDoors(fastify, { ...parts, areasIn })
  machineDoors(fastify, parts)
  await fastify.ready()
  return {
    ...{ fastify, lines: [...lines, ...identity], addresses, schedules },
    jobs: {
      ...jobs,
      ...directoryJobs({ databases, ownNetwork: settings.ownNetwork, origin: settings.origin }),
      ...recordKeepingJobs(databases, settings.origin),
      ...{ ...tellingJobs(parts), ...importingJobs(parts), ...notifyJobs(sending(parts)) },
    },
    areasIn,
  }
}

/** Every slice's routes, in the order of the journey. */
const mounted: readonly ((app: App) => Promise<void>)[] = [
  placePages,
  areaRoutes({ homes, organisations: listTakers, names: listMemberNames, questionnaires: instruments, callingProblem }),
  organisationRoutes,
  directoryPages,
  membershipRoutes,
  sharingRoutes,
  writingPages,
  meansRoutes,
  detailsRoutes(lookForPairs),
  deathRoutes,
  searchRoutes(findByReference),
  equalityRoutes,
  restrictionRoutes(listCoachesOf, passAlertsOn),
  likenessRoutes({ holdings: listHoldings, afterMerge, afterUndo }),
  twoSidesRoutes({ holdings: listHoldings, afterMerge, afterUndo }),
  referralPages,
  outsideRoutes,
  (app) => triageRoutes(app, { countToTell, countForms: countWaitingForms, answerHeld: answerHeldReferral }),
  reEntryRoutes,
  contactRoutes(findBookedOn),
  appointmentPages,
  goalRoutes,
  actionRoutes(listSuggested),
  planRoutes(listAgreements, listSent),
  draftPlanRoutes({ goal: addGoal, action: addAction }),
  agreementRoutes,
  supportPages,
  teamPages,
  onwardPages,
  pauseRoutes,
  weekLimitRoutes,
  logRoutes,
  messageRoutes,
  completionRoutes,
  endingRoutes({ keepDeath: recordDeath, callOff: callOffToCome }),
  followUpRoutes(recordDeath),
  recordKeepingRoutes,
  caseloadPages,
  unsentRoutes({ anotherWay, lacksWay, titleOf }),
  dayRoutes(listOffered, titleOf),
  profileRoutes,
  recordRoutes,
  questionnairePages,
  safetyRoutes,
  (app) => assessmentRoutes(app, listSuggestedByBarrier),
  eligibilityRoutes({ effect: findEffect }),
  decisionRoutes({ keepAnswers: saveAnswers }),
  helpedOnRoutes,
  absenceRoutes,
  programmeRoutes,
  importingRoutes,
]

/** Every slice's work for later. */
const jobs: Jobs = {
  ...{ ...safetyJobs, ...formJobs },
  ...{ ...journalJobs, ...likenessJobs, ...ownJobs },
}
const recordSchedules = [...formSchedules, ...safetySchedules, ...ownSchedules, ...recordKeepingSchedules]
const directories = [...directorySchedules, ...importingSchedules]
const schedules = [...journalSchedules, ...likenessSchedules, ...directories, ...recordSchedules]

/** The people whose record this reader may open, by name and address. */
const openable: Openable = async (db, actor, people) => {
  const found = await listOpenable(db, actor, people)
  const shown = found.map((person) => ({ ...person, label: calledName(person), href: `/people/${person.id}` }))
  return new Map(shown.map(({ id, label, href, restricted: masked }) => [id, { label, href, masked }]))
}

/** What the platform asks and a register answers. */
function questions(settings: Settings, databases: Databases): Questions {
  return {
    ...signedInAnswers(settings, databases),
    area: async (db, area) => {
      const found = await findArea(db, area)
      return found
        ? { code: found.area, name: found.name, phone: found.phone ?? undefined, crisisText: found.crisis_text }
        : undefined
    },
    over,
    navigation,
    ownNavigation,
  }
}

async function areasIn(home: Home): Promise<string[]> {
  const areas = await home.national(listAreas)
  return areas.map(({ area }) => area).filter(home.holds)
}
