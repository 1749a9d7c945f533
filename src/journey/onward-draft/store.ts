import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { needInWords } from '#registers/access-needs/rules.ts'
import { standingInWords } from '#registers/directory/rules.ts'
import { type Listing, takesReferrals } from '#registers/listing/rules.ts'
import { isConfirmed } from '#registers/means/rules.ts'
import { listMeans } from '#registers/means/store.ts'
import { calledName, hidesContact } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { daysOf, waitInWords } from '#registers/services/rules.ts'
import { listPlannedGoals } from '#journey/plan/store.ts'
import { isSettled } from '#journey/action/rules.ts'
import { type Whose, valuesOf } from '#journey/packet/rules.ts'
import { findEntryWords } from '#journey/entry-check/store.ts'
import { isOpen } from '#journey/onward/rules.ts'
import { listOnwardOf } from '#journey/onward/store.ts'
import { whyNotTo } from './rules.ts'

type OfWhom = Readonly<{ actor: Actor; person: string; episode: string; today: Temporal.PlainDate }>

/** Somebody with what may be sent of them: of a restricted record nothing that tells where they are. */
export async function findWhose(db: Db, { actor, person, episode, today }: OfWhom, service: string | null) {
  const found = await findPerson(db, actor, person, 'edit')
  if (!found) return undefined
  const entry = service === null ? undefined : await findEntryWords(db, { actor, person, episode, today }, service)
  const restricted = hidesContact(found)
  const means = restricted ? [] : await listMeans(db, actor.area, found.id)
  const safe = means.filter((one) => one.safe && one.wanted && isConfirmed(one))
  const valueOf = (...of: string[]) => safe.find(({ kind }) => of.includes(kind))?.value
  const whose: Whose = {
    ...{ name: calledName(found), bornOn: found.born_on, language: found.language, interpreter: found.interpreter },
    ...{ needs: found.access_needs.map(needInWords), accessNote: found.access_note },
    ...{ phone: valueOf('mobile', 'telephone'), email: valueOf('email') },
    ...{ safeNote: restricted ? null : found.safe_note, bestTime: restricted ? null : found.best_time, entry },
  }
  const named = { id: found.id, name: calledName(found) }
  return { person: named, whose, restricted, values: valuesOf(whose), language: found.language }
}

/** A service as whoever refers reads it, and why nobody can be referred to it today, if so. */
export async function findListed(db: Db, area: string, id: string, today: Temporal.PlainDate) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const found = await db
    .selectFrom('services.service as service')
    .innerJoin('services.owner as owner', (join) =>
      join.onRef('owner.area', '=', 'service.area').onRef('owner.id', '=', 'service.owner'),
    )
    .select(['service.version', 'service.document', 'owner.name as owner'])
    .where('service.area', '=', area)
    .where('service.id', '=', id)
    .executeTakeFirst()
  if (!found) return undefined
  const { version, owner } = found
  // Checked: the document is written from a listing alone.
  const listing = found.document as Listing
  const days = daysOf(listing)
  const { name, howToRefer, eligibility, email } = listing
  const shown = {
    ...{ id, name, howToRefer, eligibility, email, owner },
    ...{ phones: listing.phones.map(({ number }) => number), wait: waitInWords(listing.waitWeeks) },
  }
  const whyNot = takesReferrals(listing)
    ? whyNotTo({ name, ...days }, today, standingInWords(days, today))
    : `${name} is used by people themselves, and nobody is referred to it. Tell them of it, or choose another service`
  return { service: shown, version, whyNot }
}

/** Why nobody can be referred to a service at this moment, in words; undefined where somebody can. */
export async function findWhyNotNow(db: Db, area: string, service: string, now: Temporal.Instant) {
  return (await findListed(db, area, service, dayOf(now)))?.whyNot
}

type To = Readonly<{ area: string; person: string; service: string; besides: string | null }>

/** The newest referral of somebody to a service of which anything is still to come, but for the one that is followed. */
export async function findOpenTo(db: Db, { area, person, service, besides }: To) {
  const all = await listOnwardOf(db, area, [person])
  const open = all.find((one) => one.service === service && isOpen(one.state) && one.id !== besides)
  return open && { id: open.id, since: dayOf(open.writtenAt) }
}

/** For what of a plan somebody can be referred: its goals, and the open actions that a service does. */
export async function listPurposes(db: Db, area: string, episode: string) {
  const goals = await listPlannedGoals(db, area, episode)
  const actions = goals.flatMap((goal) =>
    goal.actions
      .filter((action) => action.owner === 'service' && !isSettled(action))
      .map(({ id, what }) => ({ id, goal: goal.id, action: id, label: `The action: ${what}` })),
  )
  const anew = goals.map(({ id, words }) => ({ id, goal: id, action: null, label: `The goal: ${words}` }))
  return [...anew, ...actions]
}
