import type { App } from '#platform/http/app.ts'
import { coverageRoutes } from '#registers/coverage/routes.tsx'
import { jobcentreRoutes } from '#registers/jobcentres/routes.tsx'
import { lookUpRoutes } from '#registers/look-up/routes.tsx'
import { placesRoutes } from '#registers/places/routes.tsx'
import { findCoverageEffect } from '#journey/screening/store.ts'

/** Where people live and who looks after whom there. */
export async function placePages(app: App): Promise<void> {
  for (const routes of [placesRoutes, jobcentreRoutes, lookUpRoutes]) await routes(app)
  await coverageRoutes({ effect: findCoverageEffect })(app)
}
