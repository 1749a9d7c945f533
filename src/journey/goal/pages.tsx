import type { FormState } from '#platform/form/rules.ts'
import { longDay } from '#platform/dates.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { WhatWasWritten } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList, type SummaryRow } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Goal, whoseWords } from './rules.ts'

/** Whose plan it is and where it stands. */
type About = Readonly<{ person: string; plan: string }>

type GoalFormProps = FormState & About & Readonly<{ action: string; id: string; goal?: Goal | undefined }>

/** A goal in somebody's own words: a new one, or one that is changed. */
export const GoalForm = ({ person, plan, action, id, goal, problems, typed }: GoalFormProps) => (
  <FormPage
    title={goal ? 'Change this goal' : 'Add a goal'}
    caption={person}
    back={{ href: plan, label: 'Back to the plan' }}
    {...{ action, problems, typed }}
    draft
    fields={{ id }}
    edits={goal && { version: goal.version, now: <SummaryList rows={goalRows(goal)} compact /> }}
    width="reading"
  >
    <TextArea
      name="words"
      label="What do they want to reach?"
      hint="As they say it, for example: “I want to be back on the ward three days a week by the summer”"
      value={goal?.words}
      rows={3}
      maximum={500}
    />
    <RadiosFrom name="whose" label="Whose words are these?" list={whoseWords} value={goal?.whose} />
    <DateField
      name="target"
      label="By when? (optional)"
      hint="Leave this empty if a day would only put pressure on them"
      value={goal?.target_on?.toString()}
    />
    <Button>{goal ? 'Save this goal' : 'Add this goal'}</Button>
    {goal ? (
      <p>
        <a href={`${action}/removal`}>Take this goal out of the plan</a>
      </p>
    ) : null}
  </FormPage>
)

function goalRows({ words, whose, target_on }: Goal): SummaryRow[] {
  return [
    { label: 'Goal', value: words },
    { label: 'Whose words', value: whoseWords[whose].label },
    { label: 'By when', value: target_on ? longDay(target_on) : undefined },
  ]
}

/** Why a goal is taken out. */
export const RemoveGoal = ({ person, plan, goal, problems, typed }: FormState & About & Readonly<{ goal: Goal }>) => (
  <FormPage
    title="Take this goal out of the plan"
    caption={person}
    back={{ href: `/goals/${goal.id}`, label: 'Back to the goal' }}
    action={`/goals/${goal.id}/removal`}
    {...{ problems, typed }}
    width="reading"
  >
    <p>
      The goal “{goal.words}” and its actions will no longer be in the plan. Versions that were agreed before still show
      it.
    </p>
    <TextField
      name="why"
      label="Why is it taken out?"
      hint="For example: they no longer want it, or it was entered twice"
    />
    <ButtonGroup>
      <Button warning>Take out this goal</Button>
      <LinkButton href={plan} secondary>
        Keep it
      </LinkButton>
    </ButtonGroup>
  </FormPage>
)

/** Why nothing of the plan can be changed any more. */
export const CannotChange = ({ person, plan }: About) => (
  <Page
    title="This plan can no longer be changed"
    caption={person}
    back={{ href: plan, label: 'Back to the plan' }}
    width="reading"
  >
    <p>This spell of support has ended, so its plan is kept as it was. You can still read and print it.</p>
    <p>If the person comes back, a new referral begins a new spell of support with a plan of its own.</p>
    <WhatWasWritten />
  </Page>
)
