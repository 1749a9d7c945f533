import { Card, Tag } from '#platform/html/content.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { owners } from '#journey/action/rules.ts'
import {
  type ActionLine,
  type GoalLine,
  type Mark,
  marks,
  type ReadAction,
  type ReadPlan,
} from '#journey/plan-answer/rules.ts'

const compared = {
  agreed: {
    differs: 'What is new or changed is marked. Everything else is as you agreed it before.',
    same: 'What you read here is as you agreed it before. Your coach changed something else about it: ask them what.',
  },
  read: {
    differs: 'What is new or changed since you last read it is marked.',
    same: 'This is as you read it last time.',
  },
} as const

/** A plan in plain words, with what is different from the last version that was agreed. */
export function PlanToRead({ plan, today }: Readonly<{ plan: ReadPlan; today: Temporal.PlainDate }>) {
  const say = useSay()
  return (
    <>
      {plan.since ? (
        <p>
          <Said text={compared[plan.since][plan.differs ? 'differs' : 'same']} />
        </p>
      ) : null}
      {plan.goals.map((goal) => (
        <Goal key={goal.id} {...{ goal, today }} />
      ))}
      {plan.target ? <p>{say('You would like to be there by {day}.', { day: say.day(plan.target) })}</p> : null}
      {plan.targetBefore ? <Before text={dayOrNone(say, plan.targetBefore.on)} /> : null}
      {plan.gone.length > 0 ? <Gone gone={plan.gone} /> : null}
    </>
  )
}

function Goal({ goal, today }: Readonly<{ goal: GoalLine; today: Temporal.PlainDate }>) {
  const say = useSay()
  const { words, target, mark, before, actions } = goal
  return (
    <Card heading={<bdi>“{words}”</bdi>} tag={mark ? <MarkTag mark={mark} /> : undefined}>
      {before && before.words !== words ? <Before text={`“${before.words}”`} /> : null}
      {target ? <p>{say('You want to reach this by {day}.', { day: say.day(target) })}</p> : null}
      {before && before.words === words ? <Before text={dayOrNone(say, before.target)} /> : null}
      <ul role="list" className="ww-own-actions">
        {actions.map((action) => (
          <li key={action.id}>
            <Action {...{ action, today }} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Action({ action, today }: Readonly<{ action: ActionLine; today: Temporal.PlainDate }>) {
  const say = useSay()
  const { mark, before } = action
  return (
    <>
      <p className="ww-own-actions__what">
        <strong dir="auto">{action.what}</strong> {mark ? <MarkTag mark={mark} /> : null}
      </p>
      <p>{whoAndWhen(say, action, today)}</p>
      {before ? <Before text={`${before.what} (${whoAndWhen(say, before, today)})`} /> : null}
    </>
  )
}

type Say = ReturnType<typeof useSay>

const whoAndWhen = (say: Say, { owner, due }: ReadAction, today: Temporal.PlainDate) =>
  say('{who}, by {day}', { who: say(owners[owner].onPaper), day: say.dayInWords(due, today) })

const dayOrNone = (say: Say, day: Temporal.PlainDate | null) => (day ? say.day(day) : say('No day was set'))

function MarkTag({ mark }: Readonly<{ mark: Mark }>) {
  const say = useSay()
  return <Tag colour={marks[mark].colour}>{say(marks[mark].label)}</Tag>
}

function Before({ text }: Readonly<{ text: string }>) {
  const say = useSay()
  return <p className="nhsuk-hint">{say('Before: {words}', { words: text })}</p>
}

const Gone = ({ gone }: Readonly<{ gone: readonly string[] }>) => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="No longer in your plan" />
    </h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {gone.map((what) => (
        <li key={what} dir="auto">
          {what}
        </li>
      ))}
    </ul>
  </>
)
