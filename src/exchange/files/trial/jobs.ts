import type { Jobs } from '#platform/jobs/worker.ts'
import { tryPart } from './import.ts'

/** Trying every row of what was sent, part after part: each is done and counted in one transaction, or not at all. */
export const trialJobs: Jobs = {
  'files.try': (db, { area, trial, part }, now) => tryPart(db, { area, trial: String(trial), part: Number(part), now }),
}
