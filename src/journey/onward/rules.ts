import { helpsTold, holds } from '#journey/witness/rules.ts'

/** How somebody is passed on to a service. */
export const kinds = {
  signpost: {
    label: 'Signpost',
    hint: 'You tell them about it and give them the details. Nothing is sent to the service.',
  },
  supported: {
    label: 'Supported',
    hint: 'A warm hand-over: you call the service together, or go along, at a time you have agreed.',
  },
  formal: { label: 'Formal', hint: 'The service is sent a request with what they agree to, and answers by a link.' },
} as const

export type Kind = keyof typeof kinds

/** How a warm hand-over is done. */
export const meetings = {
  call: { label: 'A call together' },
  'go-along': { label: 'Going along' },
} as const

export type Meeting = keyof typeof meetings

/** Where an onward referral stands. */
export const states = {
  drafted: { label: 'Not shown yet', own: 'Being written', colour: 'grey' },
  shown: { label: 'Waits for their yes', own: 'Waits for your answer', colour: 'orange' },
  told: { label: 'Told', own: 'You have the details', colour: 'blue' },
  agreed: { label: 'They said yes', own: 'You said yes', colour: 'blue' },
  refused: { label: 'They said no', own: 'You said no', colour: 'grey' },
  sent: { label: 'Sent', own: 'Asked', colour: 'blue' },
  seen: { label: 'Seen by the service', own: 'The service has read it', colour: 'blue' },
  'no-reply': { label: 'No reply', own: 'The service has not answered yet', colour: 'orange' },
  accepted: { label: 'Accepted', own: 'The service said yes', colour: 'green' },
  declined: { label: 'Declined', own: 'The service cannot help', colour: 'red' },
  waiting: { label: 'On a waiting list', own: 'You are on a waiting list', colour: 'yellow' },
  started: { label: 'Started', own: 'It has started', colour: 'green' },
  attended: { label: 'Attending', own: 'You go there', colour: 'green' },
  ended: { label: 'Ended', own: 'It has ended', colour: 'grey' },
  withdrawn: { label: 'Withdrawn', own: 'Stopped', colour: 'grey' },
} as const

export type State = keyof typeof states

// Checked: the keys of the code list are its codes.
const stateCodes = Object.keys(states) as State[]

/** Who says that something happened: the team, the participant, the service, or the product by itself. */
export type Witness = 'team' | 'person' | 'service' | 'product'

type Event = Readonly<{
  label: string
  /** In which states it may happen. */
  after: readonly State[]
  /** Where it leads; as it was where nothing is said. */
  leadsTo?: State
}>

const asked: readonly State[] = ['sent', 'seen', 'no-reply']
const answerable: readonly State[] = ['told', ...asked, 'accepted', 'waiting', 'declined']
const over: readonly State[] = ['declined', 'ended', 'withdrawn']
const spokenOf: readonly State[] = [...answerable, 'started', 'attended', 'ended']

/** Everything that may happen with an onward referral, in which states, and where it leads. */
const events = {
  shown: { label: 'Shown to them', after: ['drafted', 'shown', 'refused'], leadsTo: 'shown' },
  told: { label: 'They were told about it', after: ['drafted'], leadsTo: 'told' },
  agreed: { label: 'They said yes', after: ['shown'], leadsTo: 'agreed' },
  refused: { label: 'They said no', after: ['shown'], leadsTo: 'refused' },
  sent: { label: 'Sent to the service', after: ['agreed'], leadsTo: 'sent' },
  'handed-over': { label: 'Handed over', after: ['agreed', ...asked, 'accepted', 'waiting'] },
  seen: { label: 'Read by the service', after: ['sent', 'no-reply'], leadsTo: 'seen' },
  nudged: { label: 'Asked the service once more', after: ['sent', 'seen'] },
  'no-reply': { label: 'No reply', after: ['sent', 'seen'], leadsTo: 'no-reply' },
  accepted: { label: 'Accepted', after: answerable, leadsTo: 'accepted' },
  declined: { label: 'Declined', after: answerable, leadsTo: 'declined' },
  waiting: { label: 'On a waiting list', after: answerable, leadsTo: 'waiting' },
  started: { label: 'Started', after: ['told', ...asked, 'accepted', 'waiting'], leadsTo: 'started' },
  attended: { label: 'Attended', after: ['started', 'attended'], leadsTo: 'attended' },
  ended: { label: 'Ended', after: ['told', 'accepted', 'waiting', 'started', 'attended'], leadsTo: 'ended' },
  asked: { label: 'Asked them whether they got help', after: ['told', 'accepted', 'started'] },
  said: { label: 'They said how it went', after: spokenOf },
  settled: { label: 'Said what holds', after: spokenOf },
  withdrawn: {
    label: 'Withdrawn',
    after: stateCodes.filter((state) => !over.includes(state)),
    leadsTo: 'withdrawn',
  },
} as const satisfies Readonly<Record<string, Event>>

export type EventKind = keyof typeof events

/** Whether this may happen while it stands here. */
export function mayFollow(event: EventKind, state: State): boolean {
  const { after }: Event = events[event]
  return after.includes(state)
}

/** Where it stands after this has happened. A hand-over is the sending of one that nothing was sent for. */
export function stateAfter(state: State, event: EventKind): State {
  const { leadsTo }: Event = events[event]
  if (event === 'handed-over') return state === 'agreed' ? 'sent' : state
  return leadsTo ?? state
}

type Stands = Readonly<{ state: State; asked_at: Temporal.Instant | null }>
type Happened = Readonly<{ kind: EventKind; reason?: string | null }>

