import { Card, Tag } from '#platform/html/content.tsx'
import { type BarrierCode, barriers } from '#journey/assessment/rules.ts'

export type Unanswered = Readonly<{ id: string; code: BarrierCode; severity: number | null; main: boolean }>

type Props = Readonly<{
  unanswered: readonly Unanswered[]
  goals: readonly Readonly<{ id: string; words: string }>[]
  open: boolean
}>

/** What the conversation found in the way and nobody does anything about yet. */
export const NotAnsweredYet = ({ unanswered, goals, open }: Props) =>
  unanswered.length === 0 || !open ? null : (
    <Card heading="In the way, with nothing planned for it yet" tone="quiet">
      {goals.length === 0 ? <p>Add a goal first. Then each of these can be answered by an action.</p> : null}
      <ul className="nhsuk-list nhsuk-list--bullet">
        {unanswered.map((barrier) => (
          <li key={barrier.id}>
            {barriers[barrier.code].label}
            {barrier.severity === null ? '' : `, ${barrier.severity} of 10`}{' '}
            {barrier.main ? <Tag colour="purple">Main</Tag> : null}
            <Answering barrier={barrier} goals={goals} />
          </li>
        ))}
      </ul>
    </Card>
  )

const Answering = ({ barrier, goals }: Pick<Props, 'goals'> & { barrier: Unanswered }) => {
  const [only, ...others] = goals
  if (!only) return null
  return (
    <ul className="nhsuk-list">
      {goals.map((goal) => (
        <li key={goal.id}>
          <a href={`/goals/${goal.id}/actions/new?barrier=${barrier.id}`}>
            Add an action{others.length > 0 ? ` for “${goal.words}”` : ''}
            <span className="nhsuk-u-visually-hidden"> against: {barriers[barrier.code].label}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
