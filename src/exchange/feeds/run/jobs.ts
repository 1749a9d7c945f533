import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { listFeeds } from '#exchange/feeds/feed/store.ts'
import { beginRun, goOnLater, type Ground, readOn } from './import.ts'
import { isDue, standsStill } from './rules.ts'
import { forgetRows, listLastRuns } from './store.ts'

const keptDays = 90

/**
 * Reads feeds when they are due. What a server that broke down has left half-read is gone on with; what could not be
 * read waits for its next try.
 */
export const runJobs = (ground: Ground): Jobs => ({
  'feeds.begin': (db, { area, feed, by }, now) =>
    beginRun(db, { area, feed: String(feed), by: typeof by === 'string' ? by : null, now }),
  'feeds.read': (_, { area, run }, now) => readOn(ground, { area, run: String(run), now }),
  'feeds.due': async (db, { area }, now) => {
    const last = await listLastRuns(db, area)
    for (const feed of await listFeeds(db, area)) {
      const run = last.get(feed.id)
      if (isDue(feed, run, now)) await beginRun(db, { area, feed: feed.id, by: null, now })
      else if (run && standsStill(run, now)) await goOnLater(db, { area, run: run.id })
    }
    await forgetRows(db, area, now.subtract({ hours: keptDays * 24 }))
  },
})
export const runSchedules: readonly Schedule[] = [{ job: 'feeds.due', match: '*/10 * * * *' }]
