import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { tellProposed } from './store.ts'

/** Tells people that the next service is proposed; the messages wait for the morning. */
export const onwardTellingJobs = (origin: string): Jobs => ({
  'onward.next-told': (db, { area }, now) => tellProposed(db, { area, now, origin }),
})
export const onwardTellingSchedules: readonly Schedule[] = [{ job: 'onward.next-told', match: '25 * * * *' }]
