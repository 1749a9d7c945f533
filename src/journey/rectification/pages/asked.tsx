import { dayOf, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset, PrintLink, WarningCallout } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import {
  answerBy,
  isRefused,
  parts,
  results,
  type Result,
  waysItCame,
  waysOfAsking,
} from '#journey/rectification/rules.ts'
import type { Part, Told, WayItCame } from '#journey/rectification/rules.ts'

type Person = Readonly<{ id: string; name: string }>
const backTo = ({ id }: Person) => ({ href: `/people/${id}/keeping`, label: 'Their record and what they asked' })

type NewProps = FormState & Readonly<{ id: string; person: Person; today: Temporal.PlainDate }>

/** Writing down what somebody says is wrong in their record. */
export const NewCorrection = ({ id, person, today, ...state }: NewProps) => (
  <FormPage
    title="They say something is wrong"
    caption={person.name}
    width="reading"
    back={backTo(person)}
    action={`/people/${person.id}/corrections`}
    fields={{ id }}
    draft
    {...state}
  >
    <RadiosFrom name="about" label="What is it about?" list={parts} />
    <TextArea
      name="says"
      label="What do they say is wrong, and what is right?"
      hint="In their own words. They stand on the record as they are written here"
      rows={5}
      maximum={2000}
    />
    <RadiosFrom name="how" label="How did they tell us?" list={waysOfAsking} />
    <DateField name="askedOn" label="When?" hint="They have an answer within a month of this day" value={`${today}`} />
    <Button>Save what they said</Button>
  </FormPage>
)

type Shown = Readonly<{
  id: string
  about: Part
  says: string
  how: WayItCame
  askedOn: Temporal.PlainDate
  result: Result | null
  words: string | null
  by: string | null
  answeredBy: string | null
  answeredAt: Temporal.Instant | null
  told: Told | null
}>

const Asked = ({ about, says, how, askedOn, by }: Shown) => (
  <SummaryList
    rows={[
      { label: 'About', value: parts[about].label },
      { label: 'They say', value: says },
      { label: 'Asked', value: `${longDay(askedOn)}, ${waysItCame[how].label.toLowerCase()}` },
      ...(how === 'space' ? [] : [{ label: 'Written down by', value: by }]),
    ]}
  />
)

type AnswerProps = FormState & Readonly<{ person: Person; correction: Shown }>

/** Answering what somebody said is wrong: corrected, corrected in part, or a note of disagreement. */
export const AnswerCorrection = ({ person, correction, ...state }: AnswerProps) => (
  <FormPage
    title="Answer what they say is wrong"
    caption={person.name}
    width="reading"
    back={backTo(person)}
    action={`/corrections/${correction.id}`}
    draft
    {...state}
  >
    <Inset>
      <p>They are to have an answer by {longDay(answerBy(correction.askedOn))}.</p>
    </Inset>
    <Asked {...correction} />
    <RadiosFrom name="result" label="What came of it?" list={results} />
    <TextArea
      name="words"
      label="What you corrected, and your reasons where something stays as it is"
      hint="Plain words, to the person: they read this. Where something stays, we also tell them that they can complain to the Information Commissioner"
      rows={5}
      maximum={2000}
    />
    <ButtonGroup>
      <Button>Save and tell them</Button>
      <LinkButton href={`/people/${person.id}`} secondary>
        Open the record
      </LinkButton>
    </ButtonGroup>
  </FormPage>
)

type Area = Readonly<{ name: string; phone: string | null; email: string | null }>
type Answered = Shown & Readonly<{ result: Result }>
type AnsweredProps = Readonly<{ person: Person; correction: Answered; area: Area }>

/** What somebody said is wrong, what came of it, how they are told, and the answer as a letter. */
export const AnsweredCorrection = ({ person, correction, area }: AnsweredProps) => (
  <Page
    title="What they said was wrong"
    caption={person.name}
    width="reading"
    back={backTo(person)}
    actions={<PrintLink>Print the answer</PrintLink>}
  >
    {correction.told === null ? <TellThem {...correction} /> : null}
    <Asked {...correction} />
    <h2 className="nhsuk-heading-m">Answer</h2>
    <SummaryList
      rows={[
        { label: 'What came of it', value: results[correction.result].label },
        { label: 'Answered by', value: correction.answeredBy },
        ...(correction.told === null ? [] : [{ label: 'They are told', value: toldInWords[correction.told] }]),
      ]}
    />
    <Letter {...{ person, correction, area }} />
  </Page>
)

const toldInWords: Readonly<Record<Told, string>> = {
  text: 'By a text that says where to read the answer, in their space',
  email: 'By an email that says where to read the answer, in their space',
}

const TellThem = ({ askedOn }: Answered) => (
  <WarningCallout heading="Tell them yourself">
    <p>
      No message tells them of this answer: they have no access online, or no safe way to be written to. Tell them, or
      print the answer below and give it to them, by {longDay(answerBy(askedOn))}.
    </p>
  </WarningCallout>
)

const Letter = ({
  person,
  correction: { askedOn, says, result, words, answeredBy, answeredAt },
  area,
}: AnsweredProps) => (
  <article className="ww-letter" aria-label="The answer">
    <p className="ww-letter__from">
      <strong>{area.name}</strong>
      {area.phone ? (
        <>
          <br />
          {area.phone}
        </>
      ) : null}
    </p>
    {answeredAt ? <p>{longDay(dayOf(answeredAt))}</p> : null}
    <p>Dear {person.name},</p>
    <p>You told us on {longDay(askedOn)} that something in your record is wrong. You said:</p>
    <p>{says}</p>
    <p>{letterSays[result]}</p>
    <p>{words}</p>
    {isRefused(result) ? <Complain {...area} /> : null}
    <p>
      {answeredBy}
      <br />
      {area.name}
    </p>
  </article>
)

const letterSays: Readonly<Record<Result, string>> = {
  corrected: 'It was wrong, and we have corrected it. What we did:',
  partly:
    'A part of it was wrong, and we have corrected that. The rest stays as it is, and your words stand beside it. What we did, and our reasons:',
  noted:
    'We have not changed it. Your words stand beside it, so that everybody who reads your record knows what you say. Our reasons:',
}

const Complain = ({ phone, email }: Area) => (
  <p>
    If you think this is wrong, tell us
    {phone ? ` on ${phone}` : ''}
    {email ? `${phone ? ' or' : ''} at ${email}` : ''}. You can also complain to the Information Commissioner’s Office
    on 0303 123 1113 or at ico.org.uk, or ask a court to decide.
  </p>
)
