import { dayInWords, dayOf } from '#platform/dates.ts'
import { Card, Tag } from '#platform/html/content.tsx'
import { type State, states } from '#journey/onward/rules.ts'

export type RecordOnward = Readonly<{ id: string; serviceName: string; state: State; stateAt: Temporal.Instant }>

type OnwardProps = Readonly<{
  person: Readonly<{ id: string }>
  onward: readonly RecordOnward[]
  now: Temporal.Instant
}>

/** The services somebody was passed on to, and where each stands. */
export const OnwardCard = ({ person, onward, now }: OnwardProps) => (
  <Card heading="Onward referrals" actions={<a href={`/people/${person.id}/onward`}>All onward referrals</a>}>
    {onward.length === 0 ? (
      <p>They were passed on to no service yet.</p>
    ) : (
      <ul className="nhsuk-list">
        {onward.map(({ id, serviceName, state, stateAt }) => (
          <li key={id}>
            <a href={`/onward/${id}`}>{serviceName}</a> <Tag colour={states[state].colour}>{states[state].label}</Tag>{' '}
            {dayInWords(dayOf(stateAt), dayOf(now))}
          </li>
        ))}
      </ul>
    )}
    <p>
      <a href={`/people/${person.id}/support-now`}>Support now, in-house and outside</a>
    </p>
    <p>
      <a href={`/people/${person.id}/programmes`}>Intensive programmes: who may come in</a>
    </p>
  </Card>
)
