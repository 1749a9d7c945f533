import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { findArea } from '#registers/areas/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { basisOf, type WayOfAgreeing } from '#registers/permissions/rules.ts'
import { listPermissions, mayDisclose, recordPermission } from '#registers/permissions/store.ts'
import type { WordsHeard } from '#registers/wording/rules.ts'
import type { Template } from '#registers/templates/rules.ts'
import { findWords } from '#registers/templates/store.ts'
import { findWhyNotNow } from '#journey/onward-draft/store.ts'
import { factsOf, type PartCode } from '#journey/packet/rules.ts'
import { linkDays, referenceOf, type WayOfAnswering, type Withdrawal, type Witness } from '#journey/onward/rules.ts'
import { endWaitingFor } from '#journey/onward-clock/store.ts'
import { findOnwardOf, type Kept, type Onward, recordEvent } from '#journey/onward/store.ts'
import * as rules from './rules.ts'

type At = Readonly<{
  area: string
  now: Temporal.Instant
  origin: string
  /** Whether a service may answer by email here: it is said in what it is written, and only where it is so. */
  byEmail: boolean
}>
type Of = Readonly<{ area: string; subject: string; now: Temporal.Instant }>
type To = Pick<Onward, 'id' | 'person' | 'address' | 'serviceName'>

export type Agreeing = At &
  Readonly<{
    /** The form with which they said yes. */
    id: string
    onward: Onward
    parts: readonly PartCode[]
    how: WayOfAnswering
    note: string | null
    /** The version of the words about telling services that they read with it, or that were read out. */
    wordingVersion: WordsHeard
    /** The member who wrote it down; null where they said it themselves. */
    by: string | null
  }>

const waysOf: Readonly<Record<WayOfAnswering, WayOfAgreeing>> = {
  ...{ 'in-person': 'in-person', telephone: 'telephone', message: 'online', 'own-space': 'online', link: 'online' },
}

/**
 * Keeps that somebody said yes to exactly this, for this service alone, and sends it where there is an address. The
 * permission that carries it is theirs to take back: then nothing goes any more, and the link is closed.
 */
export async function agreeToOnward(db: Db, agreeing: Agreeing): Promise<Kept> {
  const { area, id, onward, parts, how, note, wordingVersion, by, now } = agreeing
  const said = { area, id, referral: onward.id, at: now, by, how, parts, note } as const
  const kept = await recordEvent(db, { ...said, kind: 'agreed', witness: 'person' })
  if (kept !== 'kept') return kept
  await recordPermission(db, {
    ...{ area, person: onward.person, switch: 'onward', recipient: onward.serviceName, given: true },
    ...{ allows: 'summary', facts: factsOf(parts), form: id, how: waysOf[how], lawfulBasis: basisOf.onward },
    ...{ wordingVersion, by, at: now },
  })
  // Since it was shown, the service may have been paused or closed: their yes stays, and nothing goes.
  if (await findWhyNotNow(db, area, onward.service, now)) return 'kept'
  if (onward.address !== null) await send(db, agreeing)
  await stopTheOneBefore(db, agreeing)
  return 'kept'
}

type Refusing = Omit<Agreeing, 'parts' | 'origin' | 'byEmail' | 'wordingVersion'>

/** Keeps that somebody said no to it: nothing is sent, and the link by which they read it is closed. */
export async function refuseOnward(db: Db, { area, id, onward, how, note, by, now }: Refusing): Promise<Kept> {
  const said = { area, id, referral: onward.id, kind: 'refused', witness: 'person', how, note, by, at: now } as const
  const kept = await recordEvent(db, said)
  if (kept === 'kept') await closeLinks(db, { area, subject: onward.id, now })
  return kept
}

/** Sends what was agreed: only on a permission that stands at this moment. */
async function send(db: Db, { onward, ...at }: Agreeing): Promise<void> {
  const { area, now } = at
  const allowedBy = await findAllowed(db, area, onward)
  if (allowedBy === undefined) return
  const sent = { area, id: newId(), referral: onward.id, at: now, kind: 'sent', witness: 'product' } as const
  if ((await recordEvent(db, { ...sent, allowedBy })) !== 'kept') return
  await writeToService(db, { ...at, template: rules.sentTemplate, to: onward, allowedBy })
}

/** The permission on which a service may be told what was agreed, as it stands now; undefined where there is none. */
export async function findAllowed(db: Db, area: string, { person, serviceName: name }: To) {
  const recipient = { switch: 'onward', name } as const
  const may = await mayDisclose(db, { area, person, recipient, purpose: 'summary' })
  return may.allowed ? may.by : undefined
}

type Writing = At & Readonly<{ template: Template; to: To; allowedBy: string }>

/** Writes to the service, with a link to what it may read, which closes when its time is over. */
export async function writeToService(db: Db, { area, now, template, to, allowedBy, ...how }: Writing): Promise<void> {
  const { id: subject, person, address } = to
  if (address === null) return
  const here = await findArea(db, area)
  const expiresAt = now.add({ hours: 24 * linkDays })
  const known = { area: here?.name ?? '', phone: here?.phone ?? null, reference: referenceOf(subject) }
  const byEmail = how.byEmail ? rules.offeredByEmail : null
  const facts = { ...known, link: `${how.origin}${linkMark}`, day: dayOf(expiresAt), byEmail }
  const words = await findWords(db, { area, template, format: 'email', facts })
  // A new link takes the place of the one before: of two that open the same, one may lie about.
  await withdrawLinks(db, { area, subject, purpose: rules.serviceLink, now })
  await sendMessage(db, {
    ...{ area, person, recipient: 'another', kind: template.kind, channel: 'email', address, about: subject },
    ...words,
    ...{ allowedBy, link: { purpose: rules.serviceLink, subject, expiresAt }, now },
  })
}

