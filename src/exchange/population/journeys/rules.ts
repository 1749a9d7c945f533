import type { Step } from '#journey/episode/rules.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import type { Route } from '#registers/organisations/rules.ts'
import { dayOf } from '#platform/dates.ts'
import * as happening from '#exchange/population/happenings/rules.ts'
import { between, type Chance, drawn, inWorkingHours, orInWorkingHours } from '#exchange/population/invented/rules.ts'

type Happening = happening.Happening

/** A step of a made-up journey, the moment it happened, and what happened: the same at every step it caused. */
export type Told = Readonly<{ step: Step; at: Temporal.Instant; because?: Happening; also?: Happening }>

// GP, self and Jobcentre are published for WorkWell (October 2024 to November 2025); the rest is spread by assumption.
const routeShares: Readonly<Record<Route, number>> = {
  gp: 0.28,
  self: 0.27,
  jobcentre: 0.24,
  council: 0.04,
  voluntary: 0.06,
  health: 0.06,
  employer: 0.03,
  'partner-app': 0.01,
  outreach: 0.01,
}
// 51% of those referred began support (one area's published figure); how the others left is our own assumption.
const before = { starts: 0.55, unreachable: 0.17, declined: 0.15, 'not-eligible': 0.11, duplicate: 0.02 }
const planShares: Readonly<Record<PlanType, number>> = {
  'return-to-work': 0.22,
  'thrive-in-work': 0.19,
  'seek-work': 0.59,
}

const day = 24

export type Setting = Readonly<{
  provider: string
  coach: string
  now: Temporal.Instant
  weeks: number
  /** Working days are counted by whoever knows the holidays. */
  workingDaysAfter: (moment: Temporal.Instant, days: number) => Temporal.PlainDate
  /** The first time from this moment on at which the coach has no other appointment, which takes it. */
  freeFrom: (moment: Temporal.Instant) => Temporal.Instant
}>

type Story = { readonly chance: Chance; readonly setting: Setting; readonly told: Told[]; at: Temporal.Instant }

/** What has happened to one made-up person since they were referred, up to now. */
export function journeyFrom(chance: Chance, received: Temporal.Instant, setting: Setting): Told[] {
  const story: Story = { chance, setting, told: [], at: received }
  const { provider, workingDaysAfter, now } = setting
  const route = drawn(chance, routeShares)
  const [firstTryBy, firstAppointmentBy] = [workingDaysAfter(received, 2), workingDaysAfter(received, 10)]
  tell(story, { kind: 'received', route, provider, firstTryBy, firstAppointmentBy })
  tellBeginning(story)
  return withNext(
    story,
    story.told.filter(({ at }) => Temporal.Instant.compare(at, now) <= 0),
  )
}

function tell({ told, at }: Story, step: Step, because?: Happening, also?: Happening): void {
  told.push({ step, at, ...(because ? { because } : {}), ...(also ? { also } : {}) })
}

/** Lets so many hours go by, and waits for the next working hours. */
function later(story: Story, hours: number): void {
  const { at, chance } = story
  story.at =
    hours < day
      ? orInWorkingHours(at.add({ hours, minutes: between(chance, 1, 50) }), chance)
      : inWorkingHours(at.add({ hours }), chance)
}

const isToCome = ({ at, setting }: Story) => Temporal.Instant.compare(at, setting.now) > 0

function tellBeginning(story: Story): void {
  const { chance, setting } = story
  const fate = drawn(chance, before)
  later(story, between(chance, 2, fate === 'not-eligible' || fate === 'duplicate' ? 3 * day : 2 * day))
  if (fate === 'duplicate') return tellEnd(story, fate)
  if (fate === 'not-eligible')
    return tell(story, { kind: 'ended', as: fate }, happening.decidedOn(chance, 'not-eligible'))
  tell(story, { kind: 'accepted' }, happening.decidedOn(chance, 'accepted'))
  later(story, between(chance, 1, day))
  const caseload = between(chance, 18, 39)
  tell(story, { kind: 'allocated', coach: setting.coach }, { of: 'allocation', caseload })
  tellTries(story, fate)
  if (fate === 'starts' && !isToCome(story)) tellFirstAppointment(story)
}

