import { longDay, dayOf } from '#platform/dates.ts'
import { Inset } from '#platform/html/content.tsx'
import { LineChart } from '#platform/html/line-chart.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { comparisons, type ReliableChange } from '#registers/scoring/rules.ts'
import { movedInWords, type Point, type Series } from './rules.ts'

type TrendProps = Readonly<{
  person: Readonly<{ id: string; name: string }>
  label: string
  series: readonly Series[]
  margin: ReliableChange | undefined
  scored: boolean
  /** How the score is made, and who says so. */
  source: string
}>

/** What somebody answered to one questionnaire over time, as a picture and as a table. */
export const Trend = ({ person, label, series, margin, scored, source }: TrendProps) => (
  <Page
    title={`${label}, over time`}
    caption={person.name}
    back={{ href: `/people/${person.id}/questionnaires`, label: 'Back to the questionnaires' }}
  >
    <Inset>
      <p>
        This shows how answers differ between days, and not why. People change for many reasons, also while they wait
        for help, so it never shows that the service caused a change.
      </p>
    </Inset>
    {series.length === 0 ? <p>Numbers appear here once this questionnaire has been answered.</p> : null}
    {series.map((one) => (
      <OneSeries key={one.key} series={one} marks={margin !== undefined} />
    ))}
    {scored ? <Margin margin={margin} source={source} /> : <p className="nhsuk-hint">{source}.</p>}
  </Page>
)

function OneSeries({ series: { label, points, range }, marks }: Readonly<{ series: Series; marks: boolean }>) {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return null
  const said = `${label}, from ${range[0]} to ${range[1]}: ${first.value} on ${day(first)}, ${last.value} on ${day(last)}`
  return (
    <section>
      <h2 className="nhsuk-heading-m">{label}</h2>
      {points.length > 1 ? (
        <LineChart
          label={said}
          range={range}
          ends={[day(first), day(last)]}
          dots={points.map(({ at, value, how }) => ({ at: at.epochMilliseconds, value, hollow: how !== 'asked' }))}
        />
      ) : null}
      {points.length > 1 && points.some(({ how }) => how !== 'asked') ? (
        <p className="nhsuk-hint">An open circle came from paper, or from an earlier wording.</p>
      ) : null}
      <Table
        caption={`${label}: every answer`}
        captionSize="hidden"
        columns={columnsOf(first, marks)}
        rows={points}
        rowKey={({ id }) => id}
        empty=""
      />
    </section>
  )
}

const day = ({ at }: Pick<Point, 'at'>) => longDay(dayOf(at))

const ways = { asked: 'Asked', paper: 'Typed in from paper', mapped: 'Brought over from an earlier wording' } as const

const columnsOf = (first: Point, marks: boolean): readonly Column<Point>[] => [
  { key: 'day', label: 'Day', names: true, nowrap: true, cell: day },
  {
    key: 'value',
    label: 'Number',
    cell: ({ value, band }) => (band === null ? value : `${value} (${band})`),
  },
  {
    key: 'moved',
    label: 'Compared with the first',
    cell: ({ id, value }) => (id === first.id ? 'The first' : movedInWords(value, first.value)),
  },
  ...(marks ? [marked] : []),
  { key: 'how', label: 'How it came', cell: ({ how }) => ways[how] },
]

const marked: Column<Point> = {
  key: 'mark',
  label: 'Mark',
  cell: ({ comparison }) => (comparison === undefined ? '–' : comparisons[comparison].label),
}

const Margin = ({ margin, source }: Pick<TrendProps, 'margin' | 'source'>) => (
  <section>
    <h2 className="nhsuk-heading-m">What the marks mean</h2>
    {margin === undefined ? (
      <p>
        No margin is known here for this questionnaire, so changes carry no mark. An administrator can set one, with its
        source, under Questionnaires of the area.
      </p>
    ) : (
      <p>
        Two scores that are {margin.by} or more apart differ by more than the error of the questionnaire itself usually
        explains ({margin.source}). Below that, a change may be chance. A mark says nothing about the reason.
      </p>
    )}
    <p className="nhsuk-hint">How it is scored: {source}.</p>
  </section>
)
