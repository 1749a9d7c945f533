import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'

export type Question = Readonly<{
  id: string
  version: number
  question: string
  askedBy: string
  askedOn: Temporal.PlainDate
  answer: string | null
  answeredBy: string | null
  answeredOn: Temporal.PlainDate | null
}>

type QuestionsProps = FormState &
  Readonly<{
    month: string
    signed: boolean
    questions: readonly Question[]
    mayAsk: boolean
    mayAnswer: boolean
  }>

/** What was asked about a signed month, and what was answered. */
export const Questions = ({ month, signed, questions, mayAsk, mayAnswer, ...state }: QuestionsProps) => (
  <>
    <h2>Questions</h2>
    {questions.length === 0 ? (
      <EmptyState>
        {signed ? 'Nobody has asked anything about this month.' : 'Questions can be asked once the month is signed.'}
      </EmptyState>
    ) : (
      questions.map((one) => <OneQuestion key={one.id} mayAnswer={mayAnswer} {...one} {...state} />)
    )}
    {mayAsk && signed ? (
      <Form action={`/monitoring/return/${month}/questions`} {...state}>
        <TextArea name="question" label="Ask about this month" hint="Never name a person" rows={3} maximum={1000} />
        <Button secondary>Ask</Button>
      </Form>
    ) : null}
  </>
)

const OneQuestion = ({ id, version, question, mayAnswer, problems, typed, ...of }: Question & FormState & Answers) => (
  <Card
    heading={`${of.askedBy} asked on ${longDay(of.askedOn)}`}
    level={3}
    tag={of.answer === null ? <Tag colour="orange">Not answered</Tag> : <Tag colour="green">Answered</Tag>}
  >
    <p>{question}</p>
    <p>About version {version}.</p>
    {of.answer === null || of.answeredOn === null ? null : (
      <p>
        <strong>
          {of.answeredBy} answered on {longDay(of.answeredOn)}:
        </strong>{' '}
        {of.answer}
      </p>
    )}
    {of.answer === null && mayAnswer ? (
      <Form action={`/monitoring/return/questions/${id}/answer`} {...{ problems, typed }}>
        <TextArea
          name={`answer-${id}`}
          label="Your answer"
          hint="If a figure was wrong, correct the record and sign the month again as well"
          rows={3}
          maximum={1000}
        />
        <Button secondary>Answer</Button>
      </Form>
    ) : null}
  </Card>
)

type Answers = Readonly<{ mayAnswer: boolean }>
