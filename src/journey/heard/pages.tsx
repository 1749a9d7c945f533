import { inWords } from '#platform/dates.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { Card, EmptyState } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { answeredInWords, readAt, type Unheard } from './rules.ts'

type OwnAnswersProps = Readonly<{
  person: Readonly<{ id: string; name: string }>
  answers: readonly Unheard[]
  mayEdit: boolean
  now: Temporal.Instant
}>

/** What somebody answered by themselves and nobody has seen: where it is read, and saying that it was. */
export const OwnAnswers = ({ person, answers, mayEdit, now }: OwnAnswersProps) => (
  <Page
    title="Answers to read"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    lede="What they answered by themselves stays on your day until somebody says that they have seen it."
    width="reading"
  >
    {answers.length === 0 ? (
      <EmptyState heading="Everything has been seen">
        What they answer by a link or in their own space appears here. What was seen is on their record.
      </EmptyState>
    ) : null}
    {answers.map((one) => (
      <OneAnswer key={one.id} {...{ one, mayEdit, now }} person={person.id} />
    ))}
  </Page>
)

type OneProps = Pick<OwnAnswersProps, 'mayEdit' | 'now'> & Readonly<{ one: Unheard; person: string }>

function OneAnswer({ one, person, mayEdit, now }: OneProps) {
  const { href, label } = readAt(one)
  const what = answeredInWords(one)
  return (
    <Card heading={what}>
      <p>
        {`${one.kind === 'way' ? 'Taken away' : 'Answered'} ${inWords(one.at, now)}.`}{' '}
        <a href={href}>
          {label}
          <span className="nhsuk-u-visually-hidden">{`: ${what}`}</span>
        </a>
      </p>
      {mayEdit ? (
        <ButtonForm
          action={`/people/${person}/own-answers`}
          fields={{ said: one.id }}
          context={`: ${what}`}
          small
          secondary
        >
          I have seen it
        </ButtonForm>
      ) : null}
    </Card>
  )
}
