import type { Jobs, JobWork } from '#platform/jobs/worker.ts'
import { tellReferrers } from './store.ts'

/**
 * An episode moved some time ago, long enough for a slip to be taken back: whoever referred hears of it, by email and by
 * their own system, which later stages speak with.
 */
export const feedbackJobs = (origin: string, replyToSenders: JobWork): Jobs => ({
  'episode.moved': async (db, payload, now) => {
    const { area, episode, step } = payload
    await tellReferrers(db, { area, episode: String(episode), step: String(step) }, { now, origin })
    await replyToSenders(db, payload, now)
  },
})
