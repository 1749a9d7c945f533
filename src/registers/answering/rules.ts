/** That an organisation answers for a service: now where it has not ended. */
export type Answering = Readonly<{
  id: string
  organisation: string
  organisationName: string
  at: Temporal.Instant
  endedAt: Temporal.Instant | null
}>

/** Which organisation answers for a service now; undefined where it has no inbox. */
export const answeringNow = <One extends Answering>(all: readonly One[]): One | undefined =>
  all.find(({ endedAt }) => endedAt === null)

/**
 * From when on whoever begins to answer for a service finds what was sent to it: everything, unless another organisation
 * answered before. What was sent to that one it has read, and the next is told nothing of it.
 */
export function sentSince(before: readonly Answering[], organisation: string, now: Temporal.Instant) {
  return before.some((one) => one.organisation !== organisation) ? now : null
}
