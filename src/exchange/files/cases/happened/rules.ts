import { addWorkingDays, dayOf, type Holidays, isBefore, momentAt, startOfDay } from '#platform/dates.ts'
import type { AreaSettings } from '#registers/areas/rules.ts'
import { limitFor } from '#journey/agreement/rules.ts'
import { followUpDays } from '#journey/completion/rules.ts'
import { nextInTouch, stepsOf } from '#journey/contact/rules.ts'
import { mayTake, open, type Standing, type Step } from '#journey/episode/rules.ts'
import { settles } from '#journey/follow-up/rules.ts'
import { type Clocks, clocksFrom, clocksOfHistory } from '#journey/referral/rules.ts'
import type { ReadAppointment } from '#exchange/files/cases/appointments/rules.ts'
import type { ReadContact } from '#exchange/files/cases/contacts/rules.ts'
import type { Happening } from '#exchange/files/cases/history/rules.ts'
import type { ReadFollowUp } from '#exchange/files/cases/follow-ups/rules.ts'
import type { ReadCompletion } from '#exchange/files/cases/outcomes/rules.ts'
import type { ReadCase } from '#exchange/files/cases/episodes/rules.ts'
import type { ReadSupport } from '#exchange/files/cases/help-given/rules.ts'

type Day = Temporal.PlainDate

/** What days and clocks are counted by. */
export type Around = Readonly<{
  now: Temporal.Instant
  today: Day
  settingsOn: (day: Day) => AreaSettings
  holidays: Holidays
}>

/** A row that says what happened, with the record that is made of it. */
export type Told<Read> = Readonly<{ row: string; read: Read; made: string }>

const always = (step: Step) => () => [step]

/** When something happened of which only the day is known, or the day and the time. */
export function momentOf(day: Day, time: string | null, { now, today }: Around): Temporal.Instant {
  const at = momentAt(day, time ?? '12:00')
  return time === null && day.equals(today) && Temporal.Instant.compare(at, now) > 0 ? now : at
}

/** Why something cannot have happened then: it is still to come, or the case came later. */
export function whyNotThen(at: Temporal.Instant, receivedAt: Temporal.Instant, { now }: Around): string | undefined {
  if (Temporal.Instant.compare(at, now) > 0) return 'It has not happened yet.'
  return isBefore(dayOf(at), dayOf(receivedAt)) ? 'It lies before the referral came.' : undefined
}

/** What came of a case besides its own row, so far as its beginning depends on it. */
export type Beginning = Readonly<{
  provider: string
  /** Whether somebody tried to reach the person: the clock of the first try was kept or missed by then. */
  tried: boolean
  /** Whether it has gone further than its own row says. */
  further: boolean
}>

/** When a case reached the service. */
export function receivedAt({ receivedOn }: Pick<ReadCase, 'receivedOn'>, { now, today }: Around): Temporal.Instant {
  return receivedOn.equals(today) ? now : startOfDay(receivedOn)
}

/** Everything that the row of a case says, in its order. */
export function caseHappened(told: Told<ReadCase>, beginning: Beginning, around: Around): Happening[] {
  const { read, row, made } = told
  const by = read.coach?.id ?? null
  const came = receivedAt(read, around)
  const at = (day: Day) => momentOf(day, null, around)
  const later = (day: Day) => (Temporal.Instant.compare(at(day), came) < 0 ? came : at(day))
  const says = (rank: Happening['rank'], moment: Temporal.Instant, step: Step): Happening[] => [
    { row, rank, at: moment, steps: always(step), by, fact: made },
  ]
  const { route, acceptedOn, assessed, plan, supportedOn, pause, end, coach } = read
  const clocks = clocksOf(read.receivedOn, beginning.tried || (assessed ?? plan ?? end) !== null, around)
  const accepted = acceptedOn ?? (goesFurther(read) || beginning.further ? read.receivedOn : null)
  const acceptedAt = accepted && later(accepted)
  return [
    ...says('begun', came, { kind: 'received', route, provider: beginning.provider, ...clocks }),
    ...(acceptedAt ? says('begun', acceptedAt, { kind: 'accepted' }) : []),
    ...(coach ? says('begun', acceptedAt ?? came, { kind: 'allocated', coach: coach.id }) : []),
    ...(assessed ? says('assessed', later(assessed.on), { kind: 'assessed' }) : []),
    ...(plan?.agreedOn ? says('agreed', at(plan.agreedOn), planAgreed(plan.type, plan.agreedOn, around)) : []),
    ...(supportedOn ? says('supported', at(supportedOn), { kind: 'supported' }) : []),
    ...(pause ? says('paused', at(pause.since), { kind: 'paused' }) : []),
    ...(end ? says('ended', later(end.on), { kind: 'ended', as: end.as }) : []),
  ]
}

function goesFurther({ coach, takesPartOn, assessed, plan, pause }: ReadCase): boolean {
  return (coach ?? takesPartOn ?? assessed ?? plan ?? pause) !== null
}

function planAgreed(planType: keyof AreaSettings['weekLimits'], on: Day, { settingsOn }: Around): Step {
  return { kind: 'plan-agreed', planType, limitOn: limitFor(on, settingsOn(on).weekLimits[planType]) }
}

// Somebody who was tried was tried against the clock of that time; whoever was not begins with a fresh one.
function clocksOf(day: Day, tried: boolean, { today, settingsOn, holidays }: Around): Clocks {
  const from = (on: Day) => clocksFrom(on, settingsOn(on), holidays)
  return tried ? from(day) : clocksOfHistory(from(day), from(today), today)
}

