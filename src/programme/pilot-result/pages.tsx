import { Inset } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { gets, type Gets } from '#journey/pilot/rules.ts'
import { type Masked, ruleInWords } from '#programme/masking/rules.ts'
import { type Measure, measures, notCaused } from '#programme/measuring/rules.ts'
import { howToRead, type Ranged, rangedInWords, type Shown, standings } from './rules.ts'

export type Compared = Readonly<{
  code: Measure
  groups: readonly Readonly<{ gets: Gets; shown: Shown }>[]
  difference: Ranged | undefined
}>

type ResultProps = Readonly<{
  pilot: Readonly<{ id: string; name: string; allotting: string }>
  /** Whose people are counted. */
  whose: string
  people: Masked
  compared: readonly Compared[]
  below: number
  /** Whether its days or whom it is for were changed while it ran. */
  changed: boolean
}>

/** A pilot in numbers: how many stand how, and what was measured twice, group beside group. */
export const PilotResult = ({ pilot, whose, people, compared, below, changed }: ResultProps) => (
  <Page
    title="What came of it, in numbers"
    caption={`${pilot.name}, ${whose}`}
    back={{ href: `/pilots/${pilot.id}`, label: 'Back to the pilot' }}
    lede={howToRead(pilot.allotting)}
    width="reading"
  >
    <Table
      caption="People"
      captionSize="m"
      columns={peopleColumns(people)}
      rows={[...Object.entries(standings).map(([code, { label }]) => ({ code, label })), whole]}
      rowKey={({ code }) => code}
      empty=""
      narrow="scroll"
    />
    {compared.map((one) => (
      <OneMeasure key={one.code} {...one} compares={pilot.allotting !== 'everybody'} />
    ))}
    <Inset>
      <p>{notCaused}</p>
      {changed ? (
        <p>
          Its days or whom it is for were <a href={`/pilots/${pilot.id}`}>changed on the way</a>, which makes what is
          compared here weaker.
        </p>
      ) : null}
      <p>
        In brackets stands the range in which the number lies with 95 of 100 certainty. Whoever took their yes back is
        in no comparison. {ruleInWords(below)}
      </p>
    </Inset>
  </Page>
)

const whole = { code: '', label: 'Everybody who was asked or answered' } as const

type PeopleRow = Readonly<{ code: string; label: string }>

const peopleColumns = (people: Masked): readonly Column<PeopleRow>[] => [
  { key: 'label', label: 'How they stand', names: true, cell: ({ label }) => label },
  {
    ...{ key: 'count', label: 'People', numeric: true },
    cell: ({ code }) => (code === '' ? people.whole : people.number('standing', code)),
  },
]

const OneMeasure = ({ code, groups, difference, compares }: Compared & Readonly<{ compares: boolean }>) => (
  <>
    <Table
      caption={`${measures[code].label}, ${measures[code].range}`}
      columns={columns}
      rows={compares ? groups : groups.slice(0, 1)}
      rowKey={({ gets: what }) => what}
      empty=""
      narrow="scroll"
    />
    {compares ? (
      <p>
        {difference
          ? `Difference of the two changes: ${rangedInWords(difference, undefined)}.`
          : 'Too few were measured twice to compare the two.'}
      </p>
    ) : null}
  </>
)

const mean = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(1))

const columns: readonly Column<Compared['groups'][number]>[] = [
  { key: 'gets', label: 'They get', names: true, cell: ({ gets: what }) => gets[what].label },
  { key: 'count', label: 'Measured twice', numeric: true, cell: ({ shown }) => shown.count },
  { key: 'before', label: 'At first', numeric: true, cell: ({ shown }) => mean(shown.change?.before) },
  { key: 'after', label: 'Later', numeric: true, cell: ({ shown }) => mean(shown.change?.after) },
  {
    ...{ key: 'change', label: 'Mean change', numeric: true },
    cell: ({ shown }) => rangedInWords(shown.range, shown.change?.change),
  },
]
