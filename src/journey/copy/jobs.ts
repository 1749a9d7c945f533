import { dayOf } from '#platform/dates.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { emptyCopies } from './store.ts'

/** Deletes once a night what stood in copies that were given and that nobody can fetch any more. */
export const copyJobs: Jobs = {
  'copy.empty': async (db, { area }, now) => {
    for (const { request: subject, person } of await emptyCopies(db, { area, today: dayOf(now), now }))
      writeEntry(db, {
        area,
        by: undefined,
        happening: { kind: 'act', what: 'copy.emptied', person, subject },
        at: now,
      })
  },
}
export const copySchedules: readonly Schedule[] = [{ job: 'copy.empty', match: '40 2 * * *' }]
