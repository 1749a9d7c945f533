import type { App } from '#platform/http/app.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import type { Settings } from '#platform/settings.ts'
import { answeringRoutes } from '#registers/answering/routes.tsx'
import { checkingRoutes } from '#registers/checking/routes.tsx'
import { proposalRoutes } from '#registers/proposals/routes.tsx'
import { earlierRoutes } from '#registers/earlier/routes.tsx'
import { entryRoutes } from '#registers/entries/routes.tsx'
import { ownListingRoutes } from '#registers/own-listing/routes.tsx'
import { ownerCheckJobs } from '#registers/owner-check/jobs.ts'
import { ownerCheckRoutes } from '#registers/owner-check/routes.tsx'
import { directoryRoutes } from '#registers/directory/routes.tsx'
import { proposingRoutes } from '#registers/proposing/routes.tsx'
import { countWaiting } from '#registers/proposing/store.ts'
import { meaningRoutes } from '#registers/meaning/routes.tsx'
import { nearYouRoutes } from '#registers/near-you/routes.tsx'
import { mayOf } from '#registers/proposing/rules.ts'
import { findMissing } from '#registers/source/store.ts'
import { needsLookedFor } from '#journey/gap/rules.ts'
import { saveMissing } from '#journey/gap/store.ts'
import { type Later, matchingRoutes } from '#journey/matching/routes.tsx'
import { sourceJobs, sourceSchedules } from '#registers/source/jobs.ts'
import { findFeed } from '#exchange/feeds/feed/store.ts'
import { feedRoutes } from '#exchange/feeds/feed/routes.tsx'
import type { Ground } from '#exchange/feeds/run/import.ts'
import { runJobs, runSchedules } from '#exchange/feeds/run/jobs.ts'
import { countContested } from '#programme/onward-figures/store.ts'
import { countStopped } from '#exchange/feeds/run/store.ts'
import { runRoutes } from '#exchange/feeds/run/routes.tsx'
import { twinRoutes } from '#exchange/feeds/twins/routes.tsx'

/** The directory of local services: finding one, and keeping right what is said of it. */
export async function directoryPages(app: App): Promise<void> {
  await checkingRoutes(app)
  await meaningRoutes(app)
  await nearYouRoutes(app)
  await matchingRoutes({ may: mayOf, alerts: countStopped, contested: countContested, foundNothing })(app)
  await ownerCheckRoutes(app)
  await answeringRoutes(app)
  await ownListingRoutes(app)
  await proposalRoutes(app)
  await proposingRoutes(app)
  await entryRoutes(app)
  await earlierRoutes(app)
  await feedRoutes(app)
  await runRoutes(app)
  await twinRoutes(app)
  await directoryRoutes({ waiting: countWaiting, may: mayOf, missing })(app)
}

/** A search for somebody that found nothing is kept as the needs it was for. */
const foundNothing: Later['foundNothing'] = async ({ db, area, actor, now: at }, { words, own, ...whose }) => {
  for (const need of needsLookedFor(words, own))
    await saveMissing(db, { ...whose, area, id: newId(), need, seenBy: 'search', by: actor.membership, at })
}

/** The directory that a service came from and that does not have it any more. */
async function missing(db: Db, area: string, service: string) {
  const found = await findMissing(db, area, service)
  const feed = found && (await findFeed(db, area, found.source))
  return feed && { from: feed.name, since: found.since }
}

/** What keeps the directory up to date by itself. */
export const directoryJobs = (ground: Ground & Pick<Settings, 'origin'>): Jobs => ({
  ...{ ...sourceJobs, ...runJobs(ground), ...ownerCheckJobs(ground) },
})
export const directorySchedules: readonly Schedule[] = [...sourceSchedules, ...runSchedules]
