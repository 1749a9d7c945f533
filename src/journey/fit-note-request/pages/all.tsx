import { longDay } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { Table } from '#platform/html/table.tsx'
import { type FitNoteRequest, pageLength, requestStates, stateOf } from '#journey/fit-note-request/rules.ts'
import { StateTag } from './list.tsx'

/** What the list is narrowed down to. */
export const listedStates = {
  open: { label: 'Conversation to be held' },
  supported: requestStates.supported,
  clinician: requestStates.clinician,
  declined: requestStates.declined,
} as const

type AllProps = Readonly<{
  rows: readonly (FitNoteRequest & Readonly<{ name: string; coach: string | null }>)[]
  count: number
  state: keyof typeof listedStates
  page: number
  trailblazer: boolean
  /** Whether the reader sees the requests in numbers. */
  counts: boolean
  today: Temporal.PlainDate
}>

/** Who asked for a fit note, of all whom the reader lists: whoever is to be spoken to first stands on top. */
export const AllRequests = ({ rows, count, state, page, trailblazer, counts, today }: AllProps) => (
  <Page
    title="Requests for a fit note"
    lede="People who asked their practice for a fit note and are to have a conversation about work and health."
  >
    <FilterForm action="/fit-note-requests" clear={state === 'open' ? undefined : '/fit-note-requests'}>
      <SelectFrom name="state" label="State" list={listedStates} value={state} empty={false} />
    </FilterForm>
    <ListBar count={count === 1 ? '1 request' : `${count} requests`} print>
      {counts ? <a href="/fit-note-requests/counts">In numbers</a> : null}
    </ListBar>
    <Requests {...{ rows, state, trailblazer, today }} />
    <PageNumbers
      page={page}
      pages={Math.ceil(count / pageLength)}
      href={(next) => `/fit-note-requests?state=${state}&page=${next}`}
    />
  </Page>
)

const Requests = ({ rows, state, trailblazer, today }: Pick<AllProps, 'rows' | 'state' | 'trailblazer' | 'today'>) => (
  <Table
    caption={listedStates[state].label}
    captionSize="hidden"
    rows={rows}
    rowKey={({ id }) => id}
    columns={[
      {
        key: 'person',
        label: 'Person',
        names: true,
        cell: ({ person, name }) => <a href={`/people/${person}/fit-note-requests`}>{name}</a>,
      },
      { key: 'practice', label: 'Practice', cell: ({ practice }) => practice },
      { key: 'asked', label: 'Asked on', nowrap: true, cell: ({ askedOn }) => longDay(askedOn) },
      { key: 'by', label: 'Conversation by', nowrap: true, cell: ({ holdBy }) => longDay(holdBy) },
      { key: 'coach', label: 'Coach', cell: ({ coach }) => coach ?? 'Nobody yet' },
      { key: 'state', label: 'State', cell: (row) => <StateTag state={stateOf(row, today)} /> },
    ]}
    empty={
      trailblazer
        ? 'Requests appear here once somebody writes one down on a record.'
        : 'Your area does not take part as a fit note trailblazer. Where it does, requests appear here.'
    }
  />
)
