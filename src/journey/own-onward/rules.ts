import { type declines, type EventKind, isOpen, type Kind, type State } from '#journey/onward/rules.ts'
import { type Part, sentOf } from '#journey/packet/rules.ts'

type Happened = Readonly<{
  kind: EventKind
  witness: string
  reason: string | null
  parts: readonly string[] | null
  onDay: Temporal.PlainDate | null
  place: number | null
  note: string | null
}>

type Onward = Readonly<{
  id: string
  kind: Kind
  serviceName: string
  wanted: string
  state: State
  parts: readonly Part[]
  address: string | null
  askedAt: Temporal.Instant | null
  events: readonly Happened[]
}>

/** One as its person reads it: what was sent once they said yes, else what would be, and what the service said last. */
export function ownOf({ parts, askedAt, events, ...onward }: Onward) {
  const { id, kind: way, serviceName, wanted, state, address } = onward
  const agreed = events.findLast(({ kind }) => kind === 'agreed')?.parts
  const last = events.findLast(({ witness, kind }) => witness === 'service' && kind !== 'seen')
  const waits = last?.kind === 'waiting' || last?.kind === 'accepted'
  const declined = events.findLast(({ kind }) => kind === 'declined')
  return {
    ...{ kind: way, isToldToStop: askedAt !== null && address !== null },
    next: state === 'declined' ? nextAfter(declined?.reason ?? 'other') : null,
    ...{ id, serviceName, wanted, state, isSent: askedAt !== null, note: last?.note ?? null },
    parts: agreed ? sentOf(parts, { agreed, restricted: false }) : parts,
    ...{ place: waits ? last.place : null, expected: waits ? last.onDay : null },
  }
}

const another = 'Your coach looks for another service with you.'
const instead = 'Your coach talks with you about what you would like instead.'
const nexts: Readonly<Record<keyof typeof declines, string>> = {
  ...{ 'not-eligible': another, 'not-here': another, full: another, 'no-longer': another },
  'somebody-else': 'Your coach tells you who else could help, and asks you first.',
  'need-more': 'Your coach asks you whether the service may be told more.',
  'not-reached': 'Your coach asks you how the service can reach you.',
  ...{ 'not-wanted': instead, other: instead },
}

// What comes after a no of a service, as its person reads it.
function nextAfter(reason: string): string {
  const known: Readonly<Partial<Record<string, string>>> = nexts
  return known[reason] ?? nexts.other
}

/** Whether a participant reads of it: what is only being written is their coach's draft. */
export const isTheirs = ({ state }: Readonly<{ state: State }>): boolean => state !== 'drafted'

/** Whether they may stop it by themselves. */
export const mayStop = (state: State): boolean => isOpen(state)
