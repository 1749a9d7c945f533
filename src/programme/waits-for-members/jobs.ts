import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { tellMembers } from './store.ts'

/** Tells members in working hours what new waits for them. */
export const waitsForMembersJobs = (origin: string): Jobs => ({
  'members.waits': (db, { area }, now) => tellMembers(db, { area, now, origin }),
})
export const waitsForMembersSchedules: readonly Schedule[] = [{ job: 'members.waits', match: '40 8-16 * * 1-5' }]
