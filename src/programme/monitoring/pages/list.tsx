import { shortDay } from '#platform/dates.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Details, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { type Item, items } from '#programme/counting/rules.ts'
import { type Route, routes } from '#registers/organisations/rules.ts'
import { calledName } from '#registers/people/rules.ts'

type CountedRow = Readonly<{
  id: string
  person: string
  given_name: string
  family_name: string
  preferred_name: string | null
  receivedOn: Temporal.PlainDate
  on: Temporal.PlainDate
  stage: Stage
  route: Route | null
  coachName: string | null
  imported: boolean
}>

type ListProps = Readonly<{
  title: string
  month: Readonly<{ value: string; label: string }>
  item: Item
  definitions: readonly string[]
  rows: readonly CountedRow[]
  count: number
  listed: number
  next: string | undefined
}>

/** The people behind one number of a month. */
export const BehindNumber = ({ title, month, item, definitions, rows, count, listed, next }: ListProps) => (
  <Page
    title={title}
    caption={month.label}
    breadcrumbs={[{ href: `/monitoring?month=${month.value}`, label: 'Monitoring' }]}
  >
    <Details summary="What counts">
      {definitions.map((definition) => (
        <p key={definition}>{definition}</p>
      ))}
    </Details>
    <ListBar count={counted(count, listed)} print />
    <Table
      caption={title}
      captionSize="hidden"
      columns={columns(items[item].when)}
      rows={rows}
      rowKey={({ id }) => id}
      empty="Nobody you may list stands behind this number."
    />
    <NewerOlder {...(next ? { older: next } : {})} olderLabel="Next page" />
  </Page>
)

function counted(count: number, listed: number): string {
  const all = count === 1 ? '1 counted' : `${count} counted`
  if (listed === count) return all
  const kept = count - listed
  return `${all}, ${kept} of them not listed: ${kept === 1 ? 'a restricted record is' : 'restricted records are'} shown to named people only`
}

function columns(when: string): readonly Column<CountedRow>[] {
  const received: Column<CountedRow> = {
    ...{ key: 'received', label: 'Received', nowrap: true },
    cell: ({ receivedOn }) => shortDay(receivedOn),
  }
  return [
    {
      key: 'person',
      label: 'Person',
      names: true,
      cell: (row) => <a href={`/people/${row.person}`}>{calledName(row)}</a>,
    },
    ...(when === received.label ? [] : [received]),
    { key: 'on', label: when, nowrap: true, cell: ({ on }) => shortDay(on) },
    { key: 'route', label: 'Route', cell: ({ route }) => (route ? routes[route].label : 'Not recorded') },
    { key: 'stage', label: 'Stands now', cell: ({ stage }) => stages[stage].label },
    { key: 'coach', label: 'Coach', cell: ({ coachName }) => coachName ?? 'Nobody yet' },
    {
      key: 'imported',
      label: 'From',
      cell: ({ imported }) => (imported ? <Tag>Earlier system</Tag> : 'This service'),
    },
  ]
}
