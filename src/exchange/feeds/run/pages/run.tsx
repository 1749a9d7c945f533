import { inWords } from '#platform/dates.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { WarningCallout } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Feed, troubleInWords } from '#exchange/feeds/feed/rules.ts'
import { type Count, counts, dealtWith, endings, type Run } from '#exchange/feeds/run/rules.ts'
import { Alert, Ended, type Now } from './standing.tsx'

type Row = Readonly<{
  number: number
  page: number
  outerId: string | null
  name: string | null
  taken: boolean
  reason: string
}>
type RunProps = Now &
  Readonly<{ feed: Feed; run: Run; byName: string | null; rows: readonly Row[]; page: number; perPage: number }>

/** One reading: what came of each service, and the rows that could not be taken whole. */
export const OneRun = ({ feed, run, byName, rows, page, perPage, now }: RunProps) => (
  <Page
    title={`Reading of ${inWords(run.beganAt, now)}`}
    caption={feed.name}
    back={{ href: `/services/feeds/${feed.id}`, label: feed.name }}
  >
    <Stopped feed={feed} run={run} now={now} />
    <Came run={run} byName={byName} now={now} />
    {run.disputed > 0 ? (
      <p>
        <a href="/services/proposals">Decide what the feed says differently from what was changed here</a>
      </p>
    ) : null}
    <h2 className="nhsuk-heading-m">Rows that were not taken, or in part</h2>
    <ListBar
      count={rowsInWords(run.refused + run.remarked)}
      {...(run.refused + run.remarked > 0 ? { download: `/services/feeds/${feed.id}/runs/${run.id}/rows.csv` } : {})}
    />
    <Table
      caption="Rows that were not taken, or in part"
      captionSize="hidden"
      columns={rowColumns}
      rows={rows}
      rowKey={({ number }) => String(number)}
      empty="Every row could be read."
    />
    <PageNumbers
      page={page}
      pages={Math.ceil((run.refused + run.remarked) / perPage)}
      href={(number) => `/services/feeds/${feed.id}/runs/${run.id}?page=${number}`}
    />
  </Page>
)

const Came = ({ run, byName, now }: Pick<RunProps, 'run' | 'byName' | 'now'>) => (
  <SummaryList
    compact
    rows={[
      { label: 'How it stands', value: <Ended run={run} now={now} /> },
      { label: 'Asked for', value: byName ?? 'By the clock' },
      { label: 'Read', value: `${run.kind === 'whole' ? 'All of it' : 'What had changed'}, to page ${run.page}` },
      { label: 'Services', value: servicesInWords(run) },
      // Checked: the keys of the list are its codes.
      ...(Object.keys(counts) as Count[]).map((one) => ({
        label: counts[one].label,
        value: `${run[one].toLocaleString('en-GB')} – ${counts[one].hint}`,
      })),
    ]}
  />
)

const servicesInWords = (run: Run) => {
  const dealt = dealtWith(run).toLocaleString('en-GB')
  return run.told === null ? dealt : `${dealt}; the feed says that it has ${run.told.toLocaleString('en-GB')}`
}
const rowsInWords = (number: number) => (number === 1 ? '1 row' : `${number.toLocaleString('en-GB')} rows`)

const rowColumns: readonly Column<Row>[] = [
  { key: 'name', label: 'Service', names: true, cell: ({ name }) => name ?? 'Without a name' },
  { key: 'taken', label: 'What was done', cell: ({ taken }) => (taken ? 'Taken in part' : 'Not taken') },
  { key: 'reason', label: 'Why', prose: true, cell: ({ reason }) => reason },
  { key: 'id', label: 'Id in the feed', cell: ({ outerId }) => outerId ?? '' },
  { key: 'page', label: 'Page', numeric: true, cell: ({ page }) => String(page) },
]

const Stopped = ({ feed, run, now }: Now & Readonly<{ feed: Feed; run: Run }>) => {
  const at = `/services/feeds/${feed.id}/runs/${run.id}`
  if (run.ending === 'shrunk' || run.ending === 'empty')
    return (
      <WarningCallout heading={endings[run.ending].label}>
        <p>
          Nothing was removed, and nothing was marked as missing. Ask {feed.answers} whether this is meant. If it is,
          say so here: what the feed does not have any more is then marked, and stays as it is until somebody closes it.
        </p>
        <ButtonForm action={`${at}/acceptance`} secondary small>
          It is meant: mark what is missing
        </ButtonForm>
      </WarningCallout>
    )
  if (run.ending !== 'trouble') return <Alert feed={feed} last={run} now={now} />
  return (
    <WarningCallout heading={endings.trouble.label}>
      <p>
        {troubleInWords(run.trouble ?? '', run.shown)}. What was read until page {run.page} was taken; it goes on from
        there.
      </p>
      <ButtonForm action={`/services/feeds/${feed.id}/runs`} secondary small>
        {`Go on from page ${run.page}`}
      </ButtonForm>
    </WarningCallout>
  )
}
