import { dayInWords, inWords } from '#platform/dates.ts'
import { type Channel, channels, messageStates, stateOf, withoutKeys } from '#platform/notify/rules.ts'
import {
  type Purpose,
  purposes,
  type Reason,
  reasons,
  type ResultKind,
  type WhoDid,
  whoDid,
} from '#journey/appointment/rules.ts'
import { dueWhat, type DueWhat, type Result, results, withdrawalReasons } from '#journey/contact/rules.ts'
import { type Mode, modes, type Times } from '#journey/invitation/rules.ts'
import type { Written } from '#journey/message/rules.ts'
import { decisions } from '#journey/erasure/rules.ts'
import { type Way, ways } from '#journey/reaching/rules.ts'
import {
  type Part,
  parts,
  isRefused,
  type Result as CorrectionResult,
  results as correctionResults,
} from '#journey/rectification/rules.ts'
import { toOthers } from '#journey/record/addressee/rules.ts'
import { type Happening, labelIn, type ReadAt, within } from '#journey/timeline/rules.ts'
import { type Ticked, withFacts } from '#registers/fact/rules.ts'
import { isOnlyWish, type Said } from '#registers/own-word/rules.ts'
import { allowances, isTellable, switches, waysOfAgreeing } from '#registers/permissions/rules.ts'

type Told = Readonly<{ id: string; at: Temporal.Instant; by: string | null }>

type Contact = Told &
  Readonly<{
    episode: string
    way: Way
    result: Result
    note: string | null
    why_this_way: string | null
    next_what: DueWhat | null
    next_on: Temporal.PlainDate | null
    next_time: string | null
    withdrawnFor: string | null
  }>

/** A try to reach somebody: how, what came of it, what was said, and what comes next. */
export function contactTold(contact: Contact, { today }: ReadAt): Happening {
  const { id, at, by, episode, way, result, note, why_this_way: why, withdrawnFor } = contact
  return {
    ...{ id, at, by, kind: 'contact' },
    what: `${ways[way].label}: ${within(results[result].label)}`,
    text: [
      note,
      why && `Why this way: ${why}`,
      withdrawnFor === null ? nextInWords(contact, today) : labelIn(withdrawalReasons, withdrawnFor),
    ],
    mark: withdrawnFor === null ? undefined : 'Taken back',
    href: `/episodes/${episode}/contacts#${id}`,
  }
}

function nextInWords({ next_what: what, next_on: on, next_time: time }: Contact, today: Temporal.PlainDate) {
  if (what === null || on === null) return null
  return `Next: ${within(dueWhat[what].label)}, ${dayInWords(on, today)}${time ? ` at ${time}` : ''}`
}

type Booking = Told &
  Times &
  Readonly<{
    purpose: Purpose
    mode: Mode
    place: string | null
    note: string | null
    moved_from: string | null
    movedBy: WhoDid | null
    movedFor: Reason | null
    with: string | null
  }>

/** That a time was agreed, or another in its place. */
export function bookingTold(booking: Booking, { now }: ReadAt): Happening {
  const { id, at, by, startsAt, purpose, mode, place, note, moved_from: moved, with: member } = booking
  const where = [modes[mode].label, place, member && `with ${member}`].filter((part) => part)
  return {
    ...{ id, at, by, kind: 'appointment' },
    what: `${moved === null ? 'Appointment made' : 'Appointment moved'}: ${inWords(startsAt, now)}`,
    text: [
      `${purposes[purpose].label}, ${within(where.join(', '))}`,
      moved !== null && whoAndWhy(booking.movedBy, booking.movedFor),
      note,
    ],
    href: `/appointments/${id}`,
  }
}

function whoAndWhy(who: WhoDid | null, reason: Reason | null): string {
  return [who && whoDid[who].label, reason && within(reasons[reason].label)].filter((part) => part).join(': ')
}

type Outcome = Told &
  Readonly<{
    appointment: string
    kind: Exclude<ResultKind, 'moved'>
    who: WhoDid | null
    reason: Reason | null
    note: string | null
    startsAt: Temporal.Instant
    withdrawnAt: Temporal.Instant | null
  }>

const became: Readonly<Record<Outcome['kind'], string>> = {
  attended: 'Came to the appointment',
  missed: 'Appointment did not take place',
  cancelled: 'Appointment cancelled',
}

/** What became of an appointment, whose doing it was and why. */
export function outcomeTold(outcome: Outcome, { now }: ReadAt): Happening {
  const { id, at, by, appointment, kind, who, reason, note, startsAt, withdrawnAt } = outcome
  const when = kind === 'cancelled' ? `: ${inWords(startsAt, now)}` : ''
  return {
    ...{ id, at, by, kind: 'appointment' },
    what: `${became[kind]}${when}`,
    text: [whoAndWhy(who, reason), note],
    mark: withdrawnAt === null ? undefined : 'Taken back',
    href: `/appointments/${appointment}`,
  }
}

