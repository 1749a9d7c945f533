import type { App } from '#platform/http/app.ts'
import { participantRoutes } from '#journey/participant/routes.tsx'
import { onlineRoutes } from '#registers/online/routes.tsx'

/** Everything for a participant who signs in as themselves: how they come in and go, and their own pages. */
export async function ownRoutes(app: App): Promise<void> {
  await onlineRoutes(app)
  await participantRoutes(app)
}
