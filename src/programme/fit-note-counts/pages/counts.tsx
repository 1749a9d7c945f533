import type { ReactNode } from 'react'
import { CardColumns, FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Card, Details, EmptyState } from '#platform/html/content.tsx'
import { Facts } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import {
  askings,
  cameOf,
  type CameOf,
  definition,
  type Line,
  listAddress,
  type Numbers,
  type Told,
  type Wanted,
} from '#programme/fit-note-counts/rules.ts'
import { hidden, ruleInWords, type Shown } from '#programme/masking/rules.ts'
import { whoCertifies } from '#registers/trailblazer/rules.ts'
import { Number } from './number.tsx'

export type NamedMonth = Readonly<{ value: string; label: string }>
type MonthLine = NamedMonth & Readonly<{ told: Told }>
type Opens = (wanted: Wanted) => string | undefined

type CountsProps = Readonly<{
  month: NamedMonth
  months: CodeList
  told: Told
  /** The month and those before it, the newest first. */
  year: readonly MonthLine[]
  /** Whose people are counted. */
  reach: string
  /** Whether the reader may see the people behind the numbers. */
  opens: boolean
  below: number
  trailblazer: boolean
  unfinished: boolean
}>

/** The requests for a fit note of a month in numbers, and how the months before it were. */
export const FitNoteCounts = ({ month, months, told, year, reach, opens, below, ...state }: CountsProps) => {
  const open: Opens = (wanted) => (opens ? listAddress({ month: month.value, ...wanted }) : undefined)
  return (
    <Page
      title="Requests for a fit note, in numbers"
      caption={`${reach}, ${month.label}`}
      lede="How many people asked, what came of each conversation, and how long they waited for it."
      {...(opens ? { back: { href: '/fit-note-requests', label: 'Requests for a fit note' } } : {})}
    >
      <FilterForm action="/fit-note-requests/counts" label="Choose a month">
        <SelectFrom name="month" label="Month" list={months} value={month.value} empty={false} />
      </FilterForm>
      {state.trailblazer ? null : <p>Your area does not take part as a fit note trailblazer today.</p>}
      {state.unfinished ? <p>This month is not over: its numbers still grow.</p> : null}
      <ListBar count={month.label} download={`/fit-note-requests/counts.csv?month=${month.value}`} print />
      {told.all === 0 ? (
        <EmptyState heading={`Nobody asked in ${month.label}`}>
          Numbers appear here once requests of this month are written down.
        </EmptyState>
      ) : (
        <OfMonth told={told} opens={open} exact={below <= 1} />
      )}
      {year.some(({ told: { all } }) => all !== 0) ? <MonthByMonth {...{ year, months, opens }} /> : null}
      <Details summary="How this is counted">
        <p>{ruleInWords(below)}</p>
        <p>{definition}</p>
        <p>{whoCertifies}</p>
      </Details>
    </Page>
  )
}

type Of = Readonly<{ told: Told; opens: Opens; exact: boolean }>

const OfMonth = ({ told, opens, exact }: Of) => (
  <>
    <Facts
      facts={[
        { label: 'Requests', value: <Number number={told.all} href={opens({})} what={['request', 'requests']} /> },
        {
          label: 'Conversations held',
          value: (
            <Number
              number={told.held}
              href={opens({ is: 'held' })}
              what={['conversation held', 'conversations held']}
            />
          ),
        },
        { label: 'Middle days until the conversation', value: <Number number={told.middle} /> },
        {
          label: 'Had asked before',
          value: (
            <Number number={numberOf(told.askings, 'again')} href={opens({ asked: 'again' })} what="had asked before" />
          ),
        },
      ]}
    />
    {told.all === hidden ? <p>These are too few to be taken apart.</p> : <Apart {...{ told, opens, exact }} />}
  </>
)

const numberOf = <Code extends string>(lines: readonly Line<Code>[], code: Code) =>
  lines.find((line) => line.code === code)?.number

