import { type ResultKind, stateOf, states, timesInWords, type Purpose, purposes } from '#journey/appointment/rules.ts'
import { modes, type Mode, type Times } from '#journey/invitation/rules.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'

type Row = Times & Readonly<{ id: string; purpose: Purpose; mode: Mode; memberName: string; result: ResultKind | null }>

type ListProps = Readonly<{
  episode: string
  person: Readonly<{ id: string; name: string }>
  appointments: readonly Row[]
  mayBook: boolean
  noShows: number
  now: Temporal.Instant
  today: Temporal.PlainDate
}>

/** Every appointment of one spell of support, the latest first. */
export const AppointmentList = ({ episode, person, appointments, mayBook, noShows, now, today }: ListProps) => (
  <Page
    title="Appointments"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    actions={
      mayBook ? (
        <>
          <LinkButton href={`/episodes/${episode}/appointments/new`} small>
            Book an appointment
          </LinkButton>
          <LinkButton href={`/episodes/${episode}/offers/new`} small secondary>
            Let them choose a time
          </LinkButton>
        </>
      ) : null
    }
  >
    {noShows > 0 ? <p>{noShows === 1 ? 'Once the person' : `${noShows} times the person`} did not come.</p> : null}
    <Table
      caption="Appointments"
      captionSize="hidden"
      rows={appointments}
      rowKey={({ id }) => id}
      columns={columns(now, today)}
      empty="Appointments appear here once one is booked."
    />
  </Page>
)

function columns(now: Temporal.Instant, today: Temporal.PlainDate): readonly Column<Row>[] {
  return [
    {
      key: 'when',
      label: 'When',
      names: true,
      cell: (row) => <a href={`/appointments/${row.id}`}>{timesInWords(row, today)}</a>,
    },
    { key: 'purpose', label: 'What for', cell: ({ purpose }) => purposes[purpose].label },
    { key: 'mode', label: 'How', cell: ({ mode }) => modes[mode].label },
    { key: 'with', label: 'With', cell: ({ memberName }) => memberName },
    { key: 'state', label: 'State', cell: (row) => <StateTag state={stateOf(row, now)} /> },
  ]
}

/** How an appointment stands, in a word or two. */
export const StateTag = ({ state }: Readonly<{ state: keyof typeof states }>) => (
  <Tag colour={states[state].colour}>{states[state].label}</Tag>
)
