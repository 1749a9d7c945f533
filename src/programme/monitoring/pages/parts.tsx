import { Details } from '#platform/html/content.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { breakdowns } from '#programme/breakdown/rules.ts'
import { items } from '#programme/counting/rules.ts'
import { measures, notCaused } from '#programme/measuring/rules.ts'
import { completenessOf } from '#programme/monitoring/rules.ts'
import { headings, type ShareLine, type Shares } from '#programme/published/rules.ts'
import type { BreakdownLines, ItemLine, MeasureLine, Release } from '#programme/release/rules.ts'
import { Number, type Opens, Plain, Share } from './number.tsx'

type Of = Readonly<{ release: Release; opens: Opens }>

/** The items of a month, one under the other. */
export const Happened = ({ release, opens }: Of) => (
  <>
    <Table
      narrow="scroll"
      caption="What happened"
      captionSize="hidden"
      columns={itemColumns(opens)}
      rows={release.items}
      rowKey={({ item }) => item}
      empty="Numbers appear here once the service has begun."
    />
    <Details summary="What counts">
      <dl>
        {release.items.map(({ item }) => (
          <div key={item}>
            <dt>
              <strong>{items[item].label}</strong>
            </dt>
            <dd>{items[item].definition}</dd>
          </div>
        ))}
      </dl>
    </Details>
  </>
)

const itemColumns = (opens: Opens): readonly Column<ItemLine>[] => [
  { key: 'item', label: 'Item', names: true, cell: ({ item }) => items[item].label },
  {
    key: 'number',
    label: 'Number',
    numeric: true,
    cell: ({ item, number }) => <Number number={number} href={opens(item)} what={items[item].label} />,
  },
  { key: 'imported', label: 'Of these brought in', numeric: true, cell: ({ imported }) => <Plain value={imported} /> },
  { key: 'middle', label: 'Middle days', numeric: true, cell: ({ middle }) => <Plain value={middle} /> },
]

/** What was measured at the beginning and at the end, with how many answered and how many did not. */
export const Measures = ({ release, opens }: Of) => (
  <>
    {(['start', 'end'] as const).map((moment) => (
      <Table
        narrow="scroll"
        key={moment}
        caption={moment === 'start' ? 'Of those who started' : 'Of those who completed, both times'}
        captionSize="s"
        columns={measureColumns(opens).filter(({ key }) => moment === 'end' || key !== 'after')}
        rows={release.measures.filter((line) => line.moment === moment)}
        rowKey={({ measure }) => measure}
        empty="Nothing was measured."
      />
    ))}
    <Details summary="What counts">
      <p>{breakdowns['measured-start'].definition}</p>
      <p>{breakdowns['measured-end'].definition}</p>
      <p>{notCaused}</p>
    </Details>
  </>
)

const measureColumns = (opens: Opens): readonly Column<MeasureLine>[] => {
  const numberOf = (key: 'number' | 'missing', label: string): Column<MeasureLine> => ({
    ...{ key, label, numeric: true },
    cell: (line) => {
      const breakdown = `measured-${line.moment}` as const
      const href = opens(breakdowns[breakdown].of, { breakdown, cell: line.measure, without: key === 'missing' })
      return <Number number={line[key]} href={href} what={`${measures[line.measure].label}: ${label}`} />
    },
  })
  return [
    {
      ...{ key: 'measure', label: 'Measure', names: true },
      cell: ({ measure }) => `${measures[measure].label}, ${measures[measure].range}`,
    },
    numberOf('number', 'Answered'),
    numberOf('missing', 'Not answered'),
    { key: 'before', label: 'Mean at first', numeric: true, cell: ({ before }) => <Plain value={before} /> },
    { key: 'after', label: 'Mean at last', numeric: true, cell: ({ after }) => <Plain value={after} /> },
  ]
}

/** The shares of those who started under the headings of the published tables. */
export const Published = ({ shares }: { shares: readonly Shares[] }) => (
  <>
    {shares.map(({ heading, parts }) => (
      <Table
        narrow="scroll"
        key={heading}
        caption={headings[heading].label}
        captionSize="s"
        columns={shareColumns}
        rows={parts}
        rowKey={({ part }) => part}
        empty="Nothing was counted."
      />
    ))}
    <Details summary="What counts">
      <p>
        Shares are of those who started and whose answer is recorded, under the headings of the department’s management
        information for October 2024 to November 2025.
      </p>
      <ul>
        {shares.map(({ heading }) => (
          <li key={heading}>
            {headings[heading].label}: {headings[heading].definition}
          </li>
        ))}
      </ul>
    </Details>
  </>
)

const shareColumns: readonly Column<ShareLine>[] = [
  { key: 'part', label: 'Heading', names: true, cell: ({ label }) => label },
  { key: 'number', label: 'Number', numeric: true, cell: ({ number }) => <Plain value={number} /> },
  { key: 'share', label: 'Share', numeric: true, cell: ({ share }) => <Share share={share} /> },
]

/** How much of what was asked for is there, breakdown by breakdown: what is missing most stands first. */
export const Recorded = ({ release, opens }: Of) => {
  const { lines, nothing } = completenessOf(release)
  return (
    <>
      {nothing.length > 0 ? <p>Recorded for nobody: {nothing.join('; ')}.</p> : null}
      <Table
        narrow="scroll"
        caption="How much is recorded, what is missing most first"
        captionSize="hidden"
        columns={recordedColumns(opens)}
        rows={lines}
        rowKey={({ breakdown }) => breakdown}
        empty="This appears once there are numbers."
      />
    </>
  )
}

const recordedColumns = (opens: Opens): readonly Column<BreakdownLines>[] => [
  { key: 'breakdown', label: 'Breakdown', names: true, cell: ({ breakdown }) => breakdowns[breakdown].label },
  { key: 'known', label: 'Recorded', numeric: true, cell: ({ known }) => <Plain value={known} /> },
  {
    key: 'missing',
    label: 'Not recorded',
    numeric: true,
    cell: ({ breakdown, missing }) => (
      <Number
        number={missing ?? 0}
        href={opens(breakdowns[breakdown].of, { breakdown, cell: 'not-known', without: false })}
        what={`${breakdowns[breakdown].label}: not recorded`}
      />
    ),
  },
  { key: 'share', label: 'Share recorded', numeric: true, cell: ({ knownShare }) => <Share share={knownShare} /> },
]
