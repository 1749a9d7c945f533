import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Inset, WarningCallout } from '#platform/html/content.tsx'
import { CrisisWords } from '#platform/html/footer.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { useSay } from '#platform/html/say.tsx'
import type { Instrument } from '#registers/instruments/rules.ts'
import { type Reading, readInWords } from '#registers/safety-arrangement/rules.ts'
import { fieldOf } from '#registers/questionnaires/rules.ts'

type Person = Readonly<{ id: string; name: string }>

export const waysOfAnswering = {
  staff: { label: 'I asked and wrote the answers down' },
  self: { label: 'The person filled it in' },
} as const

type AskingProps = FormState &
  Readonly<{
    person: Person
    form: string
    set: string
    asked: readonly Instrument[]
    from: string | undefined
    /** When somebody on duty reads an answer that asks for them; nothing where no such question is asked. */
    read: Reading | undefined
  }>

/** Asks the instruments of a set, one after the other. Every question may be left open. */
export const AskQuestions = ({ person, form, set, asked, from, read, problems, typed }: AskingProps) => {
  const [alone] = asked.length === 1 ? asked : []
  return (
    <FormPage
      title={alone?.label ?? 'How things are now'}
      caption={person.name}
      lede="Every question may be left open."
      back={{ href: from ? `/people/${person.id}` : `/people/${person.id}/questionnaires` }}
      action={`/people/${person.id}/questionnaires/${set}`}
      fields={{ form, ...(from === undefined ? {} : { from }) }}
      width="reading"
      problems={problems}
      typed={typed}
    >
      {asked.map((one) => (
        <Questions key={one.code} instrument={one} heading={alone === undefined} />
      ))}
      {read === undefined ? null : <WhenItIsRead read={read} />}
      <RadiosFrom name="answered-by" label="How was it answered?" list={waysOfAnswering} />
      <Button>Save the answers</Button>
    </FormPage>
  )
}

/** Said before the answers are sent: who reads an answer that speaks of harm, when, and whom to call until then. */
const WhenItIsRead = ({ read }: { read: Reading }) => {
  const say = useSay()
  return (
    <WarningCallout heading="Before you save" level={2}>
      <p>
        Any answer above “not at all” to the question about being better off dead opens a concern, and whoever is on
        duty is told. They read it {readInWords(say, read)}. Say so to the person.
      </p>
      <p>
        <CrisisWords />
      </p>
    </WarningCallout>
  )
}

function Questions({ instrument, heading }: { instrument: Instrument; heading: boolean }) {
  const { code } = instrument
  return (
    <>
      {heading ? <h2 className="nhsuk-heading-m">{instrument.label}</h2> : null}
      <p>{instrument.lede}</p>
      {Object.entries(instrument.items).map(([item, { text, answers }]) =>
        // Eleven numbers side by side do not fit on a phone, and a number is typed faster than it is aimed at.
        Object.keys(answers).length > 7 ? (
          <SelectFrom key={item} name={fieldOf(code, item)} label={text} list={answers} empty="Left open" />
        ) : (
          <RadiosFrom key={item} name={fieldOf(code, item)} label={text} list={answers} />
        ),
      )}
      <p className="nhsuk-hint">{instrument.source}.</p>
    </>
  )
}

/** Shown instead of questions until the person has agreed to take part. */
export const AgreeFirst = ({ person }: { person: Person }) => (
  <Page title="Ask for agreement first" caption={person.name} back={{ href: `/people/${person.id}` }} width="reading">
    <p>Nothing about health is asked or kept before the person has agreed to take part, or after they withdrew.</p>
    <LinkButton href={`/people/${person.id}/agreements/new`}>Record what they agree to</LinkButton>
  </Page>
)

type AlertProps = Readonly<{ person: Person; concerns: string | undefined }>

/** What has to happen today after an answer about being better off dead or hurting oneself. */
export const TalkToday = ({ person, concerns }: AlertProps) => {
  return (
    <Page title="Talk with this person today" caption={person.name} width="reading">
      <WarningCallout heading="An answer speaks of being better off dead, or of hurting oneself">
        <p>
          A score does not say what will happen, and no answer is too small to ask about. Somebody has to talk with them
          today, before the end of the day.
        </p>
      </WarningCallout>
      <ol className="nhsuk-list nhsuk-list--number">
        <li>
          Ask now, in plain words: do they think of ending their life, how, when, and do they have what they would need?
        </li>
        <li>If there is danger now, call 999 and stay with them or on the line.</li>
        <li>Tell the duty lead today. Never carry this alone.</li>
        <li>Write down what was said, who was told and what was done.</li>
      </ol>
      <Inset>
        <p>Give them these numbers:</p>
        <p>
          <CrisisWords />
        </p>
      </Inset>
      <p>A concern has been opened for this answer, to be looked at today.</p>
      <ButtonGroup>
        {concerns === undefined ? null : <LinkButton href={concerns}>Open the concern</LinkButton>}
        <a href={`/people/${person.id}/questionnaires`}>Back to the questionnaires</a>
      </ButtonGroup>
    </Page>
  )
}
