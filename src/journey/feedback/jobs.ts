import type { Jobs } from '#platform/jobs/worker.ts'
import { tellReferrers } from './store.ts'

/** An episode moved some time ago, long enough for a slip to be taken back: whoever referred hears of it. */
export const feedbackJobs = (origin: string): Jobs => ({
  'episode.moved': (db, { area, episode, step }, now) =>
    tellReferrers(db, { area, episode: String(episode), step: String(step) }, { now, origin }),
})
