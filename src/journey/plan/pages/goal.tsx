import type { ReactNode } from 'react'
import { dayInWords, longDay } from '#platform/dates.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { Card } from '#platform/html/content.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { type Action, answers, isOverdue, isSettled, owners, results } from '#journey/action/rules.ts'
import { whoseWords } from '#journey/goal/rules.ts'
import type { PlannedGoal } from '#journey/plan/rules.ts'

type Shown = Readonly<{ open: boolean; today: Temporal.PlainDate; newId: () => string }>

type OneGoalProps = Shown &
  Readonly<{ goal: PlannedGoal; /** Where it stands by its levels. */ standing: string | undefined }>

/** A goal with its actions: who does what by when, and what came of it. */
export const OneGoal = ({ goal, standing, open, ...props }: OneGoalProps) => (
  <Card
    heading={goal.words}
    level={3}
    actions={open ? <Change href={`/goals/${goal.id}`} what={`the goal: ${goal.words}`} /> : undefined}
  >
    <p>
      {whoseWords[goal.whose].label}
      {goal.target_on ? `. By ${longDay(goal.target_on)}` : ''}
      {standing === undefined ? null : (
        <>
          <br />
          <strong>{standing}</strong>
        </>
      )}
    </p>
    <Timeline
      happenings={goal.actions.map((action) => happening(action, { open, ...props }))}
      empty="Nothing is planned for this goal yet."
    />
    {open ? (
      <p>
        <a href={`/goals/${goal.id}/actions/new`}>
          Add an action<span className="nhsuk-u-visually-hidden"> for: {goal.words}</span>
        </a>
      </p>
    ) : null}
  </Card>
)

function happening(action: Action, { open, today, newId }: Shown) {
  return {
    key: action.id,
    what: action.what,
    when: `By ${dayInWords(action.due_on, today)}`,
    moment: action.due_on.toString(),
    by: owners[action.owner].label.toLowerCase(),
    tag: tagOf(action, today),
    text: about(action),
    actions: open ? <ActionLinks action={action} id={newId()} /> : null,
  }
}

function tagOf(action: Action, today: Temporal.PlainDate) {
  if (action.result === 'done') return { label: 'Done', colour: 'green' } as const
  if (action.result && isSettled(action)) return { label: results[action.result].label, colour: 'grey' } as const
  return isOverdue(action, today) ? ({ label: 'Overdue', colour: 'orange' } as const) : undefined
}

function about(action: Action): ReactNode {
  const { result_note, result_on, own } = action
  const obstacle = answers(action)
  if (obstacle === null && result_note === null && !own) return null
  return (
    <>
      {obstacle === null ? null : <p>Because of: {obstacle}</p>}
      {!result_on || (result_note === null && !own) ? null : (
        <p>
          {longDay(result_on)}
          {own ? ', said by the person themselves' : ''}
          {result_note === null ? '' : `: ${result_note}`}
        </p>
      )}
    </>
  )
}

const ActionLinks = ({ action, id }: { action: Action; id: string }) => (
  <>
    {isSettled(action) ? null : (
      <>
        <ButtonForm
          action={`/actions/${action.id}/result`}
          fields={{ id, result: 'done', note: '' }}
          asLink
          context={`: ${action.what}`}
        >
          Mark as done
        </ButtonForm>
        {' · '}
      </>
    )}
    <a href={`/actions/${action.id}/result`}>
      What came of it<span className="nhsuk-u-visually-hidden">: {action.what}</span>
    </a>
    {' · '}
    <Change href={`/actions/${action.id}`} what={action.what} />
    {action.own && action.seen_at === null ? (
      <>
        {' · '}
        <ButtonForm action={`/actions/${action.id}/seen`} asLink context={`: ${action.what}`}>
          I have seen what they said
        </ButtonForm>
      </>
    ) : null}
  </>
)

const Change = ({ href, what }: { href: string; what: string }) => (
  <a href={href}>
    Change<span className="nhsuk-u-visually-hidden"> {what}</span>
  </a>
)
