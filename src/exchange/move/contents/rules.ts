import type { Step, StepKind } from '#journey/episode/rules.ts'
import type { State } from '#journey/onward/rules.ts'
import type { Happening, Kind } from '#journey/timeline/rules.ts'

/** The version of the package that this product writes and reads. */
export const packageVersion = 1

/** Which parts of a story go along: messages and permissions stay where they were given. */
const storyKinds: readonly Kind[] = [
  ...(['referral', 'coach', 'contact', 'appointment', 'conversation', 'fit-note', 'plan'] as const),
  ...(['adjustment', 'job-search', 'support', 'end'] as const),
]

/** Whether something that happened goes along: what is about safety by choice, and nothing that its giver may not read. */
export const goesAlong = ({ kind, confined }: Pick<Happening, 'kind' | 'confined'>, withConcerns: boolean): boolean =>
  (storyKinds.includes(kind) || (withConcerns && kind === 'safety')) && confined?.readable !== false

/** Steps that belong to the area in which they were taken: whose coach, what is booked and due there. */
const localKinds: readonly StepKind[] = ['allocated', 'handed-over', 'booked', 'unbooked', 'due', 'withdrawn', 'ended']

/** The steps of an episode that are history wherever it goes on: what was taken back is left out. */
export function historyOf<S extends Readonly<{ id: string; step: Step }>>(steps: readonly S[]): S[] {
  const gone = new Set(steps.flatMap(({ step }) => (step.kind === 'withdrawn' ? [step.step] : [])))
  return steps.filter(({ id, step }) => !gone.has(id) && !localKinds.includes(step.kind))
}

/** Where a referral to a service waits for the service: it goes on in the area in which it was sent. */
export const unanswered: readonly State[] = ['sent', 'seen', 'no-reply', 'waiting']
