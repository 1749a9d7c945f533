import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Card, Details } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { isSettled, results } from '#journey/action/rules.ts'
import type { PlannedGoal } from '#journey/plan/rules.ts'
import * as rules from './rules.ts'

export type About = Readonly<{ person: string; record: string; address: string; plan: string }>

type CompleteProps = FormState &
  About &
  Readonly<{ id: string; draft: string; goals: readonly PlannedGoal[]; today: string }>

/** Completing a plan opens on the plan: goal by goal, then what the person leaves with. */
export const CompletePlan = (props: CompleteProps) => (
  <FormPage
    title="Complete this plan"
    caption={props.person}
    lede="Go through it together: what became of each goal, what they leave with, and what comes next."
    back={{ href: props.plan, label: 'Back to the plan' }}
    action={props.address}
    problems={props.problems}
    typed={props.typed}
    fields={{ id: props.id }}
    draft={props.draft}
    width="reading"
  >
    <h2 className="nhsuk-heading-m">The goals</h2>
    {props.goals.map((goal) => (
      <GoalQuestions key={goal.id} goal={goal} />
    ))}
    <OutcomeQuestions />
    <WorkQuestions />
    <h2 className="nhsuk-heading-m">What comes next</h2>
    <TextArea
      name="next"
      label="What happens next for them?"
      hint="What they will go on with, who helps, and what to do if things get harder"
      rows={3}
      maximum={1000}
    />
    <DateField name="completed" label="On which day did you complete the plan?" value={props.today} />
    <p>We will ask how they are 13 and 26 weeks after this day.</p>
    <Button>Complete this plan</Button>
  </FormPage>
)

const GoalQuestions = ({ goal }: { goal: PlannedGoal }) => (
  <Card heading={`“${goal.words}”`} level={3}>
    {goal.actions.length > 0 ? (
      <ul className="nhsuk-list nhsuk-list--bullet">
        {goal.actions.map((action) => (
          <li key={action.id}>
            {action.what}:{' '}
            {action.result && isSettled(action) ? results[action.result].label.toLowerCase() : 'still open'}
          </li>
        ))}
      </ul>
    ) : null}
    <RadiosFrom name={`result-${goal.id}`} label="What became of this goal?" list={rules.goalResults} inline small />
    <TextField name={`person-${goal.id}`} label="In their words (optional)" />
    <TextField name={`coach-${goal.id}`} label="In your words (optional)" />
  </Card>
)

const OutcomeQuestions = () => (
  <>
    <h2 className="nhsuk-heading-m">What they leave with</h2>
    <CheckboxesFrom
      name="outcomes"
      label="What changed for them?"
      hint="Select all that are true"
      list={rules.outcomes}
      small
    />
    <SelectFrom
      name="noOutcome"
      label="If none of these: why not?"
      list={rules.noOutcomeReasons}
      empty="There is an outcome above"
    />
    <TextField name="noOutcomeNote" label="What else should be known about the reason? (optional)" />
  </>
)

const WorkQuestions = () => (
  <>
    <h2 className="nhsuk-heading-m">Work now</h2>
    <RadiosFrom name="workStatus" label="What is their work situation today?" list={rules.workStatuses} small />
    <Tick name="offSick" label="They are off sick at the moment" small />
    <TextField
      name="hours"
      label="Hours in a usual week"
      hint="Leave this empty for somebody out of work"
      inputMode="numeric"
      width={3}
    />
    <TextField
      name="workAbility"
      label="How would they rate their ability to work today, from 0 to 10? (optional)"
      hint="0 means they cannot work at all; 10 means their work ability at its best"
      inputMode="numeric"
      width={3}
    />
  </>
)

/** What stands in the way of completing a plan. */
export const CannotCompleteYet = ({ person, plan, record, reasons }: About & { reasons: readonly string[] }) => (
  <Page
    title="This plan cannot be completed yet"
    caption={person}
    back={{ href: plan, label: 'Back to the plan' }}
    width="reading"
  >
    <ul className="nhsuk-list nhsuk-list--bullet">
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
    <p>
      <a href={record}>Back to {person}</a>
    </p>
  </Page>
)

type Completed = Readonly<{
  completed_on: Temporal.PlainDate
  no_outcome: rules.NoOutcomeReason | null
  no_outcome_note: string | null
  work_status: rules.WorkStatus
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

type CompletedProps = FormState & About & Readonly<{ completion: Completed; takeBack: string | undefined }>

/** A completion as it stands. */
export const CompletedPlan = ({ person, record, address, completion, takeBack, problems, typed }: CompletedProps) => (
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
    { label: 'Work', value: rules.workStatuses[work_status].label + (off_sick ? ', off sick' : '') },
    { label: 'Hours in a usual week', value: hours },
    { label: 'Ability to work, 0 to 10', value: work_ability },
    { label: 'What comes next', value: completion.next },
  ]
}
