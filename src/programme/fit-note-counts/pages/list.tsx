import { shortDay } from '#platform/dates.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Details, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type RequestState, requestStates } from '#journey/fit-note-request/rules.ts'
import { definition, listAddress, type Wanted } from '#programme/fit-note-counts/rules.ts'

export type BehindRow = Readonly<{
  id: string
  person: string
  name: string
  practice: string
  askedOn: Temporal.PlainDate
  heldOn: Temporal.PlainDate | null
  days: number | null
  again: boolean
  state: RequestState
}>

type BehindProps = Readonly<{
  title: string
  month: Readonly<{ value: string; label: string }>
  wanted: Wanted
  rows: readonly BehindRow[]
  count: number
  listed: number
  page: number
  pages: number
}>

/** The requests behind one number. */
export const BehindCount = ({ title, month, wanted, rows, count, listed, page, pages }: BehindProps) => (
  <Page
    title={title}
    caption={month.label}
    back={{ href: `/fit-note-requests/counts?month=${month.value}`, label: 'Requests for a fit note, in numbers' }}
  >
    <Details summary="What counts">
      <p>{definition}</p>
    </Details>
    <ListBar count={inWords(count, listed)} print />
    <Table
      caption={title}
      captionSize="hidden"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty="No request that you may see stands behind this number."
    />
    <PageNumbers
      page={page}
      pages={pages}
      href={(next) => `${listAddress({ month: month.value, ...wanted })}&page=${next}`}
    />
  </Page>
)

function inWords(count: number, listed: number): string {
  const all = count === 1 ? '1 request' : `${count} requests`
  const kept = count - listed
  if (kept <= 0) return all
  return `${all}, ${kept} of them not listed: ${kept === 1 ? 'a restricted record is' : 'restricted records are'} shown to named people only`
}

const columns: readonly Column<BehindRow>[] = [
  {
    ...{ key: 'person', label: 'Person', names: true },
    cell: ({ person, name }) => <a href={`/people/${person}/fit-note-requests`}>{name}</a>,
  },
  { key: 'practice', label: 'Practice', cell: ({ practice }) => practice },
  { key: 'asked', label: 'Asked on', nowrap: true, cell: ({ askedOn }) => shortDay(askedOn) },
  { key: 'again', label: 'Had asked before', cell: ({ again }) => (again ? 'Yes' : 'No') },
  { key: 'held', label: 'Spoken on', nowrap: true, cell: ({ heldOn }) => heldOn && shortDay(heldOn) },
  { key: 'days', label: 'Days', numeric: true, cell: ({ days }) => days },
  {
    ...{ key: 'state', label: 'State' },
    cell: ({ state }) => <Tag colour={requestStates[state].colour}>{requestStates[state].label}</Tag>,
  },
]
