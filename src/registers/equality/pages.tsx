import { dayOf, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { calledName, type Person } from '#registers/people/rules.ts'
import { type Question, questions } from './rules.ts'

type EqualityProps = FormState &
  Readonly<{
    person: Person
    known: readonly Question[]
    askedAt: Temporal.Instant | undefined
    version: number
  }>

/** The equality questions: each says why it is asked, and none has to be answered. */
export const Equality = ({ person, known, askedAt, version, problems, typed }: EqualityProps) => (
  <Page
    title="Equality questions"
    caption={calledName(person)}
    back={{ href: `/people/${person.id}/details`, label: 'Back to details' }}
    problems={problems}
    width="reading"
  >
    <p>
      Read these out, or let the person read them. Every question may be left out or answered with “prefer not to say”,
      and nothing about their support depends on it.
    </p>
    <p>
      <strong>Who sees the answers:</strong> nobody sees them one by one, and so they are not shown here once they are
      saved. They are only counted, and small counts are hidden.
    </p>
    {askedAt ? <Inset>Last answered on {longDay(dayOf(askedAt))}.</Inset> : null}
    <Form
      action={`/people/${person.id}/equality`}
      edits={{ version, now: <AnsweredNow known={known} /> }}
      problems={problems}
      typed={typed}
    >
      {Object.entries(questions).map(([name, { label, why, list }]) => (
        <RadiosFrom
          key={name}
          name={name}
          label={label}
          hint={
            known.some((one) => one === name) ? `${why} Already answered: leave this empty to keep the answer.` : why
          }
          list={list}
        />
      ))}
      <Button>Save answers</Button>
    </Form>
  </Page>
)

// Which questions, never the answers.
const AnsweredNow = ({ known }: { known: readonly Question[] }) => (
  <p>
    Answered by now: {known.map((question) => questions[question].label).join(' ')} Saving again replaces the answers to
    the questions you chose.
  </p>
)
