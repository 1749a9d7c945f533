import type { App } from '#platform/http/app.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { directoryRoutes } from '#registers/directory/routes.tsx'
import { sourceJobs, sourceSchedules } from '#registers/source/jobs.ts'

/** The directory of local services: finding one, and keeping right what is said of it. */
export async function directoryPages(app: App): Promise<void> {
  await directoryRoutes(app)
}

/** What keeps the directory up to date by itself. */
export const directoryJobs: Jobs = sourceJobs
export const directorySchedules: readonly Schedule[] = sourceSchedules
