import { type Arrangement, isRead, minutesOn, openingAfter, readAt } from '#registers/safety-arrangement/rules.ts'
import type { Holidays } from '#platform/dates.ts'
import type { Template } from '#registers/templates/rules.ts'
import type { Next, Standing } from '#journey/watch/rules.ts'

/** Why somebody was told. */
export const reasons = {
  raised: { label: 'when it was raised' },
  unheard: { label: 'because nobody had said that they have it' },
  'not-looked-at': { label: 'because the day to look again had passed' },
  'shut-out': { label: 'because the record was restricted' },
  'handed-over': { label: 'because it was handed to them' },
  'nobody-else': { label: 'again, because there is nobody else to tell' },
} as const

export type Because = keyof typeof reasons

/** What an alert can be about. */
export type About = 'concern' | 'outing'

/** Why they are told now. */
export function because({ told, heard }: Standing, { alone }: Pick<Next, 'alone'>): Because {
  if (alone) return 'nobody-else'
  if (told === null) return 'raised'
  return heard ? 'not-looked-at' : 'unheard'
}

type Clock = Readonly<{ arrangement: Arrangement; holidays: Holidays; at: Temporal.Instant; minutes: number }> &
  Readonly<{
    /** An outing is watched at every hour: somebody who is not back in the evening cannot wait for the morning. */
    about: About
  }>

/**
 * When the next one is told, if nobody says until then that they have it: as long after the one before, whoever that was.
 * The clock runs while alerts are read.
 */
export function tellNextAt({ about, arrangement, holidays, at, minutes }: Clock): Temporal.Instant {
  return about === 'outing' ? at.add({ minutes }) : minutesOn(arrangement, { at, minutes, holidays })
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

/** From when alerts are read again; nothing while somebody reads them. */
export function readAgainAt({ arrangement, holidays, at }: Omit<Clock, 'minutes' | 'about'>) {
  return isRead(arrangement, at, holidays) ? undefined : readAt(arrangement, at, holidays)
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
