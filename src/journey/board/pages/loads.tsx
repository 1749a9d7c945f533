import { Inset, Tag } from '#platform/html/content.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Load, loadState } from '#journey/board/rules.ts'

type OpensProps = Readonly<{ href: string; number: number; what: string; name: string }>

/** A number of a table that opens its list, and says of whom it is where it is heard alone. */
export const Opens = ({ href, number, what, name }: OpensProps) => (
  <a href={href}>
    {number}
    <span className="nhsuk-u-visually-hidden">
      {' '}
      {what} {name}
    </span>
  </a>
)

type LoadsProps = Readonly<{ loads: readonly Load[]; decidesCapacity: boolean }>

/** What each coach carries, in people and in points, against what they can. */
export const Loads = ({ loads, decidesCapacity }: LoadsProps) => (
  <Table
    caption="Coaches"
    columns={[...loadColumns, ...(decidesCapacity ? [changing] : [])]}
    rows={loads}
    rowKey={({ member }) => member}
    empty="Coaches appear here once they are invited and a person is allocated to them."
  />
)

const states = { room: 'Has room', full: 'Full', over: 'Over the number agreed' } as const
const stateColours = { room: 'green', full: 'yellow', over: 'red' } as const

const loadColumns: readonly Column<Load>[] = [
  { key: 'name', label: 'Coach', names: true, cell: ({ name }) => name },
  {
    ...{ key: 'people', label: 'People', numeric: true },
    cell: (load) => <Opens {...load} href={`/people?coach=${load.member}`} number={load.people} what="people of" />,
  },
  { key: 'cap', label: 'Most at a time', numeric: true, cell: ({ cap }) => cap },
  {
    ...{ key: 'points', label: 'Points', numeric: true, nowrap: true },
    cell: ({ member, name, points, pointsCap }) => (
      <>
        {points} of {pointsCap}{' '}
        <a href={`/weights?coach=${member}`}>
          Why<span className="nhsuk-u-visually-hidden"> these points of {name}</span>
        </a>
      </>
    ),
  },
  {
    ...{ key: 'overdue', label: 'Overdue', numeric: true },
    cell: (load) => (
      <Opens {...load} href={`/people?list=overdue&coach=${load.member}`} number={load.overdue} what="overdue with" />
    ),
  },
  {
    ...{ key: 'state', label: 'Room' },
    cell: (load) => <Tag colour={stateColours[loadState(load)]}>{states[loadState(load)]}</Tag>,
  },
]

const changing: Column<Load> = {
  key: 'change',
  label: 'Hours and most',
  cell: ({ member, name }) => (
    <a href={`/capacity/${member}`}>
      Change<span className="nhsuk-u-visually-hidden"> how much {name} can look after</span>
    </a>
  ),
}

export type Due = Readonly<{ id: string; words: string; late: boolean }>

/** Supervisions that the reader holds or has within days, or whose day has passed. */
export const SupervisionsDue = ({ due }: Readonly<{ due: readonly Due[] }>) =>
  due.length === 0 ? null : (
    <Inset>
      {due.map(({ id, words, late }) => (
        <p key={id}>
          <a href="/supervisions">{words}</a> {late ? <Tag colour="red">Overdue</Tag> : null}
        </p>
      ))}
    </Inset>
  )