function tellEnd(story: Story, as: 'declined' | 'left-early' | 'unreachable' | 'duplicate'): void {
  tell(story, { kind: 'ended', as }, happening.anEnding(story.chance, as))
}

/** The tries until somebody answers, or three in three ways until nobody does. */
function tellTries(story: Story, fate: 'starts' | 'unreachable' | 'declined'): void {
  const { chance } = story
  const unanswered = fate === 'unreachable' ? 3 : drawn(chance, { 0: 0.5, 1: 0.33, 2: 0.17 })
  later(story, between(chance, 4, 3 * day))
  for (let number = 0; number < Number(unanswered); number += 1) {
    tell(story, { kind: 'tried' }, happening.unansweredTry(chance, number))
    later(story, between(chance, day, 4 * day))
  }
  if (fate === 'unreachable') return tellEnd(story, fate)
  const contact = happening.answeredTry(chance, fate === 'declined' ? 'declined' : 'reached')
  tell(story, { kind: 'tried' }, contact)
  tell(story, { kind: 'reached' }, contact)
  if (fate === 'declined') {
    later(story, 1)
    tellEnd(story, fate)
  }
}

/** The first conversation, as often as it is put off. */
function tellFirstAppointment(story: Story): void {
  const { chance } = story
  for (let again = 0; again < 3; again += 1) {
    const appointment = book(story, 'first', between(chance, 3, 8))
    const came = tellResult(story, appointment, again < 2 ? happening.whatComesOf(chance) : 'attended')
    if (isToCome(story)) return
    if (came === 'attended') break
    later(story, day)
    tell(story, { kind: 'reached' }, happening.answeredTry(chance, 'reached'))
  }
  story.at = story.at.add({ minutes: 60 })
  tell(story, { kind: 'assessed' })
  tellSupport(story)
}

/** Agrees on a time some days from now; a time in the future of the story is not taken from anybody. */
function book(story: Story, purpose: 'first' | 'support', days: number): happening.Appointment {
  const appointment = happening.anAppointment(story.chance, purpose, aTime(story, days))
  tell(story, { kind: 'booked', for: appointment.startsAt }, appointment)
  return appointment
}

function aTime(story: Story, days: number): Temporal.Instant {
  const wanted = inWorkingHours(story.at.add({ hours: days * day }), story.chance)
  return isToCome(story) ? wanted : story.setting.freeFrom(wanted)
}

/** What came of an appointment; the story goes on from there. Who moves it comes to the other time. */
function tellResult(story: Story, appointment: happening.Appointment, kind: ReturnType<typeof happening.whatComesOf>) {
  const { chance } = story
  const result = happening.theResult(chance, appointment, kind)
  if (kind === 'attended') {
    story.at = appointment.startsAt
    if (isForgotten(story)) story.at = story.setting.now.add({ hours: 1 })
    tell(story, { kind: 'reached' }, result)
    return kind
  }
  if (kind === 'missed') {
    story.at = appointment.startsAt.add({ minutes: 20 })
    tell(story, { kind: 'unbooked' }, result)
    return kind
  }
  story.at = notBefore(story.at, appointment.startsAt.subtract({ hours: between(chance, 2, 30) }))
  const moved = happening.anAppointment(chance, appointment.purpose, aTime(story, between(chance, 2, 7)), appointment)
  tell(story, { kind: 'unbooked' }, result)
  tell(story, { kind: 'booked', for: moved.startsAt }, moved)
  story.at = moved.startsAt
  tell(story, { kind: 'reached' }, happening.theResult(chance, moved, 'attended'))
  return 'attended'
}

