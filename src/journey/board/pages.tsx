import { longDay } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Figure, Figures } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { type Load, loadState, waitedLong } from './rules.ts'

type Pressing = Readonly<{
  all: number
  unassigned: number
  firstContact: number
  firstContactLate: number
  overdue: number
  waiting: number
}>
type StageRow = Readonly<{ stage: Stage; people: number; longest: number; middle: number }>
type BoardProps = Readonly<{
  today: Temporal.PlainDate
  organisation: string
  pressing: Pressing
  stageRows: readonly StageRow[]
  loads: readonly Load[]
  startsThisMonth: number
  startsLastMonth: number
  concerns: number
}>

/** How the service stands for whoever runs it; every number opens the list of people behind it. */
export const Board = ({
  today,
  organisation,
  pressing,
  stageRows,
  loads,
  startsThisMonth,
  startsLastMonth,
  concerns,
}: BoardProps) => (
  <Page
    title="Board"
    caption={`${organisation}, ${longDay(today)}`}
    actions={
      <LinkButton href="/allocation" small>
        Allocate people
      </LinkButton>
    }
  >
    <WhatPresses {...{ pressing, startsThisMonth, startsLastMonth, concerns }} />
    <Table
      caption="Coaches"
      columns={loadColumns}
      rows={loads}
      rowKey={({ member }) => member}
      empty="Coaches appear here once they are invited and a person is allocated to them."
    />
    <Table
      caption="Where people stand, and for how long"
      columns={stageColumns}
      rows={stageRows}
      rowKey={({ stage }) => stage}
      empty="Nobody is with the service yet."
    />
  </Page>
)

const WhatPresses = ({
  pressing,
  startsThisMonth,
  startsLastMonth,
  concerns,
}: Pick<BoardProps, 'pressing' | 'startsThisMonth' | 'startsLastMonth' | 'concerns'>) => {
  const { unassigned, firstContact, firstContactLate, overdue, waiting, all } = pressing
  return (
    <Figures label="What presses">
      <Figure
        number={unassigned}
        label="Without a coach"
        href="/people?list=unassigned"
        tone={unassigned > 0 ? 'alert' : 'good'}
      />
      <Figure
        number={firstContact}
        label="Waiting for first contact"
        href="/people?list=first-contact"
        note={firstContactLate > 0 ? `${firstContactLate} past the clock` : 'None past the clock'}
        tone={firstContactLate > 0 ? 'alert' : 'plain'}
      />
      <Figure
        number={overdue}
        label="With something overdue"
        href="/people?list=overdue"
        tone={overdue > 0 ? 'alert' : 'good'}
      />
      <Figure number={concerns} label="Safety concerns open" href="/concerns" tone={concerns > 0 ? 'alert' : 'good'} />
      <Figure number={waiting} label="Waiting on others" href="/people?list=waiting" />
      <Figure number={all} label="With the service" href="/people" />
      <Figure
        number={startsThisMonth}
        label="Started this month"
        href="/people?list=started"
        note={`${startsLastMonth} in the month before`}
      />
    </Figures>
  )
}

const states = { room: 'Has room', full: 'Full', over: 'Over the number agreed' } as const
const stateColours = { room: 'green', full: 'yellow', over: 'red' } as const

const loadColumns: readonly Column<Load>[] = [
  {
    key: 'name',
    label: 'Coach',
    names: true,
    cell: ({ member, name }) => <a href={`/people?coach=${member}`}>{name}</a>,
  },
  { key: 'people', label: 'People', numeric: true, cell: ({ people }) => people },
  { key: 'cap', label: 'Most at a time', numeric: true, cell: ({ cap }) => cap },
  { key: 'overdue', label: 'Overdue', numeric: true, cell: ({ overdue }) => overdue },
  {
    key: 'state',
    label: 'Room',
    cell: (load) => <Tag colour={stateColours[loadState(load)]}>{states[loadState(load)]}</Tag>,
  },
]

const stageColumns: readonly Column<StageRow>[] = [
  {
    key: 'stage',
    label: 'Stage',
    names: true,
    cell: ({ stage }) => <a href={`/people?stage=${stage}`}>{stages[stage].label}</a>,
  },
  { key: 'people', label: 'People', numeric: true, cell: ({ people }) => people },
  { key: 'middle', label: 'Middle wait in days', numeric: true, cell: ({ middle }) => middle },
  {
    key: 'longest',
    label: 'Longest in days',
    numeric: true,
    cell: ({ stage, longest }) =>
      longest > (waitedLong[stage] ?? Infinity) ? <strong>{longest}, long</strong> : longest,
  },
]
