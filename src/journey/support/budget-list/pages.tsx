import { dayInWords, dayOf } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Facts } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { calledName } from '#registers/people/rules.ts'
import { inPounds, type Period, periodInWords } from '#journey/support/budget-limit/rules.ts'
import { type Standing, standings, type Supplier, suppliers } from '#journey/support/budget/rules.ts'
import { addressOf, type Filter, type SortBy, type Spend, togetherOf } from './rules.ts'

type Row = Readonly<{
  id: string
  what: string
  supplier: Supplier
  standing: Standing
  cost: number
  at: Temporal.Instant
  given_name: string
  family_name: string
  preferred_name: string | null
}>

type ListProps = FormState &
  Readonly<{
    requests: readonly Row[]
    filter: Filter
    period: Period | undefined
    spend: readonly Spend[]
    maySet: boolean
    /** What was looked for, and whether more was found than is shown. */
    searched?: Readonly<{ words: string; more: boolean }>
    newer: string | undefined
    older: string | undefined
    now: Temporal.Instant
  }>

/** The intervention budget: what is left of it, what it went on, and every request behind it. */
export const Budget = (props: ListProps) => {
  const { requests, filter, period, spend, maySet, searched, newer, older, now, problems, typed } = props
  return (
    <Page
      title="Budget"
      problems={problems}
      lede="What is paid for people from the intervention budget. Begin on the record of a person: Paid help, then Ask for money."
      actions={
        maySet ? (
          <LinkButton href="/budget/limits" small secondary>
            Limits and approvers
          </LinkButton>
        ) : undefined
      }
    >
      {period ? <Sums period={period} spend={spend} /> : <NoBudget />}
      <Search {...{ problems, typed }} />
      {searched ? <Searched {...searched} /> : <Filters filter={filter} />}
      <ListBar count={requests.length === 1 ? '1 request' : `${requests.length} requests on this page`} print />
      <Table
        caption="Requests"
        captionSize="hidden"
        columns={columns(now)}
        rows={requests}
        rowKey={({ id }) => id}
        sort={{
          by: filter.sort,
          direction: filter.direction,
          href: (by, direction) => addressOf({ ...filter, sort: by === 'cost' ? 'cost' : 'asked', direction }, 1),
        }}
        empty={
          searched
            ? 'No request of the people you may see has all of these words in it. Try fewer, or a part of one.'
            : 'Requests appear here once somebody asks for money for one of the people you may see.'
        }
      />
      <NewerOlder newer={newer} older={older} newerLabel="Previous page" olderLabel="Next page" />
    </Page>
  )
}

const NoBudget = () => (
  <Inset>
    <p>No budget is set for today. Nothing can be approved until your service manager or area lead sets one.</p>
  </Inset>
)

const Sums = ({ period, spend }: Readonly<{ period: Period; spend: readonly Spend[] }>) => {
  const { committed, paid } = togetherOf(spend)
  return (
    <>
      <h2 className="nhsuk-heading-m">{periodInWords(period)}</h2>
      <Facts
        facts={[
          { label: 'Planned', value: inPounds(period.areaPence) },
          { label: 'Committed', value: inPounds(committed) },
          { label: 'Of that paid', value: inPounds(paid) },
          { label: 'Left', value: inPounds(period.areaPence - committed), loud: true },
        ]}
      />
      {spend.length > 0 ? (
        <Table
          caption="What it goes on"
          captionSize="s"
          rows={spend}
          rowKey={({ supplier }) => supplier}
          empty=""
          columns={[
            { key: 'kind', label: 'Kind', names: true, cell: ({ supplier }) => suppliers[supplier].label },
            { key: 'number', label: 'Requests', numeric: true, cell: ({ number }) => number },
            { key: 'committed', label: 'Committed', numeric: true, cell: (one) => inPounds(one.committed) },
            { key: 'paid', label: 'Of that paid', numeric: true, cell: (one) => inPounds(one.paid) },
          ]}
        />
      ) : null}
    </>
  )
}

const Search = (state: FormState) => (
  <Form action="/budget" {...state}>
    <TextField
      name="words"
      label="Find a request by words"
      hint="What is asked for, why, or whom it is for. Each word has to be in it."
      width={30}
    />
    <Button small secondary>
      Find requests
    </Button>
  </Form>
)

const Searched = ({ words, more }: NonNullable<ListProps['searched']>) => (
  <p>
    Requests with “{words}”{more ? ', the newest of more: add a word to find fewer' : ''}.{' '}
    <a href="/budget">Show all requests</a>
  </p>
)

const Filters = ({ filter }: Pick<ListProps, 'filter'>) => (
  <FilterForm
    action="/budget"
    clear={filter.standing === null && filter.supplier === null ? undefined : '/budget'}
    fields={{ sort: filter.sort, direction: filter.direction }}
    label="Filter the requests"
  >
    <SelectFrom name="standing" label="State" list={standings} value={filter.standing ?? undefined} empty="Any" />
    <SelectFrom name="supplier" label="Kind" list={suppliers} value={filter.supplier ?? undefined} empty="Any" />
  </FilterForm>
)

const sorted = (by: SortBy) => ({ key: by, sortable: true }) as const

const columns = (now: Temporal.Instant): readonly Column<Row>[] => [
  { key: 'what', label: 'What for', names: true, cell: (row) => <a href={`/budget/requests/${row.id}`}>{row.what}</a> },
  { key: 'person', label: 'Person', cell: calledName },
  { key: 'kind', label: 'Kind', cell: ({ supplier }) => suppliers[supplier].label },
  {
    key: 'state',
    label: 'State',
    cell: ({ standing }) => <Tag colour={standings[standing].colour}>{standings[standing].label}</Tag>,
  },
  { ...sorted('cost'), label: 'Cost', numeric: true, cell: ({ cost }) => inPounds(cost) },
  { ...sorted('asked'), label: 'Asked', nowrap: true, cell: ({ at }) => dayInWords(dayOf(at), dayOf(now)) },
]
