import type { Role } from '#platform/access/rules.ts'
import { dayOf, isBefore } from '#platform/dates.ts'
import { isLeaving, type Stage, type Standing } from '#journey/episode/rules.ts'
import type { Happening, Kind, Place } from '#journey/timeline/rules.ts'
import { writtenPlace } from '#journey/timeline/rules.ts'

/** One thing that can be done next on a record, and where. */
export type Doing = Readonly<{
  label: string
  path: string
  /** The day of the standing before which it cannot be done, and without which it is done already. */
  from?: 'follow_up_13_on' | 'follow_up_26_on'
}>

const contact: Doing = { label: 'Log a contact', path: 'contacts/new' }
const book: Doing = { label: 'Book', path: 'appointments/new' }
const converse: Doing = { label: 'First conversation', path: 'assessment' }
const plan: Doing = { label: 'Plan', path: 'plan' }
const support: Doing = { label: 'Record progress', path: 'support/new' }
const pause: Doing = { label: 'Waiting on others', path: 'pause' }
const complete: Doing = { label: 'Complete', path: 'completion' }
const end: Doing = { label: 'End early', path: 'ending' }
const endNow: Doing = { label: 'End support', path: 'ending' }

/** What can be done with somebody who stands here, the usual next thing first. */
const doings: Readonly<Record<Stage, readonly Doing[]>> = {
  received: [],
  accepted: [contact, book, end],
  trying: [contact, book, end],
  booked: [converse, contact, book, end],
  assessed: [plan, contact, book, pause, end],
  'plan-agreed': [support, contact, book, plan, pause, complete, end],
  active: [support, contact, book, plan, pause, complete, end],
  waiting: [pause, contact, book, plan, complete, end],
  aftercare: [
    { label: 'Follow up at 13 weeks', path: 'follow-ups/13', from: 'follow_up_13_on' },
    { label: 'Follow up at 26 weeks', path: 'follow-ups/26', from: 'follow_up_26_on' },
    contact,
  ],
  closed: [],
  ended: [],
}

type Stands = Readonly<{ id: string; person: string }> &
  Pick<Standing, 'stage' | 'next_due_what' | 'follow_up_13_on' | 'follow_up_26_on'>

/** Where to go from a record: who does not take part any more is not called, and who has left may come back. */
export function waysOn(
  { id, person, ...standing }: Stands,
  { died, today }: Readonly<{ died: boolean; today: Temporal.PlainDate }>,
): Readonly<{ label: string; href: string }>[] {
  const { stage } = standing
  const isDue = ({ from }: Doing) => {
    const day = from === undefined ? today : standing[from]
    return day !== null && !isBefore(today, day)
  }
  const next = isLeaving(standing) ? [endNow, contact] : doings[stage].filter(isDue)
  const again = !died && ['aftercare', 'closed', 'ended'].includes(stage)
  return [
    ...next.map(({ label, path }) => ({ label, href: `/episodes/${id}/${path}` })),
    ...(again ? [{ label: 'Refer again', href: `/people/${person}/referrals/new` }] : []),
  ]
}

type Clock = Pick<Standing, 'plan_agreed_at' | 'limit_on' | 'paused_at' | 'paused_days' | 'ended_at'>

/**
 * In which week of the weeks agreed here a plan is, as its clock counts: days of waiting on others are left out, and
 * while somebody waits it stands. Undefined before a plan is agreed and after support has ended.
 */
export function weekOfLimit(standing: Clock, today: Temporal.PlainDate) {
  const { plan_agreed_at: agreedAt, limit_on: limitOn, paused_at: pausedAt, paused_days: paused } = standing
  if (!agreedAt || !limitOn || standing.ended_at) return undefined
  const counted = (until: Temporal.PlainDate) =>
    Math.max(0, dayOf(agreedAt).until(until, { largestUnit: 'days' }).days - paused)
  const day = counted(pausedAt ? dayOf(pausedAt) : today)
  return { week: Math.floor(day / 7) + 1, of: Math.ceil(counted(limitOn) / 7) }
}

/** How much of the story one page tells. */
export const pageLength = 25

/** The address of a record, at one part of its story. */
export function recordAddress(person: string, kind: Kind | null, before?: Place): string {
  const query = new URLSearchParams({ ...(kind ? { kind } : {}), ...(before ? { before: writtenPlace(before) } : {}) })
  return query.size === 0 ? `/people/${person}` : `/people/${person}?${query.toString()}`
}

const keepers: readonly Role[] = ['administrator', 'service-manager']
const listeners: readonly Role[] = ['coach', 'senior-coach', 'clinician', 'service-manager']

/** Where this reader can read a happening whole; undefined where the page is not for their role. */
export function wayTo({ href }: Pick<Happening, 'href'>, role: Role): string | undefined {
  if (href?.startsWith('/outbox/')) return keepers.includes(role) ? href : undefined
  return /\/assessments?\b/.test(href ?? '') && !listeners.includes(role) ? undefined : href
}
