import type { EventKind } from '#journey/onward/rules.ts'

/** What a participant says to the next service that is proposed. */
export const answers = {
  yes: { label: 'Yes, ask this service instead' },
  wait: { label: 'No, I would rather wait' },
  talk: { label: 'I want to talk with my coach first' },
  none: { label: 'No, I do not want this help any more' },
} as const

export type Answer = keyof typeof answers

/** How a proposal was decided, as the record says it. */
export const decisions = {
  yes: { label: 'They said yes, and it was asked' },
  wanted: { label: 'They would like it: refer them' },
  wait: { label: 'They would rather wait' },
  talk: { label: 'They want to talk about it first' },
  none: { label: 'They do not want this help any more' },
  'not-now': { label: 'Not now' },
} as const

export type Decision = keyof typeof decisions

type Patience = Readonly<{ serviceAnswerDays: number; serviceNudges: number; serviceNudgeDays: number }>

/**
 * After how many days without an answer a service is asked again, each time, as the area decides: as long as it does not
 * count as no reply. The link it has goes on working; a late answer counts.
 */
export function nudgesFrom({ serviceAnswerDays, serviceNudges, serviceNudgeDays }: Patience): number[] {
  const days = Array.from({ length: serviceNudges }, (_, place) => (place + 1) * serviceNudgeDays)
  return days.filter((day) => day < serviceAnswerDays)
}

/** What an answer to a proposal comes to: a yes to a service that has no address is a wish that the coach sees to. */
export const decisionOf = (answer: Answer, hasAddress: boolean): Decision =>
  answer === 'yes' && !hasAddress ? 'wanted' : answer

const answering: readonly EventKind[] = ['accepted', 'declined', 'waiting', 'started', 'attended', 'ended']

/** What the first service said in the end, where it has answered after it counted as silent. */
export const answerSince = <Happened extends Readonly<{ kind: EventKind }>>({
  events,
}: Readonly<{ events: readonly Happened[] }>): Happened | undefined =>
  events.findLast(({ kind }) => answering.includes(kind))
