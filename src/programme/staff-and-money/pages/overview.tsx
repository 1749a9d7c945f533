import { longDay, shortDay } from '#platform/dates.ts'
import { FilterForm } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import {
  against,
  againstInWords,
  enteredNotCounted,
  inPounds,
  type MoneyKind,
  moneyKinds,
  type Post,
  posts,
} from '#programme/staff-and-money/rules.ts'

type Entered = Readonly<{ id: string; why: string | null; by: string; on: Temporal.PlainDate }>
export type StaffEntry = Entered & Readonly<{ role: Post; from_on: Temporal.PlainDate; people: number }>
export type MoneyEntry = Entered & Readonly<{ kind: MoneyKind; month: string; pounds: number }>
export type MonthOfMoney = Readonly<{ month: string; planned: number | null; spent: number | null }>

type OverviewProps = Readonly<{
  organisation: string
  organisations: Readonly<Record<string, { label: string }>>
  staff: readonly StaffEntry[]
  money: readonly MoneyEntry[]
  months: readonly MonthOfMoney[]
}>

/** What was planned and spent in one organisation, and everything that was entered about it. */
export const Overview = ({ organisation, organisations, staff, money, months }: OverviewProps) => (
  <Page
    title="Staff and money"
    caption={organisations[organisation]?.label ?? ''}
    lede="What cannot be counted from the record: who is meant to work here, and what it is meant to cost and did."
    breadcrumbs={[{ href: '/monitoring', label: 'Monitoring' }]}
  >
    {Object.keys(organisations).length > 1 ? (
      <FilterForm action="/staff-and-money" label="Choose an organisation">
        <SelectFrom name="organisation" label="Organisation" list={organisations} empty={false} value={organisation} />
      </FilterForm>
    ) : null}
    <Inset>{enteredNotCounted}</Inset>
    <h2>Money by month</h2>
    <LinkButton href={`/staff-and-money/${organisation}/money`} secondary>
      Enter money
    </LinkButton>
    <Table
      caption="Money by month"
      captionSize="hidden"
      columns={monthColumns}
      rows={months}
      rowKey={({ month }) => month}
      empty="Months appear here once money was planned or spent in them."
    />
    <h2>Planned staff</h2>
    <LinkButton href={`/staff-and-money/${organisation}/staff`} secondary>
      Enter planned staff
    </LinkButton>
    <History staff={staff} money={money} />
  </Page>
)

const History = ({ staff, money }: Pick<OverviewProps, 'staff' | 'money'>) => (
  <>
    <Table
      caption="Planned staff, as entered, newest first"
      captionSize="s"
      columns={staffColumns}
      rows={staff}
      rowKey={({ id }) => id}
      empty="Nobody has entered how many people are meant to work here."
    />
    <Table
      caption="Money, as entered, newest first"
      captionSize="s"
      columns={moneyColumns}
      rows={money}
      rowKey={({ id }) => id}
      empty="Nobody has entered any money yet."
    />
  </>
)

const pounds = (amount: number | null) => (amount === null ? 'Not entered' : inPounds(amount))

const monthColumns: readonly Column<MonthOfMoney>[] = [
  { key: 'month', label: 'Month', names: true, cell: ({ month }) => month },
  { key: 'planned', label: 'Planned', numeric: true, cell: ({ planned }) => pounds(planned) },
  { key: 'spent', label: 'Spent', numeric: true, cell: ({ spent }) => pounds(spent) },
  {
    key: 'against',
    label: 'Spent against plan',
    numeric: true,
    cell: ({ planned, spent }) => againstInWords(against(planned, spent), inPounds),
  },
]

const enteredColumns: readonly Column<Entered>[] = [
  { key: 'on', label: 'Entered', nowrap: true, cell: ({ on }) => shortDay(on) },
  { key: 'by', label: 'By', cell: ({ by }) => by },
  { key: 'why', label: 'Why', cell: ({ why }) => why ?? '' },
]

const staffColumns: readonly Column<StaffEntry>[] = [
  { key: 'role', label: 'Role', names: true, cell: ({ role }) => posts[role].label },
  { key: 'people', label: 'People', numeric: true, cell: ({ people }) => people },
  { key: 'from', label: 'From', nowrap: true, cell: ({ from_on }) => longDay(from_on) },
  ...enteredColumns,
]

const moneyColumns: readonly Column<MoneyEntry>[] = [
  { key: 'month', label: 'Month', names: true, cell: ({ month }) => month },
  { key: 'kind', label: 'Kind', cell: ({ kind }) => moneyKinds[kind].label },
  { key: 'pounds', label: 'Amount', numeric: true, cell: ({ pounds: amount }) => inPounds(amount) },
  ...enteredColumns,
]
