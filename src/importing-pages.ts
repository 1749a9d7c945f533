import type { App } from '#platform/http/app.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { noteOfferJobs, noteOfferSchedules } from '#exchange/note-offers/jobs.ts'
import { noteOfferRoutes } from '#exchange/note-offers/routes.tsx'
import { clientRoutes } from '#registers/clients/routes.tsx'
import { handbookRoutes } from '#exchange/api/handbook/routes.tsx'
import { replyAddressRoutes } from '#exchange/bars/reply-address/routes.tsx'
import { replyRoutes } from '#exchange/bars/reply-queue/routes.tsx'
import { countReplies } from '#exchange/bars/reply-queue/store.ts'
import { intakeJobs, intakeSchedules } from '#exchange/files/intake/jobs.ts'
import { intakeRoutes } from '#exchange/files/intake/routes.tsx'
import { findBatchOf } from '#exchange/files/intake/store.ts'
import { recordsSystemRoutes } from '#exchange/launch/routes.tsx'
import { webhookAddressRoutes } from '#exchange/webhooks/webhook-address/routes.tsx'
import { webhookQueueRoutes } from '#exchange/webhooks/webhook-queue/routes.tsx'
import { countEvents } from '#exchange/webhooks/webhook-queue/store.ts'
import { parcelRoutes } from '#exchange/files/parcel/routes.tsx'
import { beginTrial } from '#exchange/files/trial/import.ts'
import { trialJobs } from '#exchange/files/trial/jobs.ts'
import { trialRoutes } from '#exchange/files/trial/routes.tsx'
import { waitingFormsRoutes } from '#exchange/mailbox/waiting-forms/routes.tsx'
import { takeReferral } from '#journey/referral/store.ts'
import { comparingRoutes } from '#exchange/mailbox/comparing/routes.tsx'
import { findingFormsRoutes } from '#exchange/mailbox/finding-forms/routes.tsx'
import { mailboxJobs, mailboxSchedules } from '#exchange/mailbox/incoming/jobs.ts'
import { referralFormRoutes } from '#exchange/mailbox/referral-form/routes.tsx'

/** The pages about other systems: which may come in by themselves, what goes back to them, and what another one exported. */
export async function importingRoutes(app: App): Promise<void> {
  await noteOfferRoutes(app)
  await clientRoutes(async (db, area) => ({
    replies: (await countReplies(db, area)).failed,
    events: (await countEvents(db, area)).failed,
  }))(app)
  await handbookRoutes(app)
  await recordsSystemRoutes(app)
  await replyAddressRoutes(app)
  await replyRoutes(app)
  await webhookAddressRoutes(app)
  await webhookQueueRoutes(app)
  await parcelRoutes(beginTrial)(app)
  await trialRoutes(findBatchOf)(app)
  await intakeRoutes(app)
  await referralFormRoutes(app)
  await waitingFormsRoutes(app)
  await findingFormsRoutes(app)
  await comparingRoutes(takeReferral)(app)
}

/** What goes on behind these pages. */
export const importingJobs = (parts: Parameters<typeof mailboxJobs>[0]): Jobs => ({
  ...{ ...trialJobs, ...intakeJobs, ...mailboxJobs(parts), ...noteOfferJobs },
})
export const importingSchedules: readonly Schedule[] = [...intakeSchedules, ...mailboxSchedules, ...noteOfferSchedules]
