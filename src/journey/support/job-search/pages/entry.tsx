import { dayOf, inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import {
  helpInWords,
  type HelpKind,
  helpKinds,
  helpResults,
  helpVersion,
  resultsOf,
  standingHelp,
} from '#journey/support/job-search/rules.ts'
import type { ShownHelp, ShownStep, Whose } from './search.tsx'

type NewProps = FormState & Whose & Readonly<{ id: string; kind: HelpKind; today: Temporal.PlainDate }>

/** Writes down a CV, an application or an interview with how it stands. */
export const NewHelp = ({ episode, person, id, kind, today, ...state }: NewProps) => (
  <FormPage
    {...state}
    title={`${helpKinds[kind].label}: write it down`}
    caption={person.name}
    back={{ href: `/episodes/${episode}/job-search` }}
    action={`/episodes/${episode}/job-search`}
    fields={{ id, kind }}
    draft
    width="reading"
  >
    <TextField name="what" label="What is it for?" hint={helpKinds[kind].example} />
    <HowItStands kind={kind} today={today} />
    <Button>Save</Button>
  </FormPage>
)

const HowItStands = ({ kind, today }: Readonly<{ kind: HelpKind; today: Temporal.PlainDate }>) => (
  <>
    <RadiosFrom name="result" label="How does it stand?" list={helpResults} only={resultsOf[kind]} />
    <DateField name="on" label="On which day?" value={today.toString()} />
    <TextArea
      name="note"
      label="Anything to remember? (optional)"
      hint="For example what went well, or what the employer said."
      rows={2}
      maximum={500}
    />
  </>
)

type OneProps = FormState & Whose & Readonly<{ help: ShownHelp; id: string; mayEdit: boolean; now: Temporal.Instant }>

/** One CV, application or interview: how it stands, and what came of it step by step. */
export const OneHelp = ({ episode, person, help, id, mayEdit, now, problems, typed }: OneProps) => {
  const address = `/episodes/${episode}/job-search/${help.id}`
  const [last] = standingHelp(help.steps)
  return (
    <Page
      title={helpKinds[help.kind].label}
      heading={help.what}
      caption={`${person.name}, ${helpKinds[help.kind].label}`}
      back={{ href: `/episodes/${episode}/job-search`, label: 'Back to looking for a job' }}
      problems={problems}
      width="reading"
    >
      {mayEdit ? (
        <Card heading="What came of it?">
          <Form
            action={`${address}/steps`}
            fields={{ id }}
            edits={{ version: helpVersion(help), now: last ? <p>{helpInWords(last)}.</p> : null }}
            {...{ problems, typed }}
          >
            <HowItStands kind={help.kind} today={dayOf(now)} />
            <Button>Save</Button>
          </Form>
        </Card>
      ) : null}
      <h2 className="nhsuk-heading-m">So far</h2>
      <Timeline
        empty="Nothing yet."
        happenings={help.steps.toReversed().map((step) => told(step, { last, address, mayEdit, now, of: help }))}
      />
      {mayEdit ? (
        <ButtonForm action={`${address}/withdrawal`} asLink context={help.what}>
          Take all of this back: it was written down by mistake
        </ButtonForm>
      ) : null}
    </Page>
  )
}

type Around = Readonly<{ last: ShownStep | undefined; address: string; mayEdit: boolean; now: Temporal.Instant }> &
  Readonly<{ of: ShownHelp }>

function told(step: ShownStep, { last, address, mayEdit, now, of }: Around) {
  const isLast = step === last && standingHelp(of.steps).length > 1
  return {
    key: step.id,
    what: helpInWords(step),
    when: inWords(step.at, now),
    by: step.by ?? undefined,
    text: step.note ? <p>{step.note}</p> : undefined,
    tag: step.taken_back_at === null ? undefined : ({ label: 'Taken back', colour: 'grey' } as const),
    actions:
      mayEdit && isLast ? (
        <ButtonForm action={`${address}/steps/${step.id}/withdrawal`} asLink context={helpResults[step.result].label}>
          This is not right: take it back
        </ButtonForm>
      ) : undefined,
  }
}