/** Ends what stayed without an answer, once somebody has said yes to the service that takes its place. */
async function stopTheOneBefore(db: Db, { area, onward, now }: Agreeing): Promise<void> {
  const before = onward.follows && (await findOnwardOf(db, { area, person: onward.person, id: onward.follows }))
  if (!before) return
  const stopping = { area, id: newId(), onward: before, witness: 'product', by: null, now } as const
  await withdrawOnward(db, { ...stopping, reason: 'another' })
}

type Own = Pick<Stopping, 'area' | 'id' | 'onward' | 'now'>

/** A participant does not want it any more: it stops at once, and the service may be told nothing from then on. */
export async function stopOnward(db: Db, { area, id, onward, now }: Own): Promise<Kept> {
  const kept = await withdrawOnward(db, { area, id, onward, reason: 'asked', witness: 'person', by: null, now })
  if (kept !== 'kept' || onward.allowedBy === null) return kept
  await recordPermission(db, {
    ...{ area, person: onward.person, switch: 'onward', recipient: onward.serviceName, given: false },
    ...{ allows: 'received', form: id, how: 'online', lawfulBasis: basisOf.onward },
    ...{ wordingVersion: 'none-of-ours', by: null, at: now },
  })
  return kept
}

type Settling = Readonly<{ area: string; person?: string; at: Temporal.Instant }>

/** Ends what nobody may go on with: its person, or this one alone, took back their yes by another way, left, or has died. */
export async function settleTakenBack(db: Db, { area, person: of, at: now }: Settling): Promise<void> {
  const open = await db
    .selectFrom('onward.referral as referral')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'referral.area').onRef('person.id', '=', 'referral.person'),
    )
    .select(['referral.id', 'referral.person', 'person.died_on'])
    .where('referral.area', '=', area)
    .where('referral.allowed_by', 'is not', null)
    .$if(of !== undefined, (query) => query.where(isOfPerson('referral.person', { area, person: of ?? '' })))
    .where(sql<boolean>`referral.state not in ('declined', 'ended', 'withdrawn')`)
    .where(
      sql<boolean>`(person.died_on is not null or exists (select from permissions.permission later
        join permissions.permission relied on relied.area = referral.area and relied.id = referral.allowed_by
        where later.area = referral.area and later.at >= relied.at and later.id <> relied.id and not later.given
          and later.person = relied.person and later.switch in ('onward', 'take-part')
          and (later.recipient = '' or lower(later.recipient) = lower(relied.recipient))))`,
    )
    .execute()
  for (const { id, person, died_on: died } of open) {
    const onward = await findOnwardOf(db, { area, person, id })
    if (!onward || (died === null && (await mayGoOn(db, area, onward)))) continue
    const why = { reason: died === null ? 'permission' : 'died', witness: 'person', by: null } as const
    await withdrawOnward(db, { area, id: newId(), onward, ...why, now })
  }
}

/** Asks a service that has not answered once more, as long as the yes to it stands; false where it does not. */
export async function nudgeOnward(db: Db, { to, ...at }: At & Readonly<{ to: To }>): Promise<boolean> {
  const { area, now } = at
  const allowedBy = await findAllowed(db, area, to)
  if (allowedBy === undefined) return false
  await recordEvent(db, { area, id: newId(), referral: to.id, kind: 'nudged', witness: 'product', at: now })
  await writeToService(db, { ...at, template: rules.nudgedTemplate, to, allowedBy })
  return true
}

/** Whether the yes to a service stands now, and they have not said that they take part no more. */
async function mayGoOn(db: Db, area: string, onward: Onward): Promise<boolean> {
  const said = await listPermissions(db, area, onward.person)
  const left = said.some((one) => one.switch === 'take-part' && one.recipient === '' && !one.given)
  return !left && (await findAllowed(db, area, onward)) !== undefined
}

type Stopping = Omit<At, 'origin' | 'byEmail'> &
  Readonly<{
    id: string
    onward: Onward
    reason: Withdrawal
    witness: Witness
    by: string | null
    note?: string | null
  }>

/** Ends an onward referral before its time: its links close, nothing more goes, nothing waits for it, and the service stops. */
export async function withdrawOnward(db: Db, stopping: Stopping): Promise<Kept> {
  const { area, id, onward, reason, witness, by, note = null, now } = stopping
  const said = { area, id, referral: onward.id, kind: 'withdrawn', witness, by, reason, note, at: now } as const
  const kept = await recordEvent(db, said)
  if (kept !== 'kept') return kept
  await closeLinks(db, { area, subject: onward.id, now })
  if (reason !== 'another') await endWaitingFor(db, { area, onward, because: 'it was withdrawn', by, at: now })
  if (onward.askedAt !== null && onward.address !== null && reason !== 'died') await tellToStop(db, stopping)
  return 'kept'
}

/** Closes whatever opens an onward referral. */
export async function closeLinks(db: Db, { area, subject, now }: Of): Promise<void> {
  for (const purpose of [rules.serviceLink, rules.ownLink]) await withdrawLinks(db, { area, subject, purpose, now })
}

async function tellToStop(db: Db, { area, onward, now }: Stopping): Promise<void> {
  const here = await findArea(db, area)
  const facts = { area: here?.name ?? '', phone: here?.phone ?? null, reference: referenceOf(onward.id) }
  const words = await findWords(db, { area, template: rules.stoppedTemplate, format: 'email', facts })
  await sendMessage(db, {
    ...{ area, person: onward.person, recipient: 'another', kind: rules.stoppedKind, channel: 'email' },
    ...{ address: onward.address ?? '', about: onward.id, ...words, allowedBy: 'asked-for', now },
  })
}
