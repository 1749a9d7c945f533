import { Card, Tag } from '#platform/html/content.tsx'
import { grouped, standings, type Step } from '#journey/support/adjustments/rules.ts'

type CardProps = Readonly<{
  episode: Readonly<{ id: string }>
  person: Readonly<{ id: string }>
  adjustments: readonly Readonly<{ askedOn: Temporal.PlainDate; steps: readonly Step[] }>[]
}>

/** The ways to what the team advised and what is paid for. */
export const TeamCard = ({ episode }: Pick<CardProps, 'episode'>) => (
  <Card heading="The team and paid help" actions={<a href={`/episodes/${episode.id}/matters`}>The team</a>}>
    <p>
      What was put to clinicians and others, and what they advised. What is{' '}
      <a href={`/episodes/${episode.id}/budget`}>paid for them</a>.
    </p>
    <p>
      <a href={`/episodes/${episode.id}/pilots`}>Pilots they could take part in</a>
    </p>
  </Card>
)

/** How many adjustments at work stand how. */
export const AdjustmentsCard = ({ episode, person, adjustments }: CardProps) => (
  <Card
    heading="Adjustments at work"
    actions={<a href={`/episodes/${episode.id}/adjustments`}>{adjustments.length > 0 ? 'All adjustments' : 'Open'}</a>}
  >
    {adjustments.length === 0 ? <p>None is written down.</p> : null}
    {grouped(adjustments).map((group) => (
      <p key={group.standing}>
        <Tag colour={standings[group.standing].colour}>{standings[group.standing].label}</Tag>{' '}
        {group.adjustments.length}
      </p>
    ))}
    <p>
      <a href={`/people/${person.id}/employer`}>Their employer, and what it may be told</a>
    </p>
    <p>
      <a href={`/episodes/${episode.id}/advice`}>Advice from our occupational health</a>
    </p>
  </Card>
)
