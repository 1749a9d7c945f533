import type { App } from '#platform/http/app.ts'
import { onwardRoutes } from '#journey/onward/routes.tsx'
import { onwardDraftRoutes } from '#journey/onward-draft/routes.tsx'
import { onwardAnswerRoutes } from '#journey/onward-answer/routes.tsx'
import { onwardConflictRoutes } from '#journey/onward-conflict/routes.tsx'
import { onwardListRoutes } from '#journey/onward-list/routes.tsx'
import { onwardSilenceRoutes } from '#journey/onward-silence/routes.tsx'
import { onwardSendingRoutes } from '#journey/onward-sending/routes.tsx'

/** Passing somebody on to a service: choosing it, showing what would be sent, sending it on their yes, and what came of it. */
export async function onwardPages(app: App): Promise<void> {
  for (const routes of [
    onwardRoutes,
    onwardDraftRoutes,
    onwardSendingRoutes,
    onwardAnswerRoutes,
    onwardSilenceRoutes,
    onwardListRoutes,
    onwardConflictRoutes,
  ])
    await routes(app)
}
