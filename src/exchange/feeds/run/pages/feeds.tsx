import { ListBar } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Feed } from '#exchange/feeds/feed/rules.ts'
import type { Run } from '#exchange/feeds/run/rules.ts'
import { Ended, type Now, Paced } from './standing.tsx'

type Listed = Readonly<{ feed: Feed; last: Run | undefined; said: number; missing: number }>

/** The feeds of an area, each with how its last reading ended. */
export const Feeds = ({ feeds, pairs, now }: Now & Readonly<{ feeds: readonly Listed[]; pairs: number }>) => (
  <Page
    title="Feeds"
    lede="Other directories whose services are read into this one. What was changed here stays when a feed says something else; somebody decides."
    back={{ href: '/services', label: 'Services' }}
    actions={
      <LinkButton href="/services/feeds/new" small>
        Add a feed
      </LinkButton>
    }
  >
    <ListBar count={feeds.length === 1 ? '1 feed' : `${feeds.length} feeds`}>
      <a href="/services/twins">{pairs === 0 ? 'Services that may be one' : `${pairs} pairs of services may be one`}</a>
    </ListBar>
    <Table
      caption="Feeds"
      captionSize="hidden"
      columns={feedColumns(now)}
      rows={feeds}
      rowKey={({ feed }) => feed.id}
      empty="No other directory is read. Councils and charities publish theirs as Open Referral UK: add one by its address."
    />
  </Page>
)

const feedColumns = (now: Temporal.Instant): readonly Column<Listed>[] => [
  {
    key: 'name',
    label: 'Feed',
    names: true,
    cell: ({ feed }) => <a href={`/services/feeds/${feed.id}`}>{feed.name}</a>,
  },
  { key: 'speaks', label: 'Open Referral UK', cell: ({ feed }) => feed.speaks },
  { key: 'read', label: 'Read', cell: ({ feed }) => <Paced feed={feed} /> },
  { key: 'said', label: 'Services', numeric: true, cell: ({ said }) => said.toLocaleString('en-GB') },
  {
    key: 'missing',
    label: 'Not there any more',
    numeric: true,
    cell: ({ missing }) => missing.toLocaleString('en-GB'),
  },
  { key: 'last', label: 'Last reading', cell: ({ last }) => (last ? <Ended run={last} now={now} /> : 'Not yet') },
]
