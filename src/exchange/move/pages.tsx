import { dayOf, inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Details, Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList, Timeline } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { inSentences } from '#registers/details/rules.ts'
import { writtenBy } from '#journey/timeline/rules.ts'
import { answers, askedInWords, type Reached, reachingInWords, states, staysInWords } from './rules.ts'

type Told = Readonly<{ at: string; what: string; text: readonly string[]; by: string | null; from: string | null }>

/** What stands in a package, as its pages show it. */
export type Contents = Readonly<{
  person: Reached &
    Readonly<{ givenName: string; familyName: string; accessNeeds: readonly string[]; noFixedAddress: boolean }> &
    Readonly<Record<'address' | 'postcode' | 'gpPractice' | 'gpPracticeCode' | 'jobcentre', string | null>>
  goals: readonly Readonly<{ words: string; actions: readonly unknown[] }>[]
  answers: readonly unknown[]
  measures: readonly unknown[]
  asked: readonly Readonly<{ service: string; sentAt: string }>[]
  story: readonly Told[]
}>

type Shown = Readonly<{ contents: Contents; council: string | null }>

const Inside = ({ contents, council }: Shown) => {
  const { person, goals, answers: given, measures, asked, story } = contents
  return (
    <>
      <SummaryList
        rows={[
          { label: 'Who', value: `${person.givenName} ${person.familyName}` },
          { label: 'Where they live', value: inOneLine([homeless(person), person.address, person.postcode, council]) },
          { label: 'GP practice', value: inOneLine([person.gpPractice, person.gpPracticeCode]) },
          { label: 'Jobcentre', value: person.jobcentre },
          { label: 'Reaching them safely', value: inSentences(reachingInWords(person)) },
          { label: 'Needs', value: person.accessNeeds.join(', ') },
          { label: 'Goals', value: goals.map(({ words }) => words).join('; ') },
          { label: 'Questionnaires, answer by answer', value: `${given.length}` },
          { label: 'Scores', value: `${measures.length}` },
          { label: 'Asked of services, which answer the area they come from', value: askedInWords(asked).join('; ') },
        ]}
        missing="Nothing"
      />
      <Details summary={`The story: ${story.length} entries`}>
        <Timeline
          happenings={story.map((one, place) => ({
            key: `${place}`,
            what: one.what,
            when: longDay(dayOf(Temporal.Instant.from(one.at))),
            moment: one.at,
            by: writtenBy({ by: one.by, ...(one.from === null ? {} : { from: one.from }) }),
            text: one.text.join(' · '),
          }))}
          empty="Nothing is written down yet."
        />
      </Details>
    </>
  )
}

const inOneLine = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null && part !== '').join(', ')
const homeless = ({ noFixedAddress }: Contents['person']) => (noFixedAddress ? 'No fixed address' : null)

type NewProps = FormState &
  Shown &
  Readonly<{
    id: string
    episode: string
    person: Readonly<{ id: string; name: string }>
    areas: CodeList
    /** They wrote and nobody has answered. */
    wrote: boolean
  }>

/** Offering somebody to the area they move to, after the coach has seen what goes along. */
export const NewMove = ({ id, episode, person, areas, contents, council, wrote, ...state }: NewProps) => (
  <FormPage
    title="Hand over to another area"
    caption={person.name}
    width="reading"
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    action={`/episodes/${episode}/move`}
    fields={{ id }}
    {...state}
  >
    <Inset>
      <p>
        The other area sees their age, district, stage and needs, and not who they are. If it accepts, their record is
        made there and support ends here as moved. Until then you stay responsible.
      </p>
    </Inset>
    <WhichArea areas={areas} />
    <TextArea
      name="why"
      label="Why do they move, and what should the other area know to decide?"
      hint="Not their name"
      rows={3}
      maximum={1000}
    />
    <h2 className="nhsuk-heading-m">What goes along</h2>
    <Inside contents={contents} council={council} />
    <p>Messages stay here, and what they agreed to is asked again there.</p>
    <p>{staysInWords(contents.asked)}</p>
    {wrote ? <TheyWrote person={person.id} /> : null}
    <Tick
      name="withConcerns"
      label="Safety concerns that I may read go along too"
      hint="One that is open here is open there too, and whoever leads on duty there is told at once."
    />
    <Tick name="agreed" label="I have told this person what goes along, and they agree" />
    {Object.keys(areas).length > 0 ? <Button>Offer them to this area</Button> : null}
  </FormPage>
)

const TheyWrote = ({ person }: Readonly<{ person: string }>) => (
  <WarningCallout heading="They wrote to you and nobody has answered">
    <p>
      It stays here and does not go along. Once the other area has accepted, it stands on nobody’s day.{' '}
      <a href={`/people/${person}/messages`}>Read what they wrote</a>
    </p>
  </WarningCallout>
)