const Apart = ({ told, opens, exact }: Of) => (
  <>
    <h2 className="nhsuk-heading-m">What came of them, by practice</h2>
    <NumbersTable
      caption="What came of them, by practice"
      first="Practice"
      again={exact}
      rows={[...told.practices, { ...told, practice: undefined, name: 'All' }].map((line) => ({
        ...{ ...line, key: line.name, label: line.name },
        // What stands for several practices opens no list of one.
        at: (wanted) =>
          line.practice === undefined
            ? line.name === 'All'
              ? opens(wanted)
              : undefined
            : opens({ ...wanted, practice: line.practice }),
      }))}
    />
    <CardColumns>
      <Lines
        caption="Days until the conversation"
        first="Days of the calendar"
        lines={told.waits}
        href={(wait) => opens({ wait })}
      />
      <Lines caption="Who asked" first="Asked" lines={told.askings} href={(asked) => opens({ asked })} />
    </CardColumns>
  </>
)

// Checked: the keys of a list are its codes.
const cameCodes = Object.keys(cameOf) as CameOf[]

type LinesProps<Code extends string> = Readonly<{
  caption: string
  first: string
  lines: readonly Line<Code>[]
  href: (code: Code) => string | undefined
}>

const Lines = <Code extends string>({ caption, first, lines, href }: LinesProps<Code>) => (
  <Card heading={caption}>
    <Table
      narrow="scroll"
      caption={caption}
      captionSize="hidden"
      columns={[
        { key: 'label', label: first, names: true, cell: ({ label }) => label },
        {
          ...{ key: 'number', label: 'Requests', numeric: true },
          cell: ({ code, label, number }) => <Number number={number} href={href(code)} what={label} />,
        },
      ]}
      rows={lines}
      rowKey={({ code }) => code}
      empty=""
    />
  </Card>
)

const MonthByMonth = ({ year, months, opens }: Pick<CountsProps, 'year' | 'months' | 'opens'>) => (
  <>
    <h2 className="nhsuk-heading-m">Month by month</h2>
    <NumbersTable
      caption="Month by month"
      first="Month"
      again
      nowrap
      rows={year.map(({ value, label, told }) => ({
        ...{ ...told, key: value, label },
        // What lies before the months that can be chosen has no page of its own.
        name: value in months ? <a href={`/fit-note-requests/counts?month=${value}`}>{label}</a> : label,
        at: (wanted) => (opens ? listAddress({ month: value, ...wanted }) : undefined),
      }))}
    />
  </>
)

type Row = Numbers & Readonly<{ key: string; name: ReactNode; label: string; at: Opens }>
type NumbersProps = Readonly<{
  caption: string
  first: string
  again: boolean
  /** Keeps what names a line on one line. */
  nowrap?: boolean
  rows: readonly Row[]
}>

/** A line of the same numbers for each practice, or for each month. */
const NumbersTable = ({ caption, first, again, nowrap = false, rows }: NumbersProps) => (
  <Table
    narrow="scroll"
    caption={caption}
    captionSize="hidden"
    columns={[
      { key: 'name', label: first, names: true, nowrap, cell: ({ name }) => name },
      column('Requests', ({ all }) => all, {}),
      column('Conversations held', ({ held }) => held, { is: 'held' }),
      ...cameCodes.map((code) => column(cameOf[code].label, ({ results }) => numberOf(results, code), { is: code })),
      { key: 'middle', label: 'Middle days', numeric: true, cell: ({ middle }) => <Number number={middle} /> },
      ...(again ? [column(askings.again.label, (row) => row.again, { asked: 'again' })] : []),
    ]}
    rows={rows}
    rowKey={({ key }) => key}
    empty=""
  />
)

const column = (label: string, of: (row: Row) => Shown | undefined, wanted: Wanted): Column<Row> => ({
  ...{ key: label, label, numeric: true },
  cell: (row) => <Number number={of(row)} href={row.at(wanted)} what={`${label}, ${row.label}`} />,
})
