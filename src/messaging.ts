import type { FastifyInstance } from 'fastify'
import type { Home } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { notifyDoors } from '#platform/govuk-notify/doors.ts'
import { notifySender } from '#platform/govuk-notify/sender.ts'
import type { Parts } from '#platform/http/parts.ts'
import { completeWithLink, messageLinkPath } from '#platform/link/links.ts'
import type { FindAnotherWay, Unsent } from '#platform/notify/another-way.ts'
import type { MayStillGo, Sending } from '#platform/notify/jobs.ts'
import type { Posting } from '#platform/notify/letter-routes.tsx'
import type { AsItGoes } from '#platform/notify/routes.tsx'
import {
  isCounted,
  isToStaff,
  linkMark,
  mayGoAnotherWay,
  type Message,
  readableOutbox,
  renewedKind,
  type Sender,
} from '#platform/notify/rules.ts'
import type { Settings } from '#platform/settings.ts'
import { mailSender } from '#platform/smtp/sender.ts'
import { letterFormat, mayBeReachedBy, needsOwnLetter } from '#registers/access-needs/rules.ts'
import { findNeeds, listNeedsOf } from '#registers/access-needs/store.ts'
import { quietTill } from '#registers/areas/rules.ts'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { codeKind } from '#registers/code/rules.ts'
import { withCode } from '#registers/code/store.ts'
import { isAboutWay, notKnownAsTheirs } from '#registers/means/rules.ts'
import { addressed, hearArrival, hearReply, isKnownAsTheirs, listMeans } from '#registers/means/store.ts'
import { findEnoughUntil } from '#journey/reaching/store.ts'
import { ownerKind } from '#registers/owner-check/rules.ts'
import { isStillToAsk } from '#registers/owner-answer/store.ts'
import { closedOnline, leadsOnline } from '#registers/online/rules.ts'
import { isClosed } from '#registers/online/store.ts'
import { removedKind } from '#registers/own-logins/rules.ts'
import { changedKind } from '#registers/own-ways/rules.ts'
import { listHidden } from '#registers/restriction/store.ts'
import { mayLeave } from '#registers/permissions/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { safeAddress } from '#journey/newcomer/rules.ts'
import { askedKind } from '#journey/asked-by-link/rules.ts'
import { isStillAsked } from '#registers/questionnaires/store.ts'
import { changeKind } from '#journey/changeover/rules.ts'
import { isStillNews } from '#journey/changeover/store.ts'
import { hasHeardEnough } from '#journey/acknowledgement/store.ts'
import { maybeUnwanted } from '#journey/known/rules.ts'
import { listNotToWriteTo } from '#journey/known/store.ts'
import { isStillSo } from '#journey/booking/store.ts'
import { isStillOpen } from '#journey/offer/store.ts'
import { answeredAt } from '#journey/onward-sending/rules.ts'
import { isOnwardStillSo } from '#journey/onward-link/store.ts'
import { helpKind } from '#journey/onward-asking/rules.ts'
import { isHelpStillAsked } from '#journey/onward-asking/store.ts'
import { nextKind } from '#journey/onward-telling/rules.ts'
import { isStillProposed } from '#journey/onward-telling/store.ts'
import { planKind } from '#journey/plan-offer/rules.ts'
import { isStillOffered } from '#journey/plan-offer/store.ts'
import { remindKind } from '#journey/action-reminder/rules.ts'
import { isStillDue } from '#journey/action-reminder/store.ts'
import { employeeKind } from '#journey/asked-by-employer/rules.ts'
import { isStillToBeAsked } from '#journey/asked-by-employer/store.ts'
import { isStillUnread } from '#journey/message/store.ts'
import { toldKind } from '#journey/support/matter/rules.ts'
import { isStillToTell } from '#journey/support/matter/store.ts'
import { findLetterFile, mayStillReach } from '#exchange/mailbox/filing-letter/store.ts'
import { forThemAlone, isGround, messageGrounds, opensMore } from './disclosing.ts'
import { templates } from './writing-pages.ts'

/** How messages leave: who is asked whether one may still go, and who carries it. */
export function sending({ settings, log }: Pick<Parts, 'settings' | 'log'>): Sending {
  const complete = completeWithLink(settings)
  return {
    ...{ mayStillGo, anotherWay, letterWith: findLetterFile },
    completed: async (db, message, now) => addressed(db, withCode(settings.secret, await complete(db, message, now))),
    byHand: async (db, { area, person }) => person !== null && needsOwnLetter(await findNeeds(db, area, person)),
    senders: sendersOf(settings),
    alarm: (text, of) => log.error(of, text),
  }
}

/** Who carries messages, the first that takes a channel: what is set up, and outside production the readable outbox. */
function sendersOf(settings: Settings): Sender[] {
  const [{ environment, notify, mail }, answered] = [settings, answeredAt(settings)]
  const kept = environment === 'production' ? [] : [readableOutbox]
  return [notifySender(notify, answered), ...(mail ? [mailSender(mail, answered)] : []), ...kept]
}

