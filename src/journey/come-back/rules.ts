import type { Stage } from '#journey/episode/rules.ts'

/** Where a request stands, as far as somebody who holds its link may know: nothing about health, and no reason for an end. */
export type WhereItStands = Readonly<{
  reference: string
  /** Undefined until the person has said that they want this. */
  stage: Stage | null
  firstTryBy: Temporal.PlainDate | null
}>

/** What has happened and what comes next, in words for the person. */
export type NextWords = Readonly<{ now: string; next: string; by?: Temporal.PlainDate }>

type Told = (firstTryBy: Temporal.PlainDate | null) => NextWords

const arrived: Told = (firstTryBy) => ({
  now: 'We have your request.',
  ...(firstTryBy
    ? { next: 'Somebody from the team will try to reach you by {by}.', by: firstTryBy }
    : { next: 'Somebody from the team will get in touch with you.' }),
})

const supported: Told = () => ({
  now: 'You are being supported.',
  next: 'Your coach will be in touch as you have agreed with each other.',
})

const over: Told = () => ({
  now: 'Your support has come to an end.',
  next: 'If you would like help again, ring us. You can come back at any time.',
})

const told: Readonly<Record<Stage, Told>> = {
  received: arrived,
  accepted: arrived,
  trying: () => ({
    now: 'We have tried to reach you.',
    next: 'We will try again. If another time or way suits you better, ring us.',
  }),
  booked: () => ({
    now: 'You have an appointment with us.',
    next: 'If you are not sure when it is, or cannot come, ring us.',
  }),
  assessed: supported,
  'plan-agreed': supported,
  active: supported,
  waiting: supported,
  aftercare: () => ({
    now: 'Your plan is complete.',
    next: 'We will ask you how things are 13 and 26 weeks after it ended. You can ring us before then.',
  }),
  closed: over,
  ended: () => ({
    now: 'Your request is closed.',
    next: 'If you would like help again, or think that this is a mistake, ring us.',
  }),
}

const elsewhere: readonly Stage[] = ['received', 'accepted', 'trying', 'closed', 'ended']

/** Whether they are shown what other support there is: while they wait, and once they are not supported here. */
export function mayLookElsewhere(stage: Stage | null): boolean {
  return elsewhere.includes(stage ?? 'received')
}

/** What happens next with somebody's request. */
export function whatHappensNext({ stage, firstTryBy }: Omit<WhereItStands, 'reference'>): NextWords {
  return told[stage ?? 'received'](stage === null ? null : firstTryBy)
}
