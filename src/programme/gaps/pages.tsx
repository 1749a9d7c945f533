import { CardColumns, FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Card, Details, EmptyState } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { ruleInWords } from '#programme/masking/rules.ts'
import { definition, isHiddenWhole, type Line, type Quarter, sourceCodes, sources, type Told } from './rules.ts'

type GapsProps = Readonly<{
  quarter: Quarter
  quarters: CodeList
  told: Told
  place: string | null
  reach: string
  below: number
  unfinished: boolean
}>

/** Needs met with no service, by place and by barrier. */
export const GapsPage = ({ quarter, quarters, told, place, reach, below, unfinished }: GapsProps) => (
  <Page
    title="Needs without a service"
    caption={`${reach}, ${quarter.label}`}
    lede="What people need and no service gives, by what stands in their way and where they live."
  >
    <FilterForm action="/gaps" label="Choose a quarter and a place">
      <SelectFrom name="quarter" label="Quarter" list={quarters} value={quarter.code} empty={false} />
      <SelectFrom name="place" label="Place" list={placeList(told)} value={place ?? undefined} empty="Every place" />
    </FilterForm>
    {unfinished ? <p>This quarter is not over: its numbers still grow.</p> : null}
    <ListBar count={quarter.label} download={`/gaps.csv?quarter=${quarter.code}`} print />
    {told.all === 0 ? (
      <EmptyState heading={`No need without a service in ${quarter.label}`}>
        Needs appear here when a coach says that there is nothing, when a search finds nothing, or when services decline
        for want of places.
      </EmptyState>
    ) : (
      <Taken {...{ told, place }} />
    )}
    <Details summary="How this is counted">
      <p>{ruleInWords(below)} A place is hidden too where its needs are those of a few people.</p>
      <p>{definition}</p>
      <ul>
        {sourceCodes.map((code) => (
          <li key={code}>
            {sources[code].label}: {sources[code].from}
          </li>
        ))}
      </ul>
    </Details>
  </Page>
)

// A list has no entry with an empty code: those whose place is not known are narrowed down to by a word of their own.
const unknownPlace = 'not-known'
const codeOf = (place: string) => (place === '' ? unknownPlace : place)
const placeList = ({ places }: Told): CodeList =>
  Object.fromEntries(places.map(({ code, label }) => [codeOf(code), { label }]))

const Taken = ({ told, place }: Pick<GapsProps, 'told' | 'place'>) => {
  if (isHiddenWhole(told)) return <p>These are too few to be told of.</p>
  const chosen = told.places.find(({ code }) => codeOf(code) === place)
  const needs = chosen
    ? told.needs
        .map((line) => ({ ...line, number: told.at(line.code, chosen.code) }))
        .filter(({ number }) => number !== 0)
    : told.needs
  return (
    <>
      <p>
        {told.all} needs of people had no service. {chosen ? `By need: ${chosen.label} alone.` : null}
      </p>
      <CardColumns>
        <Lines caption="By need" first="What stands in the way" lines={needs} />
        <Lines caption="By place" first="Where they live" lines={told.places} />
        <Lines caption="How it is known" first="Where the count comes from" lines={told.ways} />
      </CardColumns>
    </>
  )
}

type LinesProps = Readonly<{ caption: string; first: string; lines: readonly Line[] }>

const Lines = ({ caption, first, lines }: LinesProps) => (
  <Card heading={caption}>
    <Table
      narrow="scroll"
      caption={caption}
      captionSize="hidden"
      columns={lineColumns(first)}
      rows={lines}
      rowKey={({ code }) => code}
      empty="Nothing to be told apart."
    />
  </Card>
)

const lineColumns = (first: string): readonly Column<Line>[] => [
  { key: 'label', label: first, names: true, cell: ({ label }) => label },
  { key: 'number', label: 'Needs', numeric: true, cell: ({ number }) => number },
]
