import { dayInWords, dayOf } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { kinds, type Kind, type State } from '#journey/onward/rules.ts'
import { StateTag } from './shown.tsx'

type Row = Readonly<{
  id: string
  serviceName: string
  kind: Kind
  state: State
  stateAt: Temporal.Instant
  wanted: string
}>

type ListProps = Readonly<{
  person: Readonly<{ id: string; name: string; mayEdit: boolean }>
  /** The spell of support for whose plan somebody can be referred; undefined where there is none. */
  episode: string | undefined
  rows: readonly Row[]
  now: Temporal.Instant
}>

/** To whom somebody was passed on, and where each stands. */
export const OnwardOf = ({ person, episode, rows, now }: ListProps) => (
  <Page
    title="Onward referrals"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    actions={
      person.mayEdit && episode ? (
        <LinkButton href={`/episodes/${episode}/onward/services`} small>
          Refer onward
        </LinkButton>
      ) : undefined
    }
  >
    <p>
      <a href={`/people/${person.id}/programmes`}>Intensive programmes: who may come in</a>
    </p>
    <Table
      caption="Onward referrals"
      captionSize="hidden"
      columns={columns(dayOf(now))}
      rows={rows}
      rowKey={({ id }) => id}
      empty="Services they are passed on to appear here, with what was sent, what each service said, and what came of it."
    />
  </Page>
)

const columns = (today: Temporal.PlainDate): readonly Column<Row>[] => [
  {
    key: 'service',
    label: 'Service',
    names: true,
    cell: ({ id, serviceName }) => <a href={`/onward/${id}`}>{serviceName}</a>,
  },
  { key: 'kind', label: 'How', cell: ({ kind }) => kinds[kind].label },
  { key: 'wanted', label: 'What is wanted', prose: true, cell: ({ wanted }) => wanted },
  { key: 'state', label: 'State', cell: ({ state }) => <StateTag state={state} /> },
  { key: 'since', label: 'Since', nowrap: true, cell: ({ stateAt }) => dayInWords(dayOf(stateAt), today) },
]
