import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { watchSilence } from './store.ts'

/** Asks services that do not answer once more, and proposes the next one. */
export const onwardSilenceJobs = (origin: string): Jobs => ({
  'onward.silence': (db, { area }, now) => watchSilence(db, { area, now, origin }),
})
export const onwardSilenceSchedules: readonly Schedule[] = [{ job: 'onward.silence', match: '20 * * * *' }]