const WhichArea = ({ areas }: Pick<NewProps, 'areas'>) =>
  Object.keys(areas).length > 0 ? (
    <SelectFrom name="toArea" label="Which area?" list={areas} />
  ) : (
    <p>
      No other area works with this product here, so there is none to choose. Arrange the move with the other area by
      telephone.
    </p>
  )

type PackageProps = Shown &
  Readonly<{
    given: Readonly<{ id: string; person: string; at: Temporal.Instant; answer: string | null; words: string | null }> &
      Readonly<{ /** What whoever offered them wrote to the other area. */ why: string }>
    name: string
    area: string
    now: Temporal.Instant
  }>

/** How an offer to another area stands. */
export const PackagePage = ({ given, name, area, contents, council, now }: PackageProps) => (
  <Page
    title={given.answer === 'accepted' ? 'Gone on in another area' : 'Offered to another area'}
    caption={name}
    width="reading"
    back={{ href: `/people/${given.person}`, label: 'Back to the record' }}
  >
    <SummaryList
      rows={[
        { label: 'To', value: area },
        { label: 'Offered', value: inWords(given.at, now) },
        { label: 'Why', value: given.why },
        { label: 'State', value: <State answer={given.answer} /> },
        { label: 'They say', value: given.words },
      ]}
      missing="Nothing yet"
    />
    <Inside contents={contents} council={council} />
    {given.answer === null ? (
      <ButtonForm action={`/moves/${given.id}/withdrawal`} secondary>
        Take the offer back
      </ButtonForm>
    ) : null}
  </Page>
)

const State = ({ answer, asked }: Readonly<{ answer: string | null; asked?: boolean }>) => {
  const state = states[answer ?? (asked ? 'asked' : 'waiting')]
  return state ? <Tag colour={state.colour}>{state.label}</Tag> : null
}

type Arrival = Readonly<{ id: string; fromName: string; at: Temporal.Instant; answer: string | null; why: string }>

/** Who is offered to this area by others. */
export const Arrivals = ({ arrivals, now }: Readonly<{ arrivals: readonly Arrival[]; now: Temporal.Instant }>) => (
  <Page
    title="From other areas"
    lede="People who move here and get support elsewhere. Their own area is responsible until you accept."
  >
    <Table
      caption="Offered to you"
      captionSize="hidden"
      columns={columns(now)}
      rows={arrivals}
      rowKey={({ id }) => id}
      empty="When somebody moves here from another area, it appears here with what you need to decide."
    />
  </Page>
)

const columns = (now: Temporal.Instant): readonly Column<Arrival>[] => [
  { key: 'from', label: 'From', names: true, cell: ({ id, fromName }) => <a href={`/arrivals/${id}`}>{fromName}</a> },
  { key: 'when', label: 'Offered', cell: ({ at }) => inWords(at, now) },
  { key: 'why', label: 'Why', prose: true, cell: ({ why }) => why },
  { key: 'state', label: 'State', cell: ({ answer }) => <State answer={answer} asked /> },
]

type ArrivalProps = FormState &
  Readonly<{
    arrival: Arrival & Readonly<{ offeredBy: string; words: string | null; person: string | null }>
    deciding: readonly Readonly<{ label: string; value: string }>[]
    /** All of it, once it was accepted and this reader may open the record. */
    contents: Contents | undefined
    council: string | null
    now: Temporal.Instant
  }>

/** One offer of another area: what is needed to decide, and after it was accepted all that came. */
export const ArrivalPage = ({ arrival, deciding, contents, council, now, problems, typed }: ArrivalProps) => (
  <Page
    title={`From ${arrival.fromName}`}
    width="reading"
    back={{ href: '/arrivals', label: 'From other areas' }}
    problems={problems}
  >
    <SummaryList
      rows={[
        { label: 'Offered', value: `${inWords(arrival.at, now)}, ${arrival.offeredBy}` },
        { label: 'Why', value: arrival.why },
        { label: 'State', value: <State answer={arrival.answer} asked /> },
        ...(arrival.answer === null ? deciding : [{ label: 'Answer', value: arrival.words }]),
      ]}
    />
    {contents ? (
      <>
        <p>
          <a href={`/people/${arrival.person ?? ''}`}>Open the record</a>
        </p>
        <Inside contents={contents} council={council} />
      </>
    ) : null}
    {arrival.answer === null ? (
      <Form action={`/arrivals/${arrival.id}`} {...{ problems, typed }}>
        <RadiosFrom name="answer" label="Do you take them?" list={answers} />
        <TextArea name="words" label="What you say to it" rows={3} maximum={1000} />
        <Button>Send the answer</Button>
      </Form>
    ) : null}
  </Page>
)
