import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { lookForPairs } from './store.ts'

/** Looks once a night for records that came to look like one person, by whatever way they came. */
export const likenessJobs: Jobs = {
  'people.likeness': (db, { area }, now) => lookForPairs(db, { area, at: now }),
}
export const likenessSchedules: readonly Schedule[] = [{ job: 'people.likeness', match: '50 2 * * *' }]
