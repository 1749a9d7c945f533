import { Tag } from '#platform/html/content.tsx'
import type { Email } from '#journey/emailed-answer/rules.ts'
import type { Reaching } from '#platform/html/reaching.tsx'
import type { Part } from '#journey/packet/rules.ts'
import { type EventKind, type Kind, type Meeting, type State, states, type Witness } from '#journey/onward/rules.ts'

export type Happened = Readonly<{
  id: string
  kind: EventKind
  witness: Witness
  at: Temporal.Instant
  by: string | null
  how: string | null
  /** The parts of what is told that were said yes to. */
  parts: readonly string[] | null
  reason: string | null
  onDay: Temporal.PlainDate | null
  place: number | null
  sessions: number | null
  note: string | null
  byName: string | null
  readAt: Temporal.Instant | null
}>

export type Shown = Readonly<{
  id: string
  kind: Kind
  state: State
  service: string
  serviceName: string
  person: string
  episode: string
  words: string
  parts: readonly Part[]
  contact: string | null
  address: string | null
  meet: Meeting | null
  meetAt: Temporal.Instant | null
  follows: string | null
  events: readonly Happened[]
}>

export type OneProps = Readonly<{
  onward: Shown
  person: Readonly<{ id: string; name: string; mayEdit: boolean }>
  reference: string
  /** The code to tell the service by phone; undefined where nothing is behind a link. */
  code: string | undefined
  /** Whether they have taken back that the service may be told. */
  takenBack: boolean
  /** The message that brought the service its newest link; undefined where none is kept. */
  sent: Readonly<{ id: string; at: Temporal.Instant }> | undefined
  /** What the service wrote by email, the first first. */
  emails: readonly Email[]
  /** When that message goes, as long as it has not; null where it went or there is none. */
  goes: Temporal.Instant | null
  /** The id under which it would be written that they were told. */
  telling: string
  /** How to reach the service, as the directory has it now, where they are given the details themselves. */
  reaching: Reaching | null
  now: Temporal.Instant
}>

/** The state of an onward referral, in a word. */
export const StateTag = ({ state }: { state: State }) => <Tag colour={states[state].colour}>{states[state].label}</Tag>

/** Whether the service or the participant said it, and nobody of the team has read it. */
export const isUnread = ({ kind, readAt, witness }: Happened) =>
  readAt === null && kind !== 'seen' && (witness === 'service' || witness === 'person')
