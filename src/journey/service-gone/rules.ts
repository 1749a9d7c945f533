import { dayOf } from '#platform/dates.ts'
import type { State } from '#journey/onward/rules.ts'

/** Why a service does not go on as it stood when somebody was passed on to it. */
const reasons = {
  closed: { label: 'A service they were passed on to has closed' },
  paused: { label: 'A service they were passed on to takes nobody for now' },
  missing: { label: 'A service they were passed on to is not in its own directory any more' },
} as const

/** Somebody who was passed on to a service that does not go on as it stood, and since when. */
export type Gone = Readonly<{ id: string; episode: string; at: Temporal.Instant; why: keyof typeof reasons }>

/** While nothing has begun there, they wait for what may not come. Whoever has begun is for the service to tell. */
export const stillToBegin = ['told', 'sent', 'seen', 'accepted', 'waiting'] as const satisfies readonly State[]

/** It as it stands on the day of their coach, until something is heard or done about it. */
export function goneLines(gone: Gone | undefined) {
  if (!gone) return []
  return [{ reason: 'answer', because: reasons[gone.why].label, on: dayOf(gone.at), at: `/onward/${gone.id}` } as const]
}