/**
 * Whether a message that was written may go out now: what it says is still so, its person may be contacted this way, what
 * allowed it still stands, it is not within the area's quiet hours, and the person has not had enough of them this week.
 * Asked of every message at the moment of sending.
 */
const mayStillGo: MayStillGo = async (db, message, now) => {
  if (message.kind.startsWith('appointment.') && !(await isStillTrue(db, message, now)))
    return { go: false, reason: 'The appointment has changed since' }
  if (message.kind.startsWith('message.') && !(await isStillUnread(db, message)))
    return { go: false, reason: 'The message was read or taken back meanwhile' }
  if (message.kind === askedKind && !(await isStillAsked(db, message, now)))
    return { go: false, reason: 'It was answered or taken back meanwhile, or is no longer asked' }
  if (message.kind === toldKind && !(await isStillToTell(db, message)))
    return { go: false, reason: 'They have read it or said no, or it was taken back' }
  if (!(await isSoThere(db, message, now))) return { go: false, reason: 'It was answered or taken back meanwhile' }
  if (message.kind === planKind && !(await isStillOffered(db, message, now)))
    return { go: false, reason: 'The plan was agreed or taken back meanwhile' }
  if (message.kind === remindKind && !(await isStillDue(db, message)))
    return { go: false, reason: 'It was done, moved or taken out meanwhile, or support waits or has ended' }
  if (message.kind === changeKind && !(await isStillNews(db, message)))
    return { go: false, reason: 'They have read who looks after them, or it was taken back' }
  if (message.kind === ownerKind && !(await isStillToAsk(db, message, now)))
    return { go: false, reason: 'They have answered, or the service is closed or for staff only now' }
  if (await hasHeardEnough(db, message, now))
    return { go: false, reason: 'This address was told of enough referrals within a day' }
  if (await mayBeAnother(db, message)) return { go: false, reason: maybeUnwanted }
  const may = await mayLeave(db, message)
  if (!may.allowed) return { go: false, reason: may.why }
  if (!isGround(messageGrounds[message.kind], may.under)) return { go: false, reason: 'Nothing allows such a message' }
  const unread = await whyNotReadThere(db, message)
  if (unread) return { go: false, reason: unread }
  // A code goes to where somebody asked for it a moment ago.
  if (message.kind !== codeKind && (await isClosedByNeeds(db, message)))
    return { go: false, reason: 'They need to be reached another way: tell them yourself' }
  const hears = await mayStillReach(db, message)
  if (!hears.allowed) return { go: false, reason: hears.why }
  // Staff are told at once, and so is whoever waits: the quiet is for those who are written to.
  const isNow = isToStaff(message.allowedBy) || atOnce.includes(message.kind)
  const quiet = isNow ? undefined : quietTill(await findSettings(db, message.area, dayOf(now)), now)
  if (quiet) return { later: quiet, reason: 'It is within the quiet hours of the area' }
  const { person } = message
  const isOneMore = person !== null && isCounted(message)
  const enough = isOneMore && (await findEnoughUntil(db, { area: message.area, person, now }))
  return enough ? { later: enough, reason: 'The person has had enough messages for this week' } : { go: true }
}

/**
 * By which email a text goes that its person is not to get as one: one that is safe and wanted, if everything else allows
 * the message there. Where the text was not to go at all, or is too late, it goes nowhere.
 */
export const anotherWay: FindAnotherWay = async (db, { message, template, language, notAfter }, now) => {
  const { area, person } = message
  if (!mayGoAnotherWay(message) || person === null) return undefined
  if (notAfter && Temporal.Instant.compare(notAfter, now) < 0) return undefined
  const means = (await listMeans(db, area, person)).filter(({ kind, failed_at }) => kind === 'email' && !failed_at)
  const email = safeAddress(means, await findNeeds(db, area, person))
  if (!email) return undefined
  const going = await mayStillGo(db, { ...message, ...email }, now)
  if ('go' in going && !going.go) return undefined
  const words = templates.find(({ code, kind }) => (template === null ? kind === message.kind : code === template))
  return { ...email, subject: words ? await subjectOf(db, { area, template: words, reader: { language } }) : null }
}

/** Whether a text did not go out for want of a way alone: with an email address that is safe and wanted it would go. */
export async function lacksWay(db: Db, { message, notAfter }: Unsent, now: Temporal.Instant): Promise<boolean> {
  if (!mayGoAnotherWay(message) || (notAfter && Temporal.Instant.compare(notAfter, now) < 0)) return false
  const going = await mayStillGo(db, message, now)
  return 'go' in going && !going.go && isAboutWay(going.reason)
}

