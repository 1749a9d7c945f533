import { CardColumns } from '#platform/html/arrangement.tsx'
import { Card, Details, EmptyState } from '#platform/html/content.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Breakdown, breakdowns, type Crossing, crossings } from '#programme/breakdown/rules.ts'
import { notKnown } from '#programme/grouping/rules.ts'
import { hidden, type Shown } from '#programme/masking/rules.ts'
import type { CellLine, CrossingLines, Release } from '#programme/release/rules.ts'
import { Number, type Opens, Share } from './number.tsx'

type Of = Readonly<{ release: Release; opens: Opens }>

/** Some breakdowns, each in a card of its own. */
export const Cards = ({ shown, ...of }: Of & { shown: readonly Breakdown[] }) => (
  <CardColumns>
    {shown.map((breakdown) => (
      <BreakdownCard key={breakdown} breakdown={breakdown} {...of} />
    ))}
  </CardColumns>
)

const BreakdownCard = ({ breakdown, release, opens }: Of & { breakdown: Breakdown }) => {
  const { label, definition, of } = breakdowns[breakdown]
  const { cells, whole } = release.breakdowns[breakdown]
  const columns: readonly Column<CellLine>[] = [
    { key: 'cell', label: 'Group', names: true, cell: (line) => line.label },
    {
      key: 'number',
      label: 'Number',
      numeric: true,
      cell: ({ cell, label: what, number }) => (
        <Number number={number} href={opens(of, { breakdown, cell, without: false })} what={`${label}: ${what}`} />
      ),
    },
    { key: 'share', label: 'Share', numeric: true, cell: ({ share }) => <Share share={share} /> },
  ]
  return (
    <Card heading={label} level={3}>
      {whole === hidden || whole === 0 ? (
        <p>{tooFew(whole)}</p>
      ) : (
        <Table
          caption={label}
          captionSize="hidden"
          columns={columns}
          rows={cells}
          rowKey={({ cell }) => cell}
          narrow="scroll"
          empty="Nothing was counted."
        />
      )}
      <Details summary="What counts">
        <p>{definition}</p>
      </Details>
    </Card>
  )
}

const tooFew = (whole: Shown) => (whole === hidden ? 'Too few to break down.' : 'Nothing was counted this month.')

type SideBySideProps = Of &
  Readonly<{ caption: string; columns: Readonly<Partial<Record<Breakdown, string>>>; first: string; empty: string }>

/** Breakdowns by the same groups next to each other, a column for each. */
export const SideBySide = ({ caption, columns, first, empty, release, opens }: SideBySideProps) => {
  // Checked: the keys of the columns are breakdowns.
  const shown = Object.keys(columns) as Breakdown[]
  const lines = shown.map((breakdown) => new Map(release.breakdowns[breakdown].cells.map((line) => [line.cell, line])))
  const labels = new Map(lines.flatMap((line) => [...line].map(([cell, { label }]): [string, string] => [cell, label])))
  const last = labels.get(notKnown)
  labels.delete(notKnown)
  if (last !== undefined) labels.set(notKnown, last)
  const numbers = shown.map((breakdown, place): Column<[string, string]> => ({
    key: breakdown,
    label: columns[breakdown] ?? '',
    numeric: true,
    cell: ([cell, label]) => (
      <Number
        number={release.breakdowns[breakdown].whole === hidden ? hidden : (lines[place]?.get(cell)?.number ?? 0)}
        href={opens(breakdowns[breakdown].of, { breakdown, cell, without: false })}
        what={`${columns[breakdown] ?? ''}: ${label}`}
      />
    ),
  }))
  return (
    <>
      <Table
        narrow="scroll"
        caption={caption}
        captionSize="s"
        columns={[{ key: 'cell', label: first, names: true, cell: ([, label]) => label }, ...numbers]}
        rows={[...labels]}
        rowKey={([cell]) => cell}
        empty={empty}
      />
      <Details summary="What counts">
        <ul>
          {shown.map((breakdown) => (
            <li key={breakdown}>
              {columns[breakdown]}: {breakdowns[breakdown].definition}
            </li>
          ))}
        </ul>
      </Details>
    </>
  )
}

type Row = CrossingLines['rows'][number]

/** Two breakdowns across each other, with their totals. */
export const Crossed = ({ crossing, caption, first, release, opens }: Of & CrossedProps) => {
  const { rows: down, columns: across } = crossings[crossing]
  const { of } = breakdowns[down]
  const { rows, columns } = release.crossings[crossing]
  const { whole } = release.breakdowns[down]
  if (whole === 0 || whole === hidden) return <EmptyState heading={caption}>{tooFew(whole)}</EmptyState>
  const part = (breakdown: Breakdown, cell: string) => ({ breakdown, cell, without: false })
  const cells = columns.flatMap(({ column, label, total }, place): Column<Row>[] => {
    // Every one is recorded: the column would say nothing.
    if (column === notKnown && total === 0) return []
    const cell = ({ row, label: what, numbers }: Row) => (
      <Number
        number={numbers[place] ?? 0}
        href={opens(of, part(down, row), part(across, column))}
        what={`${what}, ${label}`}
      />
    )
    return [{ key: column, label, numeric: true, cell }]
  })
  const total: Column<Row> = {
    ...{ key: 'total', label: 'All', numeric: true },
    cell: ({ row, label, total: number }) => (
      <Number number={number} href={opens(of, part(down, row))} what={`${label}, all`} />
    ),
  }
  return (
    <>
      <Table
        narrow="scroll"
        caption={caption}
        captionSize="s"
        columns={[{ key: 'row', label: first, names: true, cell: ({ label }) => label }, ...cells, total]}
        rows={rows}
        rowKey={({ row }) => row}
        empty="Nothing was counted."
      />
      <Details summary="What counts">
        <p>{breakdowns[down].definition}</p>
        <p>{breakdowns[across].definition}</p>
      </Details>
    </>
  )
}

type CrossedProps = Readonly<{ crossing: Crossing; caption: string; first: string }>
