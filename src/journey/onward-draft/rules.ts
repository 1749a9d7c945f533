import { dayOf, isBefore, momentAt, timeOf } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { type ServiceDays, type ServiceState, stateOn } from '#registers/services/rules.ts'
import type { Kind, Meeting } from '#journey/onward/rules.ts'
import {
  type Chosen,
  packetOf,
  problemsWithChosen,
  tickable,
  type Tickable,
  type Whose,
} from '#journey/packet/rules.ts'
import { emailProblems } from '#journey/newcomer/rules.ts'

/** How a referral is made, and where to: what several fields of its form say together. */
export type Arranged = Readonly<{
  kind: Kind
  meet: Meeting | null
  meetOn: Temporal.PlainDate | null
  meetTime: string | null
  email: string | null
}>

/** What is missing in how somebody is referred: a hand-over has its way and time, and what is sent has an address. */
function problemsWithArranged({ kind, meet, meetOn, meetTime, email }: Arranged, today: Temporal.PlainDate) {
  const problem = (field: string, message: string): Problem[] => [{ field, message }]
  if (kind === 'signpost') return []
  const wrong = email === null ? [] : emailProblems(email)
  if (kind === 'formal')
    return email === null
      ? problem('email', 'Enter the email address it is sent to. Where the service has none, hand over by a call')
      : wrong
  return [
    ...wrong,
    ...(meet === null ? problem('meet', 'Select how you hand over') : []),
    ...(meetOn === null ? problem('meetOn', 'Enter the day you have agreed') : []),
    ...(meetOn && isBefore(meetOn, today) ? problem('meetOn', 'Enter today or a day to come') : []),
    ...(meetTime === null ? problem('meetTime', 'Enter the time you have agreed, for example 14:30') : []),
  ]
}

/** The same as it is kept: of a signpost nothing is sent, and only a hand-over has a time. */
function arrangedAs({ kind, meet, meetOn, meetTime, email }: Arranged) {
  const handsOver = kind === 'supported'
  return {
    address: kind === 'signpost' ? null : email,
    meet: handsOver ? meet : null,
    meetAt: handsOver && meetOn && meetTime ? momentAt(meetOn, meetTime) : null,
  }
}

/** The day and time of a hand-over as its form shows them. */
export function meetFields(meetAt: Temporal.Instant | null): Readonly<Record<string, string>> {
  if (meetAt === null) return {}
  const { day, month, year } = dayOf(meetAt)
  const time = timeOf(meetAt).toString({ smallestUnit: 'minute' })
  return { 'meetOn-day': `${day}`, 'meetOn-month': `${month}`, 'meetOn-year': `${year}`, meetTime: time }
}

/** What an action of the plan says that a service does. */
export const actionWords = (service: string, wanted: string): string => `${service}: ${wanted}`.slice(0, 300)

type Before = Readonly<{ wanted: string; action: string | null; goal: string }> &
  Readonly<{ parts: readonly Readonly<{ part: string; value: string }>[] }>

/** What a form begins with that takes the place of another: what was wanted and ticked then, to be looked at anew. */
export function begunFrom(before: Before | undefined) {
  if (!before) return {}
  const ticked = before.parts.map(({ part }) => part).filter((part): part is Tickable => part in tickable)
  const barrier = before.parts.find(({ part }) => part === 'barrier')?.value ?? ''
  return { kind: 'formal', wanted: before.wanted, ticked, barrier, purpose: before.action ?? before.goal } as const
}

type Written = Arranged & Chosen & Readonly<{ contact: string | null; ticked: Tickable[] }>

/** What is missing or wrong in what was written, with or without what it is for. */
export function problemsIn(given: Written, purpose: object | undefined, today: Temporal.PlainDate): Problem[] {
  const missing = purpose ? [] : [{ field: 'purpose', message: 'Select for what in the plan' }]
  return [...missing, ...problemsWithArranged(given, today), ...problemsWithChosen(given)]
}

/** What was written as it is kept: of a signpost nothing is sent but what is wanted. */
export function drafted({ whose }: Readonly<{ whose: Whose }>, given: Written) {
  const { kind, wanted, contact } = given
  const only = kind === 'signpost' ? { wanted, ticked: [], barrier: null, health: null } : given
  return { kind, wanted, contact, ...arrangedAs(given), parts: packetOf(whose, only) }
}

type Stands = ServiceDays & Readonly<{ name: string }>

/** Why nobody can be referred to a service today, in words; undefined when somebody can. `days` says the days of it. */
export function whyNotTo(service: Stands, today: Temporal.PlainDate, days: string): string | undefined {
  const state = stateOn(service, today)
  return state === 'open' ? undefined : `${service.name} ${notOpen[state]} (${days}). Choose another service`
}

const notOpen: Readonly<Record<Exclude<ServiceState, 'open'>, string>> = {
  paused: 'is paused',
  closed: 'is closed',
  'to-come': 'is not open yet',
}
