import type { App } from '#platform/http/app.ts'
import { fitNoteCountRoutes } from '#programme/fit-note-counts/routes.tsx'
import { pilotPeopleRoutes } from '#journey/pilot-people/routes.tsx'
import { pilotRoutes } from '#journey/pilot/routes.tsx'
import { gapsRoutes } from '#programme/gaps/routes.tsx'
import { handedCountRoutes } from '#programme/handed-counts/routes.tsx'
import { monitoringRoutes } from '#programme/monitoring/routes.tsx'
import { onwardFiguresRoutes } from '#programme/onward-figures/routes.tsx'
import { pilotResultRoutes } from '#programme/pilot-result/routes.tsx'
import { referringServicesRoutes } from '#programme/referring-services/routes.tsx'
import { returnRoutes } from '#programme/return/routes.tsx'
import { staffAndMoneyRoutes } from '#programme/staff-and-money/routes.tsx'

/** The pages around the journey: what nobody can count, the months that were signed, what is counted, and what is tried. */
export async function programmeRoutes(app: App): Promise<void> {
  await staffAndMoneyRoutes(app)
  await returnRoutes(app)
  await monitoringRoutes(app)
  await fitNoteCountRoutes(app)
  await pilotRoutes(app.databases.everywhereFrom)(app)
  await pilotPeopleRoutes(app)
  await pilotResultRoutes(app)
  await onwardFiguresRoutes(app)
  await gapsRoutes(app)
  await referringServicesRoutes(app)
  await handedCountRoutes(app)
}
