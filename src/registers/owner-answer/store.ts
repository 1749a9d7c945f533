import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import type { Message } from '#platform/notify/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { type Listing, type Part, withParts } from '#registers/listing/rules.ts'
import { reasonNotToAsk } from '#registers/owner-check/rules.ts'
import { saveProposals } from '#registers/proposing/store.ts'
import { saveListings } from '#registers/services/store.ts'
import { dividedParts, movedTo, originOf, ownerSays } from './rules.ts'

const emailNow = sql<string | null>`coalesce(service.document ->> 'email', owner.document ->> 'email')`

const said = (about: 'service' | 'owner', subject: string) => sql`(select was.document ->> 'email'
  from services.version was where was.area = asked.area and was.about = ${about} and was.subject = ${sql.ref(subject)}
  and was.at <= asked.at order by was.version desc limit 1)`
const emailThen = sql<string | null>`coalesce(${said('service', 'service.id')}, ${said('owner', 'service.owner')})`

type Which = Readonly<{ area: string; subject: string | null }>

/** What an owner was asked about as it stands now, and when they answered. */
async function findAbout(db: Db, { area, subject }: Which) {
  const found = await db
    .selectFrom('owner_check.asked as asked')
    .innerJoin('services.service as service', (on) =>
      on.onRef('service.area', '=', 'asked.area').onRef('service.id', '=', 'asked.service'),
    )
    .innerJoin('services.owner as owner', (on) =>
      on.onRef('owner.area', '=', 'service.area').onRef('owner.id', '=', 'service.owner'),
    )
    .select(['service.document', 'asked.answered_at as answeredAt', 'asked.address'])
    .select([emailThen.as('then'), emailNow.as('now')])
    .where('asked.area', '=', area)
    .where('asked.id', '=', subject)
    .executeTakeFirst()
  // Checked: the document is written from a listing alone.
  return found && { ...found, listing: found.document as Listing, movedTo: movedTo(found) }
}

/**
 * Whether an owner may still be asked what the link asks: the service is open to be read, and not closed, and whoever was
 * asked has not moved to another address meanwhile. What came of an answer is read all the same.
 */
export async function mayAnswerFor(db: Db, which: Which, today: Temporal.PlainDate): Promise<boolean> {
  const found = await findAbout(db, which)
  if (!found || reasonNotToAsk(found.listing, today) !== undefined) return false
  return found.answeredAt !== null || found.movedTo === null
}

/** Whether a message that asks an owner still has to go: nobody has answered, and the service may be asked about. */
export async function isStillToAsk(db: Db, { area, about }: Message, now: Temporal.Instant): Promise<boolean> {
  const found = await findAbout(db, { area, subject: about })
  if (found?.answeredAt !== null || found.movedTo !== null) return false
  return reasonNotToAsk(found.listing, dayOf(now)) === undefined
}

/** Where a new link goes: to the address that was asked, or where the directory has another in its place since, there. */
export async function findAddress(db: Db, which: Which): Promise<string | undefined> {
  const found = await findAbout(db, which)
  return found && (found.movedTo ?? found.address)
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
