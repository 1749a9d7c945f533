import { inWords } from '#platform/dates.ts'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Feed } from '#exchange/feeds/feed/rules.ts'
import { type Count, counts, type Run } from '#exchange/feeds/run/rules.ts'
import { Alert, Ended, type Now, Paced } from './standing.tsx'

type FeedProps = Now & Readonly<{ feed: Feed; runs: readonly Run[]; said: number; missing: number }>

/** One feed: how it is read, and its last readings. */
export const OneFeed = ({ feed, runs, said, missing, now }: FeedProps) => (
  <Page
    title={feed.name}
    lede="A directory of somebody else that is read into this one."
    back={{ href: '/services/feeds', label: 'Feeds' }}
    actions={<FeedActions feed={feed} />}
  >
    <Alert feed={feed} last={runs[0]} now={now} />
    <SummaryList
      compact
      rows={[
        { label: 'Address', value: feed.address },
        { label: 'Speaks', value: `Open Referral UK ${feed.speaks}` },
        { label: 'Read', value: <Paced feed={feed} /> },
        { label: 'Who answers for it', value: feed.answers },
        { label: 'Licence', value: feed.licence },
        { label: 'Stops and asks', value: `when it has fewer than ${feed.leastShare}% of the services known from it` },
        { label: 'Services', value: said.toLocaleString('en-GB') },
        { label: 'Not there any more', value: <MissingLink feed={feed} missing={missing} /> },
      ]}
    />
    <h2 className="nhsuk-heading-m">Readings</h2>
    <Table
      caption="Readings, the newest first"
      captionSize="hidden"
      columns={runColumns(feed, now)}
      rows={runs}
      rowKey={({ id }) => id}
      empty="It has not been read yet. That begins within a minute."
    />
  </Page>
)

const MissingLink = ({ feed, missing }: Readonly<{ feed: Feed; missing: number }>) =>
  missing === 0 ? 'None' : <a href={`/services/feeds/${feed.id}/missing`}>{missing.toLocaleString('en-GB')}</a>

const FeedActions = ({ feed }: Readonly<{ feed: Feed }>) => {
  const at = (what: string) => `/services/feeds/${feed.id}/${what}`
  if (feed.pausedAt || feed.removedAt)
    return (
      <>
        <ButtonForm action={at('continuation')} small>
          Read it again from now on
        </ButtonForm>
        {feed.removedAt ? null : <TakeOff at={at('removal')} />}
      </>
    )
  return (
    <>
      <ButtonForm action={at('runs')} small>
        Read it now
      </ButtonForm>
      <LinkButton href={at('change')} small secondary>
        Change how it is read
      </LinkButton>
      <ButtonForm action={at('pause')} small secondary>
        Pause
      </ButtonForm>
      <TakeOff at={at('removal')} />
    </>
  )
}

const TakeOff = ({ at }: Readonly<{ at: string }>) => (
  <ButtonForm action={at} small secondary>
    Take off
  </ButtonForm>
)

const shownCounts = [
  'taken',
  'changed',
  'unchanged',
  'disputed',
  'refused',
  'missing',
] as const satisfies readonly Count[]

const runColumns = (feed: Feed, now: Temporal.Instant): readonly Column<Run>[] => [
  {
    ...{ key: 'began', label: 'Began', names: true },
    cell: ({ id, beganAt }) => <a href={`/services/feeds/${feed.id}/runs/${id}`}>{inWords(beganAt, now)}</a>,
  },
  { key: 'kind', label: 'Read', cell: ({ kind }) => (kind === 'whole' ? 'All of it' : 'What had changed') },
  { key: 'ended', label: 'How it stands', cell: (run) => <Ended run={run} now={now} /> },
  ...shownCounts.map((count): Column<Run> => ({
    ...{ key: count, label: counts[count].label, numeric: true },
    cell: (run) => run[count].toLocaleString('en-GB'),
  })),
]
