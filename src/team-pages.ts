import type { App } from '#platform/http/app.ts'
import { matterRoutes } from '#journey/support/matter/routes.tsx'
import { ownMattersRoutes } from '#journey/support/own-matters/routes.tsx'

const came = async () => new Map()

/** What clinicians and others advise on together: put to them by a coach, read by the person it is about. */
export async function teamPages(app: App): Promise<void> {
  for (const routes of [matterRoutes(came), ownMattersRoutes(came)]) await routes(app)
}
