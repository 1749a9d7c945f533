import { dayInWords, longDay } from '#platform/dates.ts'
import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { dueOn, standsOn } from './rules.ts'

/** A request about a record that is still to be answered. */
export type Listed = Readonly<{ id: string; href: string; name: string; what: string; decided: boolean }> &
  Readonly<{ askedOn: Temporal.PlainDate }>

type ListProps = Readonly<{ requests: readonly Listed[]; today: Temporal.PlainDate }>

/** What people asked about their records, those due first. */
export const RecordRequests = ({ requests, today }: ListProps) => (
  <Page
    title="Requests about records"
    lede="Whoever asks to be erased, or says that something in their record is wrong, has an answer within one calendar month."
  >
    <p>
      Who asked for a copy of their record stands on <a href="/copies">the list of copies</a>.
    </p>
    <Table
      caption="Still to be answered"
      captionSize="m"
      rows={requests}
      rowKey={({ id }) => id}
      columns={columns(today)}
      empty="Nobody waits for an answer. A request appears here when a person says in their space that something is wrong, or when a colleague writes down on a record what the person asked."
    />
  </Page>
)

const columns = (today: Temporal.PlainDate): readonly Column<Listed>[] => [
  { key: 'who', label: 'Person', names: true, cell: ({ href, name }) => <a href={href}>{name}</a> },
  { key: 'what', label: 'What they ask', prose: true, cell: ({ what }) => what },
  { key: 'asked', label: 'Asked', nowrap: true, cell: ({ askedOn }) => longDay(askedOn) },
  { key: 'due', label: 'Answer due', nowrap: true, cell: ({ askedOn }) => dayInWords(dueOn(askedOn), today) },
  { key: 'state', label: 'State', cell: (request) => <Stands {...request} today={today} /> },
]

const standings = {
  late: { label: 'Overdue', colour: 'red' },
  soon: { label: 'Due soon', colour: 'orange' },
  open: { label: 'Open', colour: 'blue' },
} as const

const Stands = ({ askedOn, decided, today }: Listed & Readonly<{ today: Temporal.PlainDate }>) => {
  const { label, colour } = standings[standsOn(askedOn, today)]
  return (
    <>
      <Tag colour={colour}>{label}</Tag>
      {decided ? ' Decided, not erased yet' : ''}
    </>
  )
}
