import type { Jobs } from '#platform/jobs/worker.ts'
import { tellNext } from './store.ts'

/** Nobody has said in time that they have an alert: the next one is told. */
export const alertJobs: Jobs = {
  'alert.unheard': (db, { area, alert }, at) => tellNext(db, { area, id: String(alert), at }),
}