/** What a kind of message is called where somebody reads that it did not go out. */
export const titleOf = (kind: string): string => templates.find((one) => one.kind === kind)?.title ?? 'A message'

/** The subject of words that were written without one; a fact in it is not known any more. */
async function subjectOf(db: Db, asked: Pick<Parameters<typeof findWords>[1], 'area' | 'template' | 'reader'>) {
  const { subject } = await findWords(db, { ...asked, format: 'email', facts: {} })
  return subject?.replace(/\s*\(\s*\)/, '') ?? null
}

// A code, a link in place of another, and that somebody, who may be a stranger, has just changed how one signs in.
const atOnce: readonly string[] = [codeKind, renewedKind, changedKind, removedKind]

type Sent = Pick<Message, 'area' | 'person' | 'recipient' | 'channel' | 'address' | 'kind' | 'link'>

/**
 * Whether a message may be read by whoever has the address: one that opens or says more than what happens next goes only
 * to a way that is known to be the person's own. Others wrote the rest, and it may be their own.
 */
export async function mayBeReadThere(db: Db, message: Sent): Promise<boolean> {
  const { person, recipient, kind, link } = message
  if (person === null || recipient !== 'person') return true
  const isTheirsAlone = forThemAlone.includes(kind) || (kind === renewedKind && opensMore(link?.purpose))
  return !isTheirsAlone || isKnownAsTheirs(db, { ...message, person })
}

/** Whether what the person needs closes the way that was chosen when the message was written. */
async function isClosedByNeeds(db: Db, { area, person, recipient, channel }: Message): Promise<boolean> {
  return person !== null && recipient === 'person' && !mayBeReachedBy(channel, await findNeeds(db, area, person))
}

/** Why it is not for whoever would read it there; undefined where it is. */
async function whyNotReadThere(db: Db, message: Message): Promise<string | undefined> {
  if (await isClosedOnline(db, message)) return closedOnline
  return (await mayBeReadThere(db, message)) ? undefined : notKnownAsTheirs
}

/** Whether it leads somebody online from whom nothing is to be expected there. */
const isClosedOnline = async (db: Db, { area, person, recipient, body }: Message): Promise<boolean> =>
  person !== null && recipient === 'person' && leadsOnline(body) && (await isClosed(db, area, person))

/** Whether a message to somebody who was referred may reach somebody known who is not to be written to. */
async function mayBeAnother(db: Db, { area, person, recipient, kind }: Message): Promise<boolean> {
  if (person === null || recipient !== 'person' || kind === codeKind) return false
  return (await listNotToWriteTo(db, area, person)).length > 0
}

/** Whether a message about a service somebody is passed on to, or for an employer, still says what is so or is still asked. */
async function isSoThere(db: Db, message: Message, now: Temporal.Instant): Promise<boolean> {
  if (message.kind === employeeKind) return isStillToBeAsked(db, message, now)
  if (message.kind === helpKind) return isHelpStillAsked(db, message)
  if (message.kind === nextKind) return isStillProposed(db, message)
  return !message.kind.startsWith('onward.') || isOnwardStillSo(db, message)
}

/** Whether a message about an appointment, or about choosing a time for one, still says what is so. */
const isStillTrue: (...asked: Parameters<MayStillGo>) => Promise<boolean> = (db, message, now) =>
  message.kind === 'appointment.offered' ? isStillOpen(db, message, now) : isStillSo(db, message, now)

type Coming = Pick<Parts, 'settings' | 'databases' | 'now' | 'log'> &
  Readonly<{ areasIn: (home: Home) => Promise<string[]> }>

/** How what carriers tell and what people write back comes in. */
export function messageDoors(fastify: FastifyInstance, { settings, databases, now, log, areasIn }: Coming): void {
  notifyDoors(fastify, {
    ...{ accounts: settings.notify, databases, now, hearing: { arrived: hearArrival, replied: hearReply } },
    areas: async () => (await Promise.all(databases.homes.map(areasIn))).flat(),
    alarm: (text) => log.error(text),
  })
}

/** The words of a message as its reader gets them: where nothing is sent, they are read in the outbox. */
export const asItGoes =
  ({ secret }: Settings): AsItGoes =>
  (message) =>
    withCode(secret, { ...message, body: message.body.replaceAll(linkMark, messageLinkPath(secret, message)) }).body

/** How letters are printed and posted by people, where nobody else carries them. */
export const posting: Omit<Posting, 'openable'> = {
  mayStillGo,
  addressed,
  hidden: async (db, area, people) => new Set(await listHidden(db, area, people)),
  formats: async (db, area, people) =>
    new Map([...(await listNeedsOf(db, area, people))].map(([person, needs]) => [person, letterFormat(needs)])),
  area: async (db, area) => {
    const found = await findArea(db, area)
    return found && { name: found.name, phone: found.phone ?? undefined }
  },
}
