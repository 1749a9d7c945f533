import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { settleTakenBack } from './store.ts'

/** Ends what people took back their yes to by another way; their links were closed in that moment already. */
export const onwardSendingJobs: Jobs = {
  'onward.taken-back': (db, { area }, now) => settleTakenBack(db, { area, at: now }),
}
export const onwardSendingSchedules: readonly Schedule[] = [{ job: 'onward.taken-back', match: '*/5 * * * *' }]
