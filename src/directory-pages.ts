import type { App } from '#platform/http/app.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { checkingRoutes } from '#registers/checking/routes.tsx'
import { proposalRoutes } from '#registers/proposals/routes.tsx'
import { locationRoutes } from '#registers/locations/routes.tsx'
import { directoryRoutes } from '#registers/directory/routes.tsx'
import { proposingRoutes } from '#registers/proposing/routes.tsx'
import { countWaiting } from '#registers/proposing/store.ts'
import { mayOf } from '#registers/proposing/rules.ts'
import { sourceJobs, sourceSchedules } from '#registers/source/jobs.ts'

/** The directory of local services: finding one, and keeping right what is said of it. */
export async function directoryPages(app: App): Promise<void> {
  await checkingRoutes(app)
  await proposalRoutes(app)
  await proposingRoutes(app)
  await locationRoutes(app)
  await directoryRoutes({ waiting: countWaiting, may: mayOf })(app)
}

/** What keeps the directory up to date by itself. */
export const directoryJobs: Jobs = sourceJobs
export const directorySchedules: readonly Schedule[] = sourceSchedules
