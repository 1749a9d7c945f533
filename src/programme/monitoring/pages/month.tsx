import type { ReactNode } from 'react'
import { FilterForm, ListBar, CardGrid } from '#platform/html/arrangement.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Card, Inset } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Breakdown, breakdowns, importedHistory, type Item, items } from '#programme/counting/rules.ts'
import { policies, type PolicyCode, type Shown } from '#programme/masking/rules.ts'
import type { CellLine, Group, ItemLine, Monitoring } from '#programme/monitoring/rules.ts'

export type MonthProps = Readonly<{
  monitoring: Monitoring
  /** As in the address, 2026-01. */
  month: string
  months: Readonly<Record<string, { label: string }>>
  /** Whose people are counted: the area, or the organisation. */
  reach: string
  unfinished: boolean
}>

type Opens = (item: Item, part?: { breakdown: Breakdown; cell: string }) => string | undefined

/** A month in numbers; each opens the people behind it for those who may see them. */
export const Month = ({ monitoring, month, months, reach, unfinished }: MonthProps) => {
  const { policy, items: lines, groups } = monitoring
  const opens: Opens = (item, part) => (policy === 'exact' ? listAddress(month, item, part) : undefined)
  const named = months[month]?.label ?? month
  return (
    <Page
      title="Monitoring"
      caption={`${reach}, ${named}`}
      lede="Counted from the record when this page is opened. Nothing is typed in."
    >
      <FilterForm action="/monitoring" label="Choose a month">
        <SelectFrom name="month" label="Month" list={months} empty={false} value={month} />
      </FilterForm>
      <HowCounted policy={policy} unfinished={unfinished} />
      <ListBar count={named} download={`/monitoring.csv?month=${month}`} print />
      <Table
        caption="What happened"
        captionSize="m"
        columns={itemColumns(opens)}
        rows={lines}
        rowKey={({ item }) => item}
        empty="Numbers appear here once the service has begun."
      />
      <h2>Broken down</h2>
      <CardGrid>
        {groups.map((group) => (
          <BrokenDown key={group.breakdown} group={group} opens={opens} />
        ))}
      </CardGrid>
      <Table
        caption="Completeness: how much of this is known"
        captionSize="m"
        columns={completenessColumns(opens)}
        rows={groups}
        rowKey={({ breakdown }) => breakdown}
        empty="Completeness appears here once there are numbers."
      />
    </Page>
  )
}

const HowCounted = ({ policy, unfinished }: { policy: PolicyCode; unfinished: boolean }) => (
  <Inset>
    {unfinished ? <p>This month is not over: its numbers still grow.</p> : null}
    <p>{policies[policy].explains}</p>
    <p>{importedHistory}</p>
  </Inset>
)

function listAddress(month: string, item: Item, part?: { breakdown: Breakdown; cell: string }): string {
  const query = new URLSearchParams({ month, item })
  if (part) {
    query.set('by', part.breakdown)
    query.set('is', part.cell)
  }
  return `/monitoring/lists?${query.toString()}`
}

const Number = ({ number, href, what }: { number: Shown; href: string | undefined; what: string }): ReactNode =>
  href === undefined || number === 0 ? (
    number
  ) : (
    <a href={href}>
      {number}
      <span className="nhsuk-u-visually-hidden"> {what}</span>
    </a>
  )

const itemColumns = (opens: Opens): readonly Column<ItemLine>[] => [
  { key: 'item', label: 'Item', names: true, cell: ({ item }) => items[item].label },
  {
    key: 'number',
    label: 'Number',
    numeric: true,
    cell: ({ item, number }) => <Number number={number} href={opens(item)} what={items[item].label} />,
  },
  { key: 'imported', label: 'Of these brought in', numeric: true, cell: ({ imported }) => imported },
  { key: 'middle', label: 'Middle days', numeric: true, cell: ({ middle }) => middle ?? '–' },
  { key: 'definition', label: 'What counts', prose: true, cell: ({ item }) => items[item].definition },
]

const BrokenDown = ({ group, opens }: { group: Group; opens: Opens }) => {
  const { breakdown, cells } = group
  const { label, definition, of } = breakdowns[breakdown]
  const columns: readonly Column<CellLine>[] = [
    { key: 'cell', label: 'Group', names: true, cell: (line) => line.label },
    {
      key: 'number',
      label: 'Number',
      numeric: true,
      cell: ({ cell, label: what, number }) => (
        <Number number={number} href={opens(of, { breakdown, cell })} what={`${label}: ${what}`} />
      ),
    },
  ]
  return (
    <Card heading={label} level={3}>
      <p>{definition}</p>
      <Table
        caption={label}
        captionSize="hidden"
        columns={columns}
        rows={cells}
        rowKey={({ cell }) => cell}
        narrow="scroll"
        empty="Nothing was counted."
      />
    </Card>
  )
}

const completenessColumns = (opens: Opens): readonly Column<Group>[] => [
  { key: 'breakdown', label: 'Breakdown', names: true, cell: ({ breakdown }) => breakdowns[breakdown].label },
  { key: 'known', label: 'Known', numeric: true, cell: ({ known }) => known },
  {
    key: 'missing',
    label: 'Not known',
    numeric: true,
    cell: ({ breakdown, missing }) => (
      <Number
        number={missing}
        href={opens(breakdowns[breakdown].of, { breakdown, cell: 'not-known' })}
        what={`${breakdowns[breakdown].label}: not known`}
      />
    ),
  },
  { key: 'share', label: 'Share known', numeric: true, cell: ({ knownShare }) => inWords(knownShare) },
]

function inWords(share: Shown | undefined): string {
  if (share === undefined) return '–'
  return share === '*' ? share : `${share}%`
}
