import type { Role } from '#platform/access/rules.ts'
import { mayLog } from '#journey/contact/rules.ts'
import { isLeaving, mayTake, type Stage, type Standing } from '#journey/episode/rules.ts'
import { reasonsNotToFollowUp, type Weeks } from '#journey/follow-up/rules.ts'
import type { Happening, Kind, Place } from '#journey/timeline/rules.ts'
import { writtenPlace } from '#journey/timeline/rules.ts'

/** One thing that can be done next on a record, and where. */
export type Doing = Readonly<{
  label: string
  path: string
  /** The follow-up that it is: only one that is open now can be held. */
  weeks?: Weeks
}>

const contact: Doing = { label: 'Log a contact', path: 'contacts/new' }
const book: Doing = { label: 'Book', path: 'appointments/new' }
const converse: Doing = { label: 'First conversation', path: 'assessment' }
const plan: Doing = { label: 'Plan', path: 'plan' }
const support: Doing = { label: 'Record progress', path: 'support/new' }
const onward: Doing = { label: 'Refer onward', path: 'onward/services' }
const pause: Doing = { label: 'Waiting on others', path: 'pause' }
const complete: Doing = { label: 'Complete', path: 'completion' }
const end: Doing = { label: 'End early', path: 'ending' }
const passOn: Doing = { label: 'Pass on', path: 'passing-on' }
const move: Doing = { label: 'To another area', path: 'move' }
const handOver: Doing = { label: 'Hand over', path: 'handover' }
const endNow: Doing = { label: 'End support', path: 'ending' }
const endAsDied: Doing = { label: 'End support because they died', path: 'ending/death' }

/** What can be done with somebody who stands here, the usual next thing first. */
const doings: Readonly<Record<Stage, readonly Doing[]>> = {
  received: [],
  accepted: [contact, book, end],
  trying: [contact, book, end],
  booked: [converse, contact, book, end],
  assessed: [plan, contact, book, onward, pause, end],
  'plan-agreed': [support, contact, book, plan, onward, pause, complete, end],
  active: [support, contact, book, plan, onward, pause, complete, end],
  waiting: [pause, support, contact, book, plan, onward, complete, end],
  aftercare: [
    { label: 'Follow up at 13 weeks', path: 'follow-ups/13', weeks: 13 },
    { label: 'Follow up at 26 weeks', path: 'follow-ups/26', weeks: 26 },
    contact,
  ],
  closed: [],
  ended: [],
}

// Who says which provider somebody is with.
const passers: readonly Role[] = ['coach', 'senior-coach', 'service-manager']
const givers: readonly Role[] = ['senior-coach', 'administrator', 'service-manager']

type Stands = Readonly<{ id: string; person: string }> &
  Partial<Pick<Standing, 'coach'>> &
  Pick<Standing, 'stage' | 'next_due_what' | 'follow_up_13_on' | 'follow_up_26_on'>

/** Where the support of somebody who has died is ended; undefined where it has ended already. */
export const endingAsDied = ({ id, stage }: Pick<Stands, 'id' | 'stage'>): string | undefined =>
  mayTake('ended', stage) ? `/episodes/${id}/${endAsDied.path}` : undefined

/**
 * Where to go from a record: who does not take part any more is not called, and who has left may come back. Once somebody
 * has died, there is only to end their support, or to say so in a follow-up.
 */
export function waysOn(
  { id, person, ...standing }: Stands,
  { died, today, role }: Readonly<{ died: boolean; today: Temporal.PlainDate; role: Role }>,
): Readonly<{ label: string; href: string }>[] {
  const { stage, coach } = standing
  const isOpen = ({ weeks }: Doing) => {
    if (weeks === undefined) return true
    const dueOn = weeks === 13 ? standing.follow_up_13_on : standing.follow_up_26_on
    return reasonsNotToFollowUp({ stage, weeks, dueOn, done: false, today }).length === 0
  }
  const toDo = ({ label, path }: Doing) => ({ label, href: `/episodes/${id}/${path}` })
  if (died) {
    const followUps = doings[stage].filter((one) => one.weeks !== undefined && isOpen(one))
    return (mayTake('ended', stage) ? [endAsDied] : followUps).map(toDo)
  }
  const leaving = mayLog(stage) ? [endNow, contact] : [endNow]
  const next = isLeaving(standing) ? leaving : doings[stage].filter(isOpen)
  const again = ['aftercare', 'closed', 'ended'].includes(stage)
  const over = [
    ...(passers.includes(role) && coach && mayTake('ended', stage) ? [passOn] : []),
    ...(givers.includes(role) && mayTake('handed-over', stage) ? [handOver] : []),
    ...(passers.includes(role) && coach && mayTake('ended', stage) ? [move] : []),
  ]
  return [
    ...[...next, ...over].map(toDo),
    ...(again ? [{ label: 'Refer again', href: `/people/${person}/referrals/new` }] : []),
  ]
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

// Pages on which something is written down and read again: they are for who may write.
const writtenOn =
  /\/(assessment|completion|ending|follow-ups\/\d+|pause|review|rhythm)$|^\/(corrections|erasure-requests)\//

type Reader = Readonly<{ role: Role; mayEdit: boolean }>

/** Where this reader can read a happening whole; undefined where the page is not for them. */
export function wayTo({ href }: Pick<Happening, 'href'>, { role, mayEdit }: Reader): string | undefined {
  if (!mayEdit && writtenOn.test(href ?? '')) return undefined
  if (href?.startsWith('/outbox/')) return keepers.includes(role) ? href : undefined
  return /\/(assessments?|questionnaires)\b/.test(href ?? '') && !listeners.includes(role) ? undefined : href
}
