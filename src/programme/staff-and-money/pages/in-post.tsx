import { shortDay } from '#platform/dates.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Post, posts } from '#programme/staff-and-money/rules.ts'

type MemberRow = Readonly<{
  id: string
  name: string
  role: Post
  organisationName: string
  from_on: Temporal.PlainDate
  until_on: Temporal.PlainDate | null
}>

type InPostProps = Readonly<{ post: Post | null; month: string; on: string; members: readonly MemberRow[] }>

/** The members who were in post on the last day of a month. */
export const InPost = ({ post, month, on, members }: InPostProps) => (
  <Page
    title={post ? `In post: ${posts[post].label}` : 'In post'}
    caption={on}
    breadcrumbs={[{ href: `/monitoring?month=${month}#staff`, label: 'Monitoring' }]}
    lede="Memberships that held on this day. Somebody with two memberships of a role counts once in the number."
  >
    <ListBar count={members.length === 1 ? '1 membership' : `${members.length} memberships`} print />
    <Table
      caption="In post"
      captionSize="hidden"
      columns={columns}
      rows={members}
      rowKey={({ id }) => id}
      empty="Nobody was in post."
    />
  </Page>
)

const columns: readonly Column<MemberRow>[] = [
  { key: 'name', label: 'Name', names: true, cell: ({ name }) => name },
  { key: 'role', label: 'Role', cell: ({ role }) => posts[role].label },
  { key: 'organisation', label: 'Organisation', cell: ({ organisationName }) => organisationName },
  { key: 'from', label: 'From', nowrap: true, cell: ({ from_on }) => shortDay(from_on) },
  { key: 'until', label: 'Until', nowrap: true, cell: ({ until_on }) => (until_on ? shortDay(until_on) : '') },
]
