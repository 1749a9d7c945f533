import { Details, Tag } from '#platform/html/content.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Release } from '#programme/release/rules.ts'
import {
  against,
  againstInWords,
  enteredNotCounted,
  inPounds,
  moneyKinds,
  posts,
  type StaffLine,
} from '#programme/staff-and-money/rules.ts'

type StaffProps = Readonly<{ entered: Release['entered']; month: string; opens: boolean; enters: boolean }>

/** Staff in post beside what was planned, and money spent beside what was planned. */
export const StaffAndMoney = ({ entered: { staff, money }, month, opens, enters }: StaffProps) => (
  <>
    <Table
      narrow="scroll"
      caption="Staff on the last day of the month"
      captionSize="s"
      columns={staffColumns(month, opens)}
      rows={staff}
      rowKey={({ post }) => post}
      empty="Nobody was in post."
    />
    <Table
      narrow="scroll"
      caption="Money of the month"
      captionSize="s"
      columns={moneyColumns}
      rows={[
        { what: moneyKinds.planned.label, pounds: money.planned, beside: null },
        { what: moneyKinds.spent.label, pounds: money.spent, beside: against(money.planned, money.spent) },
      ]}
      rowKey={({ what }) => what}
      empty=""
    />
    {enters ? (
      <p>
        <a href="/staff-and-money">Enter planned staff and money</a>
      </p>
    ) : null}
    <Details summary="What counts">
      <p>{enteredNotCounted}</p>
    </Details>
  </>
)

const Entered = () => <Tag colour="grey">Entered</Tag>

const staffColumns = (month: string, opens: boolean): readonly Column<StaffLine>[] => [
  { key: 'post', label: 'Role', names: true, cell: ({ post }) => posts[post].label },
  {
    ...{ key: 'in-post', label: 'In post', numeric: true },
    cell: ({ post, inPost }) =>
      opens && inPost > 0 ? (
        <a href={`/staff-and-money/in-post?month=${month}&role=${post}`}>
          {inPost}
          <span className="nhsuk-u-visually-hidden"> {posts[post].label} in post</span>
        </a>
      ) : (
        inPost
      ),
  },
  {
    ...{ key: 'planned', label: 'Planned', numeric: true },
    cell: ({ planned }) =>
      planned === null ? (
        'Not entered'
      ) : (
        <>
          {planned} <Entered />
        </>
      ),
  },
  {
    ...{ key: 'against', label: 'Against plan', numeric: true },
    cell: ({ planned, inPost }) => againstInWords(against(planned, inPost), String),
  },
]

type MoneyLine = Readonly<{ what: string; pounds: number | null; beside: number | null }>

const moneyColumns: readonly Column<MoneyLine>[] = [
  { key: 'what', label: 'Money', names: true, cell: ({ what }) => what },
  {
    ...{ key: 'pounds', label: 'Amount', numeric: true },
    cell: ({ pounds }) =>
      pounds === null ? (
        'Not entered'
      ) : (
        <>
          {inPounds(pounds)} <Entered />
        </>
      ),
  },
  {
    ...{ key: 'beside', label: 'Against plan', numeric: true },
    cell: ({ beside }) => againstInWords(beside, inPounds),
  },
]
