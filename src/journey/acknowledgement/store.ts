import { sql } from 'kysely'
import { type Actor, ofServices, type Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { countSentTo } from '#platform/notify/counting.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { type Channel, linkMark, type Message } from '#platform/notify/rules.ts'
import type { OrganisationKind, Route } from '#registers/organisations/rules.ts'
import type { WayOfAgreeing } from '#registers/permissions/rules.ts'
import { mayDisclose, recordPermission } from '#registers/permissions/store.ts'
import type { Versions, WordsHeard } from '#registers/wording/rules.ts'
import { findCalling, findWords } from '#registers/templates/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { listMeans } from '#registers/means/store.ts'
import { safeAddress } from '#journey/newcomer/rules.ts'
import {
  arrivedTemplate,
  comeBackDays,
  feedbackOf,
  isKnownSender,
  heldTemplate,
  mostNotesADay,
  noteKind,
  receivedTemplate,
  ownRouteOf,
  recipientName,
  type Referrer,
  referrerLinkDays,
  type SaidToTelling,
  type Sender,
  toldUnder,
} from './rules.ts'

/** A referral that has arrived, and whose it is. */
export type Arrived = Readonly<{
  area: string
  id: string
  reference: string
  person: string
  route: Route
  referrer: Referrer
  /** Whether it came so quickly that nobody was told when it came: whoever referred hears of it once the person wants it. */
  isUntold?: boolean
  /** What the organisation is that refers, where it has proved who it is by a key of its own. */
  proven?: OrganisationKind | undefined
  /** Where people reach us; without it no link to come back by is sent. */
  origin?: string | undefined
  now: Temporal.Instant
}>

/** What the person said about being contacted, and about whoever referred them being told. */
export type Yes = Readonly<{
  how: WayOfAgreeing
  mayTell: SaidToTelling
  by: string | null
  firstTryBy: Temporal.PlainDate
  /** The versions of our words in which they were asked, themselves or by whoever referred them. */
  words: Versions
}>

/** Records what the person agreed to, and lets them know at once and safely that their referral arrived. */
export async function acknowledgePerson(
  db: Db,
  arrived: Arrived,
  { mayTell, firstTryBy, ...heard }: Yes,
): Promise<void> {
  const { area, person, now } = arrived
  const { how, by, words } = heard
  const said = { area, person, how, by, at: now }
  const contact = {
    switch: 'contact',
    given: true,
    lawfulBasis: 'public-task',
    wordingVersion: words.contact ?? 'none-of-ours',
  } as const
  const [allowedBy, found, means] = await Promise.all([
    recordPermission(db, { ...said, ...contact }),
    whomAndWhere(db, area, person),
    listMeans(db, area, person),
    recordTelling(db, arrived, { mayTell, ...heard }),
  ])
  const safe = safeAddress(means, found.access_needs)
  if (!safe) return
  const message = { area, person, kind: noteKind, about: arrived.id, allowedBy, now }
  const note = await noteWithLink(db, { ...arrived, ...found, firstTryBy }, safe.channel)
  await sendMessage(db, { ...message, ...safe, ...note })
}

/** Records what the person said to whoever referred them being told, or else what these wish to hear. */
async function recordTelling(db: Db, arrived: Arrived, { mayTell, how: heardHow, by, words }: Omit<Yes, 'firstTryBy'>) {
  const { area, person, route, referrer, now } = arrived
  const wish = feedbackOf(route, referrer.feedback)
  const [told, recipient] = [toldUnder[route], recipientName(referrer)]
  if (!told || !recipient || wish === 'none') return
  const how = mayTell === 'not-asked' ? 'referrer' : heardHow
  // Somebody nobody knows has said it for them: until the person says so, they hear that it arrived.
  const isWord = mayTell !== 'not-asked' && (how !== 'referrer' || isKnownSender(route, await sendersOf(db, arrived)))
  const allows = isWord ? wish : 'received'
  // Nobody consents for somebody else: what their referrer hears rests on the task alone until they say so themselves.
  const lawfulBasis = how === 'referrer' ? 'public-task' : told.basis
  // What whoever refers only wishes to hear is no answer of the person to any words.
  const isWish = how === 'referrer' && allows === 'received'
  const wordingVersion: WordsHeard = (isWish ? undefined : words[told.switch]) ?? 'none-of-ours'
  const given = { switch: told.switch, recipient, allows, given: mayTell !== 'no', lawfulBasis, wordingVersion }
  await recordPermission(db, { area, person, how, by, at: now, ...given })
}

async function sendersOf(db: Db, { area, referrer, proven, now }: Arrived): Promise<readonly Sender[]> {
  return proven ? [{ kind: proven, refersNow: true }] : listSenders(db, area, referrer.email, dayOf(now))
}

type Noted = Arrived & Awaited<ReturnType<typeof whomAndWhere>> & Readonly<{ firstTryBy: Temporal.PlainDate }>

/** The words, with the way back to where the request stands. Nobody types an address of this length from a letter. */
async function noteWithLink(db: Db, { origin, id, now, area, ...about }: Noted, format: Channel) {
  const { reference, phone, firstTryBy: by } = about
  const called = await findCalling(db, area, dayOf(now))
  const isLinked = origin !== undefined && format !== 'letter' && !(await isClosed(db, area, about.person))
  const written = await findWords(db, {
    ...{ area, template: receivedTemplate, format },
    reader: { language: about.language, accessNeeds: about.access_needs },
    facts: { area: called, reference, phone, by, link: isLinked ? `${origin}${linkMark}` : null },
  })
  if (!isLinked || !written.body.includes(linkMark)) return written
  return { ...written, link: { purpose: 'come-back', subject: id, expiresAt: now.add({ hours: 24 * comeBackDays }) } }
}

/** Whether an address has been told of so many referrals within a day that one more would only be a nuisance. */
export async function hasHeardEnough(db: Db, message: Message, now: Temporal.Instant): Promise<boolean> {
  if (message.kind !== noteKind) return false
  return (await countSentTo(db, message, now.subtract({ hours: 24 }))) >= mostNotesADay[message.recipient]
}

/** Lets whoever referred know that it arrived, where they want to hear it and the person has not said no. */
export async function acknowledgeReferrer(db: Db, arrived: Arrived, held: boolean): Promise<void> {
  const { area, person, route, referrer, now } = arrived
  const [told, name] = [toldUnder[route], recipientName(referrer)]
  if (!told || !name || !referrer.email || referrer.feedback === 'none') return
  const recipient = { switch: told.switch, name }
  const [may, found] = await Promise.all([
    mayDisclose(db, { area, person, recipient, purpose: 'received' }),
    whomAndWhere(db, area, person),
  ])
  if (!may.allowed) return
  const { id: subject, reference, origin } = arrived
  const template = held ? heldTemplate : arrivedTemplate
  const facts = { area: found.areaName, reference, phone: found.phone, link: origin ? `${origin}${linkMark}` : null }
  const note = await findWords(db, { area, template, format: 'email', facts })
  const expiresAt = now.add({ hours: 24 * referrerLinkDays })
  const link = note.body.includes(linkMark) ? { purpose: 'referral', subject, expiresAt } : undefined
  const message = { area, person, recipient: 'another', kind: noteKind, about: subject, now } as const
  await sendMessage(db, { ...message, channel: 'email', address: referrer.email, ...note, link, allowedBy: may.by })
}

/** What the person needs so that words reach them, and the name and number of the area that writes. */
async function whomAndWhere(db: Db, area: string, person: string) {
  return db
    .selectFrom('people.person as person')
    .innerJoin('areas.area as area', 'area.area', 'person.area')
    .select(['person.access_needs', 'person.language', 'area.name as areaName', 'area.phone'])
    .where('person.area', '=', area)
    .where('person.id', '=', person)
    .executeTakeFirstOrThrow()
}

// Who works in a local service is known by the register as whoever has an account to refer with.
const refersFor: readonly Role[] = ['referrer', ...ofServices]
const refersOf = (role: Role) => role === 'jobcentre-partner' || refersFor.includes(role)

/** What somebody who refers with an account would write of themselves in a form; nothing for anybody else. */
export async function findOwnWords(db: Db, actor: Actor | undefined): Promise<Readonly<Record<string, string>>> {
  if (!actor || !refersOf(actor.role)) return {}
  const { name, email, organisation, kind } = await db
    .selectFrom('organisations.member as member')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'member.area').onRef('organisation.id', '=', 'member.organisation'),
    )
    .select(['member.name', 'member.email', 'organisation.name as organisation'])
    // Checked: the register holds no other kinds.
    .select(sql<OrganisationKind>`organisation.kind`.as('kind'))
    .where('member.area', '=', actor.area)
    .where('member.id', '=', actor.membership)
    .executeTakeFirstOrThrow()
  const route = actor.role === 'jobcentre-partner' ? 'jobcentre' : ownRouteOf[kind]
  const known = { referrerName: name, referrerOrganisation: organisation, referrerEmail: email }
  return route === undefined ? known : { ...known, route }
}

/** What the register says of everybody who ever had this address, and whether they refer from it on a day. */
export async function listSenders(db: Db, area: string, email: string | null, on: Temporal.PlainDate) {
  if (email === null) return []
  const found: Sender[] = await db
    .selectFrom('organisations.member as member')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'member.area').onRef('organisation.id', '=', 'member.organisation'),
    )
    // Checked: the register holds no other kinds.
    .select(sql<OrganisationKind>`organisation.kind`.as('kind'))
    .select(
      sql<boolean>`(member.role = any(${[...refersFor]}::text[]) and member.from_on <= ${on}
        and (member.until_on is null or member.until_on > ${on}))`.as('refersNow'),
    )
    .where('member.area', '=', area)
    .where(sql<boolean>`lower(member.email) = ${email.trim().toLowerCase()}`)
    .execute()
  return found
}
