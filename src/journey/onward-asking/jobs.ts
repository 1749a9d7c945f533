import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { askForHelp } from './store.ts'

/** Asks people early each day whether they got help; the messages wait for the morning. */
export const onwardAskingJobs = (origin: string): Jobs => ({
  'onward.ask': (db, { area }, now) => askForHelp(db, { area, now, origin }),
})
export const onwardAskingSchedules: readonly Schedule[] = [{ job: 'onward.ask', match: '20 5 * * *' }]
