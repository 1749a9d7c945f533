import type { App } from '#platform/http/app.ts'
import { fitNoteRoutes } from '#journey/fit-note/routes.tsx'
import { fitNoteRequestRoutes } from '#journey/fit-note-request/routes.tsx'
import { fitNoteResultRoutes } from '#journey/fit-note-result/routes.tsx'
import { goalScalingRoutes } from '#journey/goal-scaling/routes.tsx'
import { planOfferRoutes } from '#journey/plan-offer/routes.tsx'
import { phasedReturnRoutes } from '#journey/phased-return/routes.tsx'
import { adviceRoutes } from '#journey/support/health-advice/routes.tsx'
import { adjustmentRoutes } from '#journey/support/adjustments/routes.tsx'
import { employerRoutes } from '#journey/support/employer/routes.tsx'
import { employerLetterRoutes } from '#journey/support/employer-letter/routes.tsx'
import { jobSearchRoutes } from '#journey/support/job-search/routes.tsx'
import { passportRoutes } from '#journey/support/passport/routes.tsx'
import { sayingRoutes } from '#journey/support/saying/routes.tsx'
import { employersAnswerRoutes } from '#journey/support/employers-answer/routes.tsx'
import { talkRoutes } from '#journey/support/talk/routes.tsx'
import { threeWayRoutes } from '#journey/support/three-way/routes.tsx'
import { trailblazerRoutes } from '#registers/trailblazer/routes.tsx'

/** What goes with somebody's work while they are supported: fit notes, the plan they are sent, the phased return, adjustments and their passport, their employer. */
export async function supportPages(app: App): Promise<void> {
  for (const routes of [trailblazerRoutes, fitNoteRequestRoutes, fitNoteResultRoutes]) await routes(app)
  const three = [threeWayRoutes, employersAnswerRoutes, employerLetterRoutes, adviceRoutes]
  const work = [
    phasedReturnRoutes,
    adjustmentRoutes,
    passportRoutes,
    jobSearchRoutes,
    employerRoutes,
    sayingRoutes,
    talkRoutes,
  ]
  for (const routes of [goalScalingRoutes, fitNoteRoutes, planOfferRoutes, ...work, ...three]) await routes(app)
}
