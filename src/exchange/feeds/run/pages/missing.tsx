import { dayInWords, dayOf } from '#platform/dates.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Inset } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Feed } from '#exchange/feeds/feed/rules.ts'
import { type ServiceDays, serviceStates, stateOn } from '#registers/services/rules.ts'
import type { Now } from './standing.tsx'

type Gone = ServiceDays & Readonly<{ id: string; name: string; outerId: string; since: Temporal.Instant }>
type MissingProps = Now &
  Readonly<{
    feed: Feed
    rows: readonly Gone[]
    /** How many people wait for each of them. */
    waiting: ReadonlyMap<string, number>
    number: number
    page: number
    perPage: number
    today: Temporal.PlainDate
  }>

type Around = Pick<MissingProps, 'now' | 'today' | 'waiting'>

/** The services that a feed does not say any more, and how many people wait for each. */
export const Missing = ({ feed, rows, waiting, number, page, perPage, now, today }: MissingProps) => (
  <Page
    title="Not in the feed any more"
    caption={feed.name}
    lede="The directory that this feed reads has left them out. Here nothing was changed: ring the service or that directory, and pause or close what is over."
    back={{ href: `/services/feeds/${feed.id}`, label: feed.name }}
  >
    <ListBar count={number === 1 ? '1 service' : `${number.toLocaleString('en-GB')} services`} print />
    <Table
      caption="Not in the feed any more, those longest missing first"
      captionSize="hidden"
      columns={goneColumns({ now, today, waiting })}
      rows={rows}
      rowKey={({ outerId }) => outerId}
      empty="Every service that came from this feed is still in it."
    />
    <PageNumbers
      page={page}
      pages={Math.ceil(number / perPage)}
      href={(other) => `/services/feeds/${feed.id}/missing?page=${other}`}
    />
    <Inset>
      <p>A service that comes back under the same id leaves this list by itself.</p>
    </Inset>
  </Page>
)

const goneColumns = ({ now, today, waiting }: Around): readonly Column<Gone>[] => [
  { key: 'name', label: 'Service', names: true, cell: ({ id, name }) => <a href={`/services/${id}`}>{name}</a> },
  { key: 'since', label: 'Missing since', cell: ({ since }) => dayInWords(dayOf(since), dayOf(now)) },
  { key: 'state', label: 'Now', cell: (one) => serviceStates[stateOn(one, today)].label },
  { key: 'waiting', label: 'Waiting for it', numeric: true, cell: ({ id }) => `${waiting.get(id) ?? 0}` },
  { key: 'id', label: 'Id in the feed', cell: ({ outerId }) => outerId },
]
