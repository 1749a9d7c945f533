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
  type PracticeLine,
  type Told,
  type Wanted,
} from '#programme/fit-note-counts/rules.ts'
import { hidden, ruleInWords } from '#programme/masking/rules.ts'
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
        <OfMonth told={told} opens={open} />
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

type Of = Readonly<{ told: Told; opens: Opens }>

const OfMonth = ({ told, opens }: Of) => (
  <>
    <Facts
      facts={[
        { label: 'Requests', value: <Number number={told.all} href={opens({})} what="requests" /> },
        {
          label: 'Conversations held',
          value: <Number number={told.held} href={opens({ is: 'held' })} what="conversations held" />,
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
    {told.all === hidden ? <p>These are too few to be taken apart.</p> : <Apart told={told} opens={opens} />}
  </>
)

const numberOf = <Code extends string>(lines: readonly Line<Code>[], code: Code) =>
  lines.find((line) => line.code === code)?.number

const Apart = ({ told, opens }: Of) => (
  <>
    <h2 className="nhsuk-heading-m">What came of them, by practice</h2>
    <Table
      narrow="scroll"
      caption="What came of them, by practice"
      captionSize="hidden"
      columns={practiceColumns(opens)}
      rows={[...told.practices, { practice: undefined, name: 'All', all: told.all, results: told.results }]}
      rowKey={({ name }) => name}
      empty=""
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

function practiceColumns(opens: Opens): readonly Column<PracticeLine>[] {
  // What stands for several practices opens no list of one.
  const at = ({ practice, name }: PracticeLine, wanted: Wanted) =>
    practice === undefined ? (name === 'All' ? opens(wanted) : undefined) : opens({ ...wanted, practice })
  return [
    { key: 'practice', label: 'Practice', names: true, cell: ({ name }) => name },
    {
      key: 'all',
      label: 'Requests',
      numeric: true,
      cell: (line) => <Number number={line.all} href={at(line, {})} what={`requests, ${line.name}`} />,
    },
    ...cameCodes.map((code): Column<PracticeLine> => ({
      key: code,
      label: cameOf[code].label,
      numeric: true,
      cell: (line) => (
        <Number
          number={numberOf(line.results, code)}
          href={at(line, { is: code })}
          what={`${cameOf[code].label}, ${line.name}`}
        />
      ),
    })),
  ]
}

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

const MonthByMonth = ({ year, months, opens }: Pick<CountsProps, 'year' | 'months' | 'opens'>) => {
  const at = (month: string, wanted: Wanted) => (opens ? listAddress({ month, ...wanted }) : undefined)
  const number = (key: string, label: string, of: (told: Told) => Told['all'] | undefined, wanted: Wanted) => ({
    ...{ key, label, numeric: true },
    cell: ({ value, label: named, told }: MonthLine) => (
      <Number number={of(told)} href={at(value, wanted)} what={`${label}, ${named}`} />
    ),
  })
  return (
    <>
      <h2 className="nhsuk-heading-m">Month by month</h2>
      <Table
        narrow="scroll"
        caption="Month by month"
        captionSize="hidden"
        columns={[
          {
            ...{ key: 'month', label: 'Month', names: true, nowrap: true },
            cell: ({ value, label }) =>
              // What lies before the months that can be chosen has no page of its own.
              value in months ? <a href={`/fit-note-requests/counts?month=${value}`}>{label}</a> : label,
          },
          number('all', 'Requests', ({ all }) => all, {}),
          number('held', 'Conversations held', ({ held }) => held, { is: 'held' }),
          ...cameCodes.map((code) =>
            number(code, cameOf[code].label, ({ results }) => numberOf(results, code), { is: code }),
          ),
          {
            ...{ key: 'middle', label: 'Middle days', numeric: true },
            cell: ({ told }) => <Number number={told.middle} />,
          },
          number('again', askings.again.label, ({ askings: lines }) => numberOf(lines, 'again'), { asked: 'again' }),
        ]}
        rows={year}
        rowKey={({ value }) => value}
        empty=""
      />
    </>
  )
}
