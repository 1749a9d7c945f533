import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Card, Details } from '#platform/html/content.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { elsewhere } from '#journey/belonging/rules.ts'
import { type Facts, type Question, questions } from '#journey/finding/rules.ts'
import type { Screening } from '#journey/screening/rules.ts'
import { answerInWords, questionsFor } from '#journey/decision/rules.ts'

type QuestionsProps = FormState &
  Readonly<{
    referral: Readonly<{ id: string; person: string; facts: Facts }>
    screening: Screening
    councils: Readonly<Record<string, Readonly<{ label: string }>>>
    id: string
  }>

/** What is still to be asked, and what was answered and may be corrected. */
export const Questions = ({ referral, screening, councils, id, ...state }: QuestionsProps) => {
  const { answers } = referral.facts
  const { open, answered } = questionsFor(screening.findings, answers)
  const field = (question: Question) => (
    <Ask key={question} question={question} answer={answers[question]} councils={councils} />
  )
  return (
    <Card heading="Still to ask" tone="accent">
      <Form action={`/referrals/${referral.id}/answers`} fields={{ id }} problems={state.problems} typed={state.typed}>
        {open.length === 0 ? <p>Nothing. Everything the rules need is known.</p> : open.map(field)}
        {answered.length > 0 ? (
          <Details summary="Answered before">
            {answered.map((question) => (
              <p key={question}>
                {questions[question].label} {answerInWords(question, answers[question] ?? '', councils)}.
              </p>
            ))}
            {answered.map(field)}
          </Details>
        ) : null}
        {open.length + answered.length > 0 ? <Button secondary>Save answers</Button> : null}
      </Form>
      <p>
        Postcode, GP practice and date of birth are changed in{' '}
        <a href={`/people/${referral.person}/details`}>their details</a>.
      </p>
    </Card>
  )
}

type AskProps = Readonly<{ question: Question; answer: string | undefined; councils: CodeList }>

const outside = { label: 'Another council, outside the area' }

const Ask = ({ question, answer, councils }: AskProps) => {
  const asked = questions[question]
  const texts = { name: question, label: asked.label, ...(asked.hint ? { hint: asked.hint } : {}) }
  const known = answer === undefined ? {} : { value: answer }
  const list: CodeList =
    question === 'council' ? { ...councils, [elsewhere]: outside } : 'list' in asked ? asked.list : {}
  if (question === 'council') return <SelectFrom {...texts} {...known} list={list} />
  if (question === 'employer-size') return <TextField {...texts} {...known} width={5} inputMode="numeric" />
  if (question === 'work-ended-on')
    return (
      <>
        <DateField {...texts} {...known} />
        <Tick name="never" label="They have never had a job" value={answer === 'never'} />
      </>
    )
  return <RadiosFrom {...texts} {...known} list={list} />
}
