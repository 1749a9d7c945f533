import { dayOf, inWords, longDay } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Chosen, Instrument } from '#registers/instruments/rules.ts'
import { labelOf, resultInWords } from '#registers/questionnaires/rules.ts'

type Person = Readonly<{ id: string; name: string }>

/** One answered instrument as it is shown; codes come from the database. */
type ShownAnswer = Readonly<{
  id: string
  instrument: string
  version: number
  items: Chosen
  score: number | null
  band: string | null
  missing: number
  answered_at: Temporal.Instant
  answered_by: string
  typed_in: boolean
  by: string | null
  /** Why it was taken back; null where it stands. */
  takenBack: string | null
}>

type AllProps = Readonly<{
  person: Person
  offered: readonly Instrument[]
  answers: readonly ShownAnswer[]
  now: Temporal.Instant
}>

/** Everything a person answered, and what may be asked now. */
export const Questionnaires = ({ person, offered, answers, now }: AllProps) => (
  <Page
    title="Questionnaires"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
  >
    <h2 className="nhsuk-heading-m">Ask now</h2>
    <p>
      <LinkButton href={`/people/${person.id}/questionnaires/baseline`}>Ask the usual questions</LinkButton>
    </p>
    <p>Or one alone:</p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {offered.map(({ code, label }) => (
        <li key={code}>
          <a href={`/people/${person.id}/questionnaires/${code}`}>{label}</a>
        </li>
      ))}
    </ul>
    <OtherWays person={person.id} />
    <OverTime person={person.id} answers={answers} />
    <Table
      caption="Answers so far"
      captionSize="m"
      columns={columns(person.id, now)}
      rows={answers}
      rowKey={({ id }) => id}
      empty="Answers appear here, the newest first, once a questionnaire has been answered."
    />
    <Inset>
      <p>A change between two answers has many causes. It does not show that the service brought it about.</p>
    </Inset>
    {answers.length === 0 ? null : (
      <p>
        <a href={`/people/${person.id}/questionnaires/responses.json`}>
          Download the answers for another system (FHIR QuestionnaireResponse)
        </a>
      </p>
    )}
  </Page>
)

/** The other ways by which answers come in. */
const OtherWays = ({ person }: Readonly<{ person: string }>) => (
  <>
    <p>
      <a href={`/people/${person}/questionnaires/links`}>Let them answer on their own phone, by a link</a>
    </p>
    <p>
      <a href={`/people/${person}/questionnaires/scores`}>Enter a score from a paper form</a>
    </p>
  </>
)

/** What can be looked at over time: whatever gives a number. */
function OverTime({ person, answers }: Readonly<{ person: string; answers: readonly ShownAnswer[] }>) {
  const standing = answers.filter(({ takenBack }) => takenBack === null)
  const codes = [...new Set(standing.map(({ instrument }) => instrument))].filter(
    (code) => code !== 'long-lasting-condition',
  )
  if (codes.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">Over time</h2>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {codes.map((code) => (
          <li key={code}>
            <a href={`/people/${person}/questionnaires/${code}/trend`}>{labelOf(code)}</a>
          </li>
        ))}
      </ul>
    </>
  )
}

const columns = (person: string, now: Temporal.Instant): readonly Column<ShownAnswer>[] => [
  { key: 'instrument', label: 'Questionnaire', names: true, cell: ({ instrument }) => labelOf(instrument) },
  { key: 'result', label: 'Result', cell: (answer) => resultInWords(answer.instrument, answer) },
  { key: 'missing', label: 'Left open', numeric: true, cell: ({ missing }) => missing },
  {
    key: 'when',
    label: 'When',
    cell: ({ answered_at: at, typed_in }) => (typed_in ? longDay(dayOf(at)) : inWords(at, now)),
  },
  {
    key: 'how',
    label: 'How',
    cell: (answer) => {
      const { answered_by, by, typed_in } = answer
      if (typed_in) return <FromPaper person={person} answer={answer} />
      return answered_by === 'self' ? 'By the person' : `Asked by ${by ?? 'staff'}`
    },
  },
]

const FromPaper = ({ person, answer }: Readonly<{ person: string; answer: ShownAnswer }>) => (
  // One thing for a phone, where the parts of a cell would stand beside each other.
  <span>
    {answer.by === null ? 'A score from another area' : `From paper, typed in by ${answer.by}`}
    <br />
    {answer.takenBack === null ? (
      <a href={`/people/${person}/questionnaires/scores/${answer.id}`}>
        Take it back<span className="nhsuk-u-visually-hidden">: {labelOf(answer.instrument)}</span>
      </a>
    ) : (
      <>
        <Tag colour="grey">Taken back</Tag> {answer.takenBack}
      </>
    )}
  </span>
)
