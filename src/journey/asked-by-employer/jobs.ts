import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { deleteOldAsks } from './store.ts'

/** Deletes what employers said of people who did not answer within two weeks. */
export const askedByEmployerJobs: Jobs = {
  'employer-asks.delete': (db, { area }, now) => deleteOldAsks(db, area, now),
}
export const askedByEmployerSchedules: readonly Schedule[] = [{ job: 'employer-asks.delete', match: '40 2 * * *' }]
