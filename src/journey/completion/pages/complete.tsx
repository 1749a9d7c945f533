import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Card, Inset, Warnings, WhatWasWritten } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { LinkList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type EmploymentStatus, employmentStatuses } from '#journey/assessment/rules.ts'
import { isSettled, results } from '#journey/action/rules.ts'
import type { PlannedGoal } from '#journey/plan/rules.ts'
import { warningsOfConcern } from '#journey/safety/rules.ts'
import * as rules from '#journey/completion/rules.ts'
import { Measures } from './measures.tsx'

export type About = Readonly<{ person: string; record: string; address: string; plan: string }>

type CompleteProps = FormState &
  About &
  Readonly<{
    id: string
    goals: readonly PlannedGoal[]
    before: Before | undefined
    measures: readonly rules.ThenAndNow[]
    today: string
    episode: string
    booked: readonly Readonly<{ id: string; when: string }>[]
    concern: boolean
  }>

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
    draft
    width="reading"
  >
    <Warnings warnings={warningsOfConcern(props, 'the plan is completed')} />
    <StillBooked {...props} />
    <h2 className="nhsuk-heading-m">The goals</h2>
    {props.goals.map((goal) => (
      <GoalQuestions key={goal.id} goal={goal} />
    ))}
    <OutcomeQuestions />
    <WorkQuestions {...props} />
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

const StillBooked = ({ booked }: CompleteProps) =>
  booked.length > 0 ? (
    <Inset>
      <p>Still booked. Cancel what is not wanted any more, so that nobody waits:</p>
      <LinkList links={booked.map(({ id, when }) => ({ href: `/appointments/${id}`, label: when }))} />
    </Inset>
  ) : null

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
    <RadiosFrom name={`result-${goal.id}`} label="What became of this goal?" list={rules.goalResults} inline />
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

/** How work stood at the first conversation. */
type Before = Readonly<{
  employment_status: EmploymentStatus | null
  on_sick_absence: string | null
  hours_now: number | null
}>

const WorkQuestions = ({ before, measures, record }: CompleteProps) => (
  <>
    <h2 className="nhsuk-heading-m">Work now</h2>
    {before ? <p>At the first conversation: {workWords(before)}.</p> : null}
    <RadiosFrom name="workStatus" label="What is their work situation today?" list={employmentStatuses} />
    <Tick name="offSick" label="They are off sick at the moment" />
    <TextField
      name="hours"
      label="Hours in a usual week"
      hint="For example 37.5. Leave this empty for somebody out of work"
      inputMode="decimal"
      width={5}
    />
    <TextField
      name="workAbility"
      label="How would they rate their ability to work today, from 0 to 10? (optional)"
      hint="0 means not at all, 10 as well as they ever could. Leave this empty if you ask the questions below again"
      inputMode="numeric"
      width={3}
    />
    <Measures measures={measures} />
    <p>
      <a href={`${record}/questionnaires/baseline?from=completion`}>
        Ask the questions of the first conversation again
      </a>
      .
    </p>
  </>
)

function workWords({ employment_status, on_sick_absence, hours_now }: Before): string {
  const status = employment_status
    ? employmentStatuses[employment_status].label.toLowerCase()
    : 'work was not asked about'
  return [status, on_sick_absence === 'yes' && 'off sick', hours_now !== null && `${hours_now} hours a week`]
    .filter((part) => part !== false)
    .join(', ')
}

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
    <WhatWasWritten />
  </Page>
)
