import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Card, Details } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type EmploymentStatus, employmentStatuses } from '#journey/assessment/rules.ts'
import * as rules from '#journey/completion/rules.ts'
import type { About } from './complete.tsx'
import { Measures } from './measures.tsx'

type Completed = Readonly<{
  completed_on: Temporal.PlainDate
  no_outcome: rules.NoOutcomeReason | null
  no_outcome_note: string | null
  work_status: EmploymentStatus
  off_sick: boolean
  hours: number | null
  work_ability: number | null
  next: string
  with: string | null
  outcomes: readonly rules.Outcome[]
  goals: readonly CompletedGoal[]
}>
type CompletedGoal = Readonly<{
  id: string
  words: string
  result: rules.GoalResult
  person_words: string | null
  coach_words: string | null
}>

type CompletedProps = FormState &
  About &
  Readonly<{ completion: Completed; measures: readonly rules.ThenAndNow[]; takeBack: string | undefined }>

/** A completion as it stands. */
export const CompletedPlan = ({
  person,
  record,
  address,
  completion,
  measures,
  takeBack,
  problems,
  typed,
}: CompletedProps) => (
  <Page
    title="The plan is completed"
    caption={person}
    back={{ href: record, label: `Back to ${person}` }}
    problems={problems}
    width="reading"
  >
    <SummaryList rows={rows(completion)} />
    <h2 className="nhsuk-heading-m">The goals</h2>
    {completion.goals.map(({ id, words, result, person_words, coach_words }) => (
      <Card key={id} heading={`“${words}”`} level={3}>
        <p>{rules.goalResults[result].label}</p>
        {person_words ? <p>In their words: {person_words}</p> : null}
        {coach_words ? <p>In the coach’s words: {coach_words}</p> : null}
      </Card>
    ))}
    {measures.length > 0 ? <Measures measures={measures} /> : null}
    {takeBack === undefined ? null : (
      <Details summary="This was recorded by mistake" open={problems.length > 0}>
        <Form action={`${address}/withdrawal`} problems={problems} typed={typed} fields={{ id: takeBack }}>
          <TextField
            name="reason"
            label="Why is the completion taken back?"
            hint="The person is then in support again, as before"
          />
          <Button warning>Take the completion back</Button>
        </Form>
      </Details>
    )}
  </Page>
)

function rows(completion: Completed) {
  const { outcomes, no_outcome, no_outcome_note, work_status, off_sick, hours, work_ability } = completion
  const reason = no_outcome && `No outcome: ${rules.noOutcomeReasons[no_outcome].label.toLowerCase()}`
  return [
    {
      label: 'Completed on',
      value: longDay(completion.completed_on) + (completion.with ? `, by ${completion.with}` : ''),
    },
    {
      label: 'Outcomes',
      value:
        reason ??
        rules
          .inOrder(outcomes)
          .map((outcome) => rules.outcomes[outcome].label)
          .join('. '),
    },
    ...(no_outcome_note ? [{ label: 'Why', value: no_outcome_note }] : []),
    { label: 'Work', value: employmentStatuses[work_status].label + (off_sick ? ', off sick' : '') },
    { label: 'Hours in a usual week', value: hours },
    { label: 'Ability to work, 0 to 10', value: work_ability },
    { label: 'What comes next', value: completion.next },
  ]
}
