import type { App } from '#platform/http/app.ts'
import { isFlooded } from '#journey/flood/store.ts'
import { askedByEmployerRoutes } from '#journey/asked-by-employer/routes.tsx'
import { handedLinkRoutes } from '#journey/handed-link/routes.tsx'
import { openedForm, referralRoutes } from '#journey/referral/routes.tsx'
import { selfReferralRoutes } from '#journey/self-referral/routes.tsx'
import { launchRoutes } from '#exchange/launch/routes.tsx'

/** The forms by which a referral reaches the service, and what leads to them. */
export async function referralPages(app: App): Promise<void> {
  await referralRoutes(isFlooded(app.settings))(app)
  await handedLinkRoutes(app)
  await askedByEmployerRoutes(app)
  await launchRoutes(openedForm)(app)
  await selfReferralRoutes(app)
}
