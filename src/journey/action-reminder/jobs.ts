import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { remindParticipants } from './store.ts'

/** Reminds people early each day of what they wanted to do by then; the messages wait for the morning. */
export const actionReminderJobs = (origin: string): Jobs => ({
  'action.remind': (db, { area }, now) => remindParticipants(db, { area, now, origin }),
})
export const actionReminderSchedules: readonly Schedule[] = [{ job: 'action.remind', match: '10 5 * * *' }]
