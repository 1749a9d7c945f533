import { inWords } from '#platform/dates.ts'
import { Card, Tag } from '#platform/html/content.tsx'
import { type Purpose, purposes, stateOf, states } from '#journey/appointment/rules.ts'
import { type Mode, modes, type Times } from '#journey/invitation/rules.ts'

export type AwaitedAppointment = Times &
  Readonly<{ id: string; purpose: Purpose; mode: Mode; memberName: string | null }>

type AwaitedProps = Readonly<{
  appointments: readonly AwaitedAppointment[]
  episode: Readonly<{ id: string }>
  now: Temporal.Instant
}>

/** The appointments to come, and those of which nobody has said how they went. */
export const Awaited = ({ appointments, episode, now }: AwaitedProps) => (
  <Card heading="Appointments" actions={<a href={`/episodes/${episode.id}/appointments`}>All appointments</a>}>
    {appointments.length === 0 ? (
      <p>None is booked.</p>
    ) : (
      <ul className="nhsuk-list">
        {appointments.map((one) => (
          <li key={one.id}>
            <a href={`/appointments/${one.id}`}>{inWords(one.startsAt, now)}</a>,{' '}
            {purposes[one.purpose].label.toLowerCase()}, {modes[one.mode].label.toLowerCase()} with {one.memberName}{' '}
            <State {...one} now={now} />
          </li>
        ))}
      </ul>
    )}
  </Card>
)

const State = (one: AwaitedAppointment & { now: Temporal.Instant }) => {
  const state = stateOf({ ...one, result: null }, one.now)
  return state === 'to-come' ? null : <Tag colour={states[state].colour}>{states[state].label}</Tag>
}
