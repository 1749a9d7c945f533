import type { App } from '#platform/http/app.ts'
import { allocationRoutes, type Weigh } from '#journey/allocation/routes.tsx'
import { boardRoutes } from '#journey/board/routes.tsx'
import { caseloadRoutes } from '#journey/caseload/routes.tsx'
import { heardRoutes } from '#journey/heard/routes.tsx'
import { supervisionRoutes } from '#journey/supervision/routes.tsx'
import { rhythmRoutes } from '#journey/rhythm/routes.tsx'
import { weightRoutes } from '#journey/weight/routes.tsx'
import { findWeights, findCoachWeights } from '#journey/weight/store.ts'
import { otherWorkRoutes } from '#journey/support/other-work/routes.tsx'
import { capacityRoutes } from '#registers/capacity/routes.tsx'
import { otherWorkKindRoutes } from '#registers/work-kinds/routes.tsx'
import { weightingRoutes } from '#registers/weighting/routes.tsx'
import { countWaitingForms } from '#exchange/mailbox/waiting-forms/store.ts'
import { countArrivals } from '#exchange/move/store.ts'

/** What coaches look after, how much that is and how much they can, who is given whom, and how coaches are supervised. */
export async function caseloadPages(app: App): Promise<void> {
  const asked = [weightingRoutes, otherWorkKindRoutes, otherWorkRoutes, capacityRoutes, rhythmRoutes, weightRoutes]
  const board = boardRoutes({ countArrivals, countForms: countWaitingForms })
  const people = [allocationRoutes(weigh), heardRoutes, caseloadRoutes]
  for (const routes of [...asked, ...people, supervisionRoutes, board]) await routes(app)
}

/** What allocation asks: what everybody of each coach weighs, and those who are to be given to one. */
const weigh: Weigh = async (db, { actor, episodes, on }) => {
  const { area } = actor
  const [coaches, theirs] = await Promise.all([
    findCoachWeights(db, actor, on),
    findWeights(db, { area, episodes, on }),
  ])
  return { coaches, episodes: theirs }
}