/** A try to reach the person. */
export function contactHappened({ read, row, made }: Told<ReadContact>, by: string, around: Around): Happening {
  return {
    ...{ row, rank: 'met', at: momentOf(read.on, read.time, around), by, fact: made },
    steps: (stage) => (stage ? stepsOf(read.result, stage).map((kind) => ({ kind })) : []),
  }
}

/** The times of an appointment. */
export function timesOf({ on, start, minutes }: ReadAppointment) {
  const startsAt = momentAt(on, start)
  return { startsAt, endsAt: startsAt.add({ minutes }) }
}

/** When an appointment was agreed: on the day that the file says, otherwise when it began, or now where it is to come. */
export function bookedAt(read: ReadAppointment, around: Around): Temporal.Instant {
  const { startsAt } = timesOf(read)
  const booked = read.bookedOn && !read.bookedOn.equals(read.on) ? momentOf(read.bookedOn, null, around) : startsAt
  return Temporal.Instant.compare(booked, around.now) > 0 ? around.now : booked
}

/** That an appointment was agreed, and what came of it. */
export function appointmentHappened(told: Told<ReadAppointment>, by: string, around: Around): Happening[] {
  const { read, row, made } = told
  const { startsAt } = timesOf(read)
  const of = { row, rank: 'met', by, fact: made } as const
  const booked: Happening = { ...of, at: bookedAt(read, around), steps: always({ kind: 'booked', for: startsAt }) }
  if (read.result === null) return [booked]
  const settled = Temporal.Instant.compare(startsAt, around.now) > 0 ? around.now : startsAt
  if (read.result.kind === 'attended') return [booked, { ...of, at: settled, steps: always({ kind: 'reached' }) }]
  const unbooked: Happening = {
    ...of,
    at: settled,
    steps: (stage) => (mayTake('unbooked', stage) ? [{ kind: 'unbooked' }] : []),
  }
  return [booked, unbooked]
}

/** Help that was given. */
export function supportHappened({ read, row, made }: Told<ReadSupport>, by: string, around: Around): Happening {
  return {
    row,
    rank: 'supported',
    at: momentOf(read.on, null, around),
    steps: always({ kind: 'supported' }),
    by,
    fact: made,
  }
}

/** That the plan was completed. */
export function completionHappened(told: Told<ReadCompletion>, by: string | null, around: Around): Happening {
  const { read, row, made } = told
  const step = { kind: 'completed', ...followUpDays(read.on) } as const
  return { row, rank: 'ended', at: momentOf(read.on, null, around), steps: always(step), by, fact: made }
}

/** That somebody was asked again later. */
export function followUpHappened(told: Told<ReadFollowUp>, by: string | null, around: Around): Happening {
  const { read, row, made } = told
  const step = { kind: 'followed-up', weeks: settles(read.weeks, read.result) } as const
  return { row, rank: 'followed', at: momentOf(read.on, null, around), steps: always(step), by, fact: made }
}

/** What is to be done next where nothing else says so, and follow-ups that fell due while nobody here could ask. */
export function stepsFromHere(standing: Standing, next: NextKnown, around: Around): Step[] {
  const { today } = around
  if (standing.stage === 'aftercare') {
    const over = (day: Day | null) => day !== null && isBefore(day, today)
    if (over(standing.follow_up_26_on)) return [{ kind: 'followed-up', weeks: 26 }]
    return over(standing.follow_up_13_on) ? [{ kind: 'followed-up', weeks: 13 }] : []
  }
  const due = open.includes(standing.stage) ? nextDue(standing, next, around) : undefined
  return due ? [{ kind: 'due', ...due }] : []
}

/** What the files say comes next. */
export type NextKnown = Readonly<{ nextOn: Day | null; lookAgainOn: Day | null; appointmentOn: Day | null }>

// A day that went by in the other system makes nobody late here: what was due on it is due on the next working day.
function nextDue(standing: Standing, { nextOn, lookAgainOn, appointmentOn }: NextKnown, around: Around) {
  const { today, holidays, settingsOn } = around
  const soonest = addWorkingDays(today, 1, holidays)
  const toCome = (day: Day) => (isBefore(day, today) ? soonest : day)
  if (nextOn) return { what: 'contact', on: toCome(nextOn) }
  if (standing.stage === 'waiting') return lookAgainOn ? { what: 'check', on: toCome(lookAgainOn) } : undefined
  if (appointmentOn) return { what: 'appointment', on: appointmentOn }
  // Nobody was tried yet: the clock of the first try is what is due.
  if (standing.first_tried_at === null && standing.assessed_at === null) return undefined
  const last = dayOf(standing.last_contact_at ?? standing.stage_since)
  const inTouch = nextInTouch(last, settingsOn(today), holidays)
  return { what: 'contact', on: isBefore(inTouch, soonest) ? soonest : inTouch }
}

/** When a plan is looked at next: as the file says, and where that went by or is not said, a number of four weeks later. */
export function reviewOn({ agreedOn, reviewOn: given }: NonNullable<ReadCase['plan']>, { today }: Around): Day {
  let day = given ?? (agreedOn ?? today).add({ weeks: 4 })
  while (!isBefore(today, day)) day = day.add({ weeks: 4 })
  return day
}
