import { clock, dayOf, shortDay } from '#platform/dates.ts'
import { Table } from './table.tsx'

/** Something that an area decided for itself: what holds from a day on, what held until then, who said so and why. */
export type Decision = Readonly<{
  name: string
  from_on: Temporal.PlainDate
  value: unknown
  /** What held until then. */
  before: unknown
  reason: string | null
  byName: string | null
  set_at: Temporal.Instant
}>

type DecisionsProps = Readonly<{
  decisions: readonly Decision[]
  nameOf: (name: string) => string
  valueOf: (value: unknown, name: string) => string
  empty?: string
}>

/** What an area decided before about one thing, the newest first. */
export const Decisions = ({
  decisions,
  nameOf,
  valueOf,
  empty = 'Nothing has been changed from what usually holds.',
}: DecisionsProps) => (
  <Table
    caption="Decisions, newest first"
    captionSize="hidden"
    rows={decisions}
    rowKey={({ name, from_on, set_at }) => `${name}${from_on.toString()}${set_at.toString()}`}
    columns={[
      { key: 'from', label: 'From', nowrap: true, cell: ({ from_on }) => shortDay(from_on) },
      { key: 'what', label: 'What', names: true, cell: ({ name }) => nameOf(name) },
      { key: 'value', label: 'Decided', cell: ({ name, value }) => valueOf(value, name) },
      { key: 'before', label: 'Before', cell: ({ name, before }) => valueOf(before, name) },
      { key: 'why', label: 'Why', prose: true, cell: ({ reason }) => reason ?? '' },
      {
        key: 'by',
        label: 'By',
        cell: ({ byName, set_at }) =>
          `${byName ?? 'When the area was set up'}, ${shortDay(dayOf(set_at))} at ${clock(set_at)}`,
      },
    ]}
    empty={empty}
  />
)
