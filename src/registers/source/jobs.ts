import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { supplyServices } from './import.ts'

/** Brings areas that were there before the national services of this version; a look when they are there already. */
export const sourceJobs: Jobs = {
  'services.supply': (db, { area }, now) => supplyServices(db, { area, at: now }),
}
export const sourceSchedules: readonly Schedule[] = [{ job: 'services.supply', match: '*/15 * * * *' }]