type Message = Omit<Told, 'by'> &
  Readonly<{
    /** What the message is, as the outbox knows it. */
    kind: string
    recipient: string
    channel: Channel
    subject: string | null
    body: string
    reason: string | null
    settledAs: string | null
    notBefore: Temporal.Instant
  }>

/** Words that went out to somebody or about them, or that wait to. */
export function messageTold(message: Message, { now }: ReadAt): Happening {
  const { id, at, kind, recipient, channel, subject, body, reason, settledAs, notBefore } = message
  const state = stateOf(settledAs)
  return {
    ...{ id, at, by: null, kind: 'message' },
    what: `${channels[channel].label} ${recipient === 'person' ? 'to them' : toOthers(kind)}`,
    // Whoever reads a record must not be able to open the links that were sent.
    text: [
      subject,
      withoutKeys(body),
      state === 'waiting' &&
        Temporal.Instant.compare(notBefore, now) > 0 &&
        `Goes ${inWords(notBefore, now)} at the earliest`,
      state !== 'sent' && reason && `Why: ${reason}`,
    ],
    mark: state === 'sent' ? undefined : messageStates[state].label,
    href: `/outbox/${id}`,
  }
}

type Reply = Readonly<{ id: string; at: Temporal.Instant; body: string; optsOut: boolean; asksToCancel: boolean }>

/** What somebody wrote back. */
export function replyTold({ id, at, body, optsOut, asksToCancel }: Reply): Happening {
  const stopped = optsOut && 'No more texts go to this number. Agree another way of keeping in touch.'
  const cancels = asksToCancel && 'They ask to cancel. The text cancelled nothing: a coach decides.'
  return { id, at, by: null, kind: 'message', what: 'Text from them', text: [body, stopped, cancels] }
}

/** What was written in the person's space, by them or to them. */
export function writtenTold(written: Written): Happening {
  const { id, at, by, person, fromPerson, words, readAt, takenBackAt } = written
  const unread = readAt === null ? 'Not read yet' : undefined
  return {
    ...{ id, at, by, kind: 'message', text: [words] },
    what: fromPerson ? 'Message from them' : 'Message to them',
    mark: takenBackAt === null ? unread : 'Taken back',
    href: `/people/${person}/messages`,
  }
}

type Answer = Told &
  Readonly<
    { person: string; switch: string; recipient: string; allows: string; given: boolean } & Said & { facts: Ticked }
  >

/** A yes or a no, for whom, and how it was said; or that whoever referred wants to hear something, which is neither. */
export function permissionTold(answer: Answer): Happening {
  const { id, at, by, person, switch: asked, recipient, allows, facts, given, how } = answer
  const href = `/people/${person}/agreements`
  if (isOnlyWish(answer)) {
    const what = `Not asked yet: whether ${recipient} may be told more than that the referral arrived`
    return { ...{ id, at, by, kind: 'permission', what, href }, text: [labelIn(waysOfAgreeing, how)] }
  }
  const what = `${labelIn(switches, asked)}${recipient ? ` (${recipient})` : ''}`
  return {
    ...{ id, at, by, kind: 'permission' },
    what: `${given ? 'Agreed' : 'Said no'}: ${within(what)}`,
    text: [
      given && isTellable(asked) && `How much: ${withFacts(within(labelIn(allowances, allows)), facts)}`,
      labelIn(waysOfAgreeing, how),
    ],
    href,
  }
}

type Correction = Omit<Told, 'at'> &
  Readonly<{
    recordedAt: Temporal.Instant
    about: Part
    says: string
    result: CorrectionResult | null
    words: string | null
  }>

/** What somebody said is wrong in their record; where it stays, their words stand here as a note of disagreement. */
export function correctionTold({ id, recordedAt: at, by, about, says, result, words }: Correction): Happening {
  return {
    ...{ id, at, by, kind: 'asked' },
    what: `${result !== null && isRefused(result) ? 'Note of disagreement' : 'Said that something is wrong'}: ${within(parts[about].label)}`,
    text: [says, words && `Our answer: ${words}`],
    mark: result === null ? 'Waiting for an answer' : correctionResults[result].label,
    href: `/corrections/${id}`,
  }
}

type ErasureRequest = Omit<Told, 'at'> &
  Readonly<{ recordedAt: Temporal.Instant; said: string | null; erases: boolean | null; why: string | null }>

/** That somebody asked to be erased, and what was decided. */
export function erasureRequestTold({ id, recordedAt: at, by, said, erases, why }: ErasureRequest): Happening {
  return {
    ...{ id, at, by, kind: 'asked' },
    what: 'Asked to be erased',
    text: [said, why && `Our answer: ${why}`],
    mark: erases === null ? 'Waiting for an answer' : decisions[erases ? 'erase' : 'keep'].label,
    href: `/erasure-requests/${id}`,
  }
}
