import { Said, useSay } from '#platform/html/say.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Say } from '#platform/language/say.ts'
import { doers, type OwnAction, type OwnGoal, ownStates, type PrintFormat } from '#journey/my-plan/rules.ts'

type GoalProps = Readonly<{ goal: OwnGoal; number: number; format: PrintFormat }>

/** A goal on paper, in the words of its person, and what is done for it. */
export function PrintedGoal({ goal: { words, targetOn, actions }, number, format }: GoalProps) {
  const say = useSay()
  return (
    <section>
      <h2 className="nhsuk-heading-m">{say('Goal {number}', { number })}</h2>
      <p>
        <strong>
          <bdi>“{words}”</bdi>
        </strong>
      </p>
      {targetOn ? <p>{say('You want to reach this by {day}.', { day: say.day(targetOn) })}</p> : null}
      <h3 className="nhsuk-heading-s">
        <Said text="What is done for it" />
      </h3>
      {actions.length === 0 ? (
        <p>
          <Said text="Nothing to do is written down for this goal yet." />
        </p>
      ) : format === 'screen-reader' ? (
        <Table
          caption={say('What is done for it')}
          captionSize="hidden"
          columns={columns(say)}
          rows={actions}
          rowKey={({ id }) => id}
          empty={null}
        />
      ) : (
        <ul role="list" className="ww-printed__actions">
          {actions.map((action) => (
            <PrintedAction key={action.id} {...{ action, format }} />
          ))}
        </ul>
      )}
    </section>
  )
}

const columns = (say: Say): readonly Column<OwnAction>[] => [
  { key: 'what', label: say('What'), names: true, cell: ({ what }) => <bdi>{what}</bdi> },
  { key: 'who', label: say('Who'), cell: ({ owner }) => say(doers[owner].label) },
  { key: 'when', label: say('By when'), cell: ({ dueOn }) => say.day(dueOn) },
  { key: 'state', label: say('How it stands'), cell: ({ state }) => say(ownStates[state].label) },
]

/** Something to do, with a box to tick by hand; in easy read each idea is a line of its own. */
function PrintedAction({ action, format }: Readonly<{ action: OwnAction; format: PrintFormat }>) {
  const say = useSay()
  const { what, owner, dueOn, state } = action
  const isOver = state !== 'open' && state !== 'late'
  const who = say(doers[owner].label)
  const day = say.day(dueOn)
  return (
    <li>
      <span aria-hidden="true">{state === 'done' ? '☑' : '☐'} </span>
      <strong>
        <bdi>{what}</bdi>
      </strong>
      <br />
      {format === 'easy-read' ? (
        <>
          {say('Who does it? {who}.', { who })}
          <br />
          {say('By when? {day}.', { day })}
        </>
      ) : (
        say('{who}, by {day}', { who, day })
      )}
      {isOver ? (
        <>
          <br />
          {say(ownStates[state].label)}
        </>
      ) : null}
    </li>
  )
}
