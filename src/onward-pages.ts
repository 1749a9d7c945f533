import type { App } from '#platform/http/app.ts'
import { intensiveRoutes } from '#registers/intensive/routes.tsx'
import { listCouncilsServed } from '#journey/eligibility/store.ts'
import { gapRoutes } from '#journey/gap/routes.tsx'
import { entryCheckRoutes } from '#journey/entry-check/routes.tsx'
import { onwardRoutes } from '#journey/onward/routes.tsx'
import { onwardDraftRoutes } from '#journey/onward-draft/routes.tsx'
import { inboxRoutes } from '#journey/inbox/routes.tsx'
import { inboxAnswerRoutes, onwardAnswerRoutes } from '#journey/onward-answer/routes.tsx'
import { onwardConflictRoutes } from '#journey/onward-conflict/routes.tsx'
import { onwardPackRoutes } from '#journey/onward-pack/routes.tsx'
import { supportNowRoutes } from '#journey/support-now/routes.tsx'
import { onwardListRoutes } from '#journey/onward-list/routes.tsx'
import { onwardSilenceRoutes } from '#journey/onward-silence/routes.tsx'
import { onwardLinkRoutes } from '#journey/onward-link/routes.tsx'
import { onwardSendingRoutes } from '#journey/onward-sending/routes.tsx'

/** Passing somebody on to a service: choosing it, showing what would be sent, sending it on their yes, and what came of it. */
export async function onwardPages(app: App): Promise<void> {
  await intensiveRoutes({ councils: listCouncilsServed })(app)
  for (const routes of [
    onwardRoutes,
    entryCheckRoutes,
    gapRoutes,
    onwardDraftRoutes,
    onwardSendingRoutes,
    onwardLinkRoutes,
    inboxRoutes,
    inboxAnswerRoutes,
    onwardAnswerRoutes,
    onwardSilenceRoutes,
    onwardListRoutes,
    onwardPackRoutes,
    supportNowRoutes,
    onwardConflictRoutes,
  ])
    await routes(app)
}
