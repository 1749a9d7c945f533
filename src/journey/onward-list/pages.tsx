import { dayInWords, dayOf } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Details, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { kinds, type Kind, type State, states } from '#journey/onward/rules.ts'
import { countInWords, mostCounted, pageLength, servicesShown, whoIsCounted } from './rules.ts'

type Row = Readonly<{
  id: string
  person: string
  name: string
  serviceName: string
  kind: Kind
  state: State
  stateAt: Temporal.Instant
}>

type Waiting = Readonly<{ service: string; serviceName: string; people: number; since: Temporal.Instant }>

type ListProps = Readonly<{
  rows: readonly Row[]
  count: number
  page: number
  state: State | null
  service: string | null
  waiting: readonly Waiting[]
  now: Temporal.Instant
}>

const addressOf = ({ state, service, page }: Partial<Record<'state' | 'service' | 'page', string | null>>) =>
  `/onward?${new URLSearchParams({
    ...(state ? { state } : {}),
    ...(service ? { service } : {}),
    ...(page ? { page } : {}),
  }).toString()}`

/** Everybody who was passed on to a service, by where it stands, and for which services people wait. */
export const OnwardList = ({ rows, count, page, state, service, waiting, now }: ListProps) => (
  <Page title="Onward referrals" lede="People you list who were passed on to a service, and what the services say.">
    <Waits waiting={waiting} today={dayOf(now)} />
    <h2 className="nhsuk-heading-m">All onward referrals</h2>
    <FilterForm
      action="/onward"
      clear={state || service ? '/onward' : undefined}
      fields={service ? { service } : {}}
      label="Filter onward referrals"
    >
      <SelectFrom name="state" label="State" list={states} empty="Every state" value={state ?? undefined} />
    </FilterForm>
    <ListBar count={countInWords(count)} print />
    <Table
      caption="Onward referrals"
      captionSize="hidden"
      columns={columns(dayOf(now))}
      rows={rows}
      rowKey={({ id }) => id}
      empty="Nobody fits. Clear the filters, or refer somebody from their record."
    />
    <PageNumbers
      page={page}
      pages={Math.ceil(Math.min(count, mostCounted) / pageLength)}
      href={(next) => addressOf({ state, service, page: `${next}` })}
    />
  </Page>
)

/** For which services people wait, those who have waited longest first: the first few, and the rest folded away. */
function Waits({ waiting, today }: Readonly<{ waiting: readonly Waiting[]; today: Temporal.PlainDate }>) {
  const counted = whoIsCounted(waiting)
  const [first, rest] = [waiting.slice(0, servicesShown), waiting.slice(servicesShown)]
  const shared = { columns: waitingColumns(today), rowKey: ({ service }: Waiting) => service }
  return (
    <>
      <Table
        caption="Waiting on services"
        captionSize="m"
        {...shared}
        rows={first}
        empty="Nobody waits for a service now."
      />
      {rest.length > 0 ? (
        <Details summary={`${rest.length} more ${rest.length === 1 ? 'service' : 'services'} that people wait for`}>
          <Table
            caption="More services that people wait for"
            captionSize="hidden"
            {...shared}
            rows={rest}
            empty="None."
          />
        </Details>
      ) : null}
      {counted === undefined ? null : <p>{counted}</p>}
    </>
  )
}

const waitingColumns = (today: Temporal.PlainDate): readonly Column<Waiting>[] => [
  {
    ...{ key: 'service', label: 'Service', names: true },
    cell: ({ service, serviceName }) => <a href={addressOf({ service })}>{serviceName}</a>,
  },
  { key: 'people', label: 'People who wait', numeric: true, cell: ({ people }) => people },
  { key: 'since', label: 'The first since', nowrap: true, cell: ({ since }) => dayInWords(dayOf(since), today) },
]

const columns = (today: Temporal.PlainDate): readonly Column<Row>[] => [
  {
    ...{ key: 'person', label: 'Person', names: true },
    cell: ({ person, name }) => <a href={`/people/${person}`}>{name}</a>,
  },
  { key: 'service', label: 'Service', cell: ({ id, serviceName }) => <a href={`/onward/${id}`}>{serviceName}</a> },
  { key: 'kind', label: 'How', cell: ({ kind }) => kinds[kind].label },
  { key: 'state', label: 'State', cell: ({ state }) => <Tag colour={states[state].colour}>{states[state].label}</Tag> },
  { key: 'since', label: 'Since', nowrap: true, cell: ({ stateAt }) => dayInWords(dayOf(stateAt), today) },
]
