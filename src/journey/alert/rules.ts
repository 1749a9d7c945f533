import { type Arrangement, isRead, minutesOn, openingAfter } from '#registers/safety-arrangement/rules.ts'
import type { Holidays } from '#platform/dates.ts'
import type { Template } from '#registers/templates/rules.ts'

/** As what somebody is told: whoever reads such answers, the one who has it, whoever steps in, and who runs the service. */
export const toldAs = {
  cover: { label: 'Whoever reads what people answer by themselves' },
  owner: { label: 'Duty lead' },
  deputy: { label: 'Deputy' },
  manager: { label: 'Service manager' },
} as const

export type ToldAs = keyof typeof toldAs

/** Why somebody was told. */
export const reasons = {
  raised: { label: 'when it was raised' },
  unheard: { label: 'because nobody had said that they have it' },
  'not-looked-at': { label: 'because the day to look again had passed' },
  'handed-over': { label: 'because it was handed to them' },
} as const

export type Because = keyof typeof reasons

/** What an alert can be about. */
export type About = 'concern' | 'outing'

/** Who can be told: nobody where nobody was named, or where those named may not open the record. */
export type Watch = Readonly<Record<ToldAs, readonly string[]>>

type Named = Readonly<{
  cover?: string | null
  lead?: string | null
  deputy?: string | null
  managers: readonly string[]
}>

/**
 * Who can be told. Whoever reads what people answer by themselves stands before the deputy in place of the duty lead, who
 * steps in where no deputy is named.
 */
export function watchOf({ cover, lead, deputy, managers }: Named): Watch {
  const only = (...ids: readonly (string | null | undefined)[]) => ids.flatMap((id) => (id ? [id] : [])).slice(0, 1)
  if (!cover) return { cover: [], owner: only(lead), deputy: only(deputy), manager: managers }
  const others = [deputy, lead].filter((one) => one !== cover)
  return { cover: [cover], owner: [], deputy: only(...others), manager: managers }
}

/** Where an alert stands: as what somebody was told last, and whether somebody has said since that they have it. */
export type Standing = Readonly<{ told: ToldAs | null; heard: boolean }>

const order = ['cover', 'owner', 'deputy', 'manager'] as const

/**
 * Who is told next. Until somebody has it the next one is told, and the manager again and again; where it was not looked
 * at again in time, it begins anew with whoever was first.
 */
export function nextToTell({ told, heard }: Standing, watch: Watch): ToldAs | undefined {
  const from = told === null || heard ? 0 : order.indexOf(told) + 1
  const next = order.slice(from).find((one) => watch[one].length > 0)
  return next ?? order.findLast((one) => watch[one].length > 0)
}

/** Why they are told now. */
export function because({ told, heard }: Standing): Because {
  if (told === null) return 'raised'
  return heard ? 'not-looked-at' : 'unheard'
}

type Clock = Readonly<{ arrangement: Arrangement; holidays: Holidays; at: Temporal.Instant; minutes: number }> &
  Readonly<{
    /** An outing is watched at every hour: somebody who is not back in the evening cannot wait for the morning. */
    about: About
  }>

// The manager, after whom there is nobody, is reminded four times more slowly than the others are passed over.
const slower = 4

/** When the next one is told, if nobody says until then that they have it. The clock runs while alerts are read. */
export function tellNextAt(
  told: ToldAs | undefined,
  { about, arrangement, holidays, at, minutes }: Clock,
): Temporal.Instant {
  const wait = told === 'manager' || told === undefined ? minutes * slower : minutes
  if (about === 'outing') return at.add({ minutes: wait })
  return minutesOn(arrangement, { at, minutes: wait, holidays })
}

/**
 * When somebody is told again of what they have: of a concern on the working day after the one on which it was to be
 * looked at, of a colleague who is not back after an hour.
 */
export function tellAgainAt(lookOn: Temporal.PlainDate, { about, arrangement, holidays, at }: Omit<Clock, 'minutes'>) {
  return about === 'outing' ? at.add({ hours: 1 }) : openingAfter(arrangement, lookOn, holidays)
}

/** What staff are told where nobody reads alerts now; nothing while somebody does. */
export function outOfHoursText({ arrangement, holidays, at }: Omit<Clock, 'minutes' | 'about'>): string | undefined {
  return isRead(arrangement, at, holidays) ? undefined : arrangement.outOfHours
}

/** What the message is called that tells of an alert. */
export const alertKind = 'alert.told'

/** What is written to whoever is told. It names nobody, and has no place for a name: it goes to a mailbox that others may see. */
export const alertTemplate: Template = {
  ...{ code: 'alert-told', kind: alertKind, title: 'Something cannot wait' },
  when: 'At once, to whoever is on duty, and to the next one when nobody has looked at it in time.',
  ...{ to: 'staff', languages: ['en'], formats: ['email'], places: {} },
  own: {
    subject: 'Please look at WorkWell now',
    body: 'Something cannot wait, and you are the one to look at it. Sign in to WorkWell and open Safety. This message names nobody on purpose.',
  },
}
