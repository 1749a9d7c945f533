import { monthInWords } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { inHours } from '#journey/support/other-work/rules.ts'

type Line = Readonly<{ kind: string | null; label: string; minutes: readonly number[] }>

type TotalsProps = Readonly<{
  months: readonly Temporal.PlainYearMonth[]
  lines: readonly Line[]
  span: string
  spans: CodeList
  /** Whether the reader says which kinds there are. */
  decides: boolean
}>

/** Hours of other work by kind and month, of everybody who works here. */
export const Totals = ({ months, lines, span, spans, decides }: TotalsProps) => (
  <Page
    title="What other work adds up to"
    lede="Hours that are not about one person, by kind and month, of everybody who works here. Nobody’s notes are shown."
    back={{ href: '/activities', label: 'Other work' }}
  >
    <FilterForm action="/activities/totals" label="How far back">
      <SelectFrom name="months" label="Show the last" list={spans} value={span} empty={false} />
    </FilterForm>
    <ListBar count="Hours, to a quarter" download={`/activities/totals.csv?months=${span}`} print />
    <Table
      caption="Hours by kind and month"
      captionSize="hidden"
      columns={columns(months)}
      rows={lines}
      rowKey={({ kind }) => kind ?? 'all'}
      empty="Hours appear here once somebody has written other work down in these months."
      narrow="scroll"
    />
    <p>
      The file has minutes.{' '}
      {decides ? (
        <>
          Kinds are chosen under <a href="/area/other-work">Kinds of other work</a>.
        </>
      ) : null}
    </p>
  </Page>
)

function columns(months: readonly Temporal.PlainYearMonth[]): readonly Column<Line>[] {
  return [
    { key: 'kind', label: 'Kind', names: true, cell: ({ label }) => label },
    ...months.map((month, place) => ({
      ...{ key: month.toString(), label: monthInWords(month), numeric: true },
      cell: ({ minutes }: Line) => inHours(minutes[place] ?? 0),
    })),
  ]
}
