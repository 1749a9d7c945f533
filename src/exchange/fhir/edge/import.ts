import type { Inside } from '#platform/fhir/bearer.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { writeEntry, writeReads } from '#platform/journal/journal.ts'
import { findSettings } from '#registers/areas/store.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import { findOrganisation } from '#registers/organisations/store.ts'
import type { Taken, Taking } from '#journey/referral/store.ts'
import type { Withdrawing } from '#journey/withdrawal/store.ts'
import { type Described, routeOfSystem } from '#exchange/fhir/sent-bundle/rules.ts'
import { idRead } from '#exchange/fhir/searched/rules.ts'
import type { GivenIds } from './rules.ts'
import { type Called, findShown, findTaken, holdReferral, type Own, saveTaken } from './store.ts'

/** What a door does on the journey, in the transaction in which something came. */
export type Doing = Readonly<{
  /** Takes a referral. */
  take: (db: Db, taking: Taking) => Promise<Taken>
  /** Takes a referral back, as whoever made it; false where that was done before. */
  withdraw: (db: Db, withdrawing: Withdrawing) => Promise<boolean>
}>

/** As which system, where and when something is asked, whichever language the door speaks. */
type Here = Inside<Readonly<{ id: string; organisation: string; kind: OrganisationKind }>>

/**
 * What was made of a referral that came before under what its sender calls it, who sends it by name, and who receives
 * referrals here. Whoever sends the same waits until the transaction ends.
 */
export async function lookBefore({ db, area, bearer, now }: Here, called: Called) {
  // In one breath: whoever waits for the hold reads what was taken meanwhile, since each statement sees what stands then.
  const [, before, sender, { receivingOrganisation: holder }] = await Promise.all([
    holdReferral(db, area, called),
    findTaken(db, area, called),
    findOrganisation(db, area, bearer.organisation),
    findSettings(db, area, dayOf(now)),
  ])
  return { before, sender: sender?.name ?? '', holder }
}

/** A referral that has not come before, as the service takes one. */
type Coming = Readonly<{
  called: Called
  digest: Buffer
  described: Described
  holder: string
  authoredAt: Temporal.Instant
}> &
  Readonly<{
    /** Whether its sender wishes to be told how it goes on. */
    isTold: boolean
    origin: string
  }>

type Sent = Readonly<{ ids: GivenIds; reference: string; person: string | undefined }>

/** Takes a referral that a system sent, and keeps by which ids its organisation reads it back. */
export async function takeSent(take: Doing['take'], { db, area, bearer, now }: Here, coming: Coming): Promise<Sent> {
  const { called, digest, described, holder, authoredAt, isTold, origin } = coming
  const today = dayOf(now)
  const ids = { id: newId(), patient: newId(), task: isTold ? newId() : null }
  const [referral, route] = [newId(), routeOfSystem(bearer.kind)]
  const came = { area, id: referral, route, channel: 'system', receivedOn: today, today, by: null, now } as const
  const { isVerified, ...said } = described
  const { reference, person } = await take(db, { ...came, ...said, words: {}, holder, origin, proven: bearer.kind })
  const kept = { area, client: bearer.id, digest, referral, isVerified, authoredAt, takenAt: now }
  saveTaken(db, { ...ids, ...called, ...kept })
  const codes = { route, channel: 'system', agreement: said.agreement, client: bearer.id }
  const of = { person, subject: referral, codes, vouchesFor: said.answers.reason ?? '' }
  writeEntry(db, { area, by: undefined, happening: { ...of, kind: 'act', what: 'referral.received' }, at: now })
  return { ids, reference, person }
}

/** The referral that a system's organisation sent, by an id that stood in an address; undefined for everybody else. */
export async function findSent({ db, area, bearer: { organisation } }: Here, given: string): Promise<Own | undefined> {
  const { id, part } = idRead(given) ?? { id: null, part: null }
  return id === null || part !== null ? undefined : findShown(db, { area, organisation }, id)
}

type Back = Readonly<{ own: Own; why: string | null }>

/** Takes a referral back; after it was taken back before, it is as it stands. */
export async function takeSentBack(withdraw: Doing['withdraw'], here: Here, { own, why }: Back): Promise<Own> {
  const { db, area, bearer, now } = here
  const { person, referral } = own
  const isFirst = await withdraw(db, { area, referral, note: why, by: null, at: now })
  const codes = { client: bearer.id }
  const happening = { kind: 'act', what: 'referral.withdrawn', person, subject: referral, codes } as const
  if (isFirst) writeEntry(db, { area, by: undefined, happening, at: now })
  return { ...own, withdrawnAt: own.withdrawnAt ?? now }
}

/** Writes down each record of which something is shown as read by this system, under the name by which it was read. */
export function writeRead({ db, area, bearer, now: at }: Here, resource: string, seen: readonly Own[]): void {
  const codes = { client: bearer.id, resource }
  const on = [...new Set(seen)].map(({ person, referral: subject }) => ({ person, subject, codes }))
  writeReads(db, { area, by: undefined, at, what: 'referral.read-back', on })
}
