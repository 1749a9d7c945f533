import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { EmptyState, Inset, WarningCallout } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Form } from '#platform/html/form.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Answer, answers } from '#journey/passing-on/rules.ts'
import { partCodes, type Summary, summaryParts } from '#journey/summary/rules.ts'

type Person = Readonly<{ id: string; name: string }>
type Whole = Summary &
  Readonly<{
    id: string
    episode: string
    person: string
    name: string
    fromName: string | null
    toName: string | null
    at: Temporal.Instant
    answer: Answer | null
    words: string | null
    answeredBy: string | null
    withdrawn_at: Temporal.Instant | null
  }>

type NewProps = FormState &
  Readonly<{
    id: string
    episode: string
    person: Person
    takers: CodeList
    draft: Summary
    /** What the other coach asked about the offer before this one. */
    asked: Readonly<{ by: string | null; words: string | null }> | undefined
    /** The offer that waits for an answer, which another takes the place of. */
    standing: Readonly<{ id: string; toName: string | null; at: Temporal.Instant }> | undefined
    now: Temporal.Instant
  }>

const OfferOrNot = ({ person }: Readonly<{ person: string }>) => (
  <ButtonGroup>
    <Button>I have read it: offer them</Button>
    <LinkButton href={`/people/${person}`} secondary>
      Cancel
    </LinkButton>
  </ButtonGroup>
)

const Standing = ({ id, toName, at, now }: NonNullable<NewProps['standing']> & Pick<NewProps, 'now'>) => (
  <WarningCallout heading={`Offered already to ${toName ?? 'another coach'}`}>
    <p>
      <a href={`/passing-on/${id}`}>Offered {inWords(at, now)}</a>, and not answered yet. If you offer them again, the
      first offer is taken back.
    </p>
  </WarningCallout>
)

/** Passing somebody on to another coach: the summary as the record gives it, to be put right and confirmed. */
export const NewOffer = ({ id, episode, person, takers, draft, asked, standing, now, ...state }: NewProps) => (
  <FormPage
    title="Pass on to another coach"
    caption={person.name}
    width="reading"
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    action={`/episodes/${episode}/passing-on`}
    fields={{ id, seen: standing?.id ?? '' }}
    draft
    {...state}
  >
    <Inset>
      <p>
        The other coach reads this summary, and takes them or asks back. Until then nothing changes. Everything that is
        due goes along.
      </p>
    </Inset>
    {standing ? <Standing {...standing} now={now} /> : null}
    {asked ? (
      <WarningCallout heading={`${asked.by ?? 'The other coach'} asked`}>
        <p>{asked.words}</p>
      </WarningCallout>
    ) : null}
    {Object.keys(takers).length === 0 ? (
      <EmptyState heading="There is nobody to pass them on to">
        Another coach has to work for the same provider, or for one it shares its people with.
      </EmptyState>
    ) : (
      <>
        <SelectFrom name="coach" label="To whom?" hint="With what they look after now" list={takers} />
        {partCodes.map((part) => (
          <TextArea
            key={part}
            name={part}
            label={summaryParts[part].label}
            hint={part === 'first' ? summaryParts.first.hint : undefined}
            value={draft[part] ?? ''}
            rows={part === 'coming' || part === 'plan' ? 5 : 3}
            maximum={3000}
          />
        ))}
        <OfferOrNot person={person.id} />
      </>
    )}
  </FormPage>
)

/** The summary of somebody, as the other coach reads it. */
const SummaryOf = (summary: Summary) => (
  <SummaryList
    rows={partCodes.map((part) => ({ label: summaryParts[part].label, value: linesOf(summary[part]) }))}
    missing="Nothing"
  />
)

function linesOf(text: string | null) {
  if (text === null) return null
  return (
    <ul className="nhsuk-list">
      {text.split('\n').map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

type OfferProps = FormState &
  Readonly<{ offer: Whole; mine: boolean; moved: boolean; now: Temporal.Instant; booked: readonly string[] }>

/** Somebody who is passed on, for the coach who takes them or asks back; whoever offered them sees how it stands. */
export const OfferPage = ({ offer, mine, moved, now, booked, ...state }: OfferProps) => {
  const over = moved || offer.answer !== null || offer.withdrawn_at !== null
  return (
    <Page
      title={mine ? 'Passed on to you' : 'Passed on'}
      caption={offer.name}
      back={{ href: '/passing-on', label: 'Passing on' }}
      width="reading"
      problems={state.problems}
    >
      <p>
        {offer.fromName} to {offer.toName}, {inWords(offer.at, now)}.{' '}
        <a href={`/people/${offer.person}`}>Open the record</a>
      </p>
      <SummaryOf {...offer} />
      {offer.answer === null ? null : (
        <Inset>
          <p>
            {offer.answeredBy}: {answers[offer.answer].label}. {offer.words}
          </p>
        </Inset>
      )}
      {booked.length > 0 && !over ? <StillBooked booked={booked} from={offer.fromName} /> : null}
      {mine && !over ? <AnswerForm offer={offer} {...state} /> : null}
      {over && offer.answer === null ? (
        <p>This offer stands no more: somebody has changed who looks after them.</p>
      ) : null}
      {mine || moved || offer.withdrawn_at !== null ? null : <Own offer={offer} />}
    </Page>
  )
}

const StillBooked = ({ booked, from }: Readonly<{ booked: readonly string[]; from: string | null }>) => (
  <WarningCallout heading="Still booked">
    <p>These appointments stay with {from} until somebody moves them:</p>
    <ul>
      {booked.map((when) => (
        <li key={when}>{when}</li>
      ))}
    </ul>
  </WarningCallout>
)

const AnswerForm = ({ offer, ...state }: FormState & Readonly<{ offer: Whole }>) => (
  <Form action={`/passing-on/${offer.id}`} {...state}>
    <RadiosFrom name="answer" label="Do you take them?" list={answers} />
    <TextArea name="words" label="What you need to know, or what you say to it" rows={3} maximum={1000} />
    <Button>Send the answer</Button>
  </Form>
)

const Own = ({ offer }: Readonly<{ offer: Whole }>) => (
  <ButtonGroup>
    {offer.answer === 'asked-back' ? (
      <LinkButton href={`/episodes/${offer.episode}/passing-on`}>Answer and offer again</LinkButton>
    ) : null}
    {offer.answer === 'accepted' ? null : (
      <ButtonForm action={`/passing-on/${offer.id}/withdrawal`} secondary>
        Take the offer back
      </ButtonForm>
    )}
  </ButtonGroup>
)
