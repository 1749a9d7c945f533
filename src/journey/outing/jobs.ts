import type { Jobs } from '#platform/jobs/worker.ts'
import { tellOverdue } from './store.ts'

/** Somebody who went out alone was to be back by now. */
export const outingJobs: Jobs = {
  'outing.overdue': (db, { area, outing }, at) => tellOverdue(db, area, String(outing), at),
}