/**
 * Where it stands once a coach has settled what holds of it; undefined where that leaves it as it is. One that did not
 * begin waits to begin again, and what was written of its beginning counts no more.
 */
export function settledTo({ state, asked_at: asked }: Stands, { kind, reason }: Happened): State | undefined {
  if (kind !== 'settled' || reason === 'unknown') return undefined
  if (reason !== 'not-begun') return answerable.includes(state) ? 'started' : undefined
  if (state !== 'started' && state !== 'attended') return undefined
  return asked === null ? 'told' : 'accepted'
}

/** Where it stands after all of this has happened, the first first. */
export function stateOf(happened: readonly EventKind[]): State {
  return happened.reduce<State>(stateAfter, 'drafted')
}

/** Whether anything is still to come of it. */
export const isOpen = (state: State): boolean => !over.includes(state) && state !== 'refused'

/** Whether anything that is said of it may still be kept: also once more after a no. */
export const isHearable = (state: State): boolean => [...answerable, 'started', 'attended'].includes(state)

/** Whether the service is asked and may answer by its link. */
export const isAnswerable = (state: State): boolean => isHearable(state) && state !== 'told'

/** Whether it waits for somebody outside: the service to answer, or a place. */
export const waitsOnOthers = (state: State): boolean => [...asked, 'accepted', 'waiting'].includes(state)

/** Why a service declines, and what the team does next. */
export const declines = {
  'not-eligible': {
    label: 'They are not eligible here',
    next: 'Look at who the service is for, and say so on its listing if that was not clear. Choose another service.',
  },
  'not-here': {
    label: 'They live outside the area we serve',
    next: 'Look for the same kind of service where they live.',
  },
  full: {
    label: 'We have no places and no waiting list',
    next: 'Choose another service, and say on the listing that it is full.',
  },
  'somebody-else': {
    label: 'Somebody else can help better',
    next: 'Read whom they name, ask the participant, and refer there.',
  },
  'need-more': {
    label: 'We need to know more first',
    next: 'Ask the participant whether that may be told too. Then refer again with it.',
  },
  'not-reached': {
    label: 'We could not reach them',
    next: 'Check with the participant how they want to be reached, and ring the service together.',
  },
  'not-wanted': {
    label: 'They told us that they do not want it',
    next: 'Talk with the participant about what they would like instead.',
  },
  'no-longer': {
    label: 'We do not give this help any more',
    next: 'Say so on the listing, so that nobody else is sent there. Choose another service.',
  },
  other: { label: 'Another reason', next: 'Read what they wrote, and talk with the participant about what follows.' },
} as const

/** What came of it in the end. */
export const outcomes = {
  helped: { label: 'They got the help they came for' },
  partly: { label: 'They got some of it' },
  'passed-on': { label: 'They were passed on to another service' },
  stopped: { label: 'They stopped coming' },
  'not-begun': { label: 'They never came' },
  'no-help': { label: 'It could not help' },
} as const

/** Why one is withdrawn. */
const withdrawals = {
  asked: { label: 'They do not want it any more' },
  permission: { label: 'They left, or took back that the service may be told' },
  another: { label: 'Another service was chosen in its place' },
  'not-needed': { label: 'It is not needed any more' },
  mistake: { label: 'It was written by mistake' },
  died: { label: 'They have died' },
} as const

export type Withdrawal = keyof typeof withdrawals

/** What the team may give as the reason; the others follow by themselves. */
export const teamWithdrawals = {
  asked: withdrawals.asked,
  'not-needed': withdrawals['not-needed'],
  mistake: withdrawals.mistake,
} as const

/** How somebody was shown what would be sent. */
export const showings = {
  'in-person': { label: 'I show it to them now, and write down what they say' },
  telephone: { label: 'I read it to them on the phone, and write down what they say' },
  message: {
    label: 'Send them a message',
    hint: 'It leads to where they read exactly what would be sent, and say yes or no.',
  },
} as const

/** What somebody says to what would be sent. */
export const yesOrNo = { yes: { label: 'Yes, this may be sent' }, no: { label: 'No' } } as const

/** How somebody was shown it and answered, as the record says it. */
export const waysOfAnswering = {
  'in-person': { label: 'In person' },
  telephone: { label: 'By phone' },
  message: { label: 'By a message' },
  'own-space': { label: 'On their own pages' },
  link: { label: 'By a link' },
} as const

export type WayOfAnswering = keyof typeof waysOfAnswering

/** What happened, in words, with why or what came of it. */
export function whatHappened({ kind, reason }: Readonly<{ kind: EventKind; reason: string | null }>): string {
  const list = reasonsOf[kind]
  const label = reason === null ? undefined : list?.[reason]?.label
  return label === undefined
    ? events[kind].label
    : `${events[kind].label}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`
}

const reasonsOf: Readonly<Partial<Record<EventKind, Readonly<Record<string, Readonly<{ label: string }>>>>>> = {
  ...{ declined: declines, ended: outcomes, withdrawn: withdrawals, said: helpsTold, settled: holds },
}

/** By what a service and the team know that they speak of the same request; it tells nothing of anybody. */
export const referenceOf = (id: string): string => id.replaceAll('-', '').slice(-8).toUpperCase()

/** The kinds of messages that bring a service its link: the first, and the one that asks once more. */
export const linkKinds = ['onward.sent', 'onward.nudged'] as const

/** For how many days a service may answer by its link before it needs a new one: as long as other requests. */
export const linkDays = 28
