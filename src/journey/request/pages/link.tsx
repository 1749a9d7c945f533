import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { Inset, Panel } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { WhomToRing } from '#platform/html/whom-to-ring.tsx'
import type { AnswerCode } from '#journey/request/rules.ts'
import { type Seen, WhatIsAsked } from './seen.tsx'

export type AnswerProps = FormState &
  Seen &
  Readonly<{
    at: string
    fields: Readonly<Record<string, string>>
    /** The answers to choose from, each a button. */
    answers: Readonly<Partial<Record<AnswerCode, Readonly<{ label: string }>>>>
    /** What was answered before, where it was. */
    before: string | undefined
  }>

/** The request itself, with its plain answers. */
export function AnswerRequest({ at, fields, answers, before, problems, typed, ...seen }: AnswerProps) {
  const say = useSay()
  return (
    <Page onlyInEnglish atWork title="A question for you" caption={seen.areaName} problems={problems}>
      <WhatIsAsked {...seen} />
      <h2 className="nhsuk-heading-m" id="answer">
        <Said text="Your answer" />
      </h2>
      {before === undefined ? null : (
        <Inset>
          <p>{say('You have answered: {answer}. You may answer again: the newest counts.', { answer: say(before) })}</p>
        </Inset>
      )}
      <Form action={at} fields={fields} problems={problems} typed={typed}>
        <TextArea
          name="note"
          label="Anything to add (optional)"
          hint={
            answers.no
              ? 'When you can start, what you need to know first, or why not. The person may read what you write.'
              : 'The person may read what you write.'
          }
          rows={4}
        />
        <TextField name="byName" label="Your name" autoComplete="name" width={20} />
        <ButtonGroup>
          {Object.entries(answers).map(([code, { label }]) => (
            <Button key={code} name="answer" value={code} secondary={code !== 'yes'}>
              {label}
            </Button>
          ))}
        </ButtonGroup>
      </Form>
      <WhomToRing askedBy={seen.askedBy} />
    </Page>
  )
}

/** That the answer has arrived, and what happens with it. */
export const Answered = ({ askedBy }: { askedBy: string }) => (
  <Page onlyInEnglish atWork title="Thank you for your answer" heading={false}>
    <Panel heading="Thank you for your answer">
      <Said text="It has reached the team." />
    </Panel>
    <h2 className="nhsuk-heading-m">
      <Said text="What happens next" />
    </h2>
    <p>
      <Said
        text="{name} reads it and gets in touch with you if there is more to say. You can close this page."
        with={{ name: askedBy }}
      />
    </p>
    <WhomToRing askedBy={askedBy} />
  </Page>
)
