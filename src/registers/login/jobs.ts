import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { forgetExpired } from './store.ts'

/** Once a day those are forgotten who came with an account elsewhere and did not show who they are. */
export const loginJobs: Jobs = { 'login.forget': (db, { area }, now) => forgetExpired(db, area, now) }
export const loginSchedules: readonly Schedule[] = [{ job: 'login.forget', match: '25 2 * * *' }]
