import { Card, Marked, WarningCallout, Warnings } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { kindInWords } from '#registers/means/rules.ts'
import { marksOf, needsInWords, type Reaching, warningsBefore } from '#journey/reaching/rules.ts'

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
export const SafetyFirst = ({ person: { safeNote }, reaching }: ReachProps) => (
  <Warnings
    warnings={warningsBefore({ safeNote, reaching }, 'Only reach out where there is a reason that cannot wait.')}
  />
)

/** The means on record, and what the person needs so that they can take part. */
export const HowToReach = ({ person, reaching }: ReachProps) => (
  <Card heading="How to reach them" level={2}>
    <SummaryList
      compact
      rows={[
        ...reaching.means.map((means, place) => ({
          label: `${kindInWords(means)}${place === 0 ? ' (first choice)' : ''}`,
          value: <Marked text={means.value} marks={marksOf(means)} />,
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