// Of the appointments of the last days nobody has said yet how some of them went; the story has come no further.
const isForgotten = ({ at, setting: { now }, chance }: Story) =>
  Temporal.Instant.compare(at, now.subtract({ hours: 3 * day })) > 0 && chance() < 0.3

const notBefore = (first: Temporal.Instant, other: Temporal.Instant) =>
  Temporal.Instant.compare(first, other) > 0 ? first : other

function tellSupport(story: Story): void {
  const { chance, setting } = story
  const planType = drawn(chance, planShares)
  later(story, between(chance, 1, 10) * day)
  if (chance() < 0.06) return tellEnd(story, 'left-early')
  tell(story, { kind: 'plan-agreed', planType, limitOn: dayOf(story.at).add({ weeks: setting.weeks }) })
  const visits = between(chance, 3, 8)
  for (let visit = 0; visit < visits && !isToCome(story); visit += 1) tellVisit(story)
  later(story, between(chance, 2, 10) * day)
  if (chance() < 0.14) return tellEnd(story, 'left-early')
  if (!isToCome(story)) tellCompletion(story, planType !== 'seek-work')
}

/** A stretch of support: people meet or ring each other, and something is done; now and then it waits on others. */
function tellVisit(story: Story): void {
  const { chance } = story
  const days = between(chance, 6, 15)
  if (chance() < 0.5) {
    const appointment = book(story, 'support', days)
    const came = tellResult(story, appointment, happening.whatComesOf(chance))
    if (came === 'missed') {
      later(story, day)
      return tell(story, { kind: 'tried' }, happening.unansweredTry(chance, 0))
    }
  } else {
    later(story, days * day)
    tell(
      story,
      { kind: 'reached' },
      happening.keptInTouch(chance),
      chance() < 0.012 ? happening.aConcern(chance) : undefined,
    )
  }
  later(story, 0)
  tell(story, { kind: 'supported' }, happening.help(chance))
  if (chance() < 0.05) tellPause(story)
}

function tellPause(story: Story): void {
  const days = between(story.chance, 7, 30)
  const pause = happening.aPause(story.chance, days)
  later(story, day)
  tell(story, { kind: 'paused' }, pause)
  later(story, days * day)
  tell(story, { kind: 'resumed' }, { of: 'resumption', pause })
}

function tellCompletion(story: Story, hadWork: boolean): void {
  const { chance } = story
  const last = dayOf(story.at)
  const completion = happening.aCompletion(chance, hadWork)
  const followUps = { followUp13On: last.add({ weeks: 13 }), followUp26On: last.add({ weeks: 26 }) }
  tell(story, { kind: 'completed', ...followUps }, completion)
  for (const weeks of [13, 26] as const) {
    later(story, between(chance, 88, 100) * day)
    if (weeks === 26 || chance() < 0.8)
      tell(story, { kind: 'followed-up', weeks }, happening.aFollowUp(chance, weeks, completion.inWork))
  }
}

const over: readonly Step['kind'][] = ['completed', 'ended', 'followed-up']

/** Whoever is still with the service has something due: mostly ahead, sometimes today, now and then overdue. */
function withNext({ chance, setting: { now, workingDaysAfter } }: Story, happened: readonly Told[]): Told[] {
  const last = happened.at(-1)
  if (!last || over.includes(last.step.kind) || !happened.some(({ step }) => step.kind === 'allocated'))
    return [...happened]
  const due = (what: string, on: Temporal.PlainDate): Told[] => [
    ...happened,
    { step: { kind: 'due', what, on }, at: last.at.add({ minutes: 2 }) },
  ]
  const booked = last.step.kind === 'booked' ? last.step.for : undefined
  if (booked) return due('appointment', dayOf(booked))
  const days = chance() < 0.08 ? -between(chance, 1, 3) : between(chance, 0, 10)
  return due(last.step.kind === 'paused' ? 'check' : 'contact', days === 0 ? dayOf(now) : workingDaysAfter(now, days))
}
