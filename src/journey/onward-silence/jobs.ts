import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { writtenFrom } from '#journey/onward-sending/rules.ts'
import { watchSilence } from './store.ts'

/** Asks services that do not answer once more, and proposes the next one. */
export const onwardSilenceJobs = (settings: Parameters<typeof writtenFrom>[0]): Jobs => ({
  'onward.silence': (db, { area }, now) => watchSilence(db, { area, now, ...writtenFrom(settings, area) }),
})
export const onwardSilenceSchedules: readonly Schedule[] = [{ job: 'onward.silence', match: '20 * * * *' }]
