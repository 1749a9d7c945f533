import { dayOf } from '#platform/dates.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { keepDays } from './rules.ts'
import { countOldCards } from './store.ts'

/** Counts cards that nobody says anything of any more by month, and deletes them. */
export const noteOfferJobs: Jobs = {
  'note-offers.count': (db, { area }, now) => countOldCards(db, area, dayOf(now).subtract({ days: keepDays })),
}
export const noteOfferSchedules: readonly Schedule[] = [{ job: 'note-offers.count', match: '50 2 * * *' }]
