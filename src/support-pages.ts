import type { App } from '#platform/http/app.ts'
import { fitNoteRoutes } from '#journey/fit-note/routes.tsx'
import { phasedReturnRoutes } from '#journey/phased-return/routes.tsx'
import { adjustmentRoutes } from '#journey/support/adjustments/routes.tsx'
import { passportRoutes } from '#journey/support/passport/routes.tsx'

/** What goes with somebody's work while they are supported: fit notes, the phased return, adjustments and their passport. */
export async function supportPages(app: App): Promise<void> {
  for (const routes of [fitNoteRoutes, phasedReturnRoutes, adjustmentRoutes, passportRoutes]) await routes(app)
}
