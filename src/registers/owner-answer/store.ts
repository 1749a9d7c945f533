import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import type { Message } from '#platform/notify/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { type Listing, type Part, withParts } from '#registers/listing/rules.ts'
import { reasonNotToAsk } from '#registers/owner-check/rules.ts'
import { saveProposals } from '#registers/proposing/store.ts'
import { saveListings } from '#registers/services/store.ts'
import { dividedParts, originOf, ownerSays } from './rules.ts'

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

/** What whoever runs a service says of it: what stood there when they looked, and what they say in its place. */
export type OwnersWord = Readonly<{
  area: string
  now: Temporal.Instant
  today: Temporal.PlainDate
  /** Under which it is proposed, where it has to be decided about. */
  id: string
  found: Readonly<{ id: string; version: number; origin: string; listing: Listing }>
  base: Readonly<{ version: number; listing: Listing }>
  said: Listing
  byName: string
  note: string | null
}>

/**
 * Keeps an owner's word, by whichever way it came: what the area takes their word on stands in the directory at once, and
 * everything else waits for somebody who decides.
 */
export async function keepOwnersWord(
  db: Db,
  { area, now, today, id, found, base, said, byName, note }: OwnersWord,
): Promise<Readonly<{ stood: readonly Part[]; proposal: string | null }>> {
  const { ownersAtOnce } = await findSettings(db, area, today)
  const { stands, waits, along } = dividedParts(base.listing, said, ownersAtOnce)
  const here = withParts(found.listing, said, [...stands, ...along])
  const next = { id: found.id, version: found.version + 1, listing: here, origin: originOf(found.origin) }
  const saying = { ...ownerSays, area, note: `Says ${byName}`, at: now }
  const stood = stands.length > 0 && (await saveListings(db, saying, [next])).has(found.id)
  if (stood && waits.length === 0 && note === null) return { stood: stands, proposal: null }
  const proposed = stood
    ? { base: next.version, listing: withParts(here, said, [...waits, 'checkedOn', 'waitOn']) }
    : { base: base.version, listing: said }
  const why = note === null ? `Says ${byName}` : `Says ${byName}: ${note}`
  const from = { area, cameFrom: 'owner', by: null, at: now }
  await saveProposals(db, from, [{ id, service: found.id, note: why, ...proposed }])
  return { stood: stood ? stands : [], proposal: id }
}
