import type { App } from '#platform/http/app.ts'
import { addAction } from '#journey/action/store.ts'
import { budgetLimitRoutes } from '#journey/support/budget-limit/routes.tsx'
import { budgetListRoutes } from '#journey/support/budget-list/routes.tsx'
import { budgetRoutes } from '#journey/support/budget/routes.tsx'
import { findSums } from '#journey/support/budget/store.ts'
import { matterRoutes } from '#journey/support/matter/routes.tsx'
import { swapPlaces } from '#journey/support/matter/store.ts'
import { ownMattersRoutes } from '#journey/support/own-matters/routes.tsx'
import { teamMeetingRoutes } from '#journey/support/team-meeting/routes.tsx'
import { teamRoutes } from '#journey/support/team/routes.tsx'
import { listCame } from '#journey/support/team/store.ts'

/** What clinicians and others advise on together: put to them by a coach, read by the person it is about, decided at meetings, and paid for. */
export async function teamPages(app: App): Promise<void> {
  const meetings = [teamRoutes, teamMeetingRoutes({ addAction, swapPlaces })]
  const money = [budgetLimitRoutes(findSums), budgetRoutes, budgetListRoutes]
  for (const routes of [matterRoutes(listCame), ownMattersRoutes(listCame), ...meetings, ...money]) await routes(app)
}
