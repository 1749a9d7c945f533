import { Card, Tag, WarningCallout } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { kindInWords } from '#registers/means/rules.ts'
import { type Means, needsInWords, type Reaching } from '#journey/reaching/rules.ts'

/** What somebody needs to know of a person before reaching for the phone. */
export type Reached = Readonly<{
  id: string
  name: string
  safeNote: string | null
  bestTime: string | null
  language: string | null
  interpreter: string | null
  accessNote: string | null
}>

type ReachProps = Readonly<{ person: Reached; reaching: Reaching }>

/** The safe-contact rule, which comes first on any screen. */
export const SafetyFirst = ({ person, reaching }: ReachProps) => (
  <>
    {person.safeNote ? (
      <WarningCallout heading="How to reach them safely">
        <p>{person.safeNote}</p>
      </WarningCallout>
    ) : null}
    {reaching.wantsContact === false ? (
      <WarningCallout heading="Does not want to be contacted">
        <p>The person said no to being contacted. Only reach out where there is a reason that cannot wait.</p>
      </WarningCallout>
    ) : null}
  </>
)

/** The means on record, and what the person needs so that they can take part. */
export const HowToReach = ({ person, reaching }: ReachProps) => (
  <Card heading="How to reach them" level={2}>
    <SummaryList
      compact
      rows={[
        ...reaching.means.map((means, place) => ({
          label: `${kindInWords(means)}${place === 0 ? ' (first choice)' : ''}`,
          value: <OneMeans {...means} />,
        })),
        { label: 'Best time', value: person.bestTime },
        { label: 'Language', value: person.language },
        { label: 'Interpreter', value: person.interpreter },
        { label: 'Needs', value: needsInWords(reaching.accessNeeds, person.accessNote) },
      ]}
    />
    <a href={`/people/${person.id}/details`}>Change these details</a>
  </Card>
)

const OneMeans = ({ value, safe, wanted, voicemail_safe, kind }: Means) => (
  <>
    {value}
    <br />
    {safe ? null : <Tag colour="red">Not safe</Tag>} {wanted ? null : <Tag colour="orange">Not wanted</Tag>}{' '}
    {safe && wanted ? <Tag colour="green">Safe</Tag> : null}{' '}
    {voicemail_safe || kind === 'email' || kind === 'post' ? null : <Tag colour="yellow">No voicemail</Tag>}
  </>
)

/** That enough was tried: a question for a person, never an ending by itself. */
export const MayBeUnreachable = ({ episode }: Readonly<{ episode: string }>) => (
  <WarningCallout heading="They may be unreachable">
    <p>
      The tries that this area asks for were made, in more than one way. You can try again, or{' '}
      <a href={`/episodes/${episode}/ending`}>end support because they could not be reached</a>.
    </p>
    <p>
      Nobody is ended by the system, and nobody while a safety concern is open. Look at{' '}
      <a href={`/episodes/${episode}/concerns`}>the concerns</a> first.
    </p>
  </WarningCallout>
)
