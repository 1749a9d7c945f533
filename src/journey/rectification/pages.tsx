import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { answerBy, type Part, parts, type Result, results, type WayOfAsking, waysOfAsking } from './rules.ts'

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
  how: WayOfAsking
  askedOn: Temporal.PlainDate
  result: Result | null
  words: string | null
  by: string | null
  answeredBy: string | null
}>

const Asked = ({ about, says, how, askedOn, by }: Shown) => (
  <SummaryList
    rows={[
      { label: 'About', value: parts[about].label },
      { label: 'They say', value: says },
      { label: 'Asked', value: `${longDay(askedOn)}, ${waysOfAsking[how].label.toLowerCase()}` },
      { label: 'Written down by', value: by },
    ]}
  />
)

type AnswerProps = FormState & Readonly<{ person: Person; correction: Shown }>

/** Answering what somebody said is wrong: corrected, or a note of disagreement. */
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
      <p>They have an answer by {longDay(answerBy(correction.askedOn))}.</p>
    </Inset>
    <Asked {...correction} />
    <RadiosFrom name="result" label="What came of it?" list={results} />
    <TextArea
      name="words"
      label="Your answer to them"
      hint="What was corrected, or why it stays. They may read it, and complain to the Information Commissioner"
      rows={4}
      maximum={2000}
    />
    <ButtonGroup>
      <Button>Save the answer</Button>
      <LinkButton href={`/people/${person.id}`} secondary>
        Open the record
      </LinkButton>
    </ButtonGroup>
  </FormPage>
)

/** What somebody said is wrong, and what came of it. */
export const AnsweredCorrection = ({ person, correction }: Omit<AnswerProps, keyof FormState>) => (
  <Page title="What they said was wrong" caption={person.name} width="reading" back={backTo(person)}>
    <Asked {...correction} />
    <h2 className="nhsuk-heading-m">Answer</h2>
    <SummaryList
      rows={[
        { label: 'What came of it', value: correction.result && results[correction.result].label },
        { label: 'Our answer', value: correction.words },
        { label: 'Answered by', value: correction.answeredBy },
      ]}
    />
  </Page>
)
