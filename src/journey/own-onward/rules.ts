import { type EventKind, isOpen, type State } from '#journey/onward/rules.ts'
import { type Part, sentOf } from '#journey/packet/rules.ts'

type Happened = Readonly<{
  kind: EventKind
  witness: string
  parts: readonly string[] | null
  onDay: Temporal.PlainDate | null
  place: number | null
  note: string | null
}>

type Onward = Readonly<{
  id: string
  serviceName: string
  wanted: string
  state: State
  parts: readonly Part[]
  askedAt: Temporal.Instant | null
  events: readonly Happened[]
}>

/** One as its person reads it: what was sent once they said yes, else what would be, and what the service said last. */
export function ownOf({ id, serviceName, wanted, state, parts, askedAt, events }: Onward) {
  const agreed = events.findLast(({ kind }) => kind === 'agreed')?.parts
  const last = events.findLast(({ witness, kind }) => witness === 'service' && kind !== 'seen')
  const waits = last?.kind === 'waiting' || last?.kind === 'accepted'
  return {
    ...{ id, serviceName, wanted, state, isSent: askedAt !== null, note: last?.note ?? null },
    parts: agreed ? sentOf(parts, { agreed, restricted: false }) : parts,
    ...{ place: waits ? last.place : null, expected: waits ? last.onDay : null },
  }
}

/** Whether a participant reads of it: what is only being written is their coach's draft. */
export const isTheirs = ({ state }: Readonly<{ state: State }>): boolean => state !== 'drafted'

/** Whether they may stop it by themselves. */
export const mayStop = (state: State): boolean => isOpen(state)
