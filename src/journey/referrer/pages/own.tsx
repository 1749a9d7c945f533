import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Card, Inset, NotKept } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { newsWords, standingOf, type Told } from '#journey/referrer/rules.ts'
import { WhomToRing } from './prove.tsx'

/** Where a form of these pages goes, and what it carries. */
export type Way = Readonly<{ action: string; fields: Readonly<Record<string, string>> }>

export type Question = Readonly<{ id: string; asks: string; note: string | null; closed_at: Temporal.Instant | null }>

export type OwnProps = FormState &
  Readonly<{
    reference: string
    receivedOn: Temporal.PlainDate
    told: readonly Told[]
    /** An employer or a Jobcentre, which is told nothing more unless the person switches it on. */
    closed: boolean
    questions: readonly Question[]
    withdrawn: boolean
    answer: Way
    withdraw: Way
    /** What was just sent, in words. */
    done?: string
  }>

/** A referral as whoever made it may see it: what the person allows, what is asked of them, and taking it back. */
export function OwnReferral(props: OwnProps) {
  const say = useSay()
  const { reference, questions, problems, done, typed } = props
  return (
    <Page
      onlyInEnglish
      title="Your referral"
      caption={say('Reference {reference}', { reference })}
      problems={problems}
      width="reading"
    >
      {done === undefined ? null : (
        <Inset>
          <p role="status">
            <Said text={done} />
          </p>
        </Inset>
      )}
      {isOver(props) ? <NotKept words={[typed['note'] ?? ''].flat()} /> : null}
      <WhereItStands {...props} />
      {questions.map((question) => (
        <OneQuestion key={question.id} question={question} {...props} />
      ))}
      {isEnded(props) ? null : <TakeBack {...props} />}
      <WhomToRing reference={reference} />
    </Page>
  )
}

// What was written to a question that is not asked any more has no field to stand in.
const isOver = ({ questions, problems, typed }: OwnProps) =>
  problems.length > 0 && !questions.some(({ id, note }) => id === typed['question'] && note === null)

function WhereItStands({ receivedOn, told, closed }: OwnProps) {
  const say = useSay()
  const rows = [
    { label: say('Received'), value: say.day(receivedOn) },
    ...told.map(({ what, on }) => ({
      label: say(newsWords[what].label),
      value: `${say.day(on)}. ${say(newsWords[what].text)}`,
    })),
  ]
  return (
    <>
      <h2 className="nhsuk-heading-m">
        <Said text="Where it stands" />
      </h2>
      <SummaryList rows={rows} />
      <p>
        <Said text={closed && told.length === 0 ? onlyReceived : asAllowed} />
      </p>
    </>
  )
}

const onlyReceived =
  'An employer or a Jobcentre is told that a referral was received, and nothing more. This page looks the same whatever happens, unless the person asks us to tell you more.'
const asAllowed = 'The person decides what you are told. We show all that they allow, and cannot tell you more.'

function OneQuestion({ question, answer, problems, typed }: OwnProps & { question: Question }) {
  const mine = typed['question'] === question.id
  return (
    <Card heading="A question for you" tone="accent">
      <p>{question.asks}</p>
      {question.note === null ? (
        <Form
          action={answer.action}
          fields={{ ...answer.fields, do: 'answer', question: question.id }}
          problems={mine ? problems : []}
          typed={mine ? typed : {}}
        >
          <TextArea name="note" label="Your answer" hint="The person may read what you write." rows={4} />
          <Button>Send your answer</Button>
        </Form>
      ) : (
        <p>
          <Said text="You have answered: {note}" with={{ note: question.note }} />
        </p>
      )}
    </Card>
  )
}

// What has ended does not go on: there is nothing left to take back. What they took back themselves stays said.
const isEnded = ({ told, withdrawn }: OwnProps) => !withdrawn && standingOf(told) === 'ended'

const TakeBack = ({ withdraw, withdrawn }: OwnProps) => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="If it should not go on" />
    </h2>
    {withdrawn ? (
      <p>
        <Said text="You have taken this referral back. The team knows." />
      </p>
    ) : (
      <Form action={withdraw.action} fields={{ ...withdraw.fields, do: 'withdrawing' }}>
        <p>
          <Said text="You can take your referral back, for example if it was made by mistake." />
        </p>
        <Button secondary>Take the referral back</Button>
      </Form>
    )}
  </>
)
