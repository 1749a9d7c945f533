import type { Stage, Step } from '#journey/episode/rules.ts'

/** What the record says of each step, in words that anybody on the team understands. */
export const stepWords: Readonly<Record<Step['kind'], string>> = {
  received: 'Referral received',
  accepted: 'Accepted',
  allocated: 'Coach changed',
  'handed-over': 'Handed over to another provider',
  tried: 'Tried to reach',
  reached: 'Spoken to',
  booked: 'Appointment made',
  unbooked: 'Appointment did not take place',
  assessed: 'First conversation finished',
  'plan-agreed': 'Plan agreed',
  supported: 'Support given',
  paused: 'Waiting on others',
  resumed: 'Carried on after waiting',
  due: 'Next step set',
  completed: 'Support completed',
  'followed-up': 'Asked how things are after support',
  ended: 'Ended early',
  withdrawn: 'Taken back',
}

/** One thing that can be done next on a record, and where. */
export type Doing = Readonly<{ label: string; path: string; first?: boolean }>

const contact: Doing = { label: 'Log a contact', path: 'contacts/new' }
const book: Doing = { label: 'Book', path: 'appointments/new' }
const converse: Doing = { label: 'First conversation', path: 'assessment' }
const plan: Doing = { label: 'Plan', path: 'plan' }
const support: Doing = { label: 'Record progress', path: 'support/new' }
const pause: Doing = { label: 'Waiting on others', path: 'pause' }
const complete: Doing = { label: 'Complete', path: 'completion' }
const end: Doing = { label: 'End early', path: 'ending' }

/** What can be done with somebody who stands here, the usual next thing first. */
export const doings: Readonly<Record<Stage, readonly Doing[]>> = {
  received: [],
  accepted: [contact, book, end],
  trying: [contact, book, end],
  booked: [converse, contact, book, end],
  assessed: [plan, contact, book, pause, end],
  'plan-agreed': [support, contact, book, plan, pause, complete, end],
  active: [support, contact, book, plan, pause, complete, end],
  waiting: [pause, contact, book, plan, complete, end],
  aftercare: [
    { label: 'Follow up at 13 weeks', path: 'follow-ups/13' },
    { label: 'Follow up at 26 weeks', path: 'follow-ups/26' },
    contact,
  ],
  closed: [],
  ended: [],
}

/** In which week of the weeks agreed here a plan is; undefined before a plan is agreed. */
export function weekOfLimit(
  agreedOn: Temporal.PlainDate | null,
  limitOn: Temporal.PlainDate | null,
  today: Temporal.PlainDate,
) {
  if (!agreedOn || !limitOn) return undefined
  const weeks = Math.ceil(agreedOn.until(limitOn).days / 7)
  return { week: Math.floor(agreedOn.until(today).days / 7) + 1, of: weeks }
}
