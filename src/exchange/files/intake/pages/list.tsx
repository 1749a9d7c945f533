import { inWords } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Kind, kinds, type State, stateOf, states } from '#exchange/files/batch/rules.ts'
import { bringable } from '#exchange/files/parcel/rules.ts'

/** Something that was sent and waits for somebody to go on with it. */
export type Waiting = Readonly<{
  id: string
  kind: Kind
  sent_at: Temporal.Instant
  byName: string
  names: readonly string[]
  rows: number
  trial: string | null
  finished_at: Temporal.Instant | null
}>

/** Something that was brought in. */
export type Brought = Readonly<{
  id: string
  kind: Kind
  name: string
  byName: string | null
  rows: number
  taken: number
  already: number
  refused: number
  started_at: Temporal.Instant
  finished_at: Temporal.Instant | null
  undoing_at: Temporal.Instant | null
  undone_at: Temporal.Instant | null
}>

type ListProps = Readonly<{
  waiting: readonly Waiting[]
  brought: readonly Brought[]
  now: Temporal.Instant
  page: number
  pages: number
  /** Who receives referrals, where it is not the reader's organisation; undefined where it is. */
  closed: Readonly<{ receives: string | undefined }> | undefined
}>

/** What can be brought in, what waits to be gone on with, and what was brought in before. */
export const BringIn = ({ waiting, brought, now, page, pages, closed }: ListProps) => (
  <Page
    title="Bring in records"
    lede="Records that stand in another system, as a file it exported. Every row is tried first, and what was brought in can be taken back."
  >
    {closed ? <Closed {...closed} /> : <Offered />}
    {waiting.length === 0 ? null : (
      <Table
        caption="Sent, and not brought in yet"
        captionSize="m"
        rows={waiting}
        rowKey={({ id }) => id}
        columns={waitingColumns(now)}
        empty=""
      />
    )}
    <Table
      caption="Brought in"
      captionSize="m"
      rows={brought}
      rowKey={({ id }) => id}
      columns={broughtColumns(now)}
      empty="Nothing was brought in yet. Each file appears here with what came of its rows, and can be taken back from here."
    />
    <PageNumbers page={page} pages={pages} href={(number) => `/imports?page=${number}`} />
  </Page>
)

const Offered = () => (
  <>
    {Object.entries(bringable).map(([kind, { label, about }]) => (
      <Card key={kind} heading={label}>
        <p>{about}</p>
        <LinkButton href={`/imports/${kind}`}>{`Bring in ${label.toLowerCase()}`}</LinkButton>
        <p>
          <a href={`/imports/${kind}/columns`}>What the file may look like</a>
        </p>
      </Card>
    ))}
  </>
)

const Closed = ({ receives }: { receives: string | undefined }) => (
  <EmptyState>
    {receives === undefined
      ? 'Nobody is named who receives new referrals here, so that nothing can be brought in. It is said under Area, “How this area works”.'
      : `New referrals here are received by ${receives}. Their administrators and service managers bring records in.`}
  </EmptyState>
)

const FileName = ({ href, names }: { href: string; names: string }) => (
  <a href={href} className="ww-anywhere">
    {names}
  </a>
)

function waitingColumns(now: Temporal.Instant): readonly Column<Waiting>[] {
  return [
    {
      key: 'name',
      label: 'File',
      names: true,
      cell: ({ id, names, trial }) => (
        <FileName href={trial ? `/imports/trials/${trial}` : `/imports/parcels/${id}`} names={names.join(', ')} />
      ),
    },
    { key: 'what', label: 'What', cell: ({ kind }) => kinds[kind].label },
    { key: 'rows', label: 'Rows', numeric: true, cell: ({ rows }) => rows.toLocaleString('en-GB') },
    { key: 'by', label: 'Sent', cell: ({ byName, sent_at }) => `${inWords(sent_at, now)}, by ${byName}` },
    { key: 'state', label: 'Now', cell: (row) => <Tag colour="yellow">{waitsFor(row)}</Tag> },
  ]
}

function waitsFor({ trial, finished_at }: Waiting): string {
  if (trial === null) return 'Columns to be checked'
  return finished_at ? 'Tried, to be decided' : 'Being tried'
}

const colours = {
  'under-way': 'blue',
  finished: 'green',
  undoing: 'orange',
  undone: 'grey',
} as const satisfies Readonly<Record<State, string>>

/** Where a batch stands, in a word. */
export const StateTag = ({ batch }: { batch: Pick<Brought, 'finished_at' | 'undoing_at' | 'undone_at'> }) => (
  <Tag colour={colours[stateOf(batch)]}>{states[stateOf(batch)].label}</Tag>
)

function broughtColumns(now: Temporal.Instant): readonly Column<Brought>[] {
  const number = (of: 'rows' | 'taken' | 'already' | 'refused', label: string): Column<Brought> => ({
    key: of,
    label,
    numeric: true,
    cell: (row) => row[of].toLocaleString('en-GB'),
  })
  return [
    {
      key: 'name',
      label: 'File',
      names: true,
      cell: ({ id, name }) => <FileName href={`/imports/batches/${id}`} names={name} />,
    },
    { key: 'what', label: 'What', cell: ({ kind }) => kinds[kind].label },
    {
      key: 'by',
      label: 'Begun',
      cell: ({ byName, started_at }) =>
        `${inWords(started_at, now)}, ${byName ? `by ${byName}` : 'from the command line'}`,
    },
    number('taken', 'Taken'),
    number('already', 'Here already'),
    number('refused', 'Returned'),
    { key: 'state', label: 'Now', cell: (row) => <StateTag batch={row} /> },
  ]
}
