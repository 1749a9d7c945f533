import type { App } from '#platform/http/app.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { isAwayOn } from '#journey/absence/store.ts'
import { alertJobs } from '#journey/alert/jobs.ts'
import { concernListRoutes } from '#journey/concern-list/routes.tsx'
import { concernOwnerRoutes } from '#journey/concern-owner/routes.tsx'
import { outingJobs } from '#journey/outing/jobs.ts'
import { outingRoutes } from '#journey/outing/routes.tsx'
import { safetyPlanRoutes } from '#journey/safety-plan/routes.tsx'
import { findOpenEpisode } from '#journey/episode/store.ts'
import { concernRoutes } from '#journey/safety/routes.tsx'
import { concernFromAnswer } from '#journey/safety/store.ts'
import { adjustmentCodeRoutes } from '#registers/adjustment-code/routes.tsx'
import { ownQuestionsJobs, ownQuestionsSchedules } from '#registers/own-questions/jobs.ts'
import { ownQuestionsRoutes } from '#registers/own-questions/routes.tsx'
import { safetyArrangementRoutes } from '#registers/safety-arrangement/routes.tsx'

/** The pages about harm: what the area arranged, concerns and who has them, safety plans, and who is out alone, and what people need. */
export async function safetyRoutes(app: App): Promise<void> {
  await safetyArrangementRoutes(isAwayOn)(app)
  await concernRoutes(app)
  await adjustmentCodeRoutes(app)
  await concernOwnerRoutes(app)
  await concernListRoutes(app)
  await safetyPlanRoutes(app)
  await ownQuestionsRoutes({ openEpisodeOf: findOpenEpisode, alert: concernFromAnswer, isAway: isAwayOn })(app)
  await outingRoutes(app)
}

/** What is done by the clock where somebody may come to harm. */
export const safetyJobs: Jobs = { ...alertJobs, ...outingJobs, ...ownQuestionsJobs }
export const safetySchedules: readonly Schedule[] = ownQuestionsSchedules
