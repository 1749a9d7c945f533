import type { App } from '#platform/http/app.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { decidingRoutes } from '#registers/deciding/routes.tsx'
import { directoryRoutes } from '#registers/directory/routes.tsx'
import { proposingRoutes } from '#registers/proposing/routes.tsx'
import { countWaiting } from '#registers/proposing/store.ts'
import { mayOf } from '#registers/proposing/rules.ts'
import { sourceJobs, sourceSchedules } from '#registers/source/jobs.ts'

/** The directory of local services: finding one, and keeping right what is said of it. */
export async function directoryPages(app: App): Promise<void> {
  await decidingRoutes(app)
  await proposingRoutes(app)
  await directoryRoutes({ waiting: countWaiting, may: mayOf })(app)
}

/** What keeps the directory up to date by itself. */
export const directoryJobs: Jobs = sourceJobs
export const directorySchedules: readonly Schedule[] = sourceSchedules
