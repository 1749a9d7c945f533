import { dayInWords, dayOf } from '#platform/dates.ts'
import { FilterForm } from '#platform/html/arrangement.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Contest, type ContestState, contestStates } from '#programme/onward-figures/rules.ts'

type Row = Contest & Readonly<{ service: string; serviceName: string }>

type ContestedProps = Readonly<{
  rows: readonly Row[]
  state: ContestState
  page: number
  pages: number
  now: Temporal.Instant
}>

/** What services say against the figures of how they answer. */
export const ContestedFigures = ({ rows, state, page, pages, now }: ContestedProps) => (
  <Page
    title="Contested figures"
    lede="Services that say that the figures of how they answer referrals are not right."
    back={{ href: '/services', label: 'Services' }}
  >
    <FilterForm action="/services/contested" label="Filter contested figures">
      <SelectFrom name="state" label="Show" list={contestStates} value={state} empty={false} />
    </FilterForm>
    <Table
      caption="Contested figures"
      captionSize="hidden"
      columns={columns(dayOf(now))}
      rows={rows}
      rowKey={({ id }) => id}
      empty={state === 'open' ? 'No service waits for an answer about its figures.' : 'Nothing was answered yet.'}
    />
    <PageNumbers page={page} pages={pages} href={(next) => `/services/contested?state=${state}&page=${next}`} />
  </Page>
)

const columns = (today: Temporal.PlainDate): readonly Column<Row>[] => [
  {
    ...{ key: 'service', label: 'Service', names: true },
    cell: ({ service, serviceName }) => <a href={`/services/${service}/figures`}>{serviceName}</a>,
  },
  { key: 'words', label: 'What they say', prose: true, cell: ({ words }) => words },
  { key: 'by', label: 'Who', cell: ({ byName }) => byName },
  { key: 'at', label: 'When', nowrap: true, cell: ({ at }) => dayInWords(dayOf(at), today) },
]
