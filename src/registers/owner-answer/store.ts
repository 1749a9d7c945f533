import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import type { Message } from '#platform/notify/rules.ts'
import type { Listing } from '#registers/listing/rules.ts'
import { reasonNotToAsk } from '#registers/owner-check/rules.ts'

type Which = Readonly<{ area: string; subject: string | null }>

/** What an owner was asked about as it stands now, and when they answered. */
async function findAbout(db: Db, { area, subject }: Which) {
  const found = await db
    .selectFrom('owner_check.asked as asked')
    .innerJoin('services.service as service', (on) =>
      on.onRef('service.area', '=', 'asked.area').onRef('service.id', '=', 'asked.service'),
    )
    .select(['service.document', 'asked.answered_at as answeredAt'])
    .where('asked.area', '=', area)
    .where('asked.id', '=', subject)
    .executeTakeFirst()
  // Checked: the document is written from a listing alone.
  return found && { answeredAt: found.answeredAt, listing: found.document as Listing }
}

/** Whether an owner may still be asked what the link asks: the service is open to be read, and not closed. */
export async function mayAnswerFor(db: Db, which: Which, today: Temporal.PlainDate): Promise<boolean> {
  const found = await findAbout(db, which)
  return found !== undefined && reasonNotToAsk(found.listing, today) === undefined
}

/** Whether a message that asks an owner still has to go: nobody has answered, and the service may be asked about. */
export async function isStillToAsk(db: Db, { area, about }: Message, now: Temporal.Instant): Promise<boolean> {
  const found = await findAbout(db, { area, subject: about })
  return found?.answeredAt === null && reasonNotToAsk(found.listing, dayOf(now)) === undefined
}
