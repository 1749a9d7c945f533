import { shortDay } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Allotting, allottings, standingOf, standings } from '#journey/pilot/rules.ts'

type Dated = Readonly<{ id: string; name: string; fromOn: Temporal.PlainDate; untilOn: Temporal.PlainDate }>
type Row = Dated & Readonly<{ allotting: Allotting; endedAt: Temporal.Instant | null; decided: string | null }>
type OfferedRow = Dated & Readonly<{ tried: string; byName: string; joined: string | null }>

type PilotsProps = Readonly<{
  pilots: readonly Row[]
  offered: readonly OfferedRow[]
  today: Temporal.PlainDate
  /** Whether its reader registers pilots for the area, or offers them to all areas. */
  decides: boolean
  offers: boolean
}>

/** The pilots of an area, and those offered to all areas. */
export const Pilots = ({ pilots, offered, today, decides, offers }: PilotsProps) => (
  <Page
    title="Pilots"
    lede="New ways of working that are tried for a time. People take part by choice, and stop whenever they like."
    actions={decides ? <LinkButton href="/pilots/new">Register a pilot</LinkButton> : undefined}
  >
    <Table
      caption="In this area"
      captionSize="m"
      columns={columns(today)}
      rows={pilots}
      rowKey={({ id }) => id}
      empty="Nothing is tried here yet. A pilot appears here once the service manager or the area lead registers it."
    />
    <Table
      caption="Offered to all areas"
      captionSize="m"
      columns={offeredColumns(decides)}
      rows={offered}
      rowKey={({ id }) => id}
      empty="The national programme team has registered none that areas can join."
    />
    {offers ? <LinkButton href="/pilots/offered/new">Register one for all areas</LinkButton> : null}
  </Page>
)

const days = (one: Dated) => `${shortDay(one.fromOn)} to ${shortDay(one.untilOn)}`

const columns = (today: Temporal.PlainDate): readonly Column<Row>[] => [
  { key: 'name', label: 'Pilot', names: true, cell: ({ id, name }) => <a href={`/pilots/${id}`}>{name}</a> },
  { key: 'days', label: 'Days', cell: days },
  { key: 'allotting', label: 'Who gets it', cell: ({ allotting }) => allottings[allotting].label },
  {
    key: 'standing',
    label: 'Stands',
    cell: (one) => (
      <Tag colour={standings[standingOf(one, today)].colour}>{standings[standingOf(one, today)].label}</Tag>
    ),
  },
  { key: 'decided', label: 'Decided', prose: true, cell: ({ decided }) => decided },
]

const offeredColumns = (decides: boolean): readonly Column<OfferedRow>[] => [
  { key: 'name', label: 'Pilot', names: true, cell: ({ name }) => name },
  { key: 'tried', label: 'What is tried', prose: true, cell: ({ tried }) => tried },
  { key: 'days', label: 'Days', cell: days },
  { key: 'by', label: 'Registered by', cell: ({ byName }) => byName },
  {
    key: 'join',
    label: 'In this area',
    cell: ({ id, name, joined }) => {
      if (joined !== null) return <a href={`/pilots/${joined}`}>Joined</a>
      if (!decides) return 'Not joined'
      return (
        <LinkButton href={`/pilots/new?offered=${id}`} small secondary>
          Join<span className="nhsuk-u-visually-hidden">: {name}</span>
        </LinkButton>
      )
    },
  },
]
