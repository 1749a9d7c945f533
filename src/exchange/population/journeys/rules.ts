import type { EarlyEnd, Step } from '#journey/episode/rules.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import type { Route } from '#registers/organisations/rules.ts'
import { dayOf } from '#platform/dates.ts'
import { between, type Chance, drawn } from '#exchange/population/invented/rules.ts'

/** A step of a made-up journey and the moment it happened. */
export type Told = Readonly<{ step: Step; at: Temporal.Instant }>

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
}>

/** What has happened to one made-up person since they were referred, up to now. */
export function journeyFrom(chance: Chance, received: Temporal.Instant, setting: Setting): Told[] {
  const told: Told[] = []
  let at = received
  const tell = (step: Step, hours = 0): void => {
    at = hours < day ? at.add({ hours, minutes: between(chance, 1, 50) }) : atWork(at.add({ hours }), chance)
    told.push({ step, at })
  }
  const route = drawn(chance, routeShares)
  const { provider, workingDaysAfter } = setting
  tell({
    kind: 'received',
    route,
    provider,
    firstTryBy: workingDaysAfter(received, 2),
    firstAppointmentBy: workingDaysAfter(received, 10),
  })
  tellBeginning(chance, setting, tell, () => at)
  const happened = told.filter((one) => Temporal.Instant.compare(one.at, setting.now) <= 0)
  return withNext(chance, happened, setting)
}

const millisecondsOfDay = 86_400_000

/** The same day, or the Monday after a weekend, between nine and four: people are not called at night. */
function atWork(moment: Temporal.Instant, chance: Chance): Temporal.Instant {
  const days = Math.floor(moment.epochMilliseconds / millisecondsOfDay)
  // 1 January 1970 was a Thursday.
  const weekday = (days + 4) % 7
  const working = days + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0)
  const minutes = between(chance, 9 * 60, 16 * 60)
  return Temporal.Instant.fromEpochMilliseconds(working * millisecondsOfDay + minutes * 60_000)
}

type Tell = (step: Step, hours?: number) => void

const end = (as: EarlyEnd): Step => ({ kind: 'ended', as })

function tellBeginning(chance: Chance, setting: Setting, tell: Tell, at: () => Temporal.Instant): void {
  const fate = drawn(chance, before)
  if (fate === 'not-eligible' || fate === 'duplicate') return tell(end(fate), between(chance, 4, 3 * day))
  tell({ kind: 'accepted' }, between(chance, 2, 2 * day))
  tell({ kind: 'allocated', coach: setting.coach }, between(chance, 1, day))
  tell({ kind: 'tried' }, between(chance, 4, 3 * day))
  if (fate === 'unreachable') {
    for (let tries = 1; tries < 3; tries += 1) tell({ kind: 'tried' }, between(chance, 3 * day, 5 * day))
    return tell(end('unreachable'), 2 * day)
  }
  tell({ kind: 'reached' }, between(chance, 0, 4 * day))
  if (fate === 'declined') return tell(end('declined'), 1)
  tell({ kind: 'booked', for: atWork(at().add({ hours: 6 * day }), chance) }, 0)
  if (chance() < 0.12) {
    tell({ kind: 'unbooked' }, 7 * day)
    tell({ kind: 'booked', for: atWork(at().add({ hours: 5 * day }), chance) }, 2 * day)
  }
  tell({ kind: 'assessed' }, between(chance, 5, 8) * day)
  tellSupport(chance, setting, tell, at)
}

function tellSupport(chance: Chance, { weeks }: Setting, tell: Tell, at: () => Temporal.Instant): void {
  const planType = drawn(chance, planShares)
  if (chance() < 0.06) return tell(end('left-early'), between(chance, 7, 20) * day)
  tell({ kind: 'plan-agreed', planType, limitOn: dayOf(at()).add({ weeks }) }, between(chance, 1, 10) * day)
  const visits = between(chance, 3, 8)
  for (let visit = 0; visit < visits; visit += 1) {
    tell({ kind: 'supported' }, between(chance, 6, 15) * day)
    if (chance() < 0.05) {
      tell({ kind: 'paused' }, day)
      tell({ kind: 'resumed' }, between(chance, 7, 30) * day)
    }
  }
  if (chance() < 0.14) return tell(end('left-early'), between(chance, 5, 20) * day)
  const last = dayOf(at())
  tell(
    { kind: 'completed', followUp13On: last.add({ weeks: 13 }), followUp26On: last.add({ weeks: 26 }) },
    between(chance, 2, 10) * day,
  )
  if (chance() < 0.8) tell({ kind: 'followed-up', weeks: 13 }, between(chance, 88, 100) * day)
  tell({ kind: 'followed-up', weeks: 26 }, between(chance, 88, 100) * day)
}

const over: readonly Step['kind'][] = ['completed', 'ended', 'followed-up']

/** Whoever is still with the service has something due: mostly ahead, sometimes today, now and then overdue. */
function withNext(chance: Chance, happened: readonly Told[], { now }: Setting): Told[] {
  const last = happened.at(-1)
  if (!last || over.includes(last.step.kind) || !happened.some(({ step }) => step.kind === 'allocated'))
    return [...happened]
  const days = chance() < 0.08 ? -between(chance, 1, 4) : between(chance, 0, 14)
  const what = last.step.kind === 'paused' ? 'check' : last.step.kind === 'booked' ? 'appointment' : 'contact'
  return [...happened, { step: { kind: 'due', what, on: dayOf(now).add({ days }) }, at: last.at.add({ minutes: 2 }) }]
}
