import type { EventKind } from '#journey/onward/rules.ts'

/** One thing a made-up service or coach said of somebody who was passed on, so many days ago. */
export type Happened = Readonly<{
  kind: Extract<
    EventKind,
    'seen' | 'nudged' | 'no-reply' | 'accepted' | 'waiting' | 'declined' | 'started' | 'attended' | 'ended'
  >
  daysAgo: number
  reason?: string
  place?: number
  sessions?: number
  note?: string
}>

/** Somebody who was passed on, so many days ago, with all that happened since. */
export type Sent = Readonly<{ wanted: string; daysAgo: number; then: readonly Happened[] }>

const help = 'Help with letters about rent and a payment plan'

/** Requests in every state that an inbox shows, for people who are supported now. */
export const underWay: readonly Sent[] = [
  { wanted: 'Somebody to look at three credit cards with them', daysAgo: 1, then: [] },
  { wanted: help, daysAgo: 3, then: [] },
  { wanted: 'A benefits check before they go back to work', daysAgo: 5, then: [{ kind: 'seen', daysAgo: 4 }] },
  {
    ...{ wanted: help, daysAgo: 16 },
    then: [
      { kind: 'nudged', daysAgo: 9 },
      { kind: 'no-reply', daysAgo: 2 },
    ],
  },
  {
    ...{ wanted: 'Advice on council tax arrears', daysAgo: 8 },
    then: [{ kind: 'accepted', daysAgo: 6, note: 'We ring on Thursday morning.' }],
  },
  { wanted: 'A talk about sick pay and bills', daysAgo: 20, then: [{ kind: 'waiting', daysAgo: 17, place: 4 }] },
  {
    ...{ wanted: help, daysAgo: 30 },
    then: [
      { kind: 'accepted', daysAgo: 27 },
      { kind: 'started', daysAgo: 21 },
    ],
  },
  {
    ...{ wanted: 'Help to fill in a claim', daysAgo: 40 },
    then: [
      { kind: 'accepted', daysAgo: 36 },
      { kind: 'started', daysAgo: 30 },
      { kind: 'attended', daysAgo: 12, sessions: 3 },
    ],
  },
  { wanted: 'Advice on a loan', daysAgo: 12, then: [{ kind: 'declined', daysAgo: 9, reason: 'full' }] },
]

/** What came of those who were passed on earlier: enough for figures that can be shown. */
export const earlier: readonly Sent[] = Array.from({ length: 26 }, (_, place): Sent => {
  const daysAgo = 40 + place * 5
  const answered = daysAgo - 2 - (place % 6)
  if (place % 9 === 8) return { wanted: help, daysAgo, then: [{ kind: 'no-reply', daysAgo: daysAgo - 14 }] }
  if (place % 5 === 4)
    return { wanted: help, daysAgo, then: [{ kind: 'declined', daysAgo: answered, reason: 'not-eligible' }] }
  const begun: readonly Happened[] = [
    { kind: 'accepted', daysAgo: answered },
    { kind: 'started', daysAgo: answered - 5 },
  ]
  return { wanted: help, daysAgo, then: [...begun, { kind: 'ended', daysAgo: answered - 20, reason: 'helped' }] }
})
