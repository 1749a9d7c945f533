import { inWords } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { kinds, pageLength, type Request, type RequestState, requestStates } from '#journey/request/rules.ts'

/** Whom requests are about, as the reader may call them. */
export type Person = Readonly<{ id: string; name: string; mayEdit: boolean }>

/** A state in a word. */
export const StateTag = ({ state }: { state: RequestState }) => (
  <Tag colour={requestStates[state].colour}>{requestStates[state].label}</Tag>
)

/** Everything that was asked of others about one person. */
export const RequestsOf = ({
  person,
  rows,
  now,
}: Readonly<{ person: Person; rows: readonly Request[]; now: Temporal.Instant }>) => (
  <Page
    title="What was asked of others"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    actions={
      person.mayEdit ? (
        <LinkButton href={`/people/${person.id}/requests/new`} small>
          Ask somebody outside
        </LinkButton>
      ) : undefined
    }
  >
    <Table
      caption="Requests"
      captionSize="hidden"
      columns={columns<Request>(now)}
      rows={rows}
      rowKey={({ id }) => id}
      empty="What you ask of a service, an employer, occupational health or whoever referred them appears here, with what they were shown and what they answered."
    />
  </Page>
)

function columns<Row extends Request>(now: Temporal.Instant): Column<Row>[] {
  return [
    {
      key: 'whom',
      label: 'Asked',
      names: true,
      cell: ({ id, organisation }) => <a href={`/requests/${id}`}>{organisation}</a>,
    },
    { key: 'kind', label: 'Who they are', cell: ({ kind }) => kinds[kind].label },
    { key: 'asks', label: 'Question', prose: true, cell: ({ asks }) => asks },
    { key: 'when', label: 'When', cell: ({ asked_at }) => inWords(asked_at, now) },
    { key: 'state', label: 'State', cell: ({ state }) => <StateTag state={state} /> },
  ]
}

type ListProps = Readonly<{
  rows: readonly (Request & Readonly<{ name: string }>)[]
  state: RequestState | null
  page: number
  count: number
  now: Temporal.Instant
}>

const listAddress = (state: RequestState | null, page = 1) =>
  `/requests?${new URLSearchParams({ ...(state ? { state } : {}), ...(page > 1 ? { page: `${page}` } : {}) }).toString()}`

/** What was asked about everybody whom a member lists: what was answered and not read stands first in the filter. */
export const RequestList = ({ rows, state, page, count, now }: ListProps) => (
  <Page title="Asked of others">
    <FilterForm action="/requests" clear={state ? '/requests' : undefined}>
      <SelectFrom name="state" label="State" list={requestStates} empty="Every state" value={state ?? undefined} />
    </FilterForm>
    <ListBar count={`${count} ${count === 1 ? 'request' : 'requests'}`} print />
    <Table
      caption="Requests"
      captionSize="hidden"
      columns={[
        {
          key: 'person',
          label: 'Person',
          names: true,
          cell: (row) => <a href={`/people/${row.person}`}>{row.name}</a>,
        },
        ...columns<(typeof rows)[number]>(now).map((column) => ({ ...column, names: false })),
      ]}
      rows={rows}
      rowKey={({ id }) => id}
      empty="What is asked of services, employers, occupational health and whoever referred somebody appears here."
    />
    <PageNumbers page={page} pages={Math.ceil(count / pageLength)} href={(next) => listAddress(state, next)} />
  </Page>
)
