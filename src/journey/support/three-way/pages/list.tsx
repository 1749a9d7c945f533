import { inWords } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Tag } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import {
  answerInWords,
  pointsOf,
  type Proposal,
  type State,
  stands,
  states,
  threeOf,
} from '#journey/support/three-way/rules.ts'

type ListProps = Readonly<{
  episode: string
  person: Readonly<{ id: string; name: string }>
  proposals: readonly (Proposal & Readonly<{ state: State }>)[]
  mayEdit: boolean
  now: Temporal.Instant
}>

/** Everything that was put to somebody's employers in a spell of support, and how each of the three stands to it. */
export const ThreeWayList = ({ episode, person, proposals, mayEdit, now }: ListProps) => {
  const put = (
    <p>
      <LinkButton href={`/episodes/${episode}/three-way/new`}>Put something to the employer</LinkButton>
    </p>
  )
  return (
    <Page
      title="Agreed at work"
      caption={person.name}
      lede="The person, their employer and you agree on adjustments and the phased return."
      back={{ href: `/episodes/${episode}/adjustments`, label: 'Back to the adjustments' }}
      width="reading"
    >
      {mayEdit && proposals.length > 0 ? put : null}
      {proposals.length === 0 ? (
        <EmptyState heading="Nothing was put to the employer yet" action={mayEdit ? put : undefined}>
          Choose adjustments and the phased return, see them as the employer will, and send a link. Their answers stand
          here, and on each adjustment.
        </EmptyState>
      ) : null}
      {proposals.map((one) => (
        <ProposalCard key={one.id} proposal={one} now={now} />
      ))}
    </Page>
  )
}

const ProposalCard = ({
  proposal,
  now,
}: Readonly<{ proposal: ListProps['proposals'][number]; now: Temporal.Instant }>) => {
  const { id, contact, organisation, state, at, sentAt } = proposal
  const { stands: three, reply } = threeOf(proposal)
  const answerTo = (place: number) => reply?.answers.find((one) => one.place === place)
  return (
    <Card
      heading={`${contact}, ${organisation}`}
      tag={<Tag colour={states[state].colour}>{states[state].label}</Tag>}
      actions={
        <a href={state === 'draft' ? `/three-way/${id}/preview` : `/three-way/${id}`}>
          {state === 'draft' ? 'See it and send it' : 'Open'}
          <span className="nhsuk-u-visually-hidden"> {contact}</span>
        </a>
      }
    >
      <SummaryList
        compact
        rows={[
          { label: sentAt ? 'Put to them' : 'Written', value: inWords(sentAt ?? at, now) },
          ...pointsOf(proposal).map(({ place, label }) => {
            const answer = answerTo(place)
            return { label, value: answer ? answerInWords(answer) : 'No answer yet' }
          }),
          { label: 'Employer', value: stands[three.employer].label },
          { label: 'Person', value: stands[three.participant].label },
          { label: 'Coach', value: stands[three.coach].label },
        ]}
      />
    </Card>
  )
}
