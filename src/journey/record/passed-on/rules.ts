import { longDay } from '#platform/dates.ts'
import { type EventKind, waysOfAnswering, whatHappened, type Witness } from '#journey/onward/rules.ts'
import type { Part } from '#journey/packet/rules.ts'
import { type Happening, labelIn, within } from '#journey/timeline/rules.ts'

type Told = Readonly<{
  id: string
  referral: string
  serviceName: string
  kind: EventKind
  witness: Witness
  at: Temporal.Instant
  by: string | null
  how: string | null
  reason: string | null
  onDay: Temporal.PlainDate | null
  place: number | null
  sessions: number | null
  note: string | null
  /** The parts they said yes to, and all that would have been sent. */
  parts: readonly string[] | null
  packet: readonly Part[]
  read: boolean
}>

/** What happened with somebody who was passed on to a service. */
export function onwardTold({ id, at, by, referral, serviceName, kind, witness, read, ...event }: Told): Happening {
  const who: Readonly<Record<Witness, string | null>> = {
    ...{ team: by, person: by ?? 'the person themselves', service: by ?? serviceName, product: null },
  }
  const { how, onDay, place, sessions, note, parts, packet } = event
  const agreed = parts ? packet.filter(({ part }) => parts.includes(part)) : []
  return {
    ...{ id, at, kind: 'onward', by: who[witness], href: `/onward/${referral}` },
    what: `${serviceName}: ${within(whatHappened({ kind, reason: event.reason }))}`,
    text: [
      how && labelIn(waysOfAnswering, how),
      onDay && `Day: ${longDay(onDay)}`,
      place && `Place in the queue: ${place}`,
      sessions && `Sessions: ${sessions}`,
      note,
      ...agreed.map(({ label, value }) => `${label}: ${value}`),
    ].map((line) => line || null),
    mark: read ? undefined : 'Not read yet',
  }
}
