import { shortDay } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { foundInWords, mostCounted, perPage, standingInWords } from '#registers/directory/rules.ts'
import {
  type ServiceDays,
  serviceStates,
  stateOn,
  supportKinds,
  waitInWords,
  type Wanted,
} from '#registers/services/rules.ts'

type Row = ServiceDays &
  Readonly<{
    id: string
    name: string
    summary: string
    owner: string
    located: boolean
    free: boolean
    waitWeeks: number | null
    waitOn: Temporal.PlainDate | null
    checkedOn: Temporal.PlainDate | null
    kinds: readonly string[]
    towns: readonly string[]
  }>

type DirectoryProps = Readonly<{
  rows: readonly Row[]
  count: number
  page: number
  wanted: Wanted
  today: Temporal.PlainDate
  /** Whether the reader decides what the directory says, or may propose it. */
  may: Readonly<{ decide: boolean; propose: boolean }>
  /** How many feeds have stopped. */
  stopped: number
}>

/** The services that people of the area can be sent to. */
export const Directory = ({ rows, count, page, wanted, today, may, stopped }: DirectoryProps) => (
  <Page
    title="Services"
    lede="Local and national services that people can be sent to. Search by what somebody needs, where they are and what is open."
    actions={
      may.propose ? (
        <LinkButton href="/services/new" small>
          {may.decide ? 'Add a service' : 'Propose a service'}
        </LinkButton>
      ) : null
    }
  >
    <Filters {...wanted} />
    <ListBar count={foundInWords(count)} print>
      {may.propose ? <a href="/services/proposals">Proposed changes</a> : null}
      {may.propose ? <a href="/services/checking">Check services</a> : null}
      {may.decide ? <a href="/services/feeds">{feedsInWords(stopped)}</a> : null}
    </ListBar>
    <Table
      caption="Services"
      captionSize="hidden"
      columns={columns(today)}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty(wanted)}
    />
    <PageNumbers
      page={page}
      pages={Math.ceil(Math.min(count, mostCounted) / perPage)}
      href={(number) => addressOf(wanted, number)}
    />
  </Page>
)

const Filters = ({ words, kind, place, state }: Wanted) => (
  <FilterForm
    action="/services"
    clear={words !== null || kind !== null || place !== null || state !== null ? '/services' : undefined}
  >
    <TextField name="words" label="What is needed" type="search" value={words ?? ''} />
    <SelectFrom name="kind" label="Kind of support" list={supportKinds} value={kind ?? undefined} empty="All" />
    <TextField name="place" label="Town or postcode" value={place ?? ''} width={10} />
    <SelectFrom name="state" label="Now" list={serviceStates} value={state ?? undefined} empty="All" />
  </FilterForm>
)

function empty({ words, kind, place, state }: Wanted): string {
  const isNarrowed = [words, kind, place, state].some((one) => one !== null)
  return isNarrowed
    ? 'No service fits. Use fewer or other words, or clear the filters.'
    : 'No service is known yet. Services appear here as soon as somebody adds them or the national ones have been brought in.'
}

function addressOf(wanted: Wanted, page: number): string {
  const known = Object.entries({ ...wanted, page: `${page}` }).filter(
    (pair): pair is [string, string] => pair[1] !== null,
  )
  return `/services?${new URLSearchParams(known).toString()}`
}

const columns = (today: Temporal.PlainDate): readonly Column<Row>[] => [
  { key: 'name', label: 'Service', names: true, cell: ({ id, name }) => <a href={`/services/${id}`}>{name}</a> },
  { key: 'what', label: 'What it does', prose: true, cell: (row) => <What {...row} /> },
  { key: 'kinds', label: 'Kind', cell: ({ kinds }) => kinds.join(', ') || 'None yet' },
  { key: 'where', label: 'Where', cell: ({ towns, located }) => (located ? towns.join(', ') : 'By phone or online') },
  { key: 'wait', label: 'Waiting time', cell: (row) => <Wait {...row} /> },
  { key: 'state', label: 'Now', cell: (row) => <Standing days={row} today={today} /> },
  {
    key: 'checked',
    label: 'Last checked',
    nowrap: true,
    cell: ({ checkedOn }) => (checkedOn ? shortDay(checkedOn) : 'Not yet'),
  },
]

// A list is skimmed: two lines of each are enough to know which to open.
const mostShown = 160

const What = ({ owner, summary, free }: Row) => (
  <>
    {summary.length > mostShown ? `${summary.slice(0, mostShown).trimEnd()}…` : summary}
    <br />
    <span className="nhsuk-u-secondary-text-colour">
      {owner}
      {free ? '' : '. Not free for everybody'}
    </span>
  </>
)

const Wait = ({ waitWeeks, waitOn }: Pick<Row, 'waitWeeks' | 'waitOn'>) => {
  const words = waitInWords(waitWeeks)
  if (words === null) return 'Not known'
  return waitOn ? `${words}, as of ${shortDay(waitOn)}` : words
}

const colours = { open: 'green', paused: 'yellow', closed: 'grey', 'to-come': 'blue' } as const

/** How a service stands, with the days that explain it. */
export const Standing = ({ days, today }: Readonly<{ days: ServiceDays; today: Temporal.PlainDate }>) => {
  const state = stateOn(days, today)
  return (
    <>
      <Tag colour={colours[state]}>{serviceStates[state].label}</Tag> {standingInWords(days, today)}
    </>
  )
}

const feedsInWords = (stopped: number) =>
  stopped === 0 ? 'Feeds' : `Feeds: ${stopped} ${stopped === 1 ? 'has' : 'have'} stopped`
